/**
 * The form of a large result in its Parquet file, as SQL. Columns are `c0`, `c1` … Most types stay as they are;
 * times are scaled integers, timestamps seconds and nanoseconds, as Arrow carries them on the wire (wire.md 2.4).
 */

import { unreachable } from "../../translator/base/assert.ts";
import { quoteText } from "../../translator/lower/sql.ts";
import { duckType } from "../../translator/types/physical.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { displayedSql, displayedType } from "./geo-display.ts";
import { isStructured, OFFSET_BIAS_MINUTES } from "./json-cells.ts";
import type { ResultColumn } from "./stream.ts";

const MICROS = "1000000";

export function columnName(index: number): string {
  return `c${index}`;
}

/** The SELECT whose rows go into the file. */
export function encodeSelect(sql: string, columns: readonly ResultColumn[]): string {
  const items = columns.map(({ type }, i) => `${encoded(columnName(i), type)} AS ${columnName(i)}`);
  return `SELECT ${items.join(", ")} FROM (${sql}) AS result(${columns.map((_, i) => columnName(i)).join(", ")})`;
}

/** A SELECT over the file whose columns have the DuckDB type of their Snowflake type (`duckType`) again. */
export function decodeSelect(
  path: string,
  columns: readonly ResultColumn[],
  rows?: RowRange | undefined,
): string {
  const items = columns.map(({ type }, i) => `${decoded(columnName(i), type)} AS ${columnName(i)}`);
  return `SELECT ${items.join(", ")} FROM ${fileRows(path, rows)}`;
}

export type RowRange = { readonly offset: number; readonly rowCount: number };

/** FROM item: the file's rows, in order. DuckDB reads only the row groups that the range touches. */
export function fileRows(path: string, rows: RowRange | undefined): string {
  const file = quoteText(path);
  if (rows === undefined) return `read_parquet(${file})`;
  return (
    `read_parquet(${file}, file_row_number = true) WHERE file_row_number >= ${rows.offset} ` +
    `AND file_row_number < ${rows.offset + rows.rowCount}`
  );
}

/** Seconds and nanoseconds of a BIGINT of microseconds; seconds are rounded down. */
function seconds(micros: string): { readonly epoch: string; readonly fraction: string } {
  const within = `((${micros} % ${MICROS} + ${MICROS}) % ${MICROS})`;
  return {
    epoch: `((${micros} - ${within}) // ${MICROS})`,
    fraction: `(${within} * 1000)::INTEGER`,
  };
}

function encoded(column: string, type: SnowType): string {
  switch (type.kind) {
    case "time": {
      const micros = `epoch_us(${column})`;
      if (type.scale >= 6) return `${micros} * ${10 ** (type.scale - 6)}`;
      return `${micros} // ${10 ** (6 - type.scale)}`;
    }
    case "timestamp": {
      const value = type.flavor === "tz" ? `${column}.instant` : column;
      const { epoch, fraction } = seconds(`epoch_us(${value})`);
      const zone =
        type.flavor === "tz"
          ? `, timezone := (${column}.offset_minutes::INTEGER + ${OFFSET_BIAS_MINUTES})::INTEGER`
          : "";
      const pair = `struct_pack(epoch := ${epoch}, fraction := ${fraction}${zone})`;
      return `CASE WHEN ${column} IS NULL THEN NULL ELSE ${pair} END`;
    }
    case "vector":
      return `${column}::${type.element === "int" ? "INTEGER" : "FLOAT"}[]`;
    default:
      return column;
  }
}

