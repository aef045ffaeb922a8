/**
 * Calendar functions: ends of months and weeks, weekdays, months between, slices of time.
 * https://docs.snowflake.com/en/sql-reference/functions-date-time
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { typeText } from "../types/names.ts";
import { DATE, numberType, type SnowType } from "../types/types.ts";
import { DATE_HOST_FUNCTIONS } from "./date-host.ts";
import {
  type DatePart,
  datePart,
  isTimePart,
  notAPart,
  once,
  PART_MONTHS,
  throughWall,
  wallClock,
  weekBegin,
  weekStart,
} from "./date-parts.ts";
import {
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";

const define = family("date and time");

const LAST_DAY_PARTS: ReadonlySet<DatePart> = new Set([
  "year",
  "quarter",
  "month",
  "week",
  "week_iso",
  "yearofweekiso",
  "day",
]);

function lastDaySql(part: DatePart, date: string, start: number): string {
  switch (part) {
    case "year":
      return `make_date(year(${date}), 12, 31)`;
    case "quarter":
      return `last_day(CAST(date_trunc('quarter', ${date}) + to_months(2) AS DATE))`;
    case "month":
      return `last_day(${date})`;
    case "day":
      return date;
    case "yearofweekiso":
      // The Sunday before the week that holds the next year's 4 January.
      return once(date, (d) => `(${weekBegin(`make_date(isoyear(${d}) + 1, 1, 4)`, 1)} - 1)`);
    default:
      return once(date, (d) => `(${weekBegin(d, part === "week" ? start : 1)} + 6)`);
  }
}

function dateOf(argument: LoweredArgument): string {
  const wall = wallClock(argument.sql, argument.type);
  return argument.type.kind === "date" ? wall : `CAST(${wall} AS DATE)`;
}

function lastDay(pattern: string): Signature {
  return sig(`value ${pattern}, part? part`, DATE, (call) => {
    const [value, bound] = call.arguments;
    const hasPart = bound !== undefined && bound.bound.type.kind === "text";
    const part = hasPart ? datePart(bound.bound, "LAST_DAY", LAST_DAY_PARTS) : "month";
    return lastDaySql(part, dateOf(must(value)), weekStart(call.context));
  });
}

/** Moved by months; the last day of a month stays the last day. */
function addMonthsSql(call: LoweringCall): string {
  const [value, months] = call.arguments;
  const { sql, type } = must(value);
  const count = `CAST(round(${must(months).sql}) AS INTEGER)`;
  return throughWall(sql, type, (wall) =>
    once(wall, (w) => {
      const moved = `(${w} + to_months(${count}))`;
      const end = `to_days(CAST(date_diff('day', CAST(${moved} AS DATE), last_day(${moved})) AS INTEGER))`;
      return `CASE WHEN CAST(${w} AS DATE) = last_day(${w}) THEN ${moved} + ${end} ELSE ${moved} END`;
    }),
  );
}

const SLICEABLE: ReadonlySet<DatePart> = new Set([
  ...PART_MONTHS.keys(),
  "week",
  "day",
  "hour",
  "minute",
  "second",
]);

function slicePart(call: LoweringCall, type: SnowType): DatePart {
  const part = datePart(call.arguments[2]?.bound, "TIME_SLICE", SLICEABLE);
  if (type.kind === "date" && isTimePart(part)) throw notAPart(part, "TIME_SLICE");
  return part;
}

/**
 * The type of a TIME_SLICE, which takes no zones.
 * @throws 001065
 */
function sliceable(types: readonly SnowType[]): SnowType {
  const type = must(types[0]);
  if (type.kind !== "timestamp" || type.flavor === "ntz") return type;
  throw snowflakeError("unsupportedArgument", { name: "TIME_SLICE", type: typeText(type) });
}

/**
 * START unless END is asked for.
 * @throws 001008
 */
