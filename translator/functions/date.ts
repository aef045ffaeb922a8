/**
 * Parts of dates and times: DATE_PART, EXTRACT and the functions named after a part.
 * https://docs.snowflake.com/en/sql-reference/functions/date_part
 */

import { must } from "../base/assert.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { floorDivided } from "../lower/sql.ts";
import { numberType, type SnowType, textType } from "../types/types.ts";
import {
  DATE_PARTS,
  type DatePart,
  datePart,
  instantOf,
  isTimePart,
  notAPart,
  once,
  wallClock,
  weekBegin,
  weekStart,
} from "./date-parts.ts";
import {
  type Example,
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  type LoweringContext,
  type Signature,
  sig,
} from "./define.ts";
import { intervalExtraction, intervalPartOf, isIntervalField } from "./intervals.ts";

const define = family("date and time");

/** All parts but those that only dates are moved, compared and cut by. */
const EXTRACTABLE: ReadonlySet<DatePart> = new Set(
  DATE_PARTS.filter((part) => part !== "millisecond" && part !== "microsecond"),
);

const DIGITS: Partial<Record<DatePart, number>> = {
  year: 4,
  yearofweek: 4,
  yearofweekiso: 4,
  dayofyear: 3,
  quarter: 2,
  month: 2,
  day: 2,
  week: 2,
  week_iso: 2,
  dayofweek: 2,
  dayofweek_iso: 2,
  hour: 2,
  minute: 2,
  second: 2,
  nanosecond: 9,
};

function partType(part: DatePart): SnowType {
  return numberType(DIGITS[part] ?? 38, 0);
}

/** Week of the year by WEEK_OF_YEAR_POLICY, and its year. */
function weekSql(date: string, context: LoweringContext, wantsYear: boolean): string {
  const start = weekStart(context);
  const isCalendarYear = Number(context.parameter("WEEK_OF_YEAR_POLICY")) === 1;
  return once(date, (d) => {
    if (isCalendarYear) {
      if (wantsYear) return `year(${d})`;
      const first = `make_date(year(${d}), 1, 1)`;
      return `((${weekBegin(d, start)} - ${weekBegin(first, start)}) // 7 + 1)`;
    }
    if (start === 1) return wantsYear ? `isoyear(${d})` : `weekofyear(${d})`;
    const middle = `(${weekBegin(d, start)} + 3)`;
    return wantsYear ? `year(${middle})` : `((dayofyear(${middle}) - 1) // 7 + 1)`;
  });
}

function dayOfWeek(date: string, context: LoweringContext): string {
  const start = Number(context.parameter("WEEK_START"));
  return start === 0 ? `dayofweek(${date})` : `((isodow(${date}) + ${7 - start}) % 7 + 1)`;
}

/** Microseconds since 1970: of the wall clock for DATE and NTZ, of the instant for LTZ and TZ. */
function epochMicros(argument: LoweredArgument): string {
  const { sql, type } = argument;
  const zoned = type.kind === "timestamp" && type.flavor !== "ntz";
  return `epoch_us(${zoned ? instantOf(sql, type) : `CAST(${sql} AS TIMESTAMP)`})`;
}

function offsetMinutes(argument: LoweredArgument): string {
  const { sql, type } = argument;
  if (type.kind !== "timestamp" || type.flavor === "ntz") return `(epoch_us(${sql}) * 0)`;
  if (type.flavor === "tz") return `(${sql}).offset_minutes`;
  return once(sql, (v) => `date_diff('minute', timezone('UTC', ${v}), CAST(${v} AS TIMESTAMP))`);
}

/** SQL of one part of a value. */
function partSql(part: DatePart, argument: LoweredArgument, context: LoweringContext): string {
  const { type } = argument;
  const wall = wallClock(argument.sql, type);
  const date = type.kind === "date" ? wall : `CAST(${wall} AS DATE)`;
  switch (part) {
    case "week":
      return weekSql(date, context, false);
    case "yearofweek":
      return weekSql(date, context, true);
    case "week_iso":
      return `weekofyear(${date})`;
    case "yearofweekiso":
      return `isoyear(${date})`;
    case "dayofweek":
      return dayOfWeek(date, context);
    case "dayofweek_iso":
      return `isodow(${date})`;
    case "nanosecond":
      return `((microsecond(${wall}) % 1000000) * 1000)`;
    case "epoch_second":
      return floorDivided(epochMicros(argument), 1_000_000);
    case "epoch_millisecond":
      return floorDivided(epochMicros(argument), 1_000);
    case "epoch_microsecond":
      return epochMicros(argument);
    case "epoch_nanosecond":
      return `(CAST(${epochMicros(argument)} AS HUGEINT) * 1000)`;
    case "timezone_hour":
      return once(offsetMinutes(argument), (v) => `(sign(${v}) * (abs(${v}) // 60))`);
    case "timezone_minute":
      return once(offsetMinutes(argument), (v) => `(sign(${v}) * (abs(${v}) % 60))`);
    default:
      return `${part}(${wall})`;
  }
}

function checkedPart(bound: BoundExpression | undefined, type: SnowType, name: string): DatePart {
  const part = datePart(bound, name, EXTRACTABLE);
  if (type.kind === "time" && !isTimePart(part)) throw notAPart(part, name);
  return part;
}

