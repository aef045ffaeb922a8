/** DuckDB's vectors as Arrow data, buffer by buffer: no row objects in between. */

import {
  Binary,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  type FixedSizeList,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  type Struct,
  Utf8,
} from "apache-arrow";
import { assert, unreachable } from "../../translator/base/assert.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { type PrintOptions, printVariant } from "../../translator/variant/print.ts";
import { inDeclaredOrder } from "../../translator/variant/structured.ts";
import type { Column } from "../storage/columns.ts";
import { EXPONENT } from "./arrow-schema.ts";
import { timestampData } from "./arrow-timestamps.ts";
import { decfloatParts } from "./decfloat-arrow.ts";
import { displayedColumn, displayedType } from "./geo-display.ts";
import { isStructured } from "./json-cells.ts";

const MICRO_SCALE = 6;
const WORD_BITS = 64n;

type Nulls = { readonly nullCount: number; readonly nullBitmap: Uint8Array | undefined };

/** The Arrow data of a column of the result, in the type that the schema gives it. */
export function arrowColumn(
  column: Column,
  type: SnowType,
  target: DataType,
  options: PrintOptions,
): Data {
  const { rowCount: length } = column;
  const nulls = nullsOf(column);
  switch (type.kind) {
    case "number":
    case "interval":
      assert(column.kind === "decimal", `${type.kind} column came as ${column.kind}`);
      return numberData(column, target, nulls);
    case "float": {
      assert(column.kind === "float", `FLOAT column came as ${column.kind}`);
      return makeData({
        type: new Float64(),
        length,
        ...nulls,
        data: Float64Array.from(column.values),
      });
    }
    case "boolean": {
      assert(column.kind === "boolean", `BOOLEAN column came as ${column.kind}`);
      const { values } = column;
      const bits = bitmap(length, (row) => values[row] !== 0);
      return makeData({ type: new Bool(), length, ...nulls, data: bits });
    }
    case "date":
      assert(column.kind === "date", `DATE column came as ${column.kind}`);
      return makeData({ type: new DateDay(), length, ...nulls, data: column.values });
    case "time":
      assert(column.kind === "time", `TIME column came as ${column.kind}`);
      return makeData({
        type: new Int64(),
        length,
        ...nulls,
        data: timeWords(column.values, type.scale),
      });
    case "timestamp":
      return timestampData(column, type, nulls);
    case "binary":
      assert(column.kind === "blob", `BINARY column came as ${column.kind}`);
      return binaryData(column, column.bytes, nulls);
    case "vector":
      return vectorData(column, type, target as FixedSizeList, nulls);
    case "decfloat":
      return decfloatData(column, target as Struct, nulls);
    case "variant":
    case "object":
    case "array":
    case "map":
    case "file":
      return textData(column, variantText(column, type, options), nulls);
    case "geography":
    case "geometry":
      return arrowColumn(displayedColumn(column, type), displayedType(type), target, options);
    case "text":
    case "uuid":
    // A result has periods as text already (period-display.ts).
    case "period":
    case "null":
      return textData(column, plainText(column), nulls);
    default:
      return unreachable(type);
  }
}

function plainText(column: Column): (row: number) => string {
  if (column.kind === "null") return () => "";
  assert(column.kind === "text", `text column came as ${column.kind}`);
  return column.text;
}

function variantText(column: Column, type: SnowType, options: PrintOptions) {
  const text = plainText(column);
  const stored = isStructured(type) ? (row: number) => inDeclaredOrder(text(row), type) : text;
  return (row: number) => printVariant(stored(row), options);
}

function nullsOf(column: Column): Nulls {
  if (!column.hasNulls) return { nullCount: 0, nullBitmap: undefined };
  let nullCount = 0;
  const bits = bitmap(column.rowCount, (row) => {
    if (!column.isNull(row)) return true;
    nullCount++;
    return false;
  });
  return nullCount === 0 ? { nullCount, nullBitmap: undefined } : { nullCount, nullBitmap: bits };
}

