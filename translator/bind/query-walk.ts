/** Walks over bound trees: children of an expression, queries inside it, and a key for structural equality. */

import type { BoundExpression, BoundOrderItem, BoundQuery, BoundWindow } from "./bound.ts";

function windowChildren(window: BoundWindow | undefined): BoundExpression[] {
  if (window === undefined) return [];
  const bounds = window.frame === undefined ? [] : [window.frame.start, window.frame.end];
  return [
    ...window.partitionBy,
    ...window.orderBy.map((item) => item.expression),
    ...bounds.flatMap((bound) => ("offset" in bound ? [bound.offset] : [])),
  ];
}

/** The expressions directly inside an expression; queries inside it are not entered. */
export function childrenOf(expression: BoundExpression): readonly BoundExpression[] {
  switch (expression.kind) {
    case "call":
      return [
        ...expression.arguments,
        ...expression.orderBy.map((item) => item.expression),
        ...windowChildren(expression.over),
      ];
    case "cast":
    case "not":
    case "is_null":
    case "quantified":
      return [expression.operand];
    case "and":
    case "or":
    case "fold":
    case "in_query":
      return expression.operands;
    case "case":
      return [
        ...expression.branches.flatMap((branch) => [branch.when, branch.then]),
        ...(expression.otherwise === undefined ? [] : [expression.otherwise]),
      ];
    case "in_list":
      return [expression.operand, ...expression.items];
    case "lambda":
      return [expression.body];
    default:
      return [];
  }
}

/** The query inside a subquery expression. */
export function queryOf(expression: BoundExpression): BoundQuery | undefined {
  return "query" in expression ? expression.query : undefined;
}

/** True when the expression or one inside it (queries excepted) passes the test. */
export function contains(
  expression: BoundExpression,
  test: (inner: BoundExpression) => boolean,
): boolean {
  return test(expression) || childrenOf(expression).some((child) => contains(child, test));
}

/** True when a value inside the expression is drawn anew for every row. */
export function isDrawn(expression: BoundExpression): boolean {
  return contains(expression, (part) => part.drawn !== undefined);
}

/** An aggregate of the SELECT itself: not one that runs over a window. */
export function isAggregate(expression: BoundExpression): boolean {
  return (
    expression.kind === "call" &&
    expression.entry.kind === "aggregate" &&
    expression.over === undefined
  );
}

export function isWindow(expression: BoundExpression): boolean {
  return expression.kind === "call" && expression.over !== undefined;
}

const keys = new WeakMap<BoundExpression, string>();

/** Equal keys: the same value computed the same way. Source places and nullability do not count. */
export function expressionKey(expression: BoundExpression): string {
  const known = keys.get(expression);
  if (known !== undefined) return known;
  const key = JSON.stringify(expression, (name, value: unknown) => {
    if (name === "offset" && typeof value === "number") return undefined;
    if (name === "nullable" || name === "signature" || name === "drawn") return undefined;
    if (name === "entry") return (value as { readonly name: string }).name;
    return typeof value === "bigint" ? `${value}n` : value;
  });
  keys.set(expression, key);
  return key;
}

/**
 * A copy in which every part that `replace` answers for is replaced (outermost first). Queries inside are not entered.
 */
export function rewrite(
  expression: BoundExpression,
  replace: (inner: BoundExpression) => BoundExpression | undefined,
): BoundExpression {
  const replaced = replace(expression);
  if (replaced !== undefined) return replaced;
  const go = (inner: BoundExpression): BoundExpression => rewrite(inner, replace);
  const items = (list: readonly BoundOrderItem[]): BoundOrderItem[] =>
    list.map((item) => ({ ...item, expression: go(item.expression) }));
  switch (expression.kind) {
    case "call":
      return {
        ...expression,
        arguments: expression.arguments.map(go),
        orderBy: items(expression.orderBy),
        over: expression.over && {
          ...expression.over,
          partitionBy: expression.over.partitionBy.map(go),
          orderBy: items(expression.over.orderBy),
        },
      };
    case "cast":
    case "not":
    case "is_null":
    case "quantified":
      return { ...expression, operand: go(expression.operand) };
    case "and":
    case "or":
    case "fold":
    case "in_query":
      return { ...expression, operands: expression.operands.map(go) };
    case "case":
      return {
        ...expression,
        branches: expression.branches.map((b) => ({ when: go(b.when), then: go(b.then) })),
        otherwise: expression.otherwise && go(expression.otherwise),
      };
    case "in_list":
      return {
        ...expression,
        operand: go(expression.operand),
        items: expression.items.map(go),
      };
    case "lambda":
      return { ...expression, body: go(expression.body) };
    default:
      return expression;
  }
}
