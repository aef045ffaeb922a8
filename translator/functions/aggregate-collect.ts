/**
 * Aggregates that collect values: LISTAGG, ARRAY_AGG, OBJECT_AGG and their like.
 * https://docs.snowflake.com/en/sql-reference/functions/listagg
 */

import { must } from "../base/assert.ts";
import { ARRAY, OBJECT, TEXT } from "../types/types.ts";
import { defineAggregate } from "./aggregate.ts";
import { aggregate, argumentAt, variant } from "./aggregate-sql.ts";
import { once } from "./date-parts.ts";
import { type FunctionEntry, type LoweringCall, sig } from "./define.ts";

const NEVER = { nullability: "never" } as const;

/**
 * The values as a DuckDB list, distinct and in order. DuckDB takes no other order than the value's own
 * with DISTINCT, so the order key travels with the value.
 */
function listSql(call: LoweringCall, value: string): string {
  if (!call.distinct || call.orderBy.length === 0) {
    return aggregate(call, "list", value, { ordered: true });
  }
  const item = must(call.orderBy[0]);
  const order = call.context.orderBy([item]).replace(/(?: DESC)? NULLS (?:FIRST|LAST)$/, "");
  const pair = `CASE WHEN ${value} IS NOT NULL THEN struct_pack(k := ${order}, v := ${value}) END`;
  const direction = item.descending ? "DESC" : "ASC";
  const pairs = `list_sort(${aggregate(call, "list", pair)}, '${direction}', 'NULLS LAST')`;
  return `list_transform(list_filter(${pairs}, lambda p_: p_ IS NOT NULL), lambda p_: p_.v)`;
}

function listaggSql(call: LoweringCall): string {
  const value = argumentAt(call, 0).sql;
  const separator = call.arguments[1]?.sql ?? "''";
  if (call.distinct && call.orderBy.length > 0) {
    return `coalesce(array_to_string(${listSql(call, value)}, ${separator}), '')`;
  }
  return `coalesce(${aggregate(call, "string_agg", `${value}, ${separator}`, { ordered: true })}, '')`;
}

function objectAggSql(call: LoweringCall): string {
  const pair = `struct_pack(k := ${argumentAt(call, 0).sql}, v := ${variant(call, 1)})`;
  const pairs = aggregate(call, "list", pair, { distinct: false });
  return once(
    pairs,
    (l) =>
      `_v_object_agg_lists(list_transform(${l}, lambda p_: p_.k), list_transform(${l}, lambda p_: p_.v))`,
  );
}

export const COLLECTING_FUNCTIONS: readonly FunctionEntry[] = [
  defineAggregate("LISTAGG", {
    doc: "listagg",
    aliases: ["STRING_AGG"],
    summary: "The texts one behind the other with a separator",
    signatures: [sig("value text, separator? const text", TEXT, listaggSql, NEVER)],
    examples: [["LISTAGG('a', ', ')", "a"]],
  }),
  defineAggregate("ARRAY_AGG", {
    doc: "array_agg",
    aliases: ["ARRAYAGG"],
    summary: "The values as an array, without NULLs",
    signatures: [
      sig(
        "value any",
        ARRAY,
        (call) => `_v_array_agg_list(${listSql(call, variant(call))})`,
        NEVER,
      ),
    ],
    examples: [["ARRAY_AGG(5)::VARCHAR", "[5]"]],
  }),
  defineAggregate("ARRAY_UNIQUE_AGG", {
    doc: "array_unique_agg",
    summary: "The different values as an array",
    signatures: [
      sig(
        "value any",
        ARRAY,
        (call) =>
          `_v_array_unique_list(${aggregate(call, "list", variant(call), { distinct: true })})`,
        NEVER,
      ),
    ],
    examples: [["ARRAY_UNIQUE_AGG(5)::VARCHAR", "[5]"]],
  }),
  // The result's order follows the arrays': sorted, it does not change from run to run.
  defineAggregate("ARRAY_UNION_AGG", {
    doc: "array_union_agg",
    summary: "An array with every value as often as in the array that has it most often",
    signatures: [
      sig(
        "value array",
        ARRAY,
        (call) =>
          `_v_array_union_list(list_sort(${aggregate(call, "list", argumentAt(call, 0).sql)}))`,
        NEVER,
      ),
    ],
    examples: [["ARRAY_UNION_AGG([1, 2])::VARCHAR", "[1,2]"]],
  }),
  defineAggregate("OBJECT_AGG", {
    doc: "object_agg",
    aliases: ["OBJECTAGG"],
    summary: "An object of keys and values",
    signatures: [sig("key text, value any", OBJECT, objectAggSql, NEVER)],
    examples: [["OBJECT_AGG('a', 1)::VARCHAR", '{"a":1}']],
  }),
];
