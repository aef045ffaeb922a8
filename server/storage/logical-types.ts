/** DuckDB types by their SQL name, as its client wants them. */

import duckdb from "@duckdb/node-bindings";

export type LogicalType = Parameters<typeof duckdb.get_type_id>[0];

const { Type } = duckdb;

const SIMPLE: Readonly<Record<string, number>> = {
  VARCHAR: Type.VARCHAR,
  BLOB: Type.BLOB,
  BOOLEAN: Type.BOOLEAN,
  INTEGER: Type.INTEGER,
  BIGINT: Type.BIGINT,
  HUGEINT: Type.HUGEINT,
  DOUBLE: Type.DOUBLE,
  DATE: Type.DATE,
  TIME: Type.TIME,
  TIMESTAMP: Type.TIMESTAMP,
  TIMESTAMPTZ: Type.TIMESTAMP_TZ,
};

/** The logical type of a name such as `VARCHAR`, `DECIMAL(38,0)` or `VARCHAR[]`. Throws for others. */
export function logicalType(name: string): LogicalType {
  if (name.endsWith("[]")) return duckdb.create_list_type(logicalType(name.slice(0, -2)));
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(name);
  if (decimal !== null) return duckdb.create_decimal_type(Number(decimal[1]), Number(decimal[2]));
  const id = SIMPLE[name];
  if (id === undefined) throw new Error(`no logical type for ${name}`);
  return duckdb.create_logical_type(id);
}
