/** ORDER BY of a SELECT: aliases before columns, expressions that are no output column, and the rule for DISTINCT. */

import type { Expression } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundOrderItem, BoundSelect } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { distinctByValue } from "./group-values.ts";
import { orderParts } from "./order-items.ts";
import {
  type OrderedBody,
  outputPosition,
  outputReference,
  placeOrder,
  type QueryTail,
} from "./query-order.ts";
import { contains, expressionKey, rewrite } from "./query-walk.ts";
import type { SelectScope } from "./scope-select.ts";
import type { SelectColumn } from "./select.ts";
import { nullsFirst } from "./windows.ts";

/** Binds the items over the source of the SELECT; constants order nothing and are dropped. */
export function bindSelectOrder(
  tail: QueryTail,
  items: readonly SelectColumn[],
  scope: SelectScope,
  binder: Binder,
): readonly BoundOrderItem[] {
  const all = tail.orderByAll;
  if (all !== undefined) {
    return items.map((item) => ({
      expression: item.expression,
      descending: all.descending,
      nullsFirst: nullsFirst(all, binder),
    }));
  }
  return orderParts(tail.orderBy).flatMap((item) => {
    const position = outputPosition(item.expression, items.length, "notOrderBy", binder);
    const expression =
      position === undefined
        ? (namedOutput(item.expression, items) ??
          bindExpression(item.expression, scope.withClause("order_by"), binder))
        : must(items[position]).expression;
    if (expression.kind === "constant") return [];
    return [{ expression, descending: item.descending, nullsFirst: nullsFirst(item, binder) }];
  });
}

/** The one output column of a plain name: it goes before a column of FROM (reference: semantics 1.3). */
function namedOutput(
  expression: Expression,
  items: readonly SelectColumn[],
): BoundExpression | undefined {
  if (expression.kind !== "column" || expression.parts.length !== 1) return undefined;
  const name = must(expression.parts[0]).name;
  const found = new Map(
    items
      .filter((item) => item.name === name)
      .map((item) => [expressionKey(item.expression), item.expression]),
  );
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/**
 * ORDER BY of SELECT DISTINCT: only what can be computed from the SELECT list.
 * @throws not a valid order by expression
 */
export function orderDistinct(
  body: BoundSelect,
  order: readonly BoundOrderItem[],
  binder: Binder,
): OrderedBody {
  const distinct = distinctByValue(body, binder);
  if (order.length === 0) return { body: distinct, orderBy: [] };
  const alias = binder.freshAlias("t");
  const outputs = new Map<string, BoundExpression>(
    body.items.map((item, index) => [
      expressionKey(item.expression),
      outputReference(must(body.columns[index]), alias),
    ]),
  );
  const orderBy = order.map((item) => {
    const expression = rewrite(item.expression, (inner) => outputs.get(expressionKey(inner)));
    const foreign = contains(
      expression,
      (inner) => inner.kind === "column" && inner.relation !== alias,
    );
    if (foreign) {
      const name = item.expression.kind === "column" ? item.expression.name : "";
      throw binder.error("notOrderBy", { expression: name }, undefined);
    }
    return { ...item, expression };
  });
  return placeOrder(distinct, alias, orderBy);
}
