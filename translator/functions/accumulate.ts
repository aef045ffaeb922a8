/**
 * ACCUMULATE, the aggregate of lambdas.
 * https://docs.snowflake.com/en/sql-reference/functions/accumulate
 */

import { type FunctionEntry, refuse } from "./define.ts";

export const ACCUMULATE: FunctionEntry = refuse(
  "aggregate",
  "ACCUMULATE",
  "accumulate",
  "aggregates of lambdas are not supported",
);
