/**
 * Window functions inside the arguments of window functions: Snowflake computes the inner one first, DuckDB refuses them. The
 * innermost become columns of a subquery over the same rows, as often as they are nested.
 */

import { must } from "../base/assert.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundGrouping, BoundOrderItem, BoundSelect } from "./bound.ts";
import { columnsOf, selectOf } from "./bound-select.ts";
import { spreadChangeEvents } from "./change-events.ts";
import { queryOver } from "./query.ts";
import { outputReference } from "./query-order.ts";
import { childrenOf, contains, expressionKey, isWindow, queryOf, rewrite } from "./query-walk.ts";

/** A SELECT with the ORDER BY around it. */
export type OrderedSelect = {
  readonly body: BoundSelect;
  readonly orderBy: readonly BoundOrderItem[];
};

/**
 * The SELECT without a window function inside another. One with grouping is left as it is, as is one whose expressions hold
 * subqueries, which may refer to columns that the subquery would hide.
 */
export function flattenWindows(select: OrderedSelect, binder: Binder): OrderedSelect {
  if (select.body.grouping !== undefined) return select;
  if (expressionsOf(select).some(hasQuery)) return select;
  return flattened(withoutChangeEvents(select, binder), binder);
}

function flattened(select: OrderedSelect, binder: Binder): OrderedSelect {
  const expressions = expressionsOf(select);
  const inner = new Map<string, BoundExpression>();
  for (const expression of expressions) collectInner(expression, false, inner);
  if (inner.size === 0) return select;
  return flattened(overSubquery(select, expressions, inner, binder), binder);
}

function expressionsOf({ body, orderBy }: OrderedSelect): readonly BoundExpression[] {
  return [
    ...body.items.map((item) => item.expression),
    ...(body.qualify === undefined ? [] : [body.qualify]),
    ...orderBy.map((item) => item.expression),
  ];
}

function hasQuery(expression: BoundExpression): boolean {
  return contains(expression, (part) => queryOf(part) !== undefined);
}

function isChangeEvent(expression: BoundExpression): boolean {
  return expression.kind === "call" && expression.entry.name === "CONDITIONAL_CHANGE_EVENT";
}

function withoutChangeEvents(select: OrderedSelect, binder: Binder): OrderedSelect {
  if (!expressionsOf(select).some((expression) => contains(expression, isChangeEvent))) {
    return select;
  }
  const { body, orderBy } = select;
  const spread = (expression: BoundExpression) => spreadChangeEvents(expression, binder);
  return {
    body: {
      ...body,
      items: body.items.map((item) => ({ ...item, expression: spread(item.expression) })),
      qualify: body.qualify && spread(body.qualify),
    },
    orderBy: orderBy.map((item) => ({ ...item, expression: spread(item.expression) })),
  };
}

/** Collects the innermost windows that stand inside a window. */
function collectInner(
  expression: BoundExpression,
  isInside: boolean,
  found: Map<string, BoundExpression>,
): void {
  const isOne = isWindow(expression);
  const children = childrenOf(expression);
  if (isOne && isInside && !children.some((child) => contains(child, isWindow))) {
    found.set(expressionKey(expression), expression);
    return;
  }
  for (const child of children) collectInner(child, isInside || isOne, found);
}

/**
 * The SELECT over a subquery that computes some of its expressions.
 * @param expressions all that the SELECT computes
 * @param inner what the subquery computes, by partKey
 * @param isFilteredAfter true when WHERE needs what the subquery computes
 */
export function overSubquery(
  { body, orderBy }: OrderedSelect,
  expressions: readonly BoundExpression[],
  inner: ReadonlyMap<string, BoundExpression>,
  binder: Binder,
  isFilteredAfter = false,
): OrderedSelect {
  const carried = new Map(inner);
  for (const expression of expressions) collectColumns(expression, inner, carried);
  const items = [...carried.values()].map((expression, index) => ({
    name: `C${index + 1}`,
    expression,
  }));
  const columns = columnsOf(items);
  const alias = binder.freshAlias("t");
  const references = new Map(
    [...carried.keys()].map((key, index) => [key, outputReference(must(columns[index]), alias)]),
  );
  const move = (expression: BoundExpression): BoundExpression =>
    rewrite(expression, (part) => {
      const reference = references.get(partKey(part));
      return reference === undefined ? undefined : { ...reference, offset: part.offset };
    });
  const before = isFilteredAfter ? undefined : body.where;
  const query = queryOver(selectOf([...carried.values()], columns, body.from, before));
  return {
    body: {
      ...body,
      items: body.items.map((item) => ({ ...item, expression: move(item.expression) })),
      from: [{ kind: "derived", alias, lateral: false, query }],
      where: isFilteredAfter ? body.where && move(body.where) : undefined,
      grouping: body.grouping && movedGrouping(body.grouping, move),
      having: body.having && move(body.having),
      qualify: body.qualify && move(body.qualify),
    },
    orderBy: orderBy.map((item) => ({ ...item, expression: move(item.expression) })),
  };
}

/** Equal keys: one value of a row. */
function partKey(expression: BoundExpression): string {
  return expression.drawn ?? expressionKey(expression);
}

function movedGrouping(
  grouping: BoundGrouping,
  move: (expression: BoundExpression) => BoundExpression,
): BoundGrouping {
  if (grouping.kind === "sets") {
    return { kind: "sets", sets: grouping.sets.map((set) => set.map(move)) };
  }
  return { kind: "expressions", expressions: grouping.expressions.map(move) };
}

/** The columns that are read outside of the collected windows. */
function collectColumns(
  expression: BoundExpression,
  inner: ReadonlyMap<string, BoundExpression>,
  found: Map<string, BoundExpression>,
): void {
  const key = partKey(expression);
  if (inner.has(key)) return;
  if (expression.kind === "column" || expression.kind === "hidden") found.set(key, expression);
  for (const child of childrenOf(expression)) collectColumns(child, inner, found);
}
