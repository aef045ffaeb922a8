/** Small pieces of DuckDB SQL text. */

import type { SnowflakeError } from "../base/errors.ts";
import { encodeRuntimeError } from "../base/runtime-error.ts";

/** A text constant. */
export function quoteText(text: string): string {
  // DuckDB cannot hold U+0000 in SQL text, only make it.
  if (text.includes("\0")) {
    return `(${text.split("\0").map(quoteText).join(" || chr(0) || ")})`;
  }
  return `'${text.replaceAll("'", "''")}'`;
}

/** An identifier, always quoted. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An expression that raises a Snowflake error when it is reached; it fits every type inside CASE. */
export function raiseSql(error: SnowflakeError): string {
  return `error(${quoteText(encodeRuntimeError(error))})`;
}

/** More than the microseconds of any timestamp, and a multiple of all powers of ten below. */
const BEYOND_TIMESTAMPS = 10n ** 18n;

/**
 * Microseconds divided by a power of ten and rounded down: DuckDB's `//` cuts towards zero, and `/` makes a DOUBLE, which
 * rounds the last microsecond of a second of far years up.
 */
export function floorDivided(micros: string, unit: number): string {
  const shift = BEYOND_TIMESTAMPS / BigInt(unit);
  return `((${micros} + ${BEYOND_TIMESTAMPS}) // ${unit} - ${shift})`;
}

/** A TIMESTAMP_TZ; NULL (not a struct of NULLs) where `present` is NULL. */
export function zonedSql(present: string, instant: string, offsetMinutes: string): string {
  return `CASE WHEN ${present} IS NOT NULL THEN struct_pack(instant := ${instant}, offset_minutes := ${offsetMinutes}) END`;
}