function sideOf(bound: BoundExpression | undefined): "START" | "END" {
  if (bound?.kind !== "constant" || bound.value === null) return "START";
  const word = String(bound.value).toUpperCase();
  if (word === "START" || word === "END") return word;
  throw snowflakeError("invalidParameterValue", { name: "TIME_SLICE", value: String(bound.value) });
}

function timeSlice(pattern: string): Signature {
  return sig(
    `value ${pattern}, length const number, part part, side? const text`,
    sliceable,
    (call) => {
      const [value, length, , side] = call.arguments;
      const { sql, type } = must(value);
      const part = slicePart(call, type);
      const isEnd = sideOf(side?.bound) === "END";
      return throughWall(
        sql,
        type,
        (wall) =>
          `_dt_time_slice(CAST(${wall} AS TIMESTAMP), CAST(${must(length).sql} AS BIGINT), '${part}', ${isEnd}, ${weekStart(call.context)})`,
      );
    },
  );
}

function neighbour(isNext: boolean): readonly Signature[] {
  return ["date", "timestamp"].map((pattern) =>
    sig(`value ${pattern}, day text`, DATE, (call) => {
      const [value, day] = call.arguments;
      return `_dt_next_day(${dateOf(must(value))}, ${must(day).sql}, ${isNext})`;
    }),
  );
}

const first = (types: readonly SnowType[]): SnowType => must(types[0]);

export const DATE_CALENDAR_FUNCTIONS: readonly FunctionEntry[] = [
  define("LAST_DAY", {
    doc: "last_day",
    summary: "The last day of the month (or another part) that a date lies in",
    signatures: [lastDay("date"), lastDay("timestamp")],
    examples: [
      ["LAST_DAY('2015-05-08'::DATE)", "2015-05-31"],
      ["LAST_DAY('2015-05-08'::DATE, 'year')", "2015-12-31"],
    ],
  }),
  define("ADD_MONTHS", {
    doc: "add_months",
    summary: "Moved by months; the last day of a month stays the last day",
    signatures: [
      sig("value date, months numeric", first, addMonthsSql),
      sig("value timestamp, months numeric", first, addMonthsSql),
    ],
    examples: [
      ["ADD_MONTHS('2016-02-29'::DATE, 1)", "2016-03-31"],
      ["ADD_MONTHS('2016-05-31'::DATE, -1)", "2016-04-30"],
    ],
  }),
  define("MONTHS_BETWEEN", {
    doc: "months_between",
    summary: "Months between two dates; the rest counts in 31sts",
    signatures: [
      sig("to timestamp, from timestamp", numberType(38, 6), (call) => {
        const [a, b] = call.arguments.map(({ sql, type }) => wallClock(sql, type));
        return `_dt_months_between(${a}, ${b})`;
      }),
    ],
    host: DATE_HOST_FUNCTIONS,
    examples: [
      ["MONTHS_BETWEEN('2019-03-01'::DATE, '2019-02-15'::DATE)", "0.548387"],
      ["MONTHS_BETWEEN('2019-03-30'::DATE, '2019-02-28'::DATE)", "1.064516"],
    ],
  }),
  define("NEXT_DAY", {
    doc: "next_day",
    summary: "The first day after a date that is a certain weekday",
    signatures: neighbour(true),
    examples: [["NEXT_DAY('2024-05-09'::DATE, 'Friday')", "2024-05-10"]],
  }),
  define("PREVIOUS_DAY", {
    doc: "previous_day",
    summary: "The last day before a date that is a certain weekday",
    signatures: neighbour(false),
    examples: [["PREVIOUS_DAY('2024-05-10'::DATE, 'fr')", "2024-05-03"]],
  }),
  define("TIME_SLICE", {
    doc: "time_slice",
    summary: "The begin or end of the slice of time that a value lies in",
    signatures: [timeSlice("date"), timeSlice("timestamp")],
    examples: [
      ["TIME_SLICE('2019-02-28'::DATE, 4, 'MONTH', 'START')", "2019-01-01"],
      ["TIME_SLICE('2018-07-31'::DATE, 2, 'WEEK', 'END')", "2018-08-06"],
    ],
  }),
];
