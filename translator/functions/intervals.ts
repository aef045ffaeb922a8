/**
 * What operators and functions do with INTERVAL values: whole numbers of months or nanoseconds.
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime#operations-that-involve-date-and-time-values
 */

import { assert, must } from "../base/assert.ts";
import { fittedInterval, scaledInterval } from "../lower/interval-casts.ts";
import { divideSql } from "../lower/numbers.ts";
import {
  commonInterval,
  DAY_TO_SECOND,
  fieldUnit,
  INTERVAL_FIELDS,
  INTERVAL_MAX_DIGITS,
  intervalFamily,
  widestInterval,
} from "../types/intervals.ts";
import { type IntervalType, numberType, type SnowType } from "../types/types.ts";
import { type DatePart, datePart, notAPart } from "./date-parts.ts";
import { type LoweringCall, type ReturnRule, type Signature, sig } from "./define.ts";

function asInterval(type: SnowType | undefined): IntervalType {
  assert(type?.kind === "interval", "INTERVAL expected");
  return type;
}

/** The fields of both operands; the leading one may grow a digit. */
const pairType: ReturnRule = (types) => {
  const both = commonInterval(asInterval(types[0]), asInterval(types[1]));
  return { ...must(both, "intervals of one family"), precision: INTERVAL_MAX_DIGITS };
};

const widest: ReturnRule = (types) => widestInterval(asInterval(types[0]));

/** The argument's fields with as many digits as there may be. */
export const roomyInterval: ReturnRule = (types) => ({
  ...asInterval(types[0]),
  precision: INTERVAL_MAX_DIGITS,
});

export function intervalSum(sign: "+" | "-"): Signature {
  return sig("left interval, right interval", pairType, (call) => {
    const [a, b] = call.arguments;
    return fittedInterval(`(${must(a).sql} ${sign} ${must(b).sql})`, asInterval(call.returns));
  });
}

/** An interval times or through a number, which comes as text so that it is exact. */
export function scaledBy(name: "multiply" | "divide"): Signature {
  return sig("value interval, factor text", widest, (call) => {
    const [value, factor] = call.arguments;
    return scaledInterval(name, must(value).sql, must(factor).sql, asInterval(call.returns));
  });
}

export const TIMESTAMP_DIFFERENCE: Signature = sig(
  "left timestamp, right timestamp",
  DAY_TO_SECOND,
  "((CAST(epoch_us({1}) AS HUGEINT) - epoch_us({2})) * 1000)",
);

export const INTERVAL_COUNTS: Readonly<Record<"year_month" | "day_time", Signature>> = {
  year_month: sig("value interval", numberType(18, 0), "{1}"),
  day_time: sig("value interval", numberType(38, 0), "(CAST({1} AS HUGEINT) // 1000)"),
};

/** The average of intervals: `sum` over `count` as whole months or nanoseconds. */
export function averageInterval(sum: string, count: string): string {
  const total = numberType(38, 0);
  return divideSql(
    { sql: `CAST(${sum} AS DECIMAL(38,0))`, type: total },
    { sql: `CAST(nullif(${count}, 0) AS DECIMAL(18,0))`, type: numberType(18, 0) },
    total,
  );
}

export const AVERAGE_INTERVAL: ReturnRule = widest;

/** How many of a field make one of the field above it, where that is the same always. */
const WRAPS: Partial<Record<DatePart, bigint>> = {
  month: 12n,
  hour: 24n,
  minute: 60n,
  second: 60n,
};
const NANOSECONDS = 1_000_000_000n;

/** SQL of one part of an interval: the leading field counts on, the others start anew. */
function intervalPart(part: DatePart, call: LoweringCall, at: number): string {
  const { sql, type } = must(call.arguments[at]);
  const interval = asInterval(type);
  const value = `CAST(${sql} AS HUGEINT)`;
  if (part === "nanosecond") return `(${value} % ${NANOSECONDS})`;
  const field = intervalField(part, interval);
  const count = `(${value} // ${fieldUnit(field)})`;
  const wrap = WRAPS[field];
  return field === interval.from || wrap === undefined ? count : `(${count} % ${wrap})`;
}

function intervalField(part: DatePart, type: IntervalType): IntervalType["from"] {
  switch (part) {
    case "year":
    case "month":
    case "day":
    case "hour":
    case "minute":
    case "second":
      if (intervalFamily({ from: part }) === intervalFamily(type)) return part;
      break;
    default:
      break;
  }
  throw notAPart(part, "INTERVAL");
}

const PART_TYPE = numberType(INTERVAL_MAX_DIGITS, 0);

function checked(part: DatePart, type: IntervalType): SnowType {
  const isFraction = part === "nanosecond" && intervalFamily(type) === "day_time";
  if (!isFraction) intervalField(part, type);
  return PART_TYPE;
}

/** DATE_PART and EXTRACT of an interval. */
export function intervalExtraction(name: string): Signature {
  return sig(
    "part part, value interval",
    (types, args) => checked(datePart(args[0], name), asInterval(types[1])),
    (call) => intervalPart(datePart(call.arguments[0]?.bound, name), call, 1),
  );
}

export function isIntervalField(part: DatePart): boolean {
  return INTERVAL_FIELDS.some((field) => field === part);
}

/** YEAR, MONTH, DAY, HOUR, MINUTE or SECOND of an interval. */
export function intervalPartOf(part: DatePart): Signature {
  return sig(
    "value interval",
    (types) => checked(part, asInterval(types[0])),
    (call) => intervalPart(part, call, 0),
  );
}

/** ABS of an interval keeps its type. */
export const ABSOLUTE_INTERVAL: Signature = sig(
  "value interval",
  (types) => asInterval(types[0]),
  "abs({1})",
);
