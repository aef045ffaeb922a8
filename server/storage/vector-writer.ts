/** Writes JavaScript values into DuckDB's vectors: results of host functions and appended rows. */

import duckdb from "@duckdb/node-bindings";
import { must } from "../../translator/base/assert.ts";
import type { LogicalType } from "./logical-types.ts";

export type Vector = Parameters<typeof duckdb.vector_get_data>[0];

/** A value in the form of its type: see HostType; decimals are scaled bigints. */
export type VectorValue = string | Uint8Array | boolean | bigint | number | VectorValue[] | null;

/** Fills the vector's first rows with the values. Throws when a value is not of the type. */
export function writeVector(
  vector: Vector,
  type: LogicalType,
  values: readonly VectorValue[],
): void {
  writeValidity(vector, values);
  const id = duckdb.get_type_id(type);
  const { Type } = duckdb;
  switch (id) {
    case Type.VARCHAR:
      writeText(vector, values);
      break;
    case Type.BLOB:
      writeBytes(vector, values);
      break;
    case Type.LIST:
      writeList(vector, type, values);
      break;
    default:
      copy(vector, fixedWords(id, type, values));
  }
}

/** Values of a type with a fixed width, as they lie in memory. */
function fixedWords(id: number, type: LogicalType, values: readonly VectorValue[]): Words {
  const { Type } = duckdb;
  switch (id) {
    case Type.BOOLEAN:
      return fill(new Uint8Array(values.length), values, Number);
    case Type.INTEGER:
    case Type.DATE:
      return fill(new Int32Array(values.length), values, Number);
    case Type.DOUBLE:
      return fill(new Float64Array(values.length), values, Number);
    case Type.BIGINT:
    case Type.TIME:
    case Type.TIMESTAMP:
    case Type.TIMESTAMP_TZ:
      return fill(new BigInt64Array(values.length), values, integer);
    case Type.HUGEINT:
      return wide(values);
    case Type.DECIMAL:
      return decimalWords(duckdb.decimal_width(type), values);
    default:
      throw new Error(`vector of DuckDB type ${Type[id]} has no writer`);
  }
}

function decimalWords(precision: number, values: readonly VectorValue[]): Words {
  if (precision > 18) return wide(values);
  if (precision > 9) return fill(new BigInt64Array(values.length), values, integer);
  if (precision > 4) return fill(new Int32Array(values.length), values, Number);
  return fill(new Int16Array(values.length), values, Number);
}

function writeValidity(vector: Vector, values: readonly VectorValue[]): void {
  if (!values.includes(null)) return;
  const bits = new Uint8Array(Math.ceil(values.length / 64) * 8).fill(0xff);
  values.forEach((value, row) => {
    if (value === null) bits[row >> 3] = must(bits[row >> 3]) & ~(1 << (row & 7));
  });
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, bits.buffer, 0, bits.byteLength);
}

function writeText(vector: Vector, values: readonly VectorValue[]): void {
  values.forEach((value, row) => {
    if (value === null) return;
    if (typeof value !== "string") throw new TypeError("text expected");
    // The short form takes a C string, which ends at the first zero byte.
    if (value.includes("\0")) {
      duckdb.vector_assign_string_element_len(vector, row, Buffer.from(value, "utf8"));
    } else duckdb.vector_assign_string_element(vector, row, value);
  });
}

function writeBytes(vector: Vector, values: readonly VectorValue[]): void {
  values.forEach((value, row) => {
    if (value === null) return;
    if (!(value instanceof Uint8Array)) throw new TypeError("bytes expected");
    duckdb.vector_assign_string_element_len(vector, row, value);
  });
}

function writeList(vector: Vector, type: LogicalType, values: readonly VectorValue[]): void {
  const entries = new BigUint64Array(values.length * 2);
  const items: VectorValue[] = [];
  values.forEach((value, row) => {
    entries[row * 2] = BigInt(items.length);
    if (value === null) return;
    if (!Array.isArray(value)) throw new TypeError("list expected");
    entries[row * 2 + 1] = BigInt(value.length);
    for (const item of value) items.push(item);
  });
  duckdb.list_vector_reserve(vector, items.length);
  duckdb.list_vector_set_size(vector, items.length);
  writeVector(duckdb.list_vector_get_child(vector), duckdb.list_type_child_type(type), items);
  copy(vector, entries);
}

function fill<T extends number | bigint, A extends { [row: number]: T }>(
  target: A,
  values: readonly VectorValue[],
  convert: (value: Exclude<VectorValue, null>) => T,
): A {
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value !== null && value !== undefined) target[row] = convert(value);
  }
  return target;
}

const MIN_BIGINT = -(2n ** 63n);
const MAX_BIGINT = 2n ** 63n - 1n;

function integer(value: Exclude<VectorValue, null>): bigint {
  const result = anyInteger(value);
  if (result < MIN_BIGINT || result > MAX_BIGINT) throw new RangeError("integer beyond 64 bits");
  return result;
}

function anyInteger(value: Exclude<VectorValue, null>): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  throw new TypeError("integer expected");
}

/** 128-bit values as two words each, low word first. */
function wide(values: readonly VectorValue[]): BigInt64Array {
  const words = new BigInt64Array(values.length * 2);
  values.forEach((value, row) => {
    if (value === null) return;
    const whole = anyInteger(value);
    words[row * 2] = BigInt.asIntN(64, whole);
    words[row * 2 + 1] = whole >> 64n;
  });
  return words;
}

type Words =
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | BigInt64Array<ArrayBufferLike>
  | BigUint64Array<ArrayBufferLike>;

function copy(vector: Vector, words: Words): void {
  duckdb.copy_data_to_vector(
    vector,
    0,
    words.buffer as ArrayBuffer,
    words.byteOffset,
    words.byteLength,
  );
}
