/** SHOW HYBRID TABLES and SHOW INDEXES. https://docs.snowflake.com/en/sql-reference/sql/show-indexes */

import { snowflakeError } from "../../../translator/base/errors.ts";
import { relations } from "../../catalog/information-schema/objects.ts";
import type { TableObject } from "../../catalog/objects.ts";
import { constraintIndexName } from "../enforced-keys.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { findMember, shownQualified } from "../names.ts";
import { applyClauses } from "./clauses.ts";
import { EMPTY_SHAPES } from "./empty-shapes.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf, yn } from "./rows.ts";
import { scopePlaces, scopeRelation } from "./scope.ts";

type Statement = StatementOf<"show">;

function hybridTables(statement: Statement, execution: Execution) {
  const { account, session } = execution;
  const { scope } = statement;
  const name = scope?.kind === "TABLE" ? scopeRelation(scope, execution) : undefined;
  if (name !== undefined) {
    const table = findMember(account.catalog.snapshot, "relation", name, execution);
    if (table === undefined) {
      throw snowflakeError("containerNotFound", { kind: "Table", name: shownQualified(name) });
    }
    const place = { database_name: name.database, schema_name: name.schema };
    return table.kind === "table" && table.hybrid === true ? [{ table, place }] : [];
  }
  return scopePlaces(scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : relations(account.catalog.snapshot, schema, String(session.id)).flatMap((table) =>
          table.kind === "table" && table.hybrid === true
            ? [{ table, place: { database_name: database.name, schema_name: schema.name } }]
            : [],
        ),
  );
}

export async function showHybridTables(statement: Statement, execution: Execution) {
  const rows = hybridTables(statement, execution).map(
    ({ table, place }): ShowRow => ({
      ...place,
      created_on: table.createdAt,
      name: table.name,
      kind: "TABLE",
      owner: table.owner,
      rows: null,
      bytes: null,
      comment: table.comment,
      owner_role_type: ownerRoleType(table.owner),
    }),
  );
  return shapedResult(shapeFor(statement), applyClauses(rows, statement));
}

export async function showIndexes(statement: Statement, execution: Execution) {
  const rows = hybridTables(statement, execution).flatMap(({ table, place }) =>
    indexesOf(table).map(
      (index): ShowRow => ({
        ...place,
        created_on: index.createdAt,
        name: index.name,
        kind: "INDEX",
        is_unique: yn(index.unique),
        columns: bracketed(index.columns),
        included_columns: bracketed(index.included),
        table: table.name,
        owner: table.owner,
        owner_role_type: ownerRoleType(table.owner),
      }),
    ),
  );
  return shapedResult(shapeFor(statement), applyClauses(rows, statement));
}

function shapeFor({ subject, terse }: Statement): string {
  return terse ? shapeOf("TERSE") : (EMPTY_SHAPES[subject] ?? "");
}

/** The indexes that serve constraints, then the secondary ones. */
function indexesOf(table: TableObject) {
  const keys = table.constraints
    .filter(({ kind }) => kind !== "check")
    .map((constraint) => ({
      name: constraintIndexName(table, constraint),
      unique: constraint.kind !== "foreign_key",
      columns: constraint.columns,
      included: [],
      createdAt: constraint.createdAt,
    }));
  return [...keys, ...(table.indexes ?? []).map((index) => ({ ...index, unique: false }))];
}

function bracketed(names: readonly string[]): string {
  return `[${names.join(", ")}]`;
}
