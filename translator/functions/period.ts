/**
 * Functions on PERIOD values, and others whose type or callback form is not there: known by name, refused.
 * https://docs.snowflake.com/en/sql-reference/functions-period
 */

import { type FunctionEntry, refuse } from "./define.ts";

const PERIOD_NAMES = [
  "PERIOD_BEGIN",
  "PERIOD_CONSTRUCT",
  "PERIOD_CONTAINS",
  "PERIOD_END",
  "PERIOD_EQUALS",
  "PERIOD_IMMEDIATELY_PRECEDES",
  "PERIOD_IMMEDIATELY_SUCCEEDS",
  "PERIOD_INTERSECT",
  "PERIOD_LDIFF",
  "PERIOD_MEETS",
  "PERIOD_OVERLAPS",
  "PERIOD_PRECEDES",
  "PERIOD_RDIFF",
  "PERIOD_SUCCEEDS",
];

export const PERIOD_FUNCTIONS: readonly FunctionEntry[] = [
  ...PERIOD_NAMES.map((name) =>
    refuse("period", name, name.toLowerCase(), "the PERIOD data type is not supported"),
  ),
  refuse("aggregate", "ACCUMULATE", "accumulate", "aggregates of lambdas are not supported"),
];
