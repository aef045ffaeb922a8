/** GROUP BY: positions, aliases, ALL, ROLLUP, CUBE, GROUPING SETS, and the check of what is grouped (docs: constructs/group-by). */

import type { Expression } from "../ast/expressions.ts";
import type { GroupBy, GroupingElement } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundGrouping, BoundOrderItem } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { outputPosition } from "./query-order.ts";
import {
  childrenOf,
  contains,
  expressionKey,
  isAggregate,
  isWindow,
  queryOf,
} from "./query-walk.ts";
import { displayName } from "./scope-names.ts";
import type { SelectScope } from "./scope-select.ts";
import type { SelectColumn, SelectSource } from "./select.ts";

type Sets = readonly (readonly BoundExpression[])[];

/**
 * Binds GROUP BY; ROLLUP, CUBE and GROUPING SETS become a list of sets.
 * @throws not a valid group by expression (000979) for an aggregate or a position that is not there
 */
export function bindGrouping(
  groupBy: GroupBy,
  items: readonly SelectColumn[],
  scope: SelectScope,
  binder: Binder,
): BoundGrouping {
  if (groupBy.kind === "all") {
    const expressions = items
      .map((item) => item.expression)
      .filter((e) => !contains(e, isAggregate) && !contains(e, isWindow));
    return { kind: "expressions", expressions: unique(expressions) };
  }
  const bind = (expression: Expression): readonly BoundExpression[] =>
    bindGroupExpression(expression, items, scope, binder);
  const simple = groupBy.elements.every((element) => element.kind === "expression");
  const sets = groupBy.elements
    .map((element) => setsOf(element, bind))
    .reduce<Sets>(
      (product, next) => product.flatMap((left) => next.map((right) => [...left, ...right])),
      [[]],
    )
    .map(unique);
  return simple ? { kind: "expressions", expressions: must(sets[0]) } : { kind: "sets", sets };
}

function bindGroupExpression(
  expression: Expression,
  items: readonly SelectColumn[],
  scope: SelectScope,
  binder: Binder,
): readonly BoundExpression[] {
  if (expression.kind === "parenthesized") {
    return bindGroupExpression(expression.inner, items, scope, binder);
  }
  if (expression.kind === "tuple") {
    return expression.items.flatMap((item) => bindGroupExpression(item, items, scope, binder));
  }
  const position = outputPosition(expression, items.length, "notGroupBy", binder);
  const bound =
    position === undefined
      ? bindExpression(expression, scope.withClause("group_by"), binder)
      : must(items[position]).expression;
  if (contains(bound, isAggregate) || contains(bound, isWindow)) {
    const text =
      position === undefined ? binder.source(expression.span) : must(items[position]).name;
    throw binder.error("notGroupBy", { expression: text }, undefined);
  }
  return [bound];
}

function setsOf(
  element: GroupingElement,
  bind: (expression: Expression) => readonly BoundExpression[],
): Sets {
  switch (element.kind) {
    case "expression":
      return [bind(element.expression)];
    case "rollup": {
      const parts = element.sets.map((set) => set.flatMap(bind));
      return [...parts, []].map((_, index) => parts.slice(0, parts.length - index).flat());
    }
    case "cube": {
      const parts = element.sets.map((set) => set.flatMap(bind));
      return subsets(parts).map((subset) => subset.flat());
    }
    case "grouping_sets":
      return element.sets.flatMap((set) =>
        "kind" in set ? setsOf(set, bind) : [set.flatMap(bind)],
      );
  }
}

/** All subsets, the full one first. */
function subsets<T>(parts: readonly T[]): readonly (readonly T[])[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [[]];
  const without = subsets(rest);
  return [...without.map((subset) => [first, ...subset]), ...without];
}

function unique(expressions: readonly BoundExpression[]): readonly BoundExpression[] {
  return [...new Map(expressions.map((e) => [expressionKey(e), e])).values()];
}

export type GroupedSelect = {
  readonly grouping: BoundGrouping;
  readonly items: readonly SelectColumn[];
  readonly having: BoundExpression | undefined;
  readonly qualify: BoundExpression | undefined;
  readonly order: readonly BoundOrderItem[];
  readonly source: SelectSource;
  readonly binder: Binder;
};

/**
 * Checks that what stands outside aggregates is grouped.
 * @throws 001104 for the SELECT list, 000979 for the other clauses
 */
export function checkGrouped(select: GroupedSelect): void {
  const { grouping, binder, source } = select;
  const grouped = grouping.kind === "sets" ? grouping.sets.flat() : grouping.expressions;
  const keys = new Set(grouped.map(expressionKey));
  const local = new Set(source.names.relations.flatMap((r) => r.columns.map(relationOf)));
  const check = (
    expression: BoundExpression,
    report: (name: string, at?: number) => Error,
  ): void => {
    if (keys.has(expressionKey(expression))) return;
    if (isAggregate(expression)) {
      checkGroupingCall(expression, keys, binder);
      return;
    }
    if (expression.kind === "column" && local.has(expression.relation)) {
      throw report(displayName(source.names, expression), expression.offset);
    }
    for (const child of childrenOf(expression)) check(child, report);
    const query = queryOf(expression);
    if (query === undefined) return;
    visitColumns(query, (column) => check(column, report));
  };
  const other = (name: string): Error =>
    binder.error("notGroupBy", { expression: name }, undefined);
  const inSelect = (column: string, at = 0): Error =>
    binder.error("notGrouped", { column }, { start: at, end: at });
  for (const item of select.items) check(item.expression, inSelect);
  if (select.having !== undefined) check(select.having, other);
  if (select.qualify !== undefined) check(select.qualify, other);
  for (const item of select.order) check(item.expression, other);
}

/** The arguments of GROUPING are expressions of GROUP BY. */
function checkGroupingCall(
  expression: BoundExpression,
  keys: ReadonlySet<string>,
  binder: Binder,
): void {
  if (expression.kind !== "call" || !GROUPING_NAMES.has(expression.entry.name)) return;
  for (const argument of expression.arguments) {
    if (keys.has(expressionKey(argument))) continue;
    const text = argument.kind === "column" ? argument.name : expression.entry.name;
    throw binder.error("notGroupBy", { expression: text }, undefined);
  }
}

const GROUPING_NAMES: ReadonlySet<string> = new Set(["GROUPING", "GROUPING_ID"]);

function relationOf(column: { readonly expression: BoundExpression }): string {
  return column.expression.kind === "column" ? column.expression.relation : "";
}

/** Visits the column references anywhere in a bound query. */
function visitColumns(node: unknown, visit: (column: BoundExpression) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visitColumns(item, visit);
  } else if (typeof node === "object" && node !== null) {
    if ("kind" in node && node.kind === "column") visit(node as BoundExpression);
    else {
      for (const [key, value] of Object.entries(node)) {
        if (key !== "entry" && key !== "signature" && key !== "type") visitColumns(value, visit);
      }
    }
  }
}
