/** Written casts: CAST, `::`, TRY_CAST and typed literals. */

import type { CastExpression } from "../ast/expressions.ts";
import type { Span } from "../base/source.ts";
import { positionAt } from "../base/source.ts";
import { castability } from "../types/coercion.ts";
import { resolveTypeName, typeText } from "../types/names.ts";
import type { SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo } from "./coerce.ts";

const CONVERTER: Partial<Record<SnowType["kind"], string>> = {
  number: "TO_NUMBER",
  float: "TO_DOUBLE",
  text: "TO_VARCHAR",
  boolean: "TO_BOOLEAN",
  date: "TO_DATE",
  time: "TO_TIME",
  binary: "TO_BINARY",
  uuid: "TO_UUID",
  array: "TO_ARRAY",
  object: "TO_OBJECT",
  variant: "TO_VARIANT",
  geography: "TO_GEOGRAPHY",
  geometry: "TO_GEOMETRY",
};

/** The function that a cast stands for: casts follow its rules and its name is in the error. */
function converterName(to: SnowType): string {
  if (to.kind === "timestamp") return `TO_TIMESTAMP_${to.flavor.toUpperCase()}`;
  return CONVERTER[to.kind] ?? "CAST";
}

export function resolveType(name: CastExpression["type"], binder: Binder): SnowType {
  return resolveTypeName(name, {
    timestampMapping: binder.textParameter("TIMESTAMP_TYPE_MAPPING"),
    // Only an error needs the place, and finding it takes time in proportion to what stands before it.
    get position() {
      return positionAt(binder.text, name.span.start);
    },
    text: binder.text,
  });
}

/**
 * A cast of a bound operand.
 * @throws 001007 when there is no such cast, 001065 for TRY_CAST of something that is no text
 */
export function bindCast(
  operand: BoundExpression,
  to: SnowType,
  style: CastExpression["style"],
  binder: Binder,
  operandSpan: Span,
): BoundExpression {
  const isTry = style === "try_cast";
  if (isTry && operand.type.kind !== "text" && operand.type.kind !== "null") {
    const types = `${typeText(operand.type)} and ${typeText(to)}`;
    throw binder.error("functionTypes", { name: "TRY_CAST", types });
  }
  if (castability(operand.type, to) === "none") {
    const type = binder.source(operandSpan);
    throw binder.error("invalidType", { type, name: converterName(to) });
  }
  return castTo(operand, to, binder, { try: isTry });
}
