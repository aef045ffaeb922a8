/**
 * The expression binder: AST expressions to bound ones, with names resolved, types decided and conversions put in.
 * One handler per kind of node; the larger ones live in expressions-*.ts.
 */

import type { Expression, ExpressionKind } from "../ast/expressions.ts";
import { must, unreachable } from "../base/assert.ts";
import { IS_TRUTH } from "../functions/operators.ts";
import { collationNamed } from "../types/collation.ts";
import { BINARY, BOOLEAN, binaryType, TEXT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import { printIdentifier } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { withFields } from "./cast-fields.ts";
import { bindCast, resolveType } from "./casts.ts";
import { castTo, toCommonType, toCondition } from "./coerce.ts";
import { bindBinary } from "./expressions-binary.ts";
import { bindCall } from "./expressions-calls.ts";
import { bindBind, bindNumber, bindTypedLiteral, bindVariable } from "./expressions-literals.ts";
import {
  bindBetween,
  bindInList,
  bindInQuery,
  bindLike,
  bindQuantified,
  bindScalarQuery,
} from "./expressions-predicates.ts";
import { bindArrayLiteral, bindObjectLiteral, bindPath } from "./expressions-semi.ts";
import { constant, NULL_CONSTANT, textConstant } from "./fold.ts";
import { bindIntervalLiteral } from "./intervals.ts";
import { bindComparison, bindDistinct, bindNegation, operatorCall } from "./operators.ts";
import type { Scope } from "./scope.ts";

type Handler<Kind extends ExpressionKind> = (
  node: Extract<Expression, { kind: Kind }>,
  scope: Scope,
  binder: Binder,
) => BoundExpression;

/**
 * Binds an expression.
 * @param scope  what it can see
 * @param binder the statement's binder; its features are updated
 * @returns a bound expression of a Snowflake type
 * @throws SnowflakeError: unknown names, functions, types that do not go together
 */
export function bindExpression(
  expression: Expression,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const handler = HANDLERS[expression.kind] as Handler<ExpressionKind>;
  const bound = handler(expression, scope, binder);
  return bound.offset === undefined ? { ...bound, offset: expression.span.start } : bound;
}

/** An expression in the place of a condition: WHERE, ON, CASE WHEN, AND. */
export function bindCondition(
  expression: Expression,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  return toCondition(bindExpression(expression, scope, binder), binder, expression.span);
}

const bindColumn: Handler<"column"> = (node, scope, binder) => {
  const found = scope.resolveColumn(node.parts, node.span);
  if (found !== undefined) return found;
  const name = node.parts.map(printIdentifier).join(".");
  throw binder.error("invalidIdentifier", { name }, node.span);
};

const bindPositional: Handler<"positional"> = (node, scope, binder) => {
  const found = scope.resolvePositional(node.qualifier, node.index, node.span);
  if (found !== undefined) return found;
  const name = [...node.qualifier.map(printIdentifier), `$${node.index}`].join(".");
  throw binder.error("invalidIdentifier", { name }, node.span);
};

const bindUnary: Handler<"unary"> = (node, scope, binder) => {
  switch (node.operator) {
    case "not":
      return negate(bindCondition(node.operand, scope, binder));
    case "-":
      return bindNegation(bindExpression(node.operand, scope, binder), binder, node.span);
    case "+":
      return bindExpression(node.operand, scope, binder);
    case "prior":
    case "connect_by_root":
    case "outer_join":
    case "spread":
      throw binder.error("unsupportedFeature", { feature: node.operator.toUpperCase() }, node.span);
    default:
      return unreachable(node.operator);
  }
};

export function negate(operand: BoundExpression): BoundExpression {
  return { kind: "not", operand, type: BOOLEAN, nullable: operand.nullable };
}

const bindIs: Handler<"is"> = (node, scope, binder) => {
  const operand = bindExpression(node.operand, scope, binder);
  if (node.test === "null") {
    return { kind: "is_null", operand, negated: node.negated, type: BOOLEAN, nullable: false };
  }
  const test = operatorCall(IS_TRUTH, node.test, [toCondition(operand, binder, node.operand.span)]);
  return node.negated ? negate(test) : test;
};

const bindDistinctFrom: Handler<"distinct_from"> = (node, scope, binder) =>
  bindDistinct(
    bindExpression(node.left, scope, binder),
    bindExpression(node.right, scope, binder),
    node.negated,
    binder,
    [node.left.span, node.right.span],
  );

const bindCase: Handler<"case"> = (node, scope, binder) => {
  const operand = node.operand && bindExpression(node.operand, scope, binder);
  const whens = node.branches.map((branch) => {
    if (operand === undefined) return bindCondition(branch.when, scope, binder);
    const value = bindExpression(branch.when, scope, binder);
    const spans = [must(node.operand).span, branch.when.span];
    return bindComparison("=", operand, value, binder, spans);
  });
  const values = node.branches.map((branch) => bindExpression(branch.then, scope, binder));
  if (node.otherwise !== undefined) values.push(bindExpression(node.otherwise, scope, binder));
  const { type, expressions } = toCommonType(values, binder, node.span);
  const otherwise = node.otherwise === undefined ? undefined : must(expressions.at(-1));
  return {
    kind: "case",
    branches: whens.map((when, index) => ({ when, then: must(expressions[index]) })),
    otherwise,
    type,
    nullable: otherwise === undefined || expressions.some((item) => item.nullable),
  };
};

const bindCastNode: Handler<"cast"> = (node, scope, binder) => {
  const { style, options } = node;
  const { span } = node.operand;
  const type = resolveType(node.type, binder);
  const operand = bindExpression(node.operand, scope, binder);
  return bindCast(withFields(operand, type, options, binder, span), type, style, binder, span);
};

const bindCollate: Handler<"collate"> = (node, scope, binder) => {
  const operand = castTo(bindExpression(node.operand, scope, binder), TEXT, binder, {
    implicit: true,
  });
  const { type } = operand;
  if (type.kind !== "text") return operand;
  return { ...operand, type: { ...type, collation: collationNamed(node.collation) } };
};

const bindIdentifierFunction: Handler<"identifier_function"> = (node, scope, binder) => {
  const parts = binder.identifierParts(node.argument);
  return bindColumn({ kind: "column", parts, span: node.span }, scope, binder);
};

/** Nodes that only stand inside others, which handle them; anywhere else they are refused. */
function misplaced<Kind extends ExpressionKind>(what: string): Handler<Kind> {
  return (node, _scope, binder) => {
    throw binder.error("unsupportedFeature", { feature: what }, node.span);
  };
}

const HANDLERS: { readonly [Kind in ExpressionKind]: Handler<Kind> } = {
  number_literal: bindNumber,
  string_literal: (node) => textConstant(node.value, node.span.start),
  binary_literal: (node) =>
    constant(
      node.hex === "" ? BINARY : binaryType(Math.ceil(node.hex.length / 2)),
      node.hex.toUpperCase(),
    ),
  boolean_literal: (node) => constant(BOOLEAN, node.value),
  null_literal: () => NULL_CONSTANT,
  typed_literal: bindTypedLiteral,
  interval_literal: bindIntervalLiteral,
  column: bindColumn,
  positional: bindPositional,
  session_variable: bindVariable,
  bind: bindBind,
  star: misplaced("*"),
  unary: bindUnary,
  binary: bindBinary,
  is: bindIs,
  distinct_from: bindDistinctFrom,
  between: bindBetween,
  in_list: bindInList,
  in_query: bindInQuery,
  quantified: bindQuantified,
  like: bindLike,
  case: bindCase,
  cast: bindCastNode,
  call: bindCall,
  path: bindPath,
  array_literal: bindArrayLiteral,
  object_literal: bindObjectLiteral,
  subquery: bindScalarQuery,
  exists: (node, scope, binder) => ({
    kind: "exists",
    query: binder.bindQuery(node.query, scope),
    type: BOOLEAN,
    nullable: false,
  }),
  tuple: misplaced("row value"),
  lambda: misplaced("lambda"),
  collate: bindCollate,
  identifier_function: bindIdentifierFunction,
  parenthesized: (node, scope, binder) => bindExpression(node.inner, scope, binder),
  default: misplaced("DEFAULT"),
};
