/**
 * Date and time parts by all their names, and the wall clock that a part is taken from.
 * https://docs.snowflake.com/en/sql-reference/functions-date-time#supported-date-and-time-parts
 */

import { assert } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { BoundExpression } from "../bind/bound.ts";
import type { SnowType } from "../types/types.ts";
import type { LoweringContext } from "./define.ts";

const SYNONYMS = {
  year: "y yy yyy yyyy yr years yrs",
  month: "mm mon mons months",
  day: "d dd days dayofmonth",
  week: "w wk weekofyear woy wy weeks",
  quarter: "q qtr qtrs quarters",
  week_iso: "weekiso weekofyeariso weekofyear_iso",
  yearofweekiso: "yearofweek_iso",
  yearofweek: "",
  dayofweek: "weekday dow dw",
  dayofweek_iso: "dayofweekiso weekday_iso dow_iso dw_iso",
  dayofyear: "yearday doy dy",
  hour: "h hh hr hours hrs",
  minute: "m mi min minutes mins",
  second: "s sec seconds secs",
  millisecond: "ms msec milliseconds",
  microsecond: "us usec microseconds",
  nanosecond: "ns nsec nanosec nsecond nanoseconds nanosecs nseconds",
  epoch_second: "epoch epoch_seconds",
  epoch_millisecond: "epoch_milliseconds",
  epoch_microsecond: "epoch_microseconds",
  epoch_nanosecond: "epoch_nanoseconds",
  timezone_hour: "tzh",
  timezone_minute: "tzm",
} as const satisfies Record<string, string>;

export type DatePart = keyof typeof SYNONYMS;

/** Every part that there is. */
export const DATE_PARTS: readonly DatePart[] = Object.keys(SYNONYMS) as DatePart[];

const byName = new Map<string, DatePart>();
for (const [part, synonyms] of Object.entries(SYNONYMS)) {
  for (const name of [part, ...synonyms.split(" ")]) {
    if (name !== "") byName.set(name, part as DatePart);
  }
}

/**
 * The part that a constant argument names.
 * @throws 002151 when it names none, or none of those that the function knows
 */
export function datePart(
  bound: BoundExpression | undefined,
  name: string,
  allowed?: ReadonlySet<DatePart>,
): DatePart {
  assert(bound?.kind === "constant", "a date part is a constant");
  const found = byName.get(String(bound.value).toLowerCase());
  if (found === undefined || (allowed !== undefined && !allowed.has(found))) {
    throw notAPart(String(bound.value), name);
  }
  return found;
}

export function notAPart(part: string, name: string): Error {
  return snowflakeError("invalidDatePart", { part: part.toUpperCase(), function: name });
}

/** Microseconds of the parts below a day; a nanosecond is less than one. */
export const TIME_MICROS: ReadonlyMap<DatePart, number> = new Map([
  ["hour", 3_600_000_000],
  ["minute", 60_000_000],
  ["second", 1_000_000],
  ["millisecond", 1_000],
  ["microsecond", 1],
]);

export function isTimePart(part: DatePart): boolean {
  return part === "nanosecond" || TIME_MICROS.has(part);
}

/** Months of the parts that are counted in months. */
export const PART_MONTHS: ReadonlyMap<DatePart, number> = new Map([
  ["year", 12],
  ["quarter", 3],
  ["month", 1],
]);

const SIMPLE = /^[\w."]+$|^CAST\('[^']*' AS \w+\)$|^'[^']*'::\w+$/;

/**
 * SQL that uses a value several times but evaluates it once: what is no name or constant is bound to a
 * lambda's parameter, so that nested calls do not grow the text exponentially.
 */
export function once(sql: string, build: (value: string) => string): string {
  if (SIMPLE.test(sql)) return build(sql);
  return `list_transform([${sql}], lambda v_: ${build("v_")})[1]`;
}

/** Several values, each evaluated once. */
export function onceEach(
  values: readonly string[],
  build: (values: readonly string[]) => string,
): string {
  if (values.every((sql) => SIMPLE.test(sql))) return build(values);
  const fields = values.map((sql, index) => `f${index} := ${sql}`).join(", ");
  const names = values.map((_, index) => `v_.f${index}`);
  return `list_transform([struct_pack(${fields})], lambda v_: ${build(names)})[1]`;
}

/** The TIMESTAMP (or DATE, TIME) that the value's own clock shows: NTZ itself, LTZ in the session's zone. */
export function wallClock(sql: string, type: SnowType): string {
  if (type.kind !== "timestamp" || type.flavor === "ntz") return sql;
  if (type.flavor === "ltz") return `CAST(${sql} AS TIMESTAMP)`;
  return once(
    sql,
    (v) => `(timezone('UTC', (${v}).instant) + to_minutes(CAST((${v}).offset_minutes AS BIGINT)))`,
  );
}

/** The TIMESTAMPTZ of a timestamp of any flavor (an NTZ is read in the session's zone). */
export function instantOf(sql: string, type: SnowType): string {
  if (type.kind === "timestamp" && type.flavor === "tz") return `(${sql}).instant`;
  return type.kind === "timestamp" && type.flavor === "ltz"
    ? sql
    : `CAST(CAST(${sql} AS TIMESTAMP) AS TIMESTAMPTZ)`;
}

/** A TIMESTAMP_TZ; NULL when the instant is. */
export function packTz(instant: string, offsetMinutes: string): string {
  return `CASE WHEN ${instant} IS NULL THEN NULL ELSE struct_pack(instant := ${instant}, offset_minutes := CAST(${offsetMinutes} AS SMALLINT)) END`;
}

/** A TIMESTAMP_TZ of an instant with the offset of a zone (a SQL text) at that moment; without one the session's. */
export function tzAtZone(instant: string, zone?: string | undefined): string {
  return once(instant, (v) => {
    const wall = zone === undefined ? `CAST(${v} AS TIMESTAMP)` : `timezone(${zone}, ${v})`;
    return packTz(v, `date_diff('minute', timezone('UTC', ${v}), ${wall})`);
  });
}

/** A wall clock changed, and back to the type: TZ keeps its offset, LTZ is read in the session's zone. */
export function throughWall(sql: string, type: SnowType, change: (wall: string) => string): string {
  if (type.kind === "date") return `CAST(${change(sql)} AS DATE)`;
  if (type.kind !== "timestamp" || type.flavor === "ntz") return change(sql);
  if (type.flavor === "ltz") {
    return `CAST(CAST(${change(`CAST(${sql} AS TIMESTAMP)`)} AS TIMESTAMP) AS TIMESTAMPTZ)`;
  }
  return once(sql, (v) => {
    const offset = `to_minutes(CAST((${v}).offset_minutes AS BIGINT))`;
    const wall = `(timezone('UTC', (${v}).instant) + ${offset})`;
    return packTz(
      `timezone('UTC', CAST(${change(wall)} AS TIMESTAMP) - ${offset})`,
      `(${v}).offset_minutes`,
    );
  });
}

/** The ISO weekday (Monday 1) on which weeks begin: WEEK_START 0 means Monday here. */
export function weekStart(context: LoweringContext): number {
  return Number(context.parameter("WEEK_START")) || 1;
}

/** The DATE on which the week of a DATE begins. */
export function weekBegin(date: string, start: number): string {
  return `(${date} - CAST((isodow(${date}) + ${7 - start}) % 7 AS INTEGER))`;
}
