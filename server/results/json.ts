/** A stored result's inline rows as the protocol's JSON rowset. */

import type { ConstantValue } from "../../translator/bind/bound.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { type PrintOptions, printVariant } from "../../translator/variant/print.ts";
import type { ColumnChunk } from "../storage/storage.ts";
import { cellEncoder, floatText, OFFSET_BIAS_MINUTES, secondsText } from "./json-cells.ts";
import type { StoredResult } from "./stored.ts";

/** JSON text of an array of rows; cells are strings or null. */
export function jsonRowset(result: StoredResult, options: PrintOptions): string {
  const rows =
    result.inline.kind === "chunks"
      ? result.inline.chunks.flatMap((chunk) => chunkRows(chunk, result, options))
      : result.inline.rows.map((row) => cellRow(row, result, options));
  return `[${rows.join(",")}]`;
}

/** Each row of a chunk as JSON text. Built column by column: an encoder is chosen once a column. */
export function chunkRows(
  chunk: ColumnChunk,
  result: Pick<StoredResult, "columns">,
  options: PrintOptions,
): string[] {
  const cells = result.columns.map(({ type }, index) => {
    const column = chunk.columns[index];
    if (column === undefined) throw new Error(`result has no column ${index}`);
    const encode = cellEncoder(column, type, options);
    return column.hasNulls ? (row: number) => (column.isNull(row) ? "null" : encode(row)) : encode;
  });
  const rows: string[] = new Array(chunk.rowCount);
  for (let row = 0; row < chunk.rowCount; row++) {
    let text = "[";
    for (let i = 0; i < cells.length; i++) text += (i === 0 ? "" : ",") + cells[i]?.(row);
    rows[row] = `${text}]`;
  }
  return rows;
}

function cellRow(
  row: readonly ConstantValue[],
  result: StoredResult,
  options: PrintOptions,
): string {
  const cells = row.map((value, index) => {
    const type = result.columns[index]?.type;
    if (value === null || type === undefined) return "null";
    return JSON.stringify(constantText(value, type, options));
  });
  return `[${cells.join(",")}]`;
}

/** A constant as the protocol's cell text. */
export function constantText(
  value: Exclude<ConstantValue, null>,
  type: SnowType,
  options: PrintOptions,
): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "object") {
    const scale = type.kind === "timestamp" ? type.scale : 0;
    return `${secondsText(value.micros, scale)} ${value.offsetMinutes + OFFSET_BIAS_MINUTES}`;
  }
  if (type.kind === "float") return floatText(Number(value));
  if (type.kind === "time" || type.kind === "timestamp") {
    return secondsText(BigInt(value), type.scale);
  }
  if (type.kind === "variant" || type.kind === "object" || type.kind === "array") {
    return printVariant(String(value), options);
  }
  return String(value);
}
