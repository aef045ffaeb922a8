/** SHOW COLUMNS. https://docs.snowflake.com/en/sql-reference/sql/show-columns */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import {
  columnsOf,
  dataTypeJson,
  expressionDefault,
  identityText,
  type RelationColumnFacts,
} from "../../catalog/information-schema/column-facts.ts";
import { INFORMATION_SCHEMA, relations } from "../../catalog/information-schema/objects.ts";
import { INFORMATION_VIEWS } from "../../catalog/information-schema.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { findMember, shownQualified } from "../names.ts";
import { applyClauses } from "./clauses.ts";
import { type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { type Place, scopePlaces, scopeRelation } from "./scope.ts";

type Statement = StatementOf<"show">;

function columnRow(name: QualifiedName, column: RelationColumnFacts): ShowRow {
  return {
    table_name: name.name,
    schema_name: name.schema,
    column_name: column.name,
    data_type: dataTypeJson(column.type, column.nullable),
    "null?": String(column.nullable),
    default: expressionDefault(column.default) ?? "",
    kind: column.expression === undefined ? "COLUMN" : "VIRTUAL_COLUMN",
    expression: column.expression ?? "",
    comment: column.comment,
    database_name: name.database,
    autoincrement: identityText(column.default) ?? "",
    schema_evolution_record: null,
  };
}

/** The columns of a view of INFORMATION_SCHEMA; undefined when there is no such view. */
export function informationColumns(view: string): RelationColumnFacts[] | undefined {
  return INFORMATION_VIEWS.get(view)?.map(({ name, type }) => ({
    name: name.toUpperCase(),
    type,
    nullable: true,
    comment: "",
  }));
}

/**
 * The columns of a table or view, those of INFORMATION_SCHEMA included.
 * @throws 002003 when there is none of that name
 */
export function relationColumns(
  name: QualifiedName,
  execution: Execution,
): readonly RelationColumnFacts[] {
  if (name.schema === INFORMATION_SCHEMA) {
    const database = execution.account.catalog.snapshot.database(name.database);
    const columns = informationColumns(name.name);
    if (database !== undefined && columns !== undefined) return columns;
  } else {
    const found = findMember(execution.account.catalog.snapshot, "relation", name, execution);
    if (found?.kind === "table" || found?.kind === "view") return columnsOf(found);
  }
  throw snowflakeError("containerNotFound", { kind: "Table", name: shownQualified(name) });
}

function placeRows(place: Place, { account, session }: Execution): ShowRow[] {
  const at = { database: place.database.name, schema: place.schemaName };
  if (place.schema === undefined) {
    return [...INFORMATION_VIEWS.keys()].flatMap((name) =>
      (informationColumns(name) ?? []).map((column) => columnRow({ ...at, name }, column)),
    );
  }
  const found = relations(account.catalog.snapshot, place.schema, String(session.id));
  return found.flatMap((relation) =>
    columnsOf(relation).map((column) => columnRow({ ...at, name: relation.name }, column)),
  );
}

export async function showColumns(statement: Statement, execution: Execution) {
  const relation = scopeRelation(statement.scope, execution);
  const rows =
    relation === undefined
      ? scopePlaces(statement.scope, execution).flatMap((place) => placeRows(place, execution))
      : relationColumns(relation, execution).map((column) => columnRow(relation, column));
  return shapedResult(shapeOf("COLUMNS"), applyClauses(rows, statement, "column_name"));
}
