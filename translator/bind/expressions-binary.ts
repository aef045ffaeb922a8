/** Binary operators, with tuples and INTERVAL constants beside them. */

import type { BinaryExpression, Expression, IntervalLiteral } from "../ast/expressions.ts";
import { unreachable } from "../base/assert.ts";
import { BOOLEAN } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { addInterval, literalType } from "./intervals.ts";
import { bindArithmetic, bindComparison, bindConcat } from "./operators.ts";
import type { Scope } from "./scope.ts";

function withoutParentheses(expression: Expression): Expression {
  return expression.kind === "parenthesized" ? withoutParentheses(expression.inner) : expression;
}

/** An INTERVAL constant of the older form, which is no value of its own. */
function constantInterval(expression: Expression, binder: Binder): IntervalLiteral | undefined {
  const inner = withoutParentheses(expression);
  if (inner.kind !== "interval_literal") return undefined;
  return literalType(inner, binder) === undefined ? inner : undefined;
}

/** AND or OR of two conditions; chains of the same operator become one node. */
export function logical(kind: "and" | "or", operands: readonly BoundExpression[]): BoundExpression {
  const flat = operands.flatMap((operand) =>
    operand.kind === kind ? operand.operands : [operand],
  );
  return { kind, operands: flat, type: BOOLEAN, nullable: flat.some((item) => item.nullable) };
}

/** The operands of a chain `a AND b AND c`, left to right, without recursing along the chain. */
function chain(node: BinaryExpression): readonly Expression[] {
  const operands: Expression[] = [];
  let current: Expression = node;
  while (current.kind === "binary" && current.operator === node.operator) {
    operands.push(current.right);
    current = current.left;
  }
  operands.push(current);
  return operands.reverse();
}

export function bindBinary(node: BinaryExpression, scope: Scope, binder: Binder): BoundExpression {
  const { operator } = node;
  if (operator === "and" || operator === "or") {
    return logical(
      operator,
      chain(node).map((operand) => bindCondition(operand, scope, binder)),
    );
  }
  const shifted = bindInterval(node, scope, binder);
  if (shifted !== undefined) return shifted;
  const tuples = bindTuples(node, scope, binder);
  if (tuples !== undefined) return tuples;
  const left = bindExpression(node.left, scope, binder);
  const right = bindExpression(node.right, scope, binder);
  switch (operator) {
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return bindArithmetic(operator, left, right, binder, node.span);
    case "||":
      return bindConcat(left, right, binder, node.span);
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return bindComparison(operator, left, right, binder, [node.left.span, node.right.span]);
    default:
      return unreachable(operator);
  }
}

/** `x + INTERVAL '…'`, `x - INTERVAL '…'`, `INTERVAL '…' + x`. */
function bindInterval(
  node: BinaryExpression,
  scope: Scope,
  binder: Binder,
): BoundExpression | undefined {
  if (node.operator !== "+" && node.operator !== "-") return undefined;
  const right = constantInterval(node.right, binder);
  if (right !== undefined) {
    const base = bindExpression(node.left, scope, binder);
    return addInterval(base, right, node.operator === "-" ? -1 : 1, binder);
  }
  const left = node.operator === "+" ? constantInterval(node.left, binder) : undefined;
  if (left === undefined) return undefined;
  return addInterval(bindExpression(node.right, scope, binder), left, 1, binder);
}

/** `(a, b) = (1, 2)` compares part by part. */
function bindTuples(
  node: BinaryExpression,
  scope: Scope,
  binder: Binder,
): BoundExpression | undefined {
  const left = withoutParentheses(node.left);
  const right = withoutParentheses(node.right);
  if (left.kind !== "tuple" || right.kind !== "tuple") return undefined;
  if (node.operator !== "=" && node.operator !== "<>") return undefined;
  const symbol = node.operator;
  const parts = left.items.map((item, index) => {
    const other = right.items[index];
    if (other === undefined || left.items.length !== right.items.length) {
      throw binder.error(
        "subqueryColumns",
        { actual: right.items.length, expected: left.items.length },
        node.span,
      );
    }
    const a = bindExpression(item, scope, binder);
    const b = bindExpression(other, scope, binder);
    return bindComparison(symbol, a, b, binder, [item.span, other.span]);
  });
  return logical(symbol === "=" ? "and" : "or", parts);
}
