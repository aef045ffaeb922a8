/**
 * INTERVAL constants next to a date or timestamp: `INTERVAL '1 year, 3 quarters, 2 h'`. The parts are added one
 * after the other, left to right, as DATEADD adds them.
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-constants
 */

import type { IntervalLiteral } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { datePart } from "../functions/date-parts.ts";
import { FRAME_INTERVAL } from "../functions/operators.ts";
import { lookupFunction } from "../functions/registry.ts";
import { timestampFlavor } from "../types/names.ts";
import { INTEGER, numberType, timestampType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo } from "./coerce.ts";
import { constant, textConstant } from "./fold.ts";
import { operatorCall } from "./operators.ts";
import { resolveCall } from "./overloads.ts";

type Part = { readonly count: string; readonly unit: string };

const ONE_PART = /^\s*([+-]?\d+(?:\.\d+)?)\s*([a-z_]*)\s*$/i;

function parts(literal: IntervalLiteral, binder: Binder): readonly Part[] {
  const { value, unit, toUnit } = literal;
  if (unit !== undefined && toUnit !== undefined) return fieldParts(literal, unit, binder);
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

function invalid(literal: IntervalLiteral, binder: Binder): Error {
  return binder.error(
    "unsupportedFeature",
    { feature: `INTERVAL '${literal.value}'` },
    literal.span,
  );
}

const FIELDS = ["year", "month", "day", "hour", "minute", "second"] as const;

/** `'1-2' YEAR TO MONTH`, `'1 02:03:04' DAY TO SECOND`. */
function fieldParts(literal: IntervalLiteral, unit: string, binder: Binder): readonly Part[] {
  const text = literal.value.trim();
  const sign = text.startsWith("-") ? "-" : "";
  const counts = text.replace(/^[+-]/, "").split(/[-\s:]+/);
  const from = FIELDS.findIndex((field) => unit.toLowerCase().startsWith(field));
  if (from < 0 || counts.some((count) => !/^\d+(\.\d+)?$/.test(count))) {
    throw invalid(literal, binder);
  }
  return counts.map((count, index) => {
    const field = FIELDS[from + index];
    if (field === undefined) throw invalid(literal, binder);
    return { count: sign + count, unit: field };
  });
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
  return operatorCall(FRAME_INTERVAL, "text", [textConstant(text)]);
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
