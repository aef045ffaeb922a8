/** Errors of conversions, as opposed to bugs. */

import { SnowflakeError } from "../../../translator/base/errors.ts";

/** @returns the error when it is one of Snowflake's; anything else is thrown on */
export function asSnowflake(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  throw error;
}
