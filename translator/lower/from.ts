/** Bound FROM items to DuckDB table expressions. */

import { must } from "../base/assert.ts";
import type { BoundFrom, BoundSample, BoundSelect } from "../bind/bound.ts";
import { expansionOf, expansionSql } from "../functions/table.ts";
import { lowerExpression } from "./expressions.ts";
import { tableFunctionCall } from "./from-call.ts";
import { planUnnest, type UnnestPlan } from "./from-unnest.ts";
import { indent, parenthesize } from "./layout.ts";
import { lowerQuery } from "./query.ts";
import type { LoweringState } from "./state.ts";

/** The items of a SELECT's FROM, each with its alias. */
export function lowerFromList(select: BoundSelect, state: LoweringState): readonly string[] {
  const plan = planUnnest(select, state);
  return select.from.map((item) => lowerFrom(item, plan, state));
}

function lowerFrom(from: BoundFrom, plan: UnnestPlan, state: LoweringState): string {
  if (from.kind === "join") return lowerJoin(from, plan, state);
  const added = plan.added.get(from.alias);
  if (added === undefined) return lowerItem(from, plan, state);
  // The item keeps its alias inside and outside, so that the added columns can read it.
  const lateral = "lateral" in from && from.lateral ? "LATERAL " : "";
  const inner = lowerItem(from, plan, state).replace(/^LATERAL /, "");
  const query = `SELECT ${from.alias}.*, ${added.join(", ")}\nFROM ${inner}`;
  return `${lateral}${parenthesize(query)} AS ${from.alias}`;
}

function lowerItem(
  from: Exclude<BoundFrom, { kind: "join" }>,
  plan: UnnestPlan,
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
      return lowerTableFunction(from, plan, state);
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

function lowerJoin(
  join: Extract<BoundFrom, { kind: "join" }>,
  plan: UnnestPlan,
  state: LoweringState,
): string {
  const left = lowerFrom(join.left, plan, state);
  const right = lowerFrom(join.right, plan, state);
  const operand = join.right.kind === "join" ? `(\n${indent(right)}\n)` : right;
  const missing = join.type === "cross" ? "" : " ON true";
  const on = join.on === undefined ? missing : ` ON ${lowerExpression(join.on, state)}`;
  return `${left}\n  ${JOINS[join.type]} ${operand}${on}`;
}

function lowerTableFunction(
  from: Extract<BoundFrom, { kind: "table_function" }>,
  plan: UnnestPlan,
  state: LoweringState,
): string {
  const planned = plan.lists.get(from.alias);
  const expansion = expansionOf(from.entry);
  const lateral = from.lateral ? "LATERAL " : "";
  if (planned !== undefined && expansion !== undefined) {
    const sql = expansionSql(expansion, planned.list, planned.seq);
    return `${lateral}${parenthesize(sql)} AS ${from.alias}`;
  }
  const { lower } = must(from.entry.signatures[0]);
  const sql = typeof lower === "string" ? lower : lower(tableFunctionCall(from, state));
  return `${lateral}${parenthesize(sql)} AS ${from.alias}`;
}
