/** Conversions that the binder inserts: to a type, to a common type, to a condition. */

import type { Span } from "../base/source.ts";
import { numberTypeOfText } from "../types/arithmetic.ts";
import { castability } from "../types/coercion.ts";
import { commonTypeOf } from "../types/common.ts";
import { typeText } from "../types/names.ts";
import { BOOLEAN, type SnowType, TEXT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { constantText, foldCast } from "./fold.ts";

/** Structural equality of types (collation and lengths included). */
export function sameType(a: SnowType, b: SnowType): boolean {
  return a.kind === b.kind && sameData(a, b);
}

type Data = Readonly<Record<string, unknown>>;

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null;
}

/** Equality of plain data; a field that is undefined counts as absent. */
function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isData(a) || !isData(b)) return false;
  for (const key in a) if (!sameData(a[key], b[key])) return false;
  for (const key in b) if (a[key] === undefined && b[key] !== undefined) return false;
  return true;
}

/** True when a value of `from` may stand where `to` is expected without any SQL. */
function fitsUnchanged(from: SnowType, to: SnowType): boolean {
  if (from.kind === "text" && to.kind === "text") return from.length <= to.length;
  if (from.kind === "binary" && to.kind === "binary") return from.length <= to.length;
  if (from.kind === "time" && to.kind === "time") return from.scale <= to.scale;
  if (from.kind === "timestamp" && to.kind === "timestamp") {
    return from.flavor === to.flavor && from.scale <= to.scale;
  }
  return sameType(from, to);
}

/** The expression as a value of the type, by a cast node where one is needed. Constants are folded. */
export function castTo(
  expression: BoundExpression,
  to: SnowType,
  binder: Binder,
  options: { readonly try?: boolean; readonly implicit?: boolean } = {},
): BoundExpression {
  if (sameType(expression.type, to)) return expression;
  if (expression.kind === "constant") {
    const folded = foldCast(expression, to, binder.context);
    if (folded !== undefined) return folded;
  }
  const isTry = options.try ?? false;
  return {
    kind: "cast",
    operand: expression,
    try: isTry,
    implicit: options.implicit ?? false,
    type: to,
    nullable: expression.nullable || isTry || expression.type.kind === "variant",
    offset: expression.offset,
  };
}

export function cannotConvert(
  expression: BoundExpression,
  to: SnowType,
  binder: Binder,
  span: Span | undefined,
): Error {
  return binder.error("cannotConvert", {
    expression: span === undefined ? typeText(expression.type) : binder.source(span),
    from: typeText(expression.type),
    to: typeText(to),
  });
}

/**
 * The expressions brought to their common type (CASE, COALESCE, VALUES rows, set operations).
 * All NULL gives VARCHAR. Throws 001038 when two of them have no common type.
 */
export function toCommonType(
  expressions: readonly BoundExpression[],
  binder: Binder,
  span?: Span | undefined,
): { readonly type: SnowType; readonly expressions: readonly BoundExpression[] } {
  const type = commonTypeOf(hintedTypes(expressions));
  if (type === undefined) throw noCommonType(expressions, binder, span);
  const target = type.kind === "null" ? TEXT : type;
  return {
    type: target,
    expressions: expressions.map((item) =>
      fitsUnchanged(item.type, target) ? item : castTo(item, target, binder, { implicit: true }),
    ),
  };
}

/** The types, where a constant text beside NUMBERs counts as the NUMBER that it holds. */
export function hintedTypes(expressions: readonly BoundExpression[]): readonly SnowType[] {
  const hasNumber = expressions.some(({ type }) => type.kind === "number");
  return expressions.map((expression) => {
    const text = hasNumber ? constantText(expression) : undefined;
    return (text === undefined ? undefined : numberTypeOfText(text)) ?? expression.type;
  });
}

function noCommonType(
  expressions: readonly BoundExpression[],
  binder: Binder,
  span: Span | undefined,
): Error {
  const types = expressions.map((expression) => expression.type);
  for (let i = 1; i < types.length; i++) {
    const before = commonTypeOf(types.slice(0, i));
    const item = expressions[i];
    if (
      before !== undefined &&
      item !== undefined &&
      commonTypeOf([before, item.type]) === undefined
    ) {
      return cannotConvert(item, before, binder, span);
    }
  }
  return binder.error("cannotConvert", { expression: "", from: "", to: "" });
}

/**
 * The expression as a condition (WHERE, CASE, AND).
 * @throws 002066 when its type does not convert to BOOLEAN
 */
export function toCondition(
  expression: BoundExpression,
  binder: Binder,
  span?: Span | undefined,
): BoundExpression {
  if (expression.type.kind === "boolean") return expression;
  if (castability(expression.type, BOOLEAN) !== "implicit") {
    throw binder.error("invalidPredicate", {
      type: typeText(expression.type),
      expression: span === undefined ? "" : binder.source(span),
    });
  }
  return castTo(expression, BOOLEAN, binder, { implicit: true });
}
