/** ORDER BY: positions, aliases, expressions, ALL; what is no output column is ordered by in a SELECT around the body. */

import type { Expression } from "../ast/expressions.ts";
import type { OrderItem, Query } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import { keySql } from "../functions/operators.ts";
import type { Binder } from "./binder.ts";
import type {
  BoundBody,
  BoundExpression,
  BoundOrderItem,
  BoundSelect,
  OutputColumn,
} from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { orderParts } from "./order-items.ts";
import { queryOver, type Surroundings } from "./query.ts";
import type { SelectScope } from "./scope-select.ts";
import { plainScope } from "./scope-select.ts";
import { nullsFirst } from "./windows.ts";

/** The part of a query that orders its body. */
export type QueryTail = {
  readonly orderBy: readonly OrderItem[];
  readonly orderByAll?: Query["orderByAll"];
};

export type OrderedBody = {
  readonly body: BoundBody;
  readonly orderBy: readonly BoundOrderItem[];
};

/** An output column of the body itself, as ORDER BY refers to it: its relation is empty. */
export function outputReference(column: OutputColumn, relation = ""): BoundExpression {
  const { name, physical, type, nullable } = column;
  return { kind: "column", relation, physical, name, type, nullable };
}

/** ORDER BY ALL: every output column in turn. */
export function orderByAll(
  all: NonNullable<Query["orderByAll"]>,
  columns: readonly OutputColumn[],
  binder: Binder,
): readonly BoundOrderItem[] {
  return columns.map((column) => ({
    expression: outputReference(column),
    descending: all.descending,
    nullsFirst: nullsFirst(all, binder),
  }));
}

/**
 * The number of the output column (from 0) when the expression is a position.
 * @throws not a valid order by expression when there is no such column
 */
export function outputPosition(
  expression: Expression,
  count: number,
  error: "notOrderBy" | "notGroupBy",
  binder: Binder,
): number | undefined {
  if (expression.kind !== "number_literal" || !/^\d+$/.test(expression.text)) return undefined;
  const position = Number(expression.text);
  if (position < 1 || position > count) {
    throw binder.error(error, { expression: expression.text }, undefined);
  }
  return position - 1;
}

/** ORDER BY over a set operation, VALUES or a parenthesised query: only output columns are visible. */
export function bindOutputOrder(
  body: BoundBody,
  tail: QueryTail,
  around: Surroundings,
): OrderedBody {
  const { binder } = around;
  const { columns } = body;
  if (tail.orderByAll !== undefined) {
    return { body, orderBy: orderByAll(tail.orderByAll, columns, binder) };
  }
  if (tail.orderBy.length === 0) return { body, orderBy: [] };
  const alias = binder.freshAlias("t");
  const scope = outputScope(columns, alias, around);
  const orderBy = orderParts(tail.orderBy).flatMap((item) => {
    const position = outputPosition(item.expression, columns.length, "notOrderBy", binder);
    const expression =
      position === undefined
        ? bindExpression(item.expression, scope, binder)
        : outputReference(must(columns[position]), alias);
    if (expression.kind === "constant") return [];
    return [{ expression, descending: item.descending, nullsFirst: nullsFirst(item, binder) }];
  });
  return placeOrder(body, alias, orderBy);
}

function outputScope(
  columns: readonly OutputColumn[],
  alias: string,
  around: Surroundings,
): SelectScope {
  const named = columns.map((column) => ({
    name: column.name,
    expression: outputReference(column, alias),
  }));
  const names = { relations: [], columns: named };
  return plainScope(around.binder, around.environment, "order_by", names, around.outer);
}

/**
 * Orders a body by expressions over its output columns (with the relation `alias`): directly when they are plain
 * columns, else in a SELECT around it.
 */
export function placeOrder(
  body: BoundBody,
  alias: string,
  orderBy: readonly BoundOrderItem[],
): OrderedBody {
  const plain = orderBy.every(
    (item) => item.expression.kind === "column" && keySql("", item.expression.type) === "",
  );
  if (!plain) return { body: selectOver(body, alias), orderBy };
  return {
    body,
    orderBy: orderBy.map((item) => ({
      ...item,
      expression:
        item.expression.kind === "column" ? { ...item.expression, relation: "" } : item.expression,
    })),
  };
}

/** SELECT of all columns of a body, which stands in FROM under the alias. */
export function selectOver(body: BoundBody, alias: string): BoundSelect {
  return {
    kind: "select",
    distinct: false,
    items: body.columns.map((column) => ({
      expression: outputReference(column, alias),
      physical: column.physical,
    })),
    columns: body.columns,
    from: [{ kind: "derived", alias, lateral: false, query: queryOver(body) }],
    where: undefined,
    grouping: undefined,
    having: undefined,
    qualify: undefined,
  };
}
