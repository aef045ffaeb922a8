/** A row's values as an error message shows them. */

import type { Column } from "./columns.ts";
import type { ColumnChunk } from "./storage.ts";

/** `1, "text", NULL`: numbers bare, text in double quotes. */
export function describeRow(chunk: ColumnChunk, row: number): string {
  return chunk.columns.map((column) => describe(column, row)).join(", ");
}

function describe(column: Column, row: number): string {
  if (column.isNull(row)) return "NULL";
  switch (column.kind) {
    case "text":
      return `"${column.text(row)}"`;
    case "decimal":
      return scaled(column.at(row), column.scale);
    case "hugeint":
      return String(column.at(row));
    case "boolean":
      return column.values[row] === 0 ? "false" : "true";
    case "date":
      return isoDate(BigInt(column.values[row] ?? 0) * 86_400_000_000n).slice(0, 10);
    case "timestamp":
    case "timestamptz":
      return isoDate(column.values[row] ?? 0n);
    case "int":
    case "bigint":
    case "float":
      return String(column.values[row]);
    case "blob":
      return Buffer.from(column.bytes(row)).toString("hex").toUpperCase();
    default:
      return "…";
  }
}

function scaled(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const sign = value < 0n ? "-" : "";
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function isoDate(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString().replace("T", " ").replace("Z", "");
}
