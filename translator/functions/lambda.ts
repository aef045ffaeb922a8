/**
 * FILTER, TRANSFORM and REDUCE: DuckDB's list lambdas over the canonical texts of an array's elements.
 * https://docs.snowflake.com/en/sql-reference/functions/filter
 */

import { must } from "../base/assert.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { ARRAY, type SnowType } from "../types/types.ts";
import { type FunctionEntry, family, sig } from "./define.ts";

const higherOrder = family("higher-order");

const first = (types: readonly SnowType[]): SnowType => must(types[0]);

/** A structured array gives ARRAY(type of the body), a semi-structured one ARRAY. */
function transformed(types: readonly SnowType[], args: readonly BoundExpression[]): SnowType {
  const array = types[0];
  const lambda = args[1];
  if (array?.kind !== "array" || array.element === undefined || lambda === undefined) return ARRAY;
  return { kind: "array", element: { type: lambda.type, nullable: lambda.nullable } };
}

export const LAMBDA_FUNCTIONS: readonly FunctionEntry[] = [
  higherOrder("FILTER", {
    doc: "filter",
    summary: "the elements of an array for which a lambda is true",
    signatures: [
      sig(
        "array array, function lambda",
        first,
        "_v_array_from_list(list_filter(_v_array_elements({1}), {2}))",
      ),
    ],
    examples: [["FILTER([1, 2, 3], x -> x > 1)::VARCHAR", "[2,3]"]],
  }),
  higherOrder("TRANSFORM", {
    doc: "transform",
    summary: "a lambda's results over the elements of an array",
    signatures: [
      sig(
        "array array, function lambda",
        transformed,
        "_v_array_from_list(list_transform(_v_array_elements({1}), {2}))",
      ),
    ],
    examples: [["TRANSFORM([1, 2], x INT -> x * 2)::VARCHAR", "[2,4]"]],
  }),
  higherOrder("REDUCE", {
    doc: "reduce",
    summary: "a lambda folded over the elements of an array",
    signatures: [
      sig(
        "array array, init any, function lambda",
        (types) => must(types[1]),
        (call) => {
          const [array, init, lambda] = call.arguments;
          const start = call.context.cast(must(init), { kind: "variant" });
          const folded = `list_reduce(_v_array_elements(${must(array).sql}), ${must(lambda).sql}, ${start})`;
          return call.context.cast({ sql: folded, type: { kind: "variant" } }, call.returns);
        },
        { nullability: "always" },
      ),
    ],
    examples: [["REDUCE([1, 2, 3], 0, (acc, val INT) -> acc + val)", "6"]],
  }),
];
