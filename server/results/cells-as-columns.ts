/** Rows that the server made itself as columns, as if they had come from DuckDB. */

import type { ConstantValue } from "../../translator/bind/bound.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { Column } from "../storage/columns.ts";
import type { ColumnChunk } from "../storage/storage.ts";
import type { Cell, ResultColumn } from "./stream.ts";

const WIDEST = 38;

export function cellsAsChunk(
  rows: readonly (readonly Cell[])[],
  columns: readonly ResultColumn[],
): ColumnChunk {
  return {
    rowCount: rows.length,
    columns: columns.map(({ type }, i) =>
      cellColumn(
        rows.map((row) => row[i] ?? null),
        type,
      ),
    ),
  };
}

function cellColumn(values: readonly ConstantValue[], type: SnowType): Column {
  const base = {
    rowCount: values.length,
    hasNulls: values.includes(null),
    isNull: (row: number) => (values[row] ?? null) === null,
  };
  const text = (row: number) => String(values[row] ?? "");
  const integers = () => BigInt64Array.from(values, (value) => scaled(value, 0));
  switch (type.kind) {
    case "number":
    case "interval": {
      const scale = type.kind === "number" ? type.scale : 0;
      const at = (row: number) => scaled(values[row] ?? null, scale);
      const words = new BigInt64Array(0);
      return { ...base, kind: "decimal", precision: WIDEST, scale, values: words, at };
    }
    case "float":
      return { ...base, kind: "float", values: Float64Array.from(values, (v) => Number(v ?? 0)) };
    case "boolean":
      return { ...base, kind: "boolean", values: Uint8Array.from(values, (v) => (v ? 1 : 0)) };
    case "date":
      return { ...base, kind: "date", values: Int32Array.from(values, (v) => Number(v ?? 0)) };
    case "time":
      return { ...base, kind: "time", values: integers() };
    case "timestamp":
      if (type.flavor !== "tz") {
        return {
          ...base,
          kind: type.flavor === "ltz" ? "timestamptz" : "timestamp",
          values: integers(),
        };
      }
      return { ...base, kind: "struct", fields: zonedFields(values, base) };
    case "binary":
      return { ...base, kind: "blob", bytes: (row) => Buffer.from(text(row), "hex") };
    default:
      return { ...base, kind: "text", text };
  }
}

function zonedFields(
  values: readonly ConstantValue[],
  base: Pick<Column, "rowCount" | "hasNulls" | "isNull">,
): { name: string; column: Column }[] {
  const zoned = values.map((value) =>
    typeof value === "object" && value !== null ? value : { micros: 0n, offsetMinutes: 0 },
  );
  const micros = BigInt64Array.from(zoned, (value) => value.micros);
  const offsets = Int16Array.from(zoned, (value) => value.offsetMinutes);
  return [
    { name: "instant", column: { ...base, kind: "timestamptz", values: micros } },
    { name: "offset_minutes", column: { ...base, kind: "int", values: offsets } },
  ];
}

/** Decimal text as an integer of `scale` digits after the point. */
function scaled(value: ConstantValue, scale: number): bigint {
  if (value === null || typeof value === "object") return 0n;
  if (typeof value !== "string") return BigInt(value) * 10n ** BigInt(scale);
  const [whole = "0", fraction = ""] = value.split(".");
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
}
