/** Conversions as queries need them: columns brought to common types. */

import { commonTypeOf } from "../types/common.ts";
import { type SnowType, TEXT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo, sameType, toCommonType } from "./coerce.ts";
import { constant } from "./fold.ts";

/**
 * The common type of a column over several branches or rows; VARCHAR when all are NULL.
 * @throws 001038 when there is none
 */
export function commonType(types: readonly SnowType[], binder: Binder): SnowType {
  const type = commonTypeOf(types);
  if (type !== undefined) return type.kind === "null" ? TEXT : type;
  return toCommonType(
    types.map((item) => ({ ...constant(item, ""), value: "" })),
    binder,
  ).type;
}

/** True when values of the type may stand in a column of the other without a cast. */
export function fits(from: SnowType, to: SnowType): boolean {
  if (from.kind === "text" && to.kind === "text") return from.length <= to.length;
  if (from.kind === "binary" && to.kind === "binary") return from.length <= to.length;
  return sameType(from, to);
}

/** The expression as a value of a common type. */
export function toType(
  expression: BoundExpression,
  type: SnowType,
  binder: Binder,
): BoundExpression {
  if (fits(expression.type, type)) return expression;
  return castTo(expression, type, binder, { implicit: true });
}