function bitmap(length: number, isSet: (row: number) => boolean): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(length / 8));
  for (let row = 0; row < length; row++) {
    if (isSet(row)) bytes[row >> 3] = (bytes[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return bytes;
}

function numberData(column: Column & { kind: "decimal" }, target: DataType, nulls: Nulls): Data {
  const { rowCount: length, values } = column;
  if (target instanceof Decimal) {
    const words = new BigInt64Array(length * 2);
    for (let row = 0; row < length; row++) {
      // What stands in the place of a NULL may be anything.
      const value = column.isNull(row) ? 0n : column.at(row);
      words[row * 2] = BigInt.asIntN(64, value);
      words[row * 2 + 1] = value >> WORD_BITS;
    }
    return makeData({ type: target, length, ...nulls, data: new Uint32Array(words.buffer) });
  }
  if (target instanceof Int64) {
    if (column.precision > 9 && column.precision <= 18 && values instanceof BigInt64Array) {
      return makeData({ type: target, length, ...nulls, data: values });
    }
    const words = BigInt64Array.from({ length }, (_, row) =>
      column.isNull(row) ? 0n : column.at(row),
    );
    return makeData({ type: target, length, ...nulls, data: words });
  }
  return smallIntegers(column, smallWords(target, length), nulls);
}

function smallIntegers(
  column: Column & { kind: "decimal" },
  data: Int8Array | Int16Array | Int32Array,
  nulls: Nulls,
): Data {
  const { rowCount: length, values } = column;
  if (values instanceof BigInt64Array) {
    for (let row = 0; row < length; row++) {
      if (!column.isNull(row)) data[row] = Number(column.at(row));
    }
  } else {
    for (let row = 0; row < length; row++) data[row] = values[row] ?? 0;
  }
  if (data instanceof Int8Array) return makeData({ type: new Int8(), length, ...nulls, data });
  if (data instanceof Int16Array) return makeData({ type: new Int16(), length, ...nulls, data });
  return makeData({ type: new Int32(), length, ...nulls, data });
}

function smallWords(target: DataType, length: number): Int8Array | Int16Array | Int32Array {
  if (target instanceof Int8) return new Int8Array(length);
  if (target instanceof Int16) return new Int16Array(length);
  assert(target instanceof Int32, "a NUMBER is an integer or a decimal in Arrow");
  return new Int32Array(length);
}

function timeWords(values: BigInt64Array, scale: number): BigInt64Array {
  if (scale === MICRO_SCALE) return values;
  if (scale > MICRO_SCALE) {
    const factor = 10n ** BigInt(scale - MICRO_SCALE);
    return values.map((micros) => micros * factor);
  }
  const divisor = 10n ** BigInt(MICRO_SCALE - scale);
  return values.map((micros) => micros / divisor);
}

function textData(column: Column, text: (row: number) => string, nulls: Nulls): Data {
  const { rowCount: length } = column;
  const offsets = new Int32Array(length + 1);
  const texts: string[] = new Array(length);
  let end = 0;
  for (let row = 0; row < length; row++) {
    const value = column.isNull(row) ? "" : text(row);
    texts[row] = value;
    end += Buffer.byteLength(value);
    offsets[row + 1] = end;
  }
  const data = Buffer.from(texts.join(""));
  return makeData({ type: new Utf8(), length, ...nulls, valueOffsets: offsets, data });
}

function binaryData(
  column: Pick<Column, "rowCount" | "isNull">,
  bytes: (row: number) => Uint8Array,
  nulls: Nulls,
): Data {
  const { rowCount: length } = column;
  const offsets = new Int32Array(length + 1);
  const parts: Uint8Array[] = [];
  let end = 0;
  for (let row = 0; row < length; row++) {
    if (!column.isNull(row)) {
      const value = bytes(row);
      parts.push(value);
      end += value.length;
    }
    offsets[row + 1] = end;
  }
  const data = Buffer.concat(parts);
  return makeData({ type: new Binary(), length, ...nulls, valueOffsets: offsets, data });
}

function vectorData(
  column: Column,
  type: SnowType & { kind: "vector" },
  target: FixedSizeList,
  nulls: Nulls,
): Data {
  assert(column.kind === "list", `VECTOR column came as ${column.kind}`);
  const { rowCount: length, child } = column;
  assert(child.kind === "int" || child.kind === "float", "VECTOR elements");
  const count = length * type.dimension;
  const data = type.element === "int" ? new Int32Array(count) : new Float32Array(count);
  for (let row = 0; row < length; row++) {
    if (column.isNull(row)) continue;
    const start = column.start(row);
    for (let i = 0; i < type.dimension; i++) {
      data[row * type.dimension + i] = child.values[start + i] ?? 0;
    }
  }
  const elements =
    data instanceof Int32Array
      ? makeData({ type: new Int32(), length: count, data })
      : makeData({ type: new Float32(), length: count, data });
  return makeData({ type: target, length, ...nulls, child: elements });
}

function decfloatData(column: Column, target: Struct, nulls: Nulls): Data {
  const { rowCount: length } = column;
  const text = plainText(column);
  const exponents = new Int16Array(length);
  const significands: Uint8Array[] = new Array(length);
  for (let row = 0; row < length; row++) {
    if (column.isNull(row)) continue;
    const { exponent, significand } = decfloatParts(text(row));
    exponents[row] = exponent;
    significands[row] = significand;
  }
  const bytes = (row: number) => significands[row] ?? new Uint8Array(0);
  const children = [
    makeData({ type: EXPONENT.type, length, ...nulls, data: exponents }),
    binaryData(column, bytes, nulls),
  ];
  return makeData({ type: target, length, ...nulls, children });
}
