/** Binary operators, with tuples and INTERVAL constants beside them. */

import type { BinaryExpression, Expression, IntervalLiteral } from "../ast/expressions.ts";
import { must, unreachable } from "../base/assert.ts";
import { BOOLEAN } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { bindChain, type ChainNode, leftSpine, type Step } from "./expressions-chain.ts";
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
  const [innermost, ...outer] = leftSpine(node);
  const first = bindInnermost(must(innermost), scope, binder);
  const steps = outer.map((step) => {
    const isShift = intervalShift(step, binder) !== undefined;
    return { node: step, right: isShift ? undefined : bindExpression(step.right, scope, binder) };
  });
  return bindChain(first, steps, (left, step) => bindStep(left, step, binder), binder);
}

/** `a + b`, where `a` is no chain itself. */
function bindInnermost(node: ChainNode, scope: Scope, binder: Binder): BoundExpression {
  const left = node.operator === "+" ? constantInterval(node.left, binder) : undefined;
  if (left !== undefined && intervalShift(node, binder) === undefined) {
    return addInterval(bindExpression(node.right, scope, binder), left, 1, binder);
  }
  const tuples = bindTuples(node, scope, binder);
  if (tuples !== undefined) return tuples;
  const value = bindExpression(node.left, scope, binder);
  const isShift = intervalShift(node, binder) !== undefined;
  const right = isShift ? undefined : bindExpression(node.right, scope, binder);
  return bindStep(value, { node, right }, binder);
}

function bindStep(left: BoundExpression, { node, right }: Step, binder: Binder): BoundExpression {
  const { operator } = node;
  if (right === undefined) {
    const shift = must(intervalShift(node, binder));
    return addInterval(left, shift, operator === "-" ? -1 : 1, binder);
  }
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

/** The interval in `x + INTERVAL '…'` and `x - INTERVAL '…'`. */
function intervalShift(
  { operator, right }: BinaryExpression,
  binder: Binder,
): IntervalLiteral | undefined {
  return operator === "+" || operator === "-" ? constantInterval(right, binder) : undefined;
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
