/** SHOW TABLES, VIEWS, MATERIALIZED VIEWS and OBJECTS. https://docs.snowflake.com/en/sql-reference/sql/show-tables */

import { rowBytes } from "../../catalog/information-schema/column-facts.ts";
import { relations } from "../../catalog/information-schema/objects.ts";
import { INFORMATION_VIEWS } from "../../catalog/information-schema.ts";
import type { TableObject, ViewObject } from "../../catalog/objects.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { applyClauses } from "./clauses.ts";
import { onOff, ownerRoleType, type ShowRow, shapedResult, shapeOf, yn } from "./rows.ts";
import { onceByName, type Place, scopePlaces } from "./scope.ts";

type Statement = StatementOf<"show">;
type Placed<Relation> = { readonly place: Place; readonly relation: Relation };

/** Tables counted by one query. */
const COUNT_BATCH = 500;

function placed(
  places: readonly Place[],
  execution: Execution,
): Placed<TableObject | ViewObject>[] {
  const { snapshot } = execution.account.catalog;
  return places.flatMap((place) =>
    place.schema === undefined
      ? []
      : relations(snapshot, place.schema, String(execution.session.id)).map((relation) => ({
          place,
          relation,
        })),
  );
}

/** How many rows each table has now, by the table's id. */
async function rowCounts(
  tables: readonly TableObject[],
  { session }: Execution,
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (let start = 0; start < tables.length; start += COUNT_BATCH) {
    const batch = tables.slice(start, start + COUNT_BATCH);
    const selects = batch.map(
      (table) => `SELECT ${table.id} AS id, count(*) AS rows FROM ${table.physical}`,
    );
    const sql = selects.join(" UNION ALL ");
    for (const row of await session.transactions.read((connection) => connection.rows(sql))) {
      counts.set(Number(row["id"]), Number(row["rows"]));
    }
  }
  return counts;
}

/** SHOW TABLES tells temporary and transient tables apart; SHOW OBJECTS calls all of them TABLE. */
function kindOf(relation: TableObject | ViewObject, subject: string): string {
  if (relation.kind === "view") return "VIEW";
  if (subject === "OBJECTS") return "TABLE";
  return relation.persistence === "permanent" ? "TABLE" : relation.persistence.toUpperCase();
}

function head({ place, relation }: Placed<TableObject | ViewObject>, subject = "TABLES"): ShowRow {
  return {
    created_on: relation.createdAt,
    name: relation.name,
    database_name: place.database.name,
    schema_name: place.schemaName,
    kind: kindOf(relation, subject),
    comment: relation.comment,
    owner: relation.owner,
    owner_role_type: ownerRoleType(relation.owner),
    dropped_on: relation.droppedAt ?? null,
  };
}

function sizes(relation: TableObject | ViewObject, counts: ReadonlyMap<number, number>): ShowRow {
  const rows = relation.kind === "table" ? counts.get(relation.id) : undefined;
  const known = rows !== undefined && relation.kind === "table";
  return {
    rows: rows ?? null,
    bytes: known ? rows * rowBytes(relation) : null,
    cluster_by: (relation.clusterBy ?? "") === "" ? "" : `LINEAR(${relation.clusterBy})`,
    retention_time: String(relation.kind === "table" ? relation.retentionDays : 1),
    budget: null,
    is_hybrid: yn(relation.kind === "table" && relation.hybrid === true),
    is_dynamic: "N",
    is_iceberg: "N",
  };
}

function tableRow(item: Placed<TableObject>, counts: ReadonlyMap<number, number>): ShowRow {
  const { relation } = item;
  return {
    ...head(item),
    ...sizes(relation, counts),
    automatic_clustering: onOff(relation.clusterBy !== "" && relation.reclusterSuspended !== true),
    change_tracking: onOff(relation.options["CHANGE_TRACKING"] === "true"),
    search_optimization: onOff((relation.searchMethods ?? []).length > 0),
    is_external: "N",
    enable_schema_evolution: yn(relation.options["ENABLE_SCHEMA_EVOLUTION"] === "true"),
    is_event: "N",
    is_immutable: "N",
  };
}

/** Tables that were dropped and can still come back, of schemas that are there. */
function droppedTables(places: readonly Place[], { account }: Execution): Placed<TableObject>[] {
  const byId = new Map(places.map((place) => [place.schema?.id, place]));
  return [...account.catalog.snapshot.all()].flatMap((relation) => {
    if (relation.kind !== "table" || relation.droppedAt === undefined) return [];
    const place = byId.get(relation.schemaId);
    return place === undefined ? [] : [{ place, relation }];
  });
}

