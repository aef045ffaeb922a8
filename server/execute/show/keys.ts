/** SHOW PRIMARY, UNIQUE, IMPORTED and EXPORTED KEYS. https://docs.snowflake.com/en/sql-reference/sql/show-primary-keys */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import { referencedKey } from "../../catalog/information-schema/constraint-rows.ts";
import { databases, relations, schemas } from "../../catalog/information-schema/objects.ts";
import type { Constraint, TableObject } from "../../catalog/objects.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { findMember, shownQualified } from "../names.ts";
import { type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { scopePlaces, scopeRelation } from "./scope.ts";

type Statement = StatementOf<"show">;
type Placed = { readonly name: QualifiedName; readonly table: TableObject };

/** The tables of the scope. */
function scopeTables(statement: Statement, execution: Execution): Placed[] {
  const { account, session } = execution;
  const name = scopeRelation(statement.scope, execution);
  if (name !== undefined) {
    const table = findMember(account.catalog.snapshot, "relation", name, execution);
    if (table?.kind === "table") return [{ name, table }];
    if (table?.kind === "view") return [];
    throw snowflakeError("containerNotFound", { kind: "Table", name: shownQualified(name) });
  }
  return scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : relations(account.catalog.snapshot, schema, String(session.id)).flatMap((table) => {
          const full = { database: database.name, schema: schema.name, name: table.name };
          return table.kind === "table" ? [{ name: full, table }] : [];
        }),
  );
}

/** Every table of the account: foreign keys may come from anywhere. */
function allTables({ account, session }: Execution): Placed[] {
  const { snapshot } = account.catalog;
  return databases(snapshot).flatMap((database) =>
    schemas(snapshot, database).flatMap((schema) =>
      relations(snapshot, schema, String(session.id)).flatMap((table) => {
        const name = { database: database.name, schema: schema.name, name: table.name };
        return table.kind === "table" ? [{ name, table }] : [];
      }),
    ),
  );
}

function keyRows(kind: Constraint["kind"], { name, table }: Placed): ShowRow[] {
  return table.constraints
    .filter((constraint) => constraint.kind === kind)
    .flatMap((constraint) =>
      constraint.columns.map((column, index) => ({
        created_on: constraint.createdAt,
        database_name: name.database,
        schema_name: name.schema,
        table_name: name.name,
        column_name: column,
        key_sequence: index + 1,
        constraint_name: constraint.name,
        rely: String(constraint.rely),
        comment: constraint.comment ?? null,
      })),
    );
}

export async function showPrimaryKeys(statement: Statement, execution: Execution) {
  const rows = scopeTables(statement, execution).flatMap((item) => keyRows("primary_key", item));
  return shapedResult(shapeOf("PRIMARY KEYS"), rows);
}

export async function showUniqueKeys(statement: Statement, execution: Execution) {
  const rows = scopeTables(statement, execution).flatMap((item) => keyRows("unique", item));
  return shapedResult(shapeOf("UNIQUE KEYS"), rows);
}

function foreignKeyRows({ name, table }: Placed, execution: Execution): ShowRow[] {
  const { snapshot } = execution.account.catalog;
  return table.constraints.flatMap((constraint) => {
    const { references } = constraint;
    if (constraint.kind !== "foreign_key" || references === undefined) return [];
    const target = referencedKey(snapshot, constraint, String(execution.session.id));
    const columns = references.columns.length > 0 ? references.columns : target?.key?.columns;
    return constraint.columns.map((column, index) => ({
      created_on: constraint.createdAt,
      pk_database_name: references.database,
      pk_schema_name: references.schema,
      pk_table_name: references.table,
      pk_column_name: columns?.[index] ?? null,
      fk_database_name: name.database,
      fk_schema_name: name.schema,
      fk_table_name: name.name,
      fk_column_name: column,
      key_sequence: index + 1,
      update_rule: constraint.onUpdate ?? "NO ACTION",
      delete_rule: constraint.onDelete ?? "NO ACTION",
      fk_name: constraint.name,
      pk_name: target?.key?.name ?? null,
      deferrability: deferrability(constraint),
      rely: String(constraint.rely),
      comment: constraint.comment ?? null,
    }));
  });
}

function deferrability({ deferrable, initiallyImmediate }: Constraint): string {
  if (deferrable !== true) return "NOT DEFERRABLE";
  return initiallyImmediate === true ? "INITIALLY IMMEDIATE" : "INITIALLY DEFERRED";
}

export async function showImportedKeys(statement: Statement, execution: Execution) {
  const tables = scopeTables(statement, execution);
  const rows = tables.flatMap((item) => foreignKeyRows(item, execution));
  return shapedResult(shapeOf("IMPORTED KEYS"), rows);
}

export async function showExportedKeys(statement: Statement, execution: Execution) {
  const key = (database: unknown, schema: unknown, name: unknown) =>
    JSON.stringify([database, schema, name]);
  const wanted = new Set(
    scopeTables(statement, execution).map(({ name }) => key(name.database, name.schema, name.name)),
  );
  const rows = allTables(execution)
    .flatMap((item) => foreignKeyRows(item, execution))
    .filter((row) =>
      wanted.has(key(row["pk_database_name"], row["pk_schema_name"], row["pk_table_name"])),
    );
  return shapedResult(shapeOf("EXPORTED KEYS"), rows);
}
