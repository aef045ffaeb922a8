/** Whatever was thrown, as a Snowflake error. */

import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";

/** V8's error for a stack that is used up: a statement nested or chained too deeply for a pass over its tree. */
const STACK_USED_UP = /Maximum call stack/;

/** What is not a SnowflakeError is a bug of ours: a named internal error, with the original as its cause. */
export function asSnowflakeError(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  if (error instanceof RangeError && STACK_USED_UP.test(error.message)) {
    return snowflakeError("compilationMemory");
  }
  const detail = error instanceof Error ? error.name : "unknown";
  const internal = snowflakeError("internal", { detail });
  internal.cause = error;
  return internal;
}
