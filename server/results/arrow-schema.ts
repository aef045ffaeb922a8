/** The Arrow type of each result column, with the field metadata that drivers read (wire.md 2.4). */

import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  Schema,
  Struct,
  Utf8,
} from "apache-arrow";
import { intervalFamily } from "../../translator/types/intervals.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { timestampArrowType, timestampByteLength } from "./arrow-timestamps.ts";
import { displayedType } from "./geo-display.ts";
import { intervalSizes } from "./interval-wire.ts";
import type { NumberWidth } from "./stored.ts";
import type { ResultColumn } from "./stream.ts";

/** Digits of a decimal128. */
const DECIMAL_PRECISION = 38;
const DECIMAL_BITS = 128;
const TEXT_BYTES_MAX = 134_217_728;

export const EXPONENT = new Field("exponent", new Int16(), true);
export const SIGNIFICAND = new Field("significand", new Binary(), true);

/** @param widths of the NUMBER columns; one schema serves every batch of a result */
export function arrowSchema(
  columns: readonly ResultColumn[],
  widths: readonly NumberWidth[],
): Schema {
  return new Schema(
    columns.map(({ name, type: stored, nullable }, i) => {
      const type = displayedType(stored);
      const metadata = new Map(Object.entries(fieldMetadata(type)));
      return new Field(name, arrowType(type, widths[i] ?? 0), nullable, metadata);
    }),
  );
}

function arrowType(type: SnowType, width: NumberWidth): DataType {
  switch (type.kind) {
    case "number":
      return numberType(type.scale, width);
    case "float":
      return new Float64();
    case "boolean":
      return new Bool();
    case "date":
      return new DateDay();
    case "time":
      return new Int64();
    case "interval":
      return intervalFamily(type) === "year_month" ? new Int64() : numberType(0, 128);
    case "timestamp":
      return timestampArrowType(type);
    case "binary":
      return new Binary();
    case "decfloat":
      return new Struct([EXPONENT, SIGNIFICAND]);
    case "vector": {
      const element = type.element === "int" ? new Int32() : new Float32();
      return new FixedSizeList(type.dimension, new Field("item", element, true));
    }
    default:
      return new Utf8();
  }
}

function numberType(scale: number, width: NumberWidth): DataType {
  switch (width) {
    case 8:
      return new Int8();
    case 16:
      return new Int16();
    case 32:
      return new Int32();
    case 64:
      return new Int64();
    default:
      return new Decimal(scale, DECIMAL_PRECISION, DECIMAL_BITS);
  }
}

/** The protocol's upper-case word for a type. */
function logicalType(type: SnowType): string {
  switch (type.kind) {
    case "number":
      return "FIXED";
    case "float":
      return "REAL";
    case "timestamp":
      return `TIMESTAMP_${type.flavor.toUpperCase()}`;
    case "uuid":
    case "null":
      return "TEXT";
    // Maps travel as text: the Python connector's reader would look for the entries of an Arrow map.
    case "file":
    case "map":
      return "OBJECT";
    case "interval":
      return `INTERVAL_${intervalFamily(type).toUpperCase()}`;
    default:
      return type.kind.toUpperCase();
  }
}

/** Readers take both as integers whatever the type: they are always there. */
function numericSizes(type: SnowType): { readonly precision: number; readonly scale: number } {
  switch (type.kind) {
    case "number":
      return type;
    case "interval":
      return intervalSizes(type);
    case "time":
    case "timestamp":
      return { precision: DECIMAL_PRECISION, scale: type.scale };
    default:
      return { precision: DECIMAL_PRECISION, scale: 0 };
  }
}

function fieldMetadata(type: SnowType): Record<string, string> {
  const { precision, scale } = numericSizes(type);
  const length = type.kind === "text" || type.kind === "binary" ? type.length : 0;
  const bytes = type.kind === "text" ? Math.min(length * 4, TEXT_BYTES_MAX) : length;
  return {
    logicalType: logicalType(type),
    precision: String(precision),
    scale: String(scale),
    charLength: String(length),
    byteLength: String(type.kind === "timestamp" ? timestampByteLength(type) : bytes),
    finalType: "T",
  };
}
