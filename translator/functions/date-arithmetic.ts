/**
 * Calculating with dates and times: DATEADD, DATEDIFF, DATE_TRUNC, LAST_DAY, TIME_SLICE and their like.
 * https://docs.snowflake.com/en/sql-reference/functions-date-time
 */

import { must } from "../base/assert.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { numberType, type SnowType, timestampType } from "../types/types.ts";
import {
  type DatePart,
  datePart,
  instantOf,
  isTimePart,
  notAPart,
  once,
  PART_MONTHS,
  packTz,
  TIME_MICROS,
  throughWall,
  wallClock,
  weekBegin,
  weekStart,
} from "./date-parts.ts";
import { type FunctionEntry, family, type LoweredArgument, type Signature, sig } from "./define.ts";

const define = family("date and time");
const NTZ = timestampType("ntz");

const ADDABLE: ReadonlySet<DatePart> = new Set([
  ...PART_MONTHS.keys(),
  "day",
  "week",
  ...TIME_MICROS.keys(),
  "nanosecond",
]);

/** The part, refused for TIME when it is a day or more. */
function partFor(
  bound: BoundExpression | undefined,
  type: SnowType,
  name: string,
  allowed: ReadonlySet<DatePart>,
): DatePart {
  const part = datePart(bound, name, allowed);
  if (type.kind === "time" && !isTimePart(part)) throw notAPart(part, name);
  return part;
}

/** `count` units of a part as a DuckDB INTERVAL. */
function interval(part: DatePart, count: string): string {
  const whole = `CAST(${count} AS BIGINT)`;
  const months = PART_MONTHS.get(part);
  if (months !== undefined) return `to_months(CAST(${whole} * ${months} AS INTEGER))`;
  if (part === "day") return `to_days(CAST(${whole} AS INTEGER))`;
  if (part === "week") return `to_days(CAST(${whole} * 7 AS INTEGER))`;
  if (part === "nanosecond") return `to_microseconds(CAST(floor(${whole} / 1000) AS BIGINT))`;
  return `to_microseconds(${whole} * ${must(TIME_MICROS.get(part))})`;
}

function addType(part: DatePart, type: SnowType): SnowType {
  return type.kind === "date" && isTimePart(part) ? NTZ : type;
}

/** `value` moved by `count` units of a part. */
function addSql(part: DatePart, count: string, value: LoweredArgument): string {
  const { sql, type } = value;
  const step = interval(part, count);
  if (type.kind === "date") {
    const moved = isTimePart(part) ? `CAST(${sql} AS TIMESTAMP)` : sql;
    return isTimePart(part) ? `(${moved} + ${step})` : `CAST(${moved} + ${step} AS DATE)`;
  }
  if (type.kind !== "timestamp" || type.flavor !== "tz") return `(${sql} + ${step})`;
  if (!isTimePart(part)) return throughWall(sql, type, (wall) => `(${wall} + ${step})`);
  return once(sql, (v) => packTz(`((${v}).instant + ${step})`, `(${v}).offset_minutes`));
}

function addSignatures(name: string): readonly Signature[] {
  return [
    sig(
      "part part, count number, value datetime",
      (types, args) => {
        const type = must(types[2]);
        return addType(partFor(args[0], type, name, ADDABLE), type);
      },
      (call) => {
        const value = must(call.arguments[2]);
        const part = partFor(call.arguments[0]?.bound, value.type, name, ADDABLE);
        return addSql(part, must(call.arguments[1]).sql, value);
      },
    ),
  ];
}

const DIFFERENCE = numberType(9, 0);
const LONG_DIFFERENCE = numberType(38, 0);

/** Both values on one clock: UTC for two TZ values, else the session's. */
function sameClock(a: LoweredArgument, b: LoweredArgument): readonly [string, string] {
  const zoned = (x: LoweredArgument): boolean =>
    x.type.kind === "timestamp" && x.type.flavor !== "ntz";
  const isTz = (x: LoweredArgument): boolean =>
    x.type.kind === "timestamp" && x.type.flavor === "tz";
  const clock = (x: LoweredArgument): string => {
    if (isTz(a) && isTz(b)) return `timezone('UTC', ${instantOf(x.sql, x.type)})`;
    if (isTz(x)) return `CAST(${instantOf(x.sql, x.type)} AS TIMESTAMP)`;
    return wallClock(x.sql, x.type);
  };
  const [x, y] = [clock(a), clock(b)];
  if (a.type.kind === b.type.kind && !zoned(a) && !zoned(b)) return [x, y];
  const timestamp = (sql: string, type: SnowType): string =>
    type.kind === "time" ? `(DATE '1970-01-01' + ${sql})` : `CAST(${sql} AS TIMESTAMP)`;
  return [timestamp(x, a.type), timestamp(y, b.type)];
}

/** How many boundaries of the part lie between the two. */
function diffSql(
  part: DatePart,
  from: LoweredArgument,
  to: LoweredArgument,
  start: number,
): string {
  const [a, b] = sameClock(from, to);
  if (part === "week") {
    const begin = (sql: string): string => once(`CAST(${sql} AS DATE)`, (d) => weekBegin(d, start));
    return `((${begin(b)} - ${begin(a)}) // 7)`;
  }
  if (part === "nanosecond") {
    return `(CAST(date_diff('microsecond', ${a}, ${b}) AS HUGEINT) * 1000)`;
  }
  return `date_diff('${part}', ${a}, ${b})`;
}