function byPlaceAndName(a: ShowRow, b: ShowRow): number {
  for (const column of ["database_name", "schema_name", "name"]) {
    const left = String(a[column]);
    const right = String(b[column]);
    if (left !== right) return left < right ? -1 : 1;
  }
  return Number(b["created_on"]) - Number(a["created_on"]);
}

/** Filters, counts what is left, and gives the columns of the subject. */
async function listed<Relation extends TableObject | ViewObject>(
  subject: string,
  items: readonly Placed<Relation>[],
  information: readonly ShowRow[],
  row: (item: Placed<Relation>, counts: ReadonlyMap<number, number>) => ShowRow,
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const heads = new Map(items.map((item) => [head(item, subject), item]));
  const sorted = [...heads.keys(), ...information].sort(byPlaceAndName);
  const rows = applyClauses(onceByName(sorted, statement.scope, execution), statement);
  if (statement.terse) return shapedResult(shapeOf("TERSE"), rows);
  const left: (TableObject | ViewObject)[] = rows.flatMap((known) => {
    const item = heads.get(known);
    return item === undefined ? [] : [item.relation];
  });
  const tables = left
    .filter((relation) => relation.kind === "table")
    .filter((table) => table.droppedAt === undefined);
  const counts = await rowCounts(tables, execution);
  const full = rows.map((known) => {
    const item = heads.get(known);
    return item === undefined ? known : row(item, counts);
  });
  const shape = shapeOf(subject);
  const withDropped = shape.replace("retention_time", "retention_time, dropped_on ts");
  return shapedResult(statement.history ? withDropped : shape, full);
}

export async function showTables(statement: Statement, execution: Execution) {
  const places = scopePlaces(statement.scope, execution);
  const live = placed(places, execution).flatMap(({ place, relation }) =>
    relation.kind === "table" ? [{ place, relation }] : [],
  );
  const items = statement.history ? [...live, ...droppedTables(places, execution)] : live;
  return listed("TABLES", items, [], tableRow, statement, execution);
}

/** The views of INFORMATION_SCHEMA, which SHOW VIEWS and SHOW OBJECTS list as well. */
function informationRows(places: readonly Place[]): ShowRow[] {
  return places
    .filter(({ schema }) => schema === undefined)
    .flatMap(({ database, schemaName }) =>
      [...INFORMATION_VIEWS.keys()].map((name) => ({
        created_on: database.createdAt,
        name,
        database_name: database.name,
        schema_name: schemaName,
        kind: "VIEW",
        reserved: "",
        comment: "",
        owner: "",
        text: "",
        is_secure: "false",
        is_materialized: "false",
        owner_role_type: "",
        change_tracking: "OFF",
        rows: null,
        bytes: null,
        cluster_by: "",
        retention_time: "",
        budget: null,
        is_hybrid: "N",
        is_dynamic: "N",
        is_iceberg: "N",
      })),
    );
}

function viewRow(item: Placed<ViewObject>): ShowRow {
  const { relation } = item;
  return {
    ...head(item),
    reserved: "",
    text: relation.text,
    is_secure: String(relation.secure),
    is_materialized: String(relation.materialized),
    change_tracking: onOff(relation.options["CHANGE_TRACKING"] === "true"),
  };
}

function views(places: readonly Place[], execution: Execution): Placed<ViewObject>[] {
  return placed(places, execution).flatMap(({ place, relation }) =>
    relation.kind === "view" ? [{ place, relation }] : [],
  );
}

export async function showViews(statement: Statement, execution: Execution) {
  const places = scopePlaces(statement.scope, execution);
  const items = views(places, execution);
  return listed("VIEWS", items, informationRows(places), viewRow, statement, execution);
}

export async function showMaterializedViews(statement: Statement, execution: Execution) {
  const places = scopePlaces(statement.scope, execution);
  const items = views(places, execution).filter(({ relation }) => relation.materialized);
  const row = (item: Placed<ViewObject>): ShowRow => ({
    ...viewRow(item),
    ...sizes(item.relation, new Map()),
    source_database_name: null,
    source_schema_name: null,
    source_table_name: null,
    // The rows are computed when they are asked for, so they are never behind.
    refreshed_on: execution.startedAt,
    compacted_on: null,
    invalid: "false",
    invalid_reason: null,
    behind_by: "0s",
    automatic_clustering: onOff(item.relation.clusterBy !== undefined),
  });
  return listed("MATERIALIZED VIEWS", items, [], row, statement, execution);
}

export async function showObjects(statement: Statement, execution: Execution) {
  const places = scopePlaces(statement.scope, execution);
  return listed(
    "OBJECTS",
    placed(places, execution),
    informationRows(places),
    (item, counts) => ({ ...head(item, "OBJECTS"), ...sizes(item.relation, counts) }),
    statement,
    execution,
  );
}
