/**
 * GROUP BY, DISTINCT and set operations by value: values of VARIANT, TIMESTAMP_TZ, DECFLOAT and collated text are equal although
 * they are stored differently. Rows are grouped by a key of the value, and some value of the group stands for all.
 */

import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { family, sig } from "../functions/define.ts";
import { keySql } from "../functions/operators.ts";
import { INTEGER, type SnowType, TEXT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type {
  BoundBody,
  BoundExpression,
  BoundGrouping,
  BoundSelect,
  BoundSetOperation,
} from "./bound.ts";
import { callByName } from "./expressions-calls.ts";
import { constant } from "./fold.ts";
import type { OrderedSelect } from "./nested-windows.ts";
import { bindComparison } from "./operators.ts";
import { outputReference, selectOver } from "./query-order.ts";
import { expressionKey, isAggregate, rewrite } from "./query-walk.ts";

const NOWHERE: Span = { start: 0, end: 0 };

const VALUE_KEY = family("grouping")("VALUE_KEY", {
  doc: "group-by",
  summary: "Equal keys for equal values",
  signatures: [
    sig("value any", TEXT, (call) => {
      const { sql, type } = must(call.arguments[0]);
      return keySql(sql, type);
    }),
  ],
});

/** True for types whose equal values may be stored differently. */
function isKeyed(type: SnowType): boolean {
  return keySql("", type) !== "";
}

/** The expression itself, or the key of its value. */
function keyOf(expression: BoundExpression): BoundExpression {
  if (!isKeyed(expression.type)) return expression;
  return {
    kind: "call",
    entry: VALUE_KEY,
    signature: must(VALUE_KEY.signatures[0]),
    arguments: [expression],
    distinct: false,
    orderBy: [],
    fromLast: false,
    type: TEXT,
    nullable: expression.nullable,
  };
}

function anyValue(expression: BoundExpression, binder: Binder): BoundExpression {
  return callByName("ANY_VALUE", [expression], binder, NOWHERE);
}

/** The grouped SELECT with the keys in its grouping and some value of each group where the value is asked for. */
export function groupByValue(select: OrderedSelect, binder: Binder): OrderedSelect {
  const { body } = select;
  const { grouping } = body;
  if (grouping === undefined) return select;
  const grouped = grouping.kind === "sets" ? grouping.sets.flat() : grouping.expressions;
  const keyed = new Map(
    grouped.filter((e) => isKeyed(e.type)).map((e) => [expressionKey(e), e] as const),
  );
  if (keyed.size === 0) return select;
  const move = (expression: BoundExpression): BoundExpression =>
    rewrite(expression, (part) => {
      const isGrouping =
        part.kind === "call" &&
        (part.entry.name === "GROUPING" || part.entry.name === "GROUPING_ID");
      if (isGrouping) return { ...part, arguments: part.arguments.map(keyOf) };
      if (isAggregate(part)) return part;
      const found = keyed.get(expressionKey(part));
      return found && representative(found, grouping, binder);
    });
  const moved = (expression: BoundExpression | undefined): BoundExpression | undefined =>
    expression && move(expression);
  return {
    body: {
      ...body,
      items: body.items.map((item) => ({ ...item, expression: move(item.expression) })),
      grouping: keyGrouping(grouping),
      having: moved(body.having),
      qualify: moved(body.qualify),
    },
    orderBy: select.orderBy.map((item) => ({ ...item, expression: move(item.expression) })),
  };
}

function keyGrouping(grouping: BoundGrouping): BoundGrouping {
  if (grouping.kind === "sets") {
    return { kind: "sets", sets: grouping.sets.map((set) => set.map(keyOf)) };
  }
  return { kind: "expressions", expressions: grouping.expressions.map(keyOf) };
}

/** Some value of the group; NULL in a grouping set without the expression. */
function representative(
  expression: BoundExpression,
  grouping: BoundGrouping,
  binder: Binder,
): BoundExpression {
  const value = anyValue(expression, binder);
  if (grouping.kind !== "sets") return value;
  const level = callByName("GROUPING", [keyOf(expression)], binder, NOWHERE);
  const when = bindComparison("=", level, constant(INTEGER, "0"), binder, [NOWHERE, NOWHERE]);
  return {
    kind: "case",
    branches: [{ when, then: value }],
    otherwise: undefined,
    type: value.type,
    nullable: true,
  };
}

/** SELECT DISTINCT by value. */
export function distinctByValue(body: BoundSelect, binder: Binder): BoundSelect {
  if (!body.distinct || !body.columns.some((column) => isKeyed(column.type))) return body;
  return distinctRows({ ...body, distinct: false }, binder);
}

/** The different rows of a body. */
function distinctRows(body: BoundBody, binder: Binder): BoundSelect {
  const over = selectOver(body, binder.freshAlias("t"));
  const { items } = over;
  return {
    ...over,
    items: items.map(({ expression, physical }) => ({
      expression: isKeyed(expression.type) ? anyValue(expression, binder) : expression,
      physical,
    })),
    grouping: {
      kind: "expressions",
      expressions: items.map(({ expression }) => keyOf(expression)),
    },
  };
}

/** UNION, INTERSECT and EXCEPT by value. */
export function combineByValue(operation: BoundSetOperation, binder: Binder): BoundBody {
  const { columns, operator, all } = operation;
  if (all || !columns.some((column) => isKeyed(column.type))) return operation;
  if (operator === "union") return distinctRows({ ...operation, all: true }, binder);
  return commonRows(operation, binder);
}

/** INTERSECT and EXCEPT: groups of both sides together, kept by the sides that have a row in them. */
function commonRows(operation: BoundSetOperation, binder: Binder): BoundSelect {
  const side = { name: "SIDE", type: INTEGER, nullable: false, physical: "side" };
  const tagged = (body: BoundBody, value: "0" | "1"): BoundSelect => {
    const over = selectOver(body, binder.freshAlias("t"));
    const items = [...over.items, { expression: constant(INTEGER, value), physical: "side" }];
    return { ...over, items, columns: [...operation.columns, side] };
  };
  const both: BoundSetOperation = {
    kind: "set_operation",
    operator: "union",
    all: true,
    left: tagged(operation.left, "0"),
    right: tagged(operation.right, "1"),
    columns: [...operation.columns, side],
  };
  const alias = binder.freshAlias("t");
  const over = selectOver(both, alias);
  const which = outputReference(side, alias);
  const equals = (left: BoundExpression, value: "0" | "1"): BoundExpression =>
    bindComparison("=", left, constant(INTEGER, value), binder, [NOWHERE, NOWHERE]);
  const edge = (name: "MIN" | "MAX", value: "0" | "1"): BoundExpression =>
    equals(callByName(name, [which], binder, NOWHERE), value);
  const isLeft = equals(which, "0");
  const items = over.items.slice(0, -1);
  return {
    ...over,
    columns: operation.columns,
    items: items.map(({ expression, physical }) => {
      if (!isKeyed(expression.type)) return { expression, physical };
      const { type } = expression;
      const branches = [{ when: isLeft, then: expression }];
      const left: BoundExpression = {
        kind: "case",
        branches,
        otherwise: undefined,
        type,
        nullable: true,
      };
      return { expression: anyValue(left, binder), physical };
    }),
    grouping: {
      kind: "expressions",
      expressions: items.map(({ expression }) => keyOf(expression)),
    },
    having:
      operation.operator === "intersect"
        ? {
            kind: "and",
            operands: [edge("MIN", "0"), edge("MAX", "1")],
            type: isLeft.type,
            nullable: false,
          }
        : edge("MAX", "0"),
  };
}
