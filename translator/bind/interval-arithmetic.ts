/**
 * Arithmetic on values of the INTERVAL types: with each other, with numbers, with dates and timestamps.
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime#operations-that-involve-date-and-time-values
 */

import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { ADD, DIVIDE, INTERVAL_COUNT, MULTIPLY, SUBTRACT } from "../functions/operators.ts";
import { lookupFunction } from "../functions/registry.ts";
import { commonInterval, intervalFamily, isInterval } from "../types/intervals.ts";
import { timestampFlavor } from "../types/names.ts";
import { TEXT, timestampType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo } from "./coerce.ts";
import { textConstant } from "./fold.ts";
import { bindNegation, invalidTypes, numericType, operatorCall } from "./operators.ts";
import { resolveCall } from "./overloads.ts";

type Symbol = "+" | "-" | "*" | "/" | "%";

/**
 * `a + b` and the like when one side is an INTERVAL; undefined when none is.
 * @throws 001044 for operands that do not go together: the two families never mix
 */
export function bindIntervalArithmetic(
  symbol: Symbol,
  left: BoundExpression,
  right: BoundExpression,
  binder: Binder,
  span: Span,
): BoundExpression | undefined {
  const [isLeft, isRight] = [isInterval(left.type), isInterval(right.type)];
  if (!isLeft && !isRight) return undefined;
  const bound = isLeft && isRight ? twoIntervals : isLeft ? intervalFirst : intervalLast;
  const found = bound(symbol, left, right, binder, span);
  if (found === undefined) throw invalidTypes(symbol, [left, right], binder, span);
  return found;
}

type Rule = (
  symbol: Symbol,
  left: BoundExpression,
  right: BoundExpression,
  binder: Binder,
  span: Span,
) => BoundExpression | undefined;

const twoIntervals: Rule = (symbol, left, right, _binder, span) => {
  if (symbol !== "+" && symbol !== "-") return undefined;
  if (!isInterval(left.type) || !isInterval(right.type)) return undefined;
  if (commonInterval(left.type, right.type) === undefined) return undefined;
  return operatorCall(symbol === "+" ? ADD : SUBTRACT, "interval", [left, right], span.start);
};

const intervalFirst: Rule = (symbol, interval, other, binder, span) => {
  if (symbol === "+") return shifted(other, interval, 1, binder, span);
  if (symbol !== "*" && symbol !== "/") return undefined;
  return scaled(symbol, interval, other, binder, span);
};

const intervalLast: Rule = (symbol, other, interval, binder, span) => {
  if (symbol === "*") return scaled(symbol, interval, other, binder, span);
  if (symbol !== "+" && symbol !== "-") return undefined;
  return shifted(other, interval, symbol === "+" ? 1 : -1, binder, span);
};

/** The number goes in as text: exact, whatever its type. */
function scaled(
  symbol: "*" | "/",
  interval: BoundExpression,
  other: BoundExpression,
  binder: Binder,
  span: Span,
): BoundExpression | undefined {
  const type = numericType(other);
  if (type === undefined) return undefined;
  const number = castTo(other, type, binder, { implicit: true });
  const factor = castTo(number, TEXT, binder, { implicit: true });
  return operatorCall(
    symbol === "*" ? MULTIPLY : DIVIDE,
    "interval",
    [interval, factor],
    span.start,
  );
}

/** A date or timestamp moved by an interval, as DATEADD moves it. Text counts as a timestamp. */
function shifted(
  base: BoundExpression,
  interval: BoundExpression,
  sign: 1 | -1,
  binder: Binder,
  span: Span,
): BoundExpression | undefined {
  if (!isInterval(interval.type)) return undefined;
  const isMoment = base.type.kind === "date" || base.type.kind === "timestamp";
  if (!isMoment && base.type.kind !== "text" && base.type.kind !== "null") return undefined;
  const flavor = timestampFlavor(binder.textParameter("TIMESTAMP_TYPE_MAPPING"));
  const moment = isMoment ? base : castTo(base, timestampType(flavor), binder, { implicit: true });
  const family = intervalFamily(interval.type);
  const count = operatorCall(INTERVAL_COUNT, family, [interval]);
  const part = family === "year_month" ? "month" : "microsecond";
  const args = [textConstant(part), sign === 1 ? count : bindNegation(count, binder, span), moment];
  const entry = must(lookupFunction("DATEADD"), "DATEADD is a function");
  const resolved = resolveCall(
    entry,
    args.map((value) => ({ value })),
    binder,
    { span },
  );
  return {
    kind: "call",
    entry,
    ...resolved,
    distinct: false,
    orderBy: [],
    fromLast: false,
    offset: span.start,
  };
}
