/**
 * DuckDB's vectors as typed columns. Numbers are read from the engine's memory without copying; text is decoded
 * row by row on demand. A column is valid as long as its chunk is.
 */

import duckdb from "@duckdb/node-bindings";
import { must } from "../../translator/base/assert.ts";
import { StringReader } from "./string-reader.ts";

type Base = {
  readonly rowCount: number;
  /** False: no row is NULL, and `isNull` need not be asked. */
  readonly hasNulls: boolean;
  isNull(row: number): boolean;
};

export type Column = Base &
  (
    | { readonly kind: "boolean"; readonly values: Uint8Array }
    /** TINYINT to INTEGER and the unsigned ones below. */
    | {
        readonly kind: "int";
        readonly values:
          | Int8Array
          | Int16Array
          | Int32Array
          | Uint8Array
          | Uint16Array
          | Uint32Array;
      }
    | { readonly kind: "bigint"; readonly values: BigInt64Array | BigUint64Array }
    /** Two words a row: low (unsigned), high. `at` puts them together. */
    | { readonly kind: "hugeint"; readonly values: BigInt64Array; at(row: number): bigint }
    /** Scaled integers. `values` has Int16, Int32 or BigInt64 words by precision; two words a row from 19 digits. */
    | {
        readonly kind: "decimal";
        readonly precision: number;
        readonly scale: number;
        readonly values: Int16Array | Int32Array | BigInt64Array;
        at(row: number): bigint;
      }
    | { readonly kind: "float"; readonly values: Float32Array | Float64Array }
    /** Days since 1970-01-01. */
    | { readonly kind: "date"; readonly values: Int32Array }
    /** Microseconds since midnight, or since the epoch. */
    | { readonly kind: "time" | "timestamp" | "timestamptz"; readonly values: BigInt64Array }
    | { readonly kind: "text"; text(row: number): string }
    | { readonly kind: "blob"; bytes(row: number): Uint8Array }
    | { readonly kind: "struct"; readonly fields: readonly { name: string; column: Column }[] }
    /** LIST, and ARRAY (VECTOR), where all rows have the same length. */
    | {
        readonly kind: "list";
        readonly child: Column;
        start(row: number): number;
        length(row: number): number;
      }
    | { readonly kind: "null" }
  );

type Vector = Parameters<typeof duckdb.vector_get_data>[0];
type LogicalType = Parameters<typeof duckdb.get_type_id>[0];

/** The column of a vector with `rowCount` rows. `type` saves looking it up again for every chunk. */
export function readColumn(
  vector: Vector,
  rowCount: number,
  type: LogicalType = duckdb.vector_get_column_type(vector),
): Column {
  const base = validityOf(vector, rowCount);
  const id = duckdb.get_type_id(type);
  const scalar = readScalar(id, vector, rowCount, base);
  if (scalar !== undefined) return scalar;
  switch (id) {
    case duckdb.Type.DECIMAL:
      return readDecimal(vector, rowCount, type, base);
    case duckdb.Type.STRUCT:
      return readStruct(vector, rowCount, type, base);
    case duckdb.Type.LIST:
      return readList(vector, rowCount, type, base);
    case duckdb.Type.ARRAY: {
      const size = duckdb.array_type_array_size(type);
      const child = readColumn(
        duckdb.array_vector_get_child(vector),
        rowCount * size,
        duckdb.array_type_child_type(type),
      );
      return { ...base, kind: "list", child, start: (row) => row * size, length: () => size };
    }
    default:
      throw new Error(`column of DuckDB type ${duckdb.Type[id]} has no reader`);
  }
}

