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

/** A TIMESTAMP_TZ; NULL (not a struct of NULLs) where `present` is NULL. */
export function zonedSql(present: string, instant: string, offsetMinutes: string): string {
  return `CASE WHEN ${present} IS NOT NULL THEN struct_pack(instant := ${instant}, offset_minutes := ${offsetMinutes}) END`;
}
