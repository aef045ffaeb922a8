/** CREATE TABLE in all its forms. https://docs.snowflake.com/en/sql-reference/sql/create-table */

import type { Query } from "../../translator/ast/queries.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { retentionDays } from "../catalog/object-parameters.ts";
import type { CatalogObject, Constraint, TableObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { physicalTableName } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { checksOf, enforceChecks, withPlannedChecks } from "./check-constraints.ts";
import { clusteringKey } from "./clustering.ts";
import { checkDistinct, planColumn, sequenceSql } from "./columns.ts";
import { planConstraint } from "./constraints.ts";
import { copiedGrants } from "./copied-grants.ts";
import { alterToDefinition } from "./create-or-alter-table.ts";
import { markDropped } from "./drop.ts";
import { enforceKeys } from "./enforced-keys.ts";
import type { Execution, Handler, StatementOf, StatementResult } from "./execution.ts";
import { governed, refuseGoverned } from "./governed-relation.ts";
import { findMember, findSchema, memberName, shown, shownQualified } from "./names.ts";
import { persistenceIn } from "./persistence.ts";
import { createPhysicalTable, fillTable } from "./physical-table.ts";
import { fillStreams } from "./placeholders.ts";
import { propertyRecord, wholeNumber } from "./properties.ts";
import { queryColumns } from "./query-columns.ts";
import { planConsuming } from "./query-plan.ts";
import { alreadyExists, created } from "./status.ts";
import { clonedRows } from "./table-clone.ts";
import { plannedIndex } from "./table-index.ts";
import { templateColumns } from "./table-template.ts";

/** CREATE TABLE, and CREATE HYBRID TABLE, which has the same parts. */
type Statement = Omit<StatementOf<"create_table">, "kind">;
type TableForm = "standard" | "hybrid";

/** A table to be made, and what fills it. */
type TablePlan = {
  readonly table: TableObject;
  readonly sequences: readonly string[];
  readonly fill: ((writer: StatementWriter) => Promise<number>) | undefined;
  readonly consumes?: readonly number[] | undefined;
};

const RETENTION = { minimum: 0, maximum: 90 } as const;
const TEMPORARY_RETENTION = { minimum: 0, maximum: 1 } as const;

export const createTable: Handler<"create_table"> = (statement, execution) =>
  makeTable(statement, execution, "standard");

/** Makes a table of either form. */
export async function makeTable(
  statement: Statement,
  execution: Execution,
  form: TableForm,
): Promise<StatementResult> {
  const { source } = statement;
  const name = memberName(statement.name, execution, "CREATE TABLE");
  if (statement.orReplace && statement.ifNotExists) {
    throw snowflakeError("conflictingOptions", { first: "OR REPLACE", second: "IF NOT EXISTS" });
  }
  if (statement.orAlter) refuseGoverned(statement);
  let inserted = 0;
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = sameLife(snapshot, name, statement, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing?.kind === "table" && statement.orAlter) {
      if (existing.dynamic !== undefined) {
        throw snowflakeError("wrongTableKind", { actual: "DYNAMIC_TABLE", expected: "TABLE" });
      }
      const wanted = await planTable(statement, name, schema.id, snapshot, execution, form);
      return { ...alterToDefinition(existing, wanted.table, execution), result: true };
    }
    if (existing !== undefined && (!statement.orReplace || existing.kind === "stream")) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    const planned = await planTable(statement, name, schema.id, snapshot, execution, form);
    const own = { ...planned.table, ...keptTags(statement, existing) };
    const plan = { ...planned, table: governed(own, statement, snapshot, execution) };
    const changes: CatalogChange[] = [];
    if (existing !== undefined) changes.push(markDropped(existing, execution));
    changes.push({ kind: "put", object: plan.table });
    if (statement.copyGrants) {
      const source = grantSource(statement, existing, snapshot, execution);
      changes.push(...copiedGrants(source, plan.table, snapshot, execution));
    }
    return {
      changes,
      physical: async (writer) => {
        for (const sequence of plan.sequences) await writer.apply(sequence);
        await createPhysicalTable(writer, plan.table);
        inserted = (await plan.fill?.(writer)) ?? 0;
        await enforceKeys(writer, [plan.table], snapshot);
        // A clone has the rows of its source, also those from before a constraint.
        if (source?.kind === "query") await enforceChecks(writer, plan.table, execution);
      },
      consumes: plan.consumes,
      result: true,
    };
  });
  if (!done) return alreadyExists(name.name);
  const made = created("Table", name.name);
  if (source?.kind !== "query") return made;
  // Drivers read how many rows a CREATE TABLE … AS SELECT has written, which its status does not say.
  return { ...made, stats: { inserted, updated: 0, deleted: 0, duplicates: 0 } };
}