function diffSignatures(name: string): readonly Signature[] {
  return [
    sig(
      "part part, from datetime, to datetime",
      (types, args) => {
        const part = partFor(args[0], must(types[1]), name, ADDABLE);
        const isSmall = isTimePart(part) && part !== "hour" && part !== "minute";
        return isSmall && part !== "second" ? LONG_DIFFERENCE : DIFFERENCE;
      },
      (call) => {
        const [part, from, to] = call.arguments;
        const found = partFor(part?.bound, must(from).type, name, ADDABLE);
        return diffSql(found, must(from), must(to), weekStart(call.context));
      },
    ),
  ];
}

const TRUNCATABLE: ReadonlySet<DatePart> = new Set([
  ...ADDABLE,
  "week_iso",
  "yearofweekiso",
  "yearofweek",
]);

/** The begin of the part that a wall clock (DATE or TIMESTAMP) lies in. */
function truncated(part: DatePart, wall: string, start: number): string {
  if (part === "nanosecond" || part === "microsecond") return wall;
  if (part === "week" && start !== 1) {
    return once(`CAST(${wall} AS DATE)`, (d) => `CAST(${weekBegin(d, start)} AS TIMESTAMP)`);
  }
  if (part === "week" || part === "week_iso") return `date_trunc('week', ${wall})`;
  if (part === "yearofweekiso" || part === "yearofweek") return `date_trunc('isoyear', ${wall})`;
  return `date_trunc('${part}', ${wall})`;
}

function truncSql(part: DatePart, value: LoweredArgument, start: number): string {
  const { sql, type } = value;
  if (type.kind === "time") {
    return `CAST(${truncated(part, `(DATE '1970-01-01' + ${sql})`, start)} AS TIME)`;
  }
  if (type.kind === "date" && isTimePart(part)) return sql;
  return throughWall(sql, type, (wall) => truncated(part, wall, start));
}

function truncSignature(parameters: string, partAt: number, valueAt: number): Signature {
  return sig(
    parameters,
    (types, args) => {
      partFor(args[partAt], must(types[valueAt]), "DATE_TRUNC", TRUNCATABLE);
      return must(types[valueAt]);
    },
    (call) => {
      const value = must(call.arguments[valueAt]);
      const bound = call.arguments[partAt]?.bound;
      const part = partFor(bound, value.type, "DATE_TRUNC", TRUNCATABLE);
      return truncSql(part, value, weekStart(call.context));
    },
  );
}

/** TRUNC of a date is DATE_TRUNC with the arguments swapped; the numeric TRUNC's entry takes these in too. */
export const DATE_TRUNC_SIGNATURES: readonly Signature[] = [
  truncSignature("part part, value datetime", 0, 1),
  truncSignature("value datetime, part part", 1, 0),
];

export const DATE_ARITHMETIC_FUNCTIONS: readonly FunctionEntry[] = [
  define("DATEADD", {
    doc: "dateadd",
    aliases: ["DATE_ADD"],
    summary: "A date, time or timestamp moved by a number of parts",
    signatures: addSignatures("DATEADD"),
    examples: [
      ["DATEADD(month, 1, '2023-01-31'::DATE)", "2023-02-28"],
      ["DATEADD(hour, 2, '2022-04-05'::DATE)", "2022-04-05 02:00:00.000"],
      ["DATEADD(hour, 2, '23:30:00'::TIME)", "01:30:00"],
    ],
  }),
  define("TIMEADD", {
    doc: "timeadd",
    summary: "As DATEADD",
    signatures: addSignatures("TIMEADD"),
    examples: [["TIMEADD(year, 2, '2022-05-08'::DATE)", "2024-05-08"]],
  }),
  define("TIMESTAMPADD", {
    doc: "timestampadd",
    summary: "As DATEADD",
    signatures: addSignatures("TIMESTAMPADD"),
    examples: [["TIMESTAMPADD(year, -2, '2022-05-08'::DATE)", "2020-05-08"]],
  }),
  define("DATEDIFF", {
    doc: "datediff",
    aliases: ["DATE_DIFF"],
    summary: "How many boundaries of a part lie between two values",
    signatures: diffSignatures("DATEDIFF"),
    examples: [
      ["DATEDIFF(year, '2015-12-31'::DATE, '2016-01-01'::DATE)", "1"],
      ["DATEDIFF(hour, '01:59:59'::TIME, '02:00:00'::TIME)", "1"],
    ],
  }),
  define("TIMEDIFF", {
    doc: "timediff",
    summary: "As DATEDIFF",
    signatures: diffSignatures("TIMEDIFF"),
    examples: [["TIMEDIFF(MONTH, '2017-01-01', '2017-12-31')", "11"]],
  }),
  define("TIMESTAMPDIFF", {
    doc: "timestampdiff",
    summary: "As DATEDIFF",
    signatures: diffSignatures("TIMESTAMPDIFF"),
    examples: [["TIMESTAMPDIFF(YEAR, '2017-01-01', '2019-01-01')", "2"]],
  }),
  define("DATE_TRUNC", {
    doc: "date_trunc",
    summary: "The begin of the part that a value lies in",
    signatures: DATE_TRUNC_SIGNATURES,
    examples: [
      ["DATE_TRUNC('month', '2024-05-09'::DATE)", "2024-05-01"],
      ["DATE_TRUNC('minute', '08:50:48'::TIME)", "08:50:00"],
      [
        "DATE_TRUNC('quarter', '2024-05-09 08:50:57.891'::TIMESTAMP_NTZ)",
        "2024-04-01 00:00:00.000",
      ],
    ],
  }),
];
