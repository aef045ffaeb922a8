/**
 * Host functions (translator/base/host.ts) registered with DuckDB. DuckDB calls with a batch of up to 2,048 rows; arguments
 * are read from its vectors by type, results are written back in one go.
 */

import { type DuckDBConnection, DuckDBScalarFunction } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { must } from "../../translator/base/assert.ts";
import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import type { HostFunction, HostValue } from "../../translator/base/host.ts";
import { encodeRuntimeError } from "../../translator/base/runtime-error.ts";
import { type Column, readColumn } from "./columns.ts";
import { type LogicalType, logicalType } from "./logical-types.ts";
import { type Vector, writeVector } from "./vector-writer.ts";

type Chunk = Parameters<typeof duckdb.data_chunk_get_size>[0];

/** Makes the functions known to every connection of the database. */
export function registerHostFunctions(
  connection: DuckDBConnection,
  functions: readonly HostFunction[],
): void {
  for (const host of functions) {
    const registered = new DuckDBScalarFunction();
    const scalar = registered.scalar_function;
    duckdb.scalar_function_set_name(scalar, host.name);
    for (const type of host.parameters) {
      duckdb.scalar_function_add_parameter(scalar, logicalType(type));
    }
    if (host.variadic !== undefined) {
      duckdb.scalar_function_set_varargs(scalar, logicalType(host.variadic));
    }
    const returns = logicalType(host.returns);
    duckdb.scalar_function_set_return_type(scalar, returns);
    // NULLs are handled here: DuckDB's own rule would still call for rows of a batch that has some.
    duckdb.scalar_function_set_special_handling(scalar);
    if (host.volatile === true) duckdb.scalar_function_set_volatile(scalar);
    duckdb.scalar_function_set_function(scalar, (info, input, output) => {
      try {
        evaluateChunk(host, input, output, returns);
      } catch (error) {
        duckdb.scalar_function_set_error(info, encodeRuntimeError(asSnowflakeError(host, error)));
      }
    });
    connection.registerScalarFunction(registered);
  }
}

function asSnowflakeError(host: HostFunction, error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  return snowflakeError("internal", { detail: `function ${host.name} failed` });
}

function evaluateChunk(
  host: HostFunction,
  input: Chunk,
  output: Vector,
  returns: LogicalType,
): void {
  const rowCount = duckdb.data_chunk_get_size(input);
  const columnCount = duckdb.data_chunk_get_column_count(input);
  const columns: Column[] = [];
  const readers: ((row: number) => HostValue)[] = [];
  for (let i = 0; i < columnCount; i++) {
    const column = readColumn(duckdb.data_chunk_get_vector(input, i), rowCount);
    columns.push(column);
    readers.push(valueReader(column));
  }
  const nullable = columns.filter((column) => column.hasNulls);
  const results: HostValue[] = new Array(rowCount);
  const call = callerOf(host, readers);
  for (let row = 0; row < rowCount; row++) {
    const skip = host.handlesNull !== true && nullable.some((column) => column.isNull(row));
    results[row] = skip ? null : call(row);
  }
  writeVector(output, returns, results);
}

/** One and two arguments are most calls; these avoid an array for each row. */
function callerOf(
  host: HostFunction,
  readers: readonly ((row: number) => HostValue)[],
): (row: number) => HostValue {
  const { evaluate } = host;
  const [first, second] = readers;
  if (readers.length === 1 && first !== undefined) return (row) => evaluate(first(row));
  if (readers.length === 2 && first !== undefined && second !== undefined) {
    return (row) => evaluate(first(row), second(row));
  }
  return (row) => evaluate(...readers.map((read) => read(row)));
}

function valueReader(column: Column): (row: number) => HostValue {
  const read = plainReader(column);
  if (!column.hasNulls) return read;
  return (row) => (column.isNull(row) ? null : read(row));
}

function plainReader(column: Column): (row: number) => HostValue {
  switch (column.kind) {
    case "boolean":
      return (row) => column.values[row] !== 0;
    case "int":
    case "float":
    case "date":
      return (row) => must(column.values[row]);
    case "bigint":
    case "time":
    case "timestamp":
    case "timestamptz":
      return (row) => must(column.values[row]);
    case "hugeint":
    case "decimal":
      return column.at;
    case "text":
      return column.text;
    case "blob":
      return column.bytes;
    case "list":
      return listReader(column.child, column.start, column.length);
    case "null":
      return () => null;
    default:
      throw new Error(`host functions take no ${column.kind}`);
  }
}

function listReader(
  child: Column,
  start: (row: number) => number,
  length: (row: number) => number,
): (row: number) => HostValue {
  if (child.kind !== "text") throw new Error(`host functions take no list of ${child.kind}`);
  return (row) => {
    const from = start(row);
    const items: (string | null)[] = [];
    for (let i = from; i < from + length(row); i++) {
      items.push(child.isNull(i) ? null : child.text(i));
    }
    return items;
  };
}