/** Whose grants COPY GRANTS copies: those of the table that is replaced, else of the source of LIKE or CLONE. */
function grantSource(
  { source }: Statement,
  existing: CatalogObject | undefined,
  snapshot: Snapshot,
  execution: Execution,
): CatalogObject | undefined {
  if (existing !== undefined || (source?.kind !== "like" && source?.kind !== "clone")) {
    return existing;
  }
  const name = memberName(source.table, execution, "CREATE TABLE");
  return findMember(snapshot, "relation", name, execution);
}

/** COPY TAGS: those of the table that is replaced. */
function keptTags({ clauses }: Statement, existing: CatalogObject | undefined) {
  const isKept = clauses.some(({ form }) => form === "COPY TAGS") && existing?.tags !== undefined;
  return isKept ? { tags: existing.tags } : {};
}

/** The object the new table would take the place of: a temporary table only meets temporary ones. */
function sameLife(
  snapshot: Snapshot,
  name: QualifiedName,
  statement: Statement,
  execution: Execution,
): CatalogObject | undefined {
  const existing = findMember(snapshot, "relation", name, execution);
  const temporary = existing !== undefined && "sessionId" in existing && existing.sessionId;
  if (statement.persistence === "temporary") return temporary ? existing : undefined;
  if (!temporary) return existing;
  const schema = findSchema(snapshot, name.database, name.schema);
  return snapshot.find("relation", schema.id, name.name);
}

async function planTable(
  statement: Statement,
  name: QualifiedName,
  schemaId: number,
  snapshot: Snapshot,
  execution: Execution,
  form: TableForm,
): Promise<TablePlan> {
  const { source } = statement;
  const base = newTable(statement, name, schemaId, snapshot, execution, form);
  if (source?.kind === "like" || source?.kind === "clone") {
    return likeTable(base, statement, snapshot, execution, source.kind === "clone");
  }
  if (source?.kind === "template") {
    const columns = await templateColumns(source.query, execution);
    return planFromColumns(base, { ...statement, columns }, execution);
  }
  const plan =
    source?.kind === "query"
      ? await planFromQuery(base, statement, source.query, execution)
      : planFromColumns(base, statement, execution);
  const clusterBy = clusteringKey(plan.table, statement.clusterBy);
  const table = withPlannedChecks({ ...plan.table, clusterBy }, () => true, execution);
  return { ...plan, table };
}

function newTable(
  statement: Statement,
  name: QualifiedName,
  schemaId: number,
  snapshot: Snapshot,
  execution: Execution,
  form: TableForm,
): TableObject {
  const { account, session } = execution;
  const options = propertyRecord(statement.properties, execution);
  const persistence = persistenceIn(snapshot, schemaId, statement.persistence);
  const range = persistence === "permanent" ? RETENTION : TEMPORARY_RETENTION;
  wholeNumber(options, "DATA_RETENTION_TIME_IN_DAYS", 0, range);
  const id = account.catalog.nextId();
  const now = account.now();
  const table: TableObject = {
    kind: "table",
    id,
    name: name.name,
    schemaId,
    createdAt: now,
    alteredAt: now,
    owner: session.role,
    comment: statement.comment ?? options.COMMENT ?? "",
    options,
    persistence,
    sessionId: persistence === "temporary" ? String(session.id) : undefined,
    physical: physicalTableName(id, name.name),
    columns: [],
    constraints: [],
    ...(form === "hybrid" && { hybrid: true }),
    clusterBy: "",
    retentionDays: 0,
    nextColumn: 1,
  };
  return { ...table, retentionDays: retentionDays(table, snapshot) };
}

function planFromColumns(base: TableObject, statement: Statement, execution: Execution): TablePlan {
  if (statement.columns.length === 0) throw snowflakeError("missingColumns", {});
  checkDistinct(statement.columns.map((column) => column.name.name));
  const plans = statement.columns.map((definition, index) =>
    planColumn(definition, index + 1, base, execution),
  );
  const constraints = plannedConstraints(statement, base.hybrid === true, execution);
  const keys = new Set(
    constraints.filter((item) => item.kind === "primary_key").flatMap((item) => item.columns),
  );
  const table = {
    ...base,
    columns: plans.map(({ column }) =>
      keys.has(column.name) ? { ...column, nullable: false } : column,
    ),
    constraints,
    nextColumn: plans.length + 1,
  };
  return {
    table: withIndexes(table, statement, execution),
    sequences: plans.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence])),
    fill: undefined,
  };
}

