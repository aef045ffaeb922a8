/** Whatever was thrown, as a Snowflake error. */

import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";

/** What is not a SnowflakeError is a bug of ours: a named internal error, with the original as its cause. */
export function asSnowflakeError(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  const detail = error instanceof Error ? error.name : "unknown";
  const internal = snowflakeError("internal", { detail });
  internal.cause = error;
  return internal;
}
