/** Bound FROM items to DuckDB table expressions. */

import { must } from "../base/assert.ts";
import type { BoundFrom, BoundSample } from "../bind/bound.ts";
import { lowerExpression } from "./expressions.ts";
import { tableFunctionCall } from "./from-call.ts";
import { indent, parenthesize } from "./layout.ts";
import { lowerQuery } from "./query.ts";
import type { LoweringState } from "./state.ts";

/** One FROM item or join, with its alias. */
export function lowerFrom(from: BoundFrom, state: LoweringState): string {
  return from.kind === "join" ? lowerJoin(from, state) : lowerItem(from, state);
}

export function lowerItem(
  from: Exclude<BoundFrom, { kind: "join" }>,
  state: LoweringState,
): string {
  switch (from.kind) {
    case "table":
      return `${from.physical} AS ${from.alias}${lowerSample(from.sample)}`;
    case "cte":
      return `${from.cte} AS ${from.alias}${lowerSample(from.sample)}`;
    case "derived": {
      const lateral = from.lateral ? "LATERAL " : "";
      const query = parenthesize(lowerQuery(from.query, state));
      return `${lateral}${query} AS ${from.alias}${lowerSample(from.sample)}`;
    }
    case "table_function":
      return lowerTableFunction(from, state);
  }
}

function lowerSample(sample: BoundSample | undefined): string {
  if (sample === undefined) return "";
  const size = sample.rows ? `${sample.size} ROWS` : `${sample.size} PERCENT`;
  const seed = sample.seed === undefined ? "" : ` REPEATABLE (${sample.seed})`;
  return ` TABLESAMPLE ${sample.method}(${size})${seed}`;
}

const JOINS = {
  inner: "JOIN",
  left: "LEFT JOIN",
  right: "RIGHT JOIN",
  full: "FULL JOIN",
  cross: "CROSS JOIN",
  asof: "ASOF JOIN",
  asof_left: "ASOF LEFT JOIN",
} as const;

function lowerJoin(join: Extract<BoundFrom, { kind: "join" }>, state: LoweringState): string {
  const left = lowerFrom(join.left, state);
  const right = lowerFrom(join.right, state);
  const operand = join.right.kind === "join" ? `(\n${indent(right)}\n)` : right;
  const missing = join.type === "cross" ? "" : " ON true";
  const on = join.on === undefined ? missing : ` ON ${lowerExpression(join.on, state)}`;
  return `${left}\n  ${JOINS[join.type]} ${operand}${on}`;
}

/** A table function that stands alone, or whose arguments come from several items. */
function lowerTableFunction(
  from: Extract<BoundFrom, { kind: "table_function" }>,
  state: LoweringState,
): string {
  const lateral = from.lateral ? "LATERAL " : "";
  const { lower } = must(from.entry.signatures[0]);
  const sql = typeof lower === "string" ? lower : lower(tableFunctionCall(from, state));
  return `${lateral}${parenthesize(sql)} AS ${from.alias}${lowerSample(from.sample)}`;
}