function extraction(name: string): readonly Signature[] {
  return [
    sig(
      "part part, value datetime",
      (types, args) => partType(checkedPart(args[0], must(types[1]), name)),
      (call) => {
        const value = must(call.arguments[1]);
        const part = checkedPart(call.arguments[0]?.bound, value.type, name);
        return partSql(part, value, call.context);
      },
    ),
    intervalExtraction(name),
  ];
}

/** A function that gives one part; `doc` is the page of its group. */
function named(
  name: string,
  part: DatePart,
  doc: string,
  summary: string,
  examples: readonly Example[],
): FunctionEntry {
  const pattern = isTimePart(part) ? "datetime" : "timestamp";
  const value = (call: LoweringCall): LoweredArgument => must(call.arguments[0]);
  const lower = (call: LoweringCall): string => partSql(part, value(call), call.context);
  const signatures = [sig(`value ${pattern}`, partType(part), lower)];
  if (pattern === "timestamp") signatures.unshift(sig("value date", partType(part), lower));
  if (isIntervalField(part) && name === part.toUpperCase()) signatures.push(intervalPartOf(part));
  return define(name, { doc, summary, signatures, examples });
}

/** The three first letters of DuckDB's name of a day or month. */
function shortName(name: string, summary: string, examples: readonly Example[]): FunctionEntry {
  const lower = (call: LoweringCall): string => {
    const { sql, type } = must(call.arguments[0]);
    return `left(${name.toLowerCase()}(${wallClock(sql, type)}), 3)`;
  };
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("value date", textType(3), lower), sig("value timestamp", textType(3), lower)],
    examples,
  });
}

export const DATE_PART_FUNCTIONS: readonly FunctionEntry[] = [
  define("DATE_PART", {
    doc: "date_part",
    summary: "One part of a date, time or timestamp as a number",
    signatures: extraction("DATE_PART"),
    examples: [
      ["DATE_PART(quarter, '2024-04-08'::DATE)", "2"],
      ["DATE_PART(epoch_second, '2024-04-08 23:39:20.123'::TIMESTAMP_NTZ)", "1712619560"],
    ],
  }),
  define("EXTRACT", {
    doc: "extract",
    summary: "One part of a date, time or timestamp as a number",
    signatures: extraction("EXTRACT"),
    examples: [["EXTRACT(year FROM '2024-04-10T23:39:20.123'::TIMESTAMP_NTZ)", "2024"]],
  }),
  named("YEAR", "year", "year", "Year of a date", [["YEAR('2017-01-02'::DATE)", "2017"]]),
  named("YEAROFWEEK", "yearofweek", "year", "Year that the week of a date belongs to", [
    ["YEAROFWEEK('2017-01-01'::DATE)", "2016"],
  ]),
  named("YEAROFWEEKISO", "yearofweekiso", "year", "Year that the ISO week belongs to", [
    ["YEAROFWEEKISO('2017-01-01'::DATE)", "2016"],
  ]),
  named("QUARTER", "quarter", "year", "Quarter of a date", [["QUARTER('2024-05-09'::DATE)", "2"]]),
  named("MONTH", "month", "year", "Month of a date", [["MONTH('2024-05-09'::DATE)", "5"]]),
  named("WEEK", "week", "year", "Week of the year, by the session's parameters", [
    ["WEEK('2017-01-01'::DATE)", "52"],
  ]),
  named("WEEKOFYEAR", "week", "year", "Week of the year, by the session's parameters", [
    ["WEEKOFYEAR('2017-01-02'::DATE)", "1"],
  ]),
  named("WEEKISO", "week_iso", "year", "ISO week", [["WEEKISO('2016-01-02'::DATE)", "53"]]),
  named("DAY", "day", "year", "Day of the month", [["DAY('2013-05-08'::DATE)", "8"]]),
  named("DAYOFMONTH", "day", "year", "Day of the month", [["DAYOFMONTH('2013-05-08'::DATE)", "8"]]),
  named("DAYOFWEEK", "dayofweek", "year", "Day of the week, by WEEK_START", [
    ["DAYOFWEEK('2017-01-01'::DATE)", "0"],
  ]),
  named("DAYOFWEEKISO", "dayofweek_iso", "year", "Day of the week, Monday 1 to Sunday 7", [
    ["DAYOFWEEKISO('2017-01-01'::DATE)", "7"],
  ]),
  named("DAYOFYEAR", "dayofyear", "year", "Day of the year", [
    ["DAYOFYEAR('2016-12-31'::DATE)", "366"],
  ]),
  named("HOUR", "hour", "hour-minute-second", "Hour of a time or timestamp", [
    ["HOUR('2013-05-08T23:39:20.123'::TIMESTAMP_NTZ)", "23"],
  ]),
  named("MINUTE", "minute", "hour-minute-second", "Minute of a time or timestamp", [
    ["MINUTE('23:39:20'::TIME)", "39"],
  ]),
  named("SECOND", "second", "hour-minute-second", "Second of a time or timestamp", [
    ["SECOND('23:39:20.123'::TIME)", "20"],
  ]),
  shortName("DAYNAME", "Short name of the day of the week", [
    ["DAYNAME('2015-05-01'::DATE)", "Fri"],
  ]),
  shortName("MONTHNAME", "Short name of the month", [["MONTHNAME('2015-05-01'::DATE)", "May"]]),
];
