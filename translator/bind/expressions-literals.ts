/** Literals, session variables and binds. */

import type {
  BindReference,
  NumberLiteral,
  SessionVariable,
  TypedLiteral,
} from "../ast/expressions.ts";
import { decfloatText } from "../functions/decfloat.ts";
import { numberTypeOfText } from "../types/arithmetic.ts";
import { DECFLOAT, FLOAT, NULL_TYPE } from "../types/types.ts";
import { type Binder, bindName } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { bindCast, resolveType } from "./casts.ts";
import type { TypedValue } from "./context.ts";
import { constant, textConstant } from "./fold.ts";
import type { Scope } from "./scope.ts";

/** `12.3` is NUMBER(3,1); with an exponent, or beyond 38 digits, it is FLOAT. */
export function bindNumber(node: NumberLiteral): BoundExpression {
  const type = numberTypeOfText(node.text);
  if (type === undefined) return constant(FLOAT, Number(node.text), node.span.start);
  return constant(type, plainDecimal(node.text), node.span.start);
}

/** The digits without leading zeros, with one before the point. */
function plainDecimal(text: string): string {
  const [whole = "", fraction = ""] = text.split(".");
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  return fraction === "" ? digits : `${digits}.${fraction}`;
}

/** DATE '…', TIMESTAMP '…', DECFLOAT '…': the text cast to the type. */
export function bindTypedLiteral(
  node: TypedLiteral,
  _scope: Scope,
  binder: Binder,
): BoundExpression {
  const type = resolveType(node.type, binder);
  const text = textConstant(node.value, node.span.start);
  if (type.kind === "decfloat") {
    return constant(DECFLOAT, decfloatText(node.value), node.span.start);
  }
  return bindCast(text, type, "operator", binder, node.span);
}

function typedConstant(found: TypedValue, offset: number): BoundExpression {
  if (found.value === null) return constant(NULL_TYPE, null, offset);
  return constant(found.type, found.value, offset);
}

/** `$name`. Throws 002211 when it is not set. */
export function bindVariable(
  node: SessionVariable,
  _scope: Scope,
  binder: Binder,
): BoundExpression {
  binder.features.usesVariables = true;
  const found = binder.context.variable(node.name);
  if (found === undefined) {
    throw binder.error("sessionVariable", { name: node.name }, node.span);
  }
  return typedConstant(found, node.span.start);
}

/** `?`, `:1`, `:name`. Throws 002049 when it is not set, unless the statement is only described. */
export function bindBind(node: BindReference, _scope: Scope, binder: Binder): BoundExpression {
  binder.features.usesBinds = true;
  const key = node.index ?? node.name?.name ?? "";
  const found = binder.context.bind(key);
  if (found !== undefined) return typedConstant(found, node.span.start);
  if (binder.context.describeOnly) return constant(NULL_TYPE, null, node.span.start);
  throw binder.error("bindNotSet", { name: bindName(node) }, node.span);
}
