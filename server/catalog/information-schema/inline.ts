/** Rows made in JavaScript as a DuckDB SELECT that a query can read like a table. */

import type { QualifiedName, Relation } from "../../../translator/bind/catalog.ts";
import { constantSql } from "../../../translator/lower/constants.ts";
import { duckType } from "../../../translator/types/physical.ts";
import type { ShapeColumn } from "./column-spec.ts";

/** How many rows a table has now, times a factor: asked when the query runs. */
export type RowCount = { readonly rowsOf: string; readonly times: number };

/** A value by its column's type: times are milliseconds since the epoch. `sql` is any scalar DuckDB expression. */
export type InlineValue = string | number | boolean | null | RowCount | { readonly sql: string };

export type InlineRow = Readonly<Record<string, InlineValue>>;

const MICROS_PER_MILLI = 1_000n;
/** The column that joins a row to its table's count. */
const COUNTED = "counted";

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

export function inlineSql(columns: readonly ShapeColumn[], rows: readonly InlineRow[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const value of Object.values(row)) {
      if (isCount(value) && !counts.has(value.rowsOf)) counts.set(value.rowsOf, counts.size + 1);
    }
  }
  const stored: ShapeColumn[] = [];
  const list = columns.map((column, index) => {
    const as = `AS c${index + 1}`;
    const first = rows[0]?.[column.name] ?? null;
    if (rows.every((row) => (row[column.name] ?? null) === first) && typeof first !== "object") {
      return `${valueSql(first, column)} ${as}`;
    }
    if (first === null && rows.every((row) => (row[column.name] ?? null) === null)) {
      return `${valueSql(null, column)} ${as}`;
    }
    stored.push(column);
    const value = `v${stored.length}`;
    const counted = rows.some((row) => isCount(row[column.name]));
    const expression = counted ? `${value} * counted_rows` : value;
    return `CAST(${expression} AS ${duckType(column.type)}) ${as}`;
  });
  if (rows.length === 0) return `SELECT ${list.join(", ")} WHERE false`;
  const tuples = rows.map((row) => tuple(row, stored, counts));
  const names = [...stored.map((_, index) => `v${index + 1}`), COUNTED].join(", ");
  const from = `(VALUES ${tuples.join(", ")}) AS made(${names})`;
  return `SELECT ${list.join(", ")} FROM ${from}${countJoin(counts)}`;
}

function isCount(value: InlineValue | undefined): value is RowCount {
  return typeof value === "object" && value !== null && "rowsOf" in value;
}

function tuple(
  row: InlineRow,
  stored: readonly ShapeColumn[],
  counts: ReadonlyMap<string, number>,
): string {
  let counted = 0;
  const values = stored.map((column) => {
    const value = row[column.name] ?? null;
    if (!isCount(value)) return valueSql(value, column);
    counted = counts.get(value.rowsOf) ?? 0;
    return String(value.times);
  });
  return `(${[...values, counted].join(", ")})`;
}

function valueSql(value: Exclude<InlineValue, RowCount>, { type }: ShapeColumn): string {
  if (value === null) return constantSql(type, null);
  if (typeof value === "object") return value.sql;
  if (type.kind === "timestamp") {
    return constantSql(type, BigInt(Math.round(Number(value))) * MICROS_PER_MILLI);
  }
  return constantSql(type, value);
}

/** The counts of the tables that rows ask for, each counted once. */
function countJoin(counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return "";
  const selects = [...counts].map(
    ([physical, key]) => `SELECT ${key} AS counted, count(*) AS counted_rows FROM ${physical}`,
  );
  return ` LEFT JOIN (${selects.join(" UNION ALL ")}) AS counts USING (${COUNTED})`;
}
