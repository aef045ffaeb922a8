/**
 * ACCUMULATE, the aggregate of lambdas: the values of a group are collected and folded one after the other, so that
 * there are no partial states to combine. Values and states are canonical text, since DuckDB folds one type.
 * https://docs.snowflake.com/en/sql-reference/functions/accumulate
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import { aggregate } from "./aggregate-sql.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";

const define = family("aggregate");

function lower(call: LoweringCall): string {
  if (call.isWindow) throw snowflakeError("unsupportedFeature", { feature: "ACCUMULATE OVER" });
  const [value, initialize, accumulate, , terminate] = call.arguments.map(({ sql }) => sql);
  const values = `list_filter(${aggregate(call, "list", must(value))}, lambda v_: v_ IS NOT NULL)`;
  const first = `list_transform([g_[1]], ${must(initialize)})[1]`;
  const folded = `list_reduce(g_[2:], ${must(accumulate)}, ${first})`;
  const last = `list_transform([${folded}], ${must(terminate)})[1]`;
  return `list_transform([${values}], lambda g_: CASE WHEN len(g_) > 0 THEN ${last} END)[1]`;
}

export const ACCUMULATE: FunctionEntry = define("ACCUMULATE", {
  doc: "accumulate",
  summary: "An aggregate computed by four lambdas: initialize, accumulate, combine, terminate",
  kind: "aggregate",
  signatures: [
    sig(
      "input any, initialize lambda, accumulate lambda, combine lambda, terminate lambda",
      (types) => must(types[4]),
      lower,
      { nullability: "always" },
    ),
  ],
  examples: [
    [
      "ACCUMULATE(2, (v INT) -> v, (s INT, v INT) -> s + v, (a INT, b INT) -> a + b, (s) -> s)",
      "2",
    ],
  ],
});
