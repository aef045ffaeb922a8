/** Rows made in JavaScript as a DuckDB SELECT that a query can read like a table. */

import type { QualifiedName, Relation } from "../../../translator/bind/catalog.ts";
import { constantSql } from "../../../translator/lower/constants.ts";
import { quoteText } from "../../../translator/lower/sql.ts";
import { duckType } from "../../../translator/types/physical.ts";
import type { ShapeColumn } from "./column-spec.ts";

/** A number asked when the query runs, by a DuckDB SELECT of one row and column, times a factor. */
export type Asked = { readonly query: string; readonly times: number };

/** A value by its column's type: times are milliseconds since the epoch. */
export type InlineValue = string | number | boolean | null | Asked;

export type InlineRow = Readonly<Record<string, InlineValue>>;

const MICROS_PER_MILLI = 1_000n;
/** The column that joins a row to its answer. */
const QUESTION = "question";

/**
 * A relation of the rows. A column that a row does not name is NULL there; columns with one value in all
 * rows are written once.
 */
export function inlineRelation(
  name: QualifiedName,
  columns: readonly ShapeColumn[],
  rows: readonly InlineRow[],
): Relation {
  return {
    kind: "inline",
    name,
    sql: inlineSql(columns, rows),
    columns: columns.map((column, index) => ({
      name: column.name.toUpperCase(),
      type: column.type,
      nullable: true,
      physical: `c${index + 1}`,
    })),
  };
}

function inlineSql(columns: readonly ShapeColumn[], rows: readonly InlineRow[]): string {
  const asked = new Map<string, number>();
  for (const row of rows) {
    for (const value of Object.values(row)) {
      if (isAsked(value) && !asked.has(value.query)) asked.set(value.query, asked.size + 1);
    }
  }
  const stored: string[] = [];
  const list = columns.map((column, index) => {
    const values = rows.map((row) => row[column.name] ?? null);
    const as = `AS c${index + 1}`;
    const [first = null] = values;
    if (!isAsked(first) && values.every((value) => value === first)) {
      return `${constantOf(first, column)} ${as}`;
    }
    const name = `v${stored.length + 1}`;
    stored.push(`${unnested(values.map((value) => cellText(value, column)))} AS ${name}`);
    const known = values.some(isAsked) ? `CAST(${name} AS HUGEINT) * answer` : name;
    return `CAST(${known} AS ${duckType(column.type)}) ${as}`;
  });
  if (rows.length === 0) return `SELECT ${list.join(", ")} WHERE false`;
  const keys = rows.map((row) => {
    const value = Object.values(row).find(isAsked);
    return String(value === undefined ? 0 : asked.get(value.query));
  });
  stored.push(`CAST(${unnested(keys)} AS INTEGER) AS ${QUESTION}`);
  return `SELECT ${list.join(", ")} FROM (SELECT ${stored.join(", ")})${answers(asked)}`;
}

function isAsked(value: InlineValue | undefined): value is Asked {
  return typeof value === "object" && value !== null;
}

/**
 * The values of a column as one constant: DuckDB plans thousands of constants slowly, and one long text at once.
 */
function unnested(values: readonly (string | null)[]): string {
  return `unnest(from_json(${quoteText(JSON.stringify(values))}, '["VARCHAR"]'))`;
}

function cellText(value: InlineValue, { type }: ShapeColumn): string | null {
  if (value === null) return null;
  if (isAsked(value)) return String(value.times);
  return type.kind === "timestamp" ? new Date(Number(value)).toISOString() : String(value);
}

function constantOf(value: Exclude<InlineValue, Asked>, { type }: ShapeColumn): string {
  if (value !== null && type.kind === "timestamp") {
    return constantSql(type, BigInt(Math.round(Number(value))) * MICROS_PER_MILLI);
  }
  return constantSql(type, value);
}

/** The answers that rows ask for, each asked once. All of a row's questions are the same. */
function answers(asked: ReadonlyMap<string, number>): string {
  if (asked.size === 0) return "";
  const selects = [...asked].map(
    ([query, key]) => `SELECT ${key} AS ${QUESTION}, answer FROM (${query}) AS asked(answer)`,
  );
  return ` LEFT JOIN (${selects.join(" UNION ALL ")}) AS answers USING (${QUESTION})`;
}