function plannedConstraints(
  { columns, constraints, orAlter }: Statement,
  isHybrid: boolean,
  execution: Execution,
): readonly Constraint[] {
  const inline = columns.flatMap((definition) =>
    definition.constraints.flatMap((item) =>
      planConstraint(item, definition.name, isHybrid, execution),
    ),
  );
  const all = [
    ...inline,
    ...constraints.flatMap((item) => planConstraint(item, undefined, isHybrid, execution)),
  ];
  // Docs: constraints-overview, limitations.
  if (orAlter && checksOf({ constraints: all }).length > 0) {
    throw snowflakeError("unsupportedFeature", { feature: "CHECK constraint in CREATE OR ALTER" });
  }
  return all;
}

function withIndexes(table: TableObject, statement: Statement, execution: Execution): TableObject {
  if (statement.indexes.length === 0) return table;
  if (table.hybrid !== true) {
    throw snowflakeError("unsupportedFeature", { feature: "INDEX of a standard table" });
  }
  return {
    ...table,
    indexes: statement.indexes.map((index) => plannedIndex(table, index, execution)),
  };
}

/** CREATE TABLE … AS SELECT: names and types come from the query unless columns are given. */
async function planFromQuery(
  base: TableObject,
  statement: Statement,
  query: Query,
  execution: Execution,
): Promise<TablePlan> {
  const plan = await planConsuming(query, execution, columnTypes(base, statement, execution));
  const columns = queryColumns(statement.columns, plan.columns, base, execution);
  const constraints = plannedConstraints(statement, base.hybrid === true, execution);
  const planned = { ...base, columns, constraints, nextColumn: columns.length + 1 };
  const table = withIndexes(planned, statement, execution);
  return {
    table,
    sequences: [],
    fill: (writer) => fillTable(writer, table, fillStreams(plan.sql, execution)),
    consumes: plan.streams,
  };
}

/** Types that a CTAS column list demands, by position. */
function columnTypes(table: TableObject, statement: Statement, execution: Execution) {
  if (statement.columns.every((column) => column.type === undefined)) return undefined;
  return statement.columns.map((definition, index) =>
    definition.type === undefined
      ? undefined
      : planColumn(definition, index + 1, table, execution).column.type,
  );
}

/** LIKE copies the definition; CLONE the rows as well. */
async function likeTable(
  base: TableObject,
  statement: Statement,
  snapshot: Snapshot,
  execution: Execution,
  withRows: boolean,
): Promise<TablePlan> {
  const { source } = statement;
  if (source?.kind !== "like" && source?.kind !== "clone") {
    throw new Error("LIKE or CLONE expected");
  }
  const name = memberName(source.table, execution, "CREATE TABLE");
  const found = findMember(snapshot, "relation", name, execution);
  if (found?.kind !== "table") {
    throw snowflakeError("objectNotFound", { name: shownQualified(name) });
  }
  if (withRows && found.hybrid === true) {
    throw snowflakeError("unsupportedFeature", { feature: "CLONE of a HYBRID TABLE" });
  }
  const sequences: string[] = [];
  const columns = found.columns.map((given, index) => {
    // A clone has the policies of its source, an empty copy only the tags.
    const column = withRows ? given : { ...given, masking: undefined };
    if (column.default?.kind !== "identity") return column;
    const physical = `data."s${base.id}_${index + 1}"`;
    sequences.push(sequenceSql(physical, column.default.start, column.default.step));
    return { ...column, default: { ...column.default, physical } };
  });
  const table: TableObject = {
    ...base,
    columns,
    constraints: found.constraints,
    ...(found.hybrid === true && { hybrid: true, indexes: found.indexes }),
    clusterBy: clusteringKey(found, statement.clusterBy) || found.clusterBy,
    // Docs: create-clone, "Automatic Clustering is suspended by default for the new table".
    ...(withRows && { reclusterSuspended: true as const }),
    comment: base.comment === "" ? found.comment : base.comment,
    tags: found.tags,
    rowAccess: withRows ? found.rowAccess : undefined,
    nextColumn: found.nextColumn,
  };
  if (!withRows) return { table, sequences, fill: undefined };
  const select = source.kind === "clone" ? await clonedRows(found, source, execution) : "";
  return { table, sequences, fill: (writer) => fillTable(writer, table, select) };
}
