/**
 * The driver protocol's JSON cells from DuckDB's vectors, column by column (wire.md 2.3). A cell encoder gives the cell's
 * JSON text: a string literal, never null (the caller asks for NULL first).
 */

import { assert, unreachable } from "../../translator/base/assert.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { type PrintOptions, printVariant } from "../../translator/variant/print.ts";
import { inDeclaredOrder } from "../../translator/variant/structured.ts";
import type { Column } from "../storage/columns.ts";
import { displayedColumn, displayedType } from "./geo-display.ts";

const MICRO_DIGITS = 6;
/** Offsets travel as minutes plus one day, so that they are never negative. */
export const OFFSET_BIAS_MINUTES = 1_440;

/** OBJECT(…), ARRAY(T) and MAP: JSON text like the others, but with a type for what is in them. */
export function isStructured(type: SnowType): boolean {
  if (type.kind === "map") return true;
  if (type.kind === "object") return type.fields !== undefined;
  return type.kind === "array" && type.element !== undefined;
}

/** JSON text of row `row`. */
export type CellEncoder = (row: number) => string;

/** A scaled integer as decimal text with exactly `scale` digits after the point. */
export function scaledText(value: bigint, scale: number): string {
  if (scale === 0) return value.toString();
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Microseconds as seconds with exactly `scale` digits after the point. */
export function secondsText(micros: bigint, scale: number): string {
  const text = scaledText(micros, MICRO_DIGITS);
  if (scale === MICRO_DIGITS) return text;
  if (scale > MICRO_DIGITS) return text.padEnd(text.length + scale - MICRO_DIGITS, "0");
  const whole = text.length - MICRO_DIGITS - 1;
  return scale === 0 ? text.slice(0, whole) : text.slice(0, whole + 1 + scale);
}

export function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "inf";
  return value === -Infinity ? "-inf" : String(value);
}

export function cellEncoder(column: Column, type: SnowType, options: PrintOptions): CellEncoder {
  switch (type.kind) {
    case "number":
    case "interval":
      return numberCells(column);
    case "float": {
      assert(column.kind === "float", `FLOAT column came as ${column.kind}`);
      return (row) => `"${floatText(column.values[row] ?? 0)}"`;
    }
    case "boolean": {
      assert(column.kind === "boolean", `BOOLEAN column came as ${column.kind}`);
      return (row) => (column.values[row] === 0 ? '"0"' : '"1"');
    }
    case "date": {
      assert(column.kind === "date", `DATE column came as ${column.kind}`);
      return (row) => `"${column.values[row]}"`;
    }
    case "time":
    case "timestamp":
      return secondsCells(column, type);
    case "binary": {
      assert(column.kind === "blob", `BINARY column came as ${column.kind}`);
      return (row) => `"${Buffer.from(column.bytes(row)).toString("hex").toUpperCase()}"`;
    }
    case "variant":
    case "object":
    case "array":
    case "map":
    case "file": {
      assert(column.kind === "text", `VARIANT column came as ${column.kind}`);
      // Members of a structured object print in declared order.
      const stored = isStructured(type)
        ? (row: number) => inDeclaredOrder(column.text(row), type)
        : column.text;
      return (row) => JSON.stringify(printVariant(stored(row), options));
    }
    case "geography":
    case "geometry":
      return cellEncoder(displayedColumn(column, type), displayedType(type), options);
    case "text":
    case "uuid":
    // A result has periods as text already (period-display.ts).
    case "period":
    case "decfloat": {
      assert(column.kind === "text", `text column came as ${column.kind}`);
      return (row) => JSON.stringify(column.text(row));
    }
    case "vector":
      return vectorCells(column, type.element);
    case "null":
      return () => "null";
    default:
      return unreachable(type);
  }
}

function numberCells(column: Column): CellEncoder {
  assert(column.kind === "decimal", `NUMBER column came as ${column.kind}`);
  const { scale, precision, values } = column;
  // The commonest case needs no bigint text: a whole number in one word.
  if (scale === 0 && precision <= 18) return (row) => `"${values[row]}"`;
  return (row) => `"${scaledText(column.at(row), scale)}"`;
}

function secondsCells(
  column: Column,
  type: SnowType & { kind: "time" | "timestamp" },
): CellEncoder {
  if (type.kind === "timestamp" && type.flavor === "tz") {
    assert(column.kind === "struct", `TIMESTAMP_TZ column came as ${column.kind}`);
    const instant = column.fields[0]?.column;
    const offset = column.fields[1]?.column;
    assert(instant?.kind === "timestamptz" && offset?.kind === "int", "TIMESTAMP_TZ fields");
    return (row) => {
      const seconds = secondsText(instant.values[row] ?? 0n, type.scale);
      return `"${seconds} ${(offset.values[row] ?? 0) + OFFSET_BIAS_MINUTES}"`;
    };
  }
  assert(
    column.kind === "time" || column.kind === "timestamp" || column.kind === "timestamptz",
    `time column came as ${column.kind}`,
  );
  return (row) => `"${secondsText(column.values[row] ?? 0n, type.scale)}"`;
}

function vectorCells(column: Column, element: "int" | "float"): CellEncoder {
  assert(column.kind === "list", `VECTOR column came as ${column.kind}`);
  const { child } = column;
  assert(child.kind === "int" || child.kind === "float", "VECTOR elements");
  return (row) => {
    const items: string[] = [];
    const start = column.start(row);
    for (let i = start; i < start + column.length(row); i++) {
      const value = child.values[i] ?? 0;
      items.push(element === "int" ? String(value) : value.toFixed(6));
    }
    return `"[${items.join(",")}]"`;
  };
}
