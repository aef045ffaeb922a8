/**
 * A stored result as a DuckDB relation, for RESULT_SCAN. Rows in memory go in as one JSON constant: DuckDB parses
 * that many times faster than a VALUES list.
 * https://docs.snowflake.com/en/sql-reference/functions/result_scan
 */

import { assert, must } from "../../translator/base/assert.ts";
import type { ConstantValue } from "../../translator/bind/bound.ts";
import { quoteText } from "../../translator/lower/sql.ts";
import { duckType } from "../../translator/types/physical.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { Column } from "../storage/columns.ts";
import { floatText, scaledText } from "./json-cells.ts";
import { columnName, decodeSelect, instant } from "./parquet-sql.ts";
import type { StoredResult } from "./stored.ts";
import type { ResultColumn } from "./stream.ts";

export type ResultScan = {
  /** A SELECT with columns `c0`, `c1` … of exactly `duckType(type)`, in the result's order of rows. */
  readonly sql: string;
  readonly columns: readonly (ResultColumn & { readonly physical: string })[];
};

export function resultScanSql(result: StoredResult): ResultScan {
  const { exported } = result;
  const columns = result.columns.map((column, i) => ({ ...column, physical: columnName(i) }));
  if (exported !== undefined) return { sql: decodeSelect(exported.path, columns), columns };
  const rows = result.inline.kind === "chunks" ? chunkRows(result) : cellRows(result);
  const items = columns.map(
    ({ type }, i) => `${parsed(`cells[${i + 1}]`, type)} AS ${columnName(i)}`,
  );
  const list = `from_json(${quoteText(`[${rows.join(",")}]`)}, '[["VARCHAR"]]')`;
  return { sql: `SELECT ${items.join(", ")} FROM (SELECT unnest(${list}) AS cells)`, columns };
}

/** DuckDB expression of a cell's text in the column's type. */
function parsed(cell: string, type: SnowType): string {
  switch (type.kind) {
    case "date":
      return `(DATE '1970-01-01' + ${cell}::INTEGER)`;
    case "time":
      return `(TIME '00:00:00' + to_microseconds(${cell}::BIGINT))`;
    case "timestamp": {
      if (type.flavor === "ntz") return `make_timestamp(${cell}::BIGINT)`;
      if (type.flavor === "ltz") return instant(`${cell}::BIGINT`);
      const [micros, offset] = [1, 2].map((part) => `split_part(${cell}, ' ', ${part})`);
      const pair = `struct_pack(instant := ${instant(`${micros}::BIGINT`)}, offset_minutes := ${offset}::SMALLINT)`;
      return `CASE WHEN ${cell} IS NULL THEN NULL ELSE ${pair} END`;
    }
    case "binary":
      return `unhex(${cell})`;
    default:
      return `${cell}::${duckType(type)}`;
  }
}

function chunkRows(result: StoredResult): string[] {
  assert(result.inline.kind === "chunks", "rows are chunks");
  return result.inline.chunks.flatMap((chunk) =>
    Array.from({ length: chunk.rowCount }, (_, row) =>
      JSON.stringify(chunk.columns.map((column) => columnText(column, row))),
    ),
  );
}

/** A value as text that loses nothing. */
function columnText(column: Column, row: number): string | null {
  if (column.isNull(row)) return null;
  switch (column.kind) {
    case "decimal":
      return scaledText(column.at(row), column.scale);
    case "hugeint":
      return column.at(row).toString();
    case "text":
      return column.text(row);
    case "blob":
      return Buffer.from(column.bytes(row)).toString("hex");
    case "boolean":
      return column.values[row] === 0 ? "false" : "true";
    case "float":
      return floatText(column.values[row] ?? 0);
    case "int":
    case "bigint":
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
      return String(column.values[row]);
    case "struct":
      return column.fields.map((field) => columnText(field.column, row)).join(" ");
    case "list": {
      const start = column.start(row);
      const items = Array.from({ length: column.length(row) }, (_, i) =>
        columnText(column.child, start + i),
      );
      return `[${items.join(",")}]`;
    }
    case "null":
      return null;
  }
}

function cellRows(result: StoredResult): string[] {
  assert(result.inline.kind === "cells", "rows are cells");
  return result.inline.rows.map((row) =>
    JSON.stringify(row.map((value, i) => cellValue(value, must(result.columns[i]).type))),
  );
}

function cellValue(value: ConstantValue, type: SnowType): string | null {
  if (value === null) return null;
  if (typeof value === "object") return `${value.micros} ${value.offsetMinutes}`;
  if (type.kind === "float") return floatText(Number(value));
  return String(value);
}