function readScalar(id: number, vector: Vector, rowCount: number, base: Base): Column | undefined {
  const { Type } = duckdb;
  const words = <T>(make: Words<T>) => typed(vector, rowCount, make);
  switch (id) {
    case Type.BOOLEAN:
      return { ...base, kind: "boolean", values: words(Uint8Array) };
    case Type.TINYINT:
      return { ...base, kind: "int", values: words(Int8Array) };
    case Type.SMALLINT:
      return { ...base, kind: "int", values: words(Int16Array) };
    case Type.INTEGER:
      return { ...base, kind: "int", values: words(Int32Array) };
    case Type.UTINYINT:
      return { ...base, kind: "int", values: words(Uint8Array) };
    case Type.USMALLINT:
      return { ...base, kind: "int", values: words(Uint16Array) };
    case Type.UINTEGER:
      return { ...base, kind: "int", values: words(Uint32Array) };
    case Type.BIGINT:
      return { ...base, kind: "bigint", values: words(BigInt64Array) };
    case Type.UBIGINT:
      return { ...base, kind: "bigint", values: words(BigUint64Array) };
    case Type.HUGEINT: {
      const values = typed(vector, rowCount * 2, BigInt64Array);
      return { ...base, kind: "hugeint", values, at: wideAt(values) };
    }
    case Type.FLOAT:
      return { ...base, kind: "float", values: words(Float32Array) };
    case Type.DOUBLE:
      return { ...base, kind: "float", values: words(Float64Array) };
    case Type.DATE:
      return { ...base, kind: "date", values: words(Int32Array) };
    case Type.TIME:
      return { ...base, kind: "time", values: words(BigInt64Array) };
    case Type.TIMESTAMP:
      return { ...base, kind: "timestamp", values: words(BigInt64Array) };
    case Type.TIMESTAMP_TZ:
      return { ...base, kind: "timestamptz", values: words(BigInt64Array) };
    case Type.VARCHAR:
      return readText(vector, rowCount, base);
    case Type.BLOB:
      return readBytes(vector, rowCount, base);
    case Type.SQLNULL:
      return { ...base, kind: "null", hasNulls: true, isNull: () => true };
    default:
      return undefined;
  }
}

function readDecimal(vector: Vector, rowCount: number, type: LogicalType, base: Base): Column {
  const precision = duckdb.decimal_width(type);
  const scale = duckdb.decimal_scale(type);
  const shape = { ...base, kind: "decimal" as const, precision, scale };
  if (precision > 18) {
    const values = typed(vector, rowCount * 2, BigInt64Array);
    return { ...shape, values, at: wideAt(values) };
  }
  if (precision > 9) {
    const values = typed(vector, rowCount, BigInt64Array);
    return { ...shape, values, at: (row) => must(values[row]) };
  }
  const values =
    precision > 4 ? typed(vector, rowCount, Int32Array) : typed(vector, rowCount, Int16Array);
  return { ...shape, values, at: (row) => BigInt(must(values[row])) };
}

function readStruct(vector: Vector, rowCount: number, type: LogicalType, base: Base): Column {
  const fields = [];
  const count = duckdb.struct_type_child_count(type);
  for (let i = 0; i < count; i++) {
    const child = duckdb.struct_vector_get_child(vector, i);
    const column = readColumn(child, rowCount, duckdb.struct_type_child_type(type, i));
    fields.push({ name: duckdb.struct_type_child_name(type, i), column });
  }
  return { ...base, kind: "struct", fields };
}

function readList(vector: Vector, rowCount: number, type: LogicalType, base: Base): Column {
  const entries = typed(vector, rowCount * 2, BigUint64Array);
  const child = readColumn(
    duckdb.list_vector_get_child(vector),
    duckdb.list_vector_get_size(vector),
    duckdb.list_type_child_type(type),
  );
  const word = (index: number) => Number(must(entries[index]));
  return {
    ...base,
    kind: "list",
    child,
    start: (row) => word(row * 2),
    length: (row) => word(row * 2 + 1),
  };
}

function validityOf(vector: Vector, rowCount: number): Base {
  const bits: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8);
  if (!bits) return { rowCount, hasNulls: false, isNull: () => false };
  const isNull = (row: number) => (must(bits[row >> 3]) & (1 << (row & 7))) === 0;
  return { rowCount, hasNulls: true, isNull };
}

type Words<T> = {
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
};

function typed<T>(vector: Vector, count: number, make: Words<T>): T {
  const bytes = bytesOf(vector, count * make.BYTES_PER_ELEMENT);
  return new make(bytes.buffer, bytes.byteOffset, count);
}

function bytesOf(vector: Vector, byteCount: number): Uint8Array {
  return duckdb.vector_get_data(vector, byteCount);
}

function wideAt(values: BigInt64Array): (row: number) => bigint {
  return (row) => {
    const low = must(values[row * 2]);
    const high = must(values[row * 2 + 1]);
    // Most values fit one word: then the high word only repeats the sign.
    if (high === 0n ? low >= 0n : high === -1n && low < 0n) return low;
    return (high << 64n) + BigInt.asUintN(64, low);
  };
}

function readText(vector: Vector, rowCount: number, base: Base): Column {
  const reader = new StringReader(bytesOf(vector, rowCount * 16), rowCount, base.isNull);
  return { ...base, kind: "text", text: (row) => reader.text(row) };
}

function readBytes(vector: Vector, rowCount: number, base: Base): Column {
  const reader = new StringReader(bytesOf(vector, rowCount * 16), rowCount, base.isNull);
  return { ...base, kind: "blob", bytes: (row) => reader.bytes(row) };
}
