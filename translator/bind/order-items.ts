/** The items of ORDER BY and PARTITION BY as they count: a row in parentheses stands for its parts. */

import type { Expression } from "../ast/expressions.ts";
import type { OrderItem } from "../ast/queries.ts";

/** `(a, b)` orders and partitions as `a, b` does, because rows compare by their parts from the left. */
export function rowParts(expression: Expression): readonly Expression[] {
  if (expression.kind === "tuple") return expression.items.flatMap(rowParts);
  if (expression.kind === "parenthesized" && isRow(expression.inner)) {
    return rowParts(expression.inner);
  }
  return [expression];
}

function isRow(expression: Expression): boolean {
  if (expression.kind === "parenthesized") return isRow(expression.inner);
  return expression.kind === "tuple";
}

/** Each part of a row has the direction that is written after the row. */
export function orderParts(items: readonly OrderItem[]): readonly OrderItem[] {
  return items.flatMap((item) =>
    rowParts(item.expression).map((expression) => ({ ...item, expression })),
  );
}
