/** Columns and constraints of tables, both ways. */

import type { ColumnDefault, ColumnDefinition } from "../../../../translator/statements/columns.ts";
import type { TableConstraint } from "../../../../translator/statements/constraints.ts";
import { printStoredName } from "../../../../translator/statements/properties.ts";
import type { Statement } from "../../../../translator/statements/statement.ts";
import { type Fields, refused } from "../fields.ts";
import {
  dataType,
  expression,
  identifier,
  objectName,
  qualifiedName,
  storedName,
} from "../names.ts";
import type { Runner, ShownRow } from "../request.ts";
import type { Detail } from "../resource.ts";
import { describe } from "../statements.ts";

const CONSTRAINTS = ["PRIMARY KEY", "UNIQUE", "FOREIGN KEY"] as const;

export function columnsOf(columns: readonly Fields[]): ColumnDefinition[] {
  return columns.map((fields): ColumnDefinition => {
    const column: ColumnDefinition = {
      name: identifier(storedName(fields.needed("name"))),
      type: dataType(fields.needed("datatype")),
      nullable: fields.boolean("nullable") === false ? false : undefined,
      collation: fields.text("collate"),
      default: columnDefault(fields),
      comment: fields.text("comment"),
      constraints: constraintsOf(fields.records("constraints") ?? [], [], true),
      policies: [],
      tags: [],
    };
    fields.end();
    return column;
  });
}

function columnDefault(fields: Fields): ColumnDefault | undefined {
  const text = fields.text("default");
  const counted = fields.boolean("autoincrement") === true;
  const start = fields.integer("autoincrement_start");
  const increment = fields.integer("autoincrement_increment");
  if (counted) {
    if (text !== undefined) throw refused("a column has default or autoincrement, not both");
    const written = (value: number | undefined) =>
      value === undefined ? undefined : String(value);
    return { kind: "autoincrement", start: written(start), increment: written(increment) };
  }
  return text === undefined ? undefined : { kind: "expression", expression: expression(text) };
}

/** @param inline constraints of one column, which name no columns */
export function constraintsOf(
  constraints: readonly Fields[],
  place: readonly string[],
  inline = false,
): TableConstraint[] {
  return constraints.map((fields) => {
    const type = fields.word("constraint_type", CONSTRAINTS);
    if (type === undefined) throw refused("the property constraint_type is missing");
    const name = fields.text("name");
    const named = fields.texts("column_names") ?? [];
    const base = {
      name: name === undefined ? undefined : identifier(storedName(name)),
      columns: inline ? [] : named.map((column) => identifier(storedName(column))),
      properties: {},
    };
    const constraint = withKind(type, base, fields, place);
    fields.end();
    return constraint;
  });
}

function withKind(
  type: (typeof CONSTRAINTS)[number],
  base: Pick<TableConstraint, "name" | "properties"> & { columns: ColumnDefinition["name"][] },
  fields: Fields,
  place: readonly string[],
): TableConstraint {
  if (type === "PRIMARY KEY") return { kind: "primary_key", ...base };
  if (type === "UNIQUE") return { kind: "unique", ...base };
  const table = qualifiedName(fields.needed("referenced_table_name"), place);
  const referenced = (fields.texts("referenced_column_names") ?? []).map((column) =>
    identifier(storedName(column)),
  );
  return { kind: "foreign_key", ...base, table, referenced };
}

const IDENTITY = /^IDENTITY START (-?\d+) INCREMENT (-?\d+)/;
const COLLATED = /^(.*) COLLATE '(.*)'$/s;

function columnJson(row: ShownRow): object {
  const type = row["type"] ?? "";
  const [, plain = type, collation] = COLLATED.exec(type) ?? [];
  const [, start, increment] = IDENTITY.exec(row["default"] ?? "") ?? [];
  return {
    name: printStoredName(row["name"] ?? ""),
    datatype: plain,
    nullable: row["null?"] === "Y",
    collate: collation ?? null,
    default: start === undefined ? row["default"] : null,
    autoincrement: start !== undefined,
    autoincrement_start: start === undefined ? null : Number(start),
    autoincrement_increment: increment === undefined ? null : Number(increment),
    comment: row["comment"],
  };
}

/** SHOW PRIMARY KEYS, UNIQUE KEYS and IMPORTED KEYS of the table. */
const KEYS = [
  { subject: "PRIMARY KEYS", type: "PRIMARY KEY", name: "constraint_name", column: "column_name" },
  { subject: "UNIQUE KEYS", type: "UNIQUE", name: "constraint_name", column: "column_name" },
  { subject: "IMPORTED KEYS", type: "FOREIGN KEY", name: "fk_name", column: "fk_column_name" },
] as const;

async function keys(table: readonly string[], runner: Runner): Promise<object[]> {
  const found: object[] = [];
  for (const { subject, type, name, column } of KEYS) {
    const statement: Statement = {
      kind: "show",
      terse: false,
      subject,
      history: false,
      scope: { kind: "TABLE", name: objectName(...table) },
      privileges: [],
      options: [],
    };
    const all = await runner.rows(statement);
    for (const constraint of new Set(all.map((row) => row[name] ?? ""))) {
      const rows = all.filter((row) => row[name] === constraint);
      const columns = (key: string) => rows.map((row) => printStoredName(row[key] ?? ""));
      found.push({
        name: printStoredName(constraint),
        constraint_type: type,
        column_names: columns(column),
        ...(type === "FOREIGN KEY" && {
          referenced_table_name: referencedTable(rows[0]),
          referenced_column_names: columns("pk_column_name"),
        }),
      });
    }
  }
  return found;
}

function referencedTable(row: ShownRow | undefined): string {
  const parts = ["pk_database_name", "pk_schema_name", "pk_table_name"];
  return parts.map((part) => printStoredName(row?.[part] ?? "")).join(".");
}

/** Columns and constraints. */
export const tableDetail: Detail = async (row, { place }, runner) => {
  const table = [...place, row["name"] ?? ""];
  // A dropped table of a list with history has no columns to describe.
  if (row["dropped_on"] !== null && row["dropped_on"] !== undefined) return {};
  const columns = await runner.rows(describe("TABLE", objectName(...table)));
  return { columns: columns.map(columnJson), constraints: await keys(table, runner) };
};
