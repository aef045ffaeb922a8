/**
 * INTERVAL literals of the INTERVAL types, and INTERVAL constants next to a date or timestamp: `INTERVAL '1 year, 3 quarters, 2 h'`. The parts are added one
 * after the other, left to right, as DATEADD adds them.
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-constants
 */

import type { IntervalLiteral } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { textToInterval } from "../format/interval.ts";
import { datePart } from "../functions/date-parts.ts";
import { lookupFunction } from "../functions/registry.ts";
import { intervalFamily, intervalOfQualifier } from "../types/intervals.ts";
import { timestampFlavor } from "../types/names.ts";
import { INTEGER, type IntervalType, numberType, timestampType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo } from "./coerce.ts";
import { constant, textConstant } from "./fold.ts";
import { resolveCall } from "./overloads.ts";
import type { Scope } from "./scope.ts";

type Part = { readonly count: string; readonly unit: string };

/** Units that only the older constants have. */
const OLD_UNIT = /^(?:WEEK|QUARTER)S?$/;
/** A literal's fields may stand in the plural: DAYS, YEARS(2). */
const PLURAL = /([A-Z])S(?![A-Z])/g;
const ONE_PART = /^\s*([+-]?\d+(?:\.\d+)?)\s*([a-z_]*)\s*$/i;

/** The type of `INTERVAL '1-2' YEAR TO MONTH`; undefined for a constant of the older form. */
export function literalType(literal: IntervalLiteral, binder: Binder): IntervalType | undefined {
  const { unit, toUnit } = literal;
  if (unit === undefined || OLD_UNIT.test(unit)) return undefined;
  const written = toUnit === undefined ? unit : `${unit} TO ${toUnit}`;
  const type = intervalOfQualifier(written.replace(PLURAL, "$1"));
  if (type !== undefined) return type;
  throw binder.error("unsupportedDataType", { type: `INTERVAL ${written}` }, literal.span);
}

/** A value of an INTERVAL type: `INTERVAL '3' DAY`. A constant of the older form is none. */
export function bindIntervalLiteral(
  literal: IntervalLiteral,
  _scope: Scope,
  binder: Binder,
): BoundExpression {
  const type = literalType(literal, binder);
  if (type === undefined) {
    const feature = "INTERVAL outside of + and -";
    throw binder.error("unsupportedFeature", { feature }, literal.span);
  }
  return constant(type, textToInterval(literal.value, type).toString(), literal.span.start);
}

function parts(literal: IntervalLiteral, binder: Binder): readonly Part[] {
  const { value, unit } = literal;
  const type = literalType(literal, binder);
  if (type !== undefined) return typedParts(textToInterval(value, type), type);
  const result: Part[] = [];
  for (const piece of value.split(",")) {
    const found = ONE_PART.exec(piece);
    if (found === null) throw invalid(literal, binder);
    const [, count = "0", written = ""] = found;
    const name = written || unit || "second";
    result.push({ count, unit: name.toLowerCase() });
  }
  return result;
}

/** A typed value in the smallest units that dates and times have here. */
function typedParts(value: bigint, type: IntervalType): readonly Part[] {
  if (intervalFamily(type) === "year_month") return [{ count: value.toString(), unit: "month" }];
  return [{ count: (value / 1000n).toString(), unit: "microsecond" }];
}

function invalid(literal: IntervalLiteral, binder: Binder): Error {
  return binder.error(
    "unsupportedFeature",
    { feature: `INTERVAL '${literal.value}'` },
    literal.span,
  );
}

/** A fraction of a unit that is no second is spread over seconds; Snowflake takes fractions of seconds only. */
function whole(part: Part): readonly Part[] {
  const [integer = "0", fraction] = part.count.split(".");
  if (fraction === undefined) return [part];
  const sign = part.count.startsWith("-") ? "-" : "";
  const micros = `${sign}${Number(fraction.padEnd(6, "0").slice(0, 6))}`;
  return [
    { count: integer, unit: part.unit },
    { count: micros, unit: "microsecond" },
  ];
}

/**
 * The distance of a RANGE frame over dates and timestamps.
 * https://docs.snowflake.com/en/sql-reference/functions-window-syntax
 */
export function frameInterval(literal: IntervalLiteral, binder: Binder): BoundExpression {
  const text = parts(literal, binder)
    .flatMap(whole)
    .map(({ count, unit }) => `${count} ${datePart(textConstant(unit), "INTERVAL")}`)
    .join(" ");
  return textConstant(text);
}

/** The base as a date or timestamp, shifted by every part of the literal. */
export function addInterval(
  base: BoundExpression,
  literal: IntervalLiteral,
  sign: 1 | -1,
  binder: Binder,
): BoundExpression {
  const flavor = timestampFlavor(binder.textParameter("TIMESTAMP_TYPE_MAPPING"));
  const isMoment = ["date", "time", "timestamp"].includes(base.type.kind);
  let result = isMoment ? base : castTo(base, timestampType(flavor), binder, { implicit: true });
  const entry = must(lookupFunction("DATEADD"), "DATEADD is a function");
  for (const part of parts(literal, binder).flatMap(whole)) {
    const count = String(BigInt(part.count) * BigInt(sign));
    const type =
      count.length > 18 ? INTEGER : numberType(Math.max(1, count.replace("-", "").length), 0);
    const args = [textConstant(part.unit), constant(type, count), result];
    const resolved = resolveCall(
      entry,
      args.map((value) => ({ value })),
      binder,
      { span: literal.span },
    );
    result = {
      kind: "call",
      entry,
      ...resolved,
      distinct: false,
      orderBy: [],
      fromLast: false,
      offset: literal.span.start,
    };
  }
  return result;
}