function decoded(column: string, type: SnowType): string {
  const stored = duckType(type);
  switch (type.kind) {
    case "time": {
      const micros =
        type.scale >= 6
          ? `${column} // ${10 ** (type.scale - 6)}`
          : `${column} * ${10 ** (6 - type.scale)}`;
      return `(TIME '00:00:00' + to_microseconds(${micros}))`;
    }
    case "timestamp": {
      const micros = `(${column}.epoch * ${MICROS} + ${column}.fraction // 1000)`;
      if (type.flavor === "ntz") return `make_timestamp(${micros})`;
      if (type.flavor === "ltz") return instant(micros);
      const offset = `(${column}.timezone - ${OFFSET_BIAS_MINUTES})::SMALLINT`;
      const pair = `struct_pack(instant := ${instant(micros)}, offset_minutes := ${offset})`;
      return `CASE WHEN ${column} IS NULL THEN NULL ELSE ${pair} END`;
    }
    case "vector":
      return `${column}::${stored}`;
    default:
      return `${column}::${stored}`;
  }
}

/** TIMESTAMPTZ of microseconds since the epoch, whatever the session's time zone. */
export function instant(micros: string): string {
  return `(TIMESTAMPTZ '1970-01-01 00:00:00+00' + to_microseconds(${micros}))`;
}

/** The JSON protocol's cell text of a column of the file (wire.md 2.3). `session` is for `_v_pretty`. */
export function cellText(column: string, type: SnowType, session: string): string {
  switch (type.kind) {
    case "number":
    case "interval":
      return `${column}::VARCHAR`;
    case "float":
      // Whole numbers without a point, as the inline rows have them.
      return (
        `CASE WHEN isnan(${column}) THEN 'NaN' WHEN ${column} = trunc(${column}) AND abs(${column}) < 1e15 ` +
        `THEN ${column}::BIGINT::VARCHAR ELSE ${column}::VARCHAR END`
      );
    case "boolean":
      return `CASE ${column} WHEN true THEN '1' WHEN false THEN '0' END`;
    case "date":
      return `(${column} - DATE '1970-01-01')::VARCHAR`;
    case "time": {
      if (type.scale === 0) return `${column}::VARCHAR`;
      const one = 10 ** type.scale;
      return `(${column} // ${one}) || '.' || lpad((${column} % ${one})::VARCHAR, ${type.scale}, '0')`;
    }
    case "timestamp":
      return timestampText(column, type);
    case "binary":
      return `hex(${column})`;
    case "variant":
    case "object":
    case "array":
    case "map":
    case "file":
      return `_v_pretty(${printOrder(column, type)}, ${quoteText(session)})`;
    case "vector": {
      const item = type.element === "int" ? "x::VARCHAR" : "format('{:.6f}', x)";
      return `'[' || array_to_string(list_transform(${column}, lambda x: ${item}), ',') || ']'`;
    }
    case "geography":
    case "geometry":
      return cellText(displayedSql(column, type), displayedType(type), session);
    case "text":
    case "uuid":
    case "period":
    case "decfloat":
    case "null":
      return column;
    default:
      return unreachable(type);
  }
}

/** Members of a structured object print in declared order. */
function printOrder(column: string, type: SnowType): string {
  return isStructured(type)
    ? `_v_in_declared_order(${column}, ${quoteText(JSON.stringify(type))})`
    : column;
}

function timestampText(column: string, type: SnowType & { kind: "timestamp" }): string {
  const { epoch, fraction } = { epoch: `${column}.epoch`, fraction: `${column}.fraction` };
  // -1.25 is kept as -2 and .75.
  const borrowed = `${epoch} < 0 AND ${fraction} > 0`;
  const whole = `CASE WHEN ${borrowed} THEN '-' || (-(${epoch} + 1))::VARCHAR ELSE ${epoch}::VARCHAR END`;
  const nanos = `CASE WHEN ${borrowed} THEN 1000000000 - ${fraction} ELSE ${fraction} END`;
  const digits =
    type.scale === 0 ? "" : ` || '.' || left(lpad((${nanos})::VARCHAR, 9, '0'), ${type.scale})`;
  const zone = type.flavor === "tz" ? ` || ' ' || ${column}.timezone` : "";
  return `(${whole})${digits}${zone}`;
}
