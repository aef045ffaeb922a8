/**
 * Chunks that stay. An engine vector has room for 2,048 rows however few are in it, so a stored result of one row would
 * hold tens of kilobytes a column outside of JavaScript's heap: the rows of small chunks are copied.
 */

import type { Column } from "../storage/columns.ts";
import type { ColumnChunk } from "../storage/storage.ts";

/** Chunks with fewer rows are copied; fuller ones waste little and are kept as they are. */
const COPY_ROWS_MAX = 256;

/** The chunk, or a copy of it without any of the engine's memory. */
export function compactChunk(chunk: ColumnChunk): ColumnChunk {
  if (chunk.rowCount > COPY_ROWS_MAX) return chunk;
  return { rowCount: chunk.rowCount, columns: chunk.columns.map(copyColumn) };
}

function copyColumn(column: Column): Column {
  const nulls = nullsOf(column);
  const base = {
    rowCount: column.rowCount,
    hasNulls: nulls !== undefined,
    isNull: nulls === undefined ? () => false : (row: number) => nulls[row] === 1,
  };
  const each = <T>(value: (row: number) => T): T[] =>
    Array.from({ length: column.rowCount }, (_, row) =>
      // What stands in the place of a NULL is not a value.
      nulls?.[row] === 1 ? (undefined as T) : value(row),
    );
  switch (column.kind) {
    case "text": {
      const texts = each(column.text);
      return { ...base, kind: "text", text: (row) => texts[row] ?? "" };
    }
    case "blob": {
      const blobs = each(column.bytes);
      return { ...base, kind: "blob", bytes: (row) => blobs[row] ?? new Uint8Array(0) };
    }
    case "decimal":
    case "hugeint": {
      const big = each(column.at);
      const at = (row: number) => big[row] ?? 0n;
      if (column.kind === "hugeint")
        return { ...column, ...base, values: column.values.slice(), at };
      return { ...column, ...base, values: column.values.slice(), at };
    }
    case "struct": {
      const fields = column.fields.map(({ name, column: field }) => ({
        name,
        column: copyColumn(field),
      }));
      return { ...base, kind: "struct", fields };
    }
    case "list": {
      const starts = each(column.start);
      const lengths = each(column.length);
      const child = copyColumn(column.child);
      return {
        ...base,
        kind: "list",
        child,
        start: (row) => starts[row] ?? 0,
        length: (row) => lengths[row] ?? 0,
      };
    }
    case "null":
      return { ...base, kind: "null" };
    case "boolean":
      return { ...base, kind: "boolean", values: column.values.slice() };
    case "int":
      return { ...base, kind: "int", values: column.values.slice() };
    case "bigint":
      return { ...base, kind: "bigint", values: column.values.slice() };
    case "float":
      return { ...base, kind: "float", values: column.values.slice() };
    case "date":
      return { ...base, kind: "date", values: column.values.slice() };
    default:
      return { ...base, kind: column.kind, values: column.values.slice() };
  }
}

function nullsOf(column: Column): Uint8Array | undefined {
  if (!column.hasNulls) return undefined;
  const nulls = new Uint8Array(column.rowCount);
  for (let row = 0; row < column.rowCount; row++) nulls[row] = column.isNull(row) ? 1 : 0;
  return nulls.includes(1) ? nulls : undefined;
}

/** About how many bytes the rows are, from a sample of the texts. */
export function chunkBytes(chunk: ColumnChunk): number {
  let bytes = 0;
  for (const column of chunk.columns) bytes += columnBytes(column);
  return bytes;
}

const SAMPLE_ROWS = 32;

function columnBytes(column: Column): number {
  const { rowCount } = column;
  if (column.kind === "text" || column.kind === "blob") {
    const step = Math.max(1, Math.floor(rowCount / SAMPLE_ROWS));
    let bytes = 0;
    let seen = 0;
    for (let row = 0; row < rowCount; row += step, seen++) {
      if (column.isNull(row)) continue;
      bytes += column.kind === "text" ? column.text(row).length : column.bytes(row).length;
    }
    return seen === 0 ? 0 : Math.ceil((bytes / seen) * rowCount) + rowCount * 16;
  }
  if (column.kind === "struct") {
    return column.fields.reduce((sum, field) => sum + columnBytes(field.column), 0);
  }
  if (column.kind === "list") return rowCount * 16 + columnBytes(column.child);
  if ("values" in column) return column.values.byteLength;
  return rowCount * 16;
}
