/**
 * Text to DATE, TIME and TIMESTAMP values and back. All pure: the session's parameters come as a context.
 * Values are days since 1970 (DATE), microseconds of the day (TIME) and microseconds since 1970
 * (TIMESTAMP): a wall clock for NTZ, an instant for LTZ and TZ.
 * https://docs.snowflake.com/en/sql-reference/functions/to_date
 * https://docs.snowflake.com/en/sql-reference/functions/to_timestamp
 */

import { type ErrorName, snowflakeError } from "../base/errors.ts";
import { joinMicros, splitMicros } from "./civil.ts";
import { type DateTimeKind, parseAuto } from "./datetime-auto.ts";
import type { ElementContext } from "./datetime-elements.ts";
import type { DateTimeFields } from "./datetime-fields.ts";
import {
  type DateTimeModel,
  dateTimeModel,
  parseDateTime,
  printDateTime,
} from "./datetime-model.ts";
import { instantToWallClock, offsetMinutesAt, wallClockToInstant } from "./zone.ts";

export type TimestampFlavor = "ntz" | "ltz" | "tz";

export type TimestampContext = ElementContext & {
  /** The session's TIMEZONE. */
  readonly timeZone: string;
};

export type TimestampValue = {
  /** Microseconds since 1970: the wall clock for NTZ, the UTC instant for LTZ and TZ. */
  readonly micros: bigint;
  /** The nanoseconds that the microseconds leave, 0..999. */
  readonly nanos: number;
  /** Minutes east of UTC for TZ, null for NTZ and LTZ. */
  readonly offsetMinutes: number | null;
};

const NOT_RECOGNIZED = {
  date: "dateNotRecognized",
  time: "timeNotRecognized",
  timestamp: "timestampNotRecognized",
} as const satisfies Record<DateTimeKind, ErrorName>;

const MICROS_PER_MINUTE = 60_000_000n;

/** The fields of a text. Throws 100040, 100108 or 100035 for AUTO, 100096 with a format. */
function parse(
  kind: DateTimeKind,
  text: string,
  format: string,
  context: ElementContext,
): DateTimeFields {
  if (format === "AUTO" || isAuto(format)) {
    const found = parseAuto(kind, text, context);
    if (found === null) throw snowflakeError(NOT_RECOGNIZED[kind], { value: text });
    return found;
  }
  const found = parseDateTime(dateTimeModel(format), text, context);
  if (found === null) throw snowflakeError("cannotParseDateTime", { value: text, kind, format });
  return found;
}

function isAuto(format: string): boolean {
  return format.length === 4 && format.toUpperCase() === "AUTO";
}

/**
 * DATE from text, in days since 1970. A time in the text is cut off.
 * @param format a format model or AUTO
 * @throws 100040 (AUTO), 100096 (format)
 */
export function textToDate(text: string, format: string, context: ElementContext): number {
  return parse("date", text, format, context).days;
}

/**
 * TIME from text, in microseconds of the day. An offset in the text is ignored.
 * @throws 100108 (AUTO), 100096 (format)
 */
export function textToTime(text: string, format: string, context: ElementContext): bigint {
  return BigInt(parse("time", text, format, context).micros);
}

/**
 * TIMESTAMP from text. With an offset in the text, NTZ keeps the wall clock and drops the offset, LTZ takes
 * the instant, TZ keeps both. Without one, LTZ and TZ read the wall clock in the session's zone.
 * @throws 100035 (AUTO), 100096 (format)
 */
export function textToTimestamp(
  text: string,
  format: string,
  flavor: TimestampFlavor,
  context: TimestampContext,
): TimestampValue {
  const fields = parse("timestamp", text, format, context);
  const wall = joinMicros(fields.days, fields.micros);
  const nanos = fields.nanos;
  if (flavor === "ntz") return { micros: wall, nanos, offsetMinutes: null };
  const instant = instantOf(fields, wall, context.timeZone);
  if (flavor === "ltz") return { micros: instant, nanos, offsetMinutes: null };
  const offsetMinutes = fields.offsetMinutes ?? offsetMinutesAt(context.timeZone, instant);
  return { micros: instant, nanos, offsetMinutes };
}

function instantOf(fields: DateTimeFields, wall: bigint, timeZone: string): bigint {
  if (fields.isEpoch === true) return wall;
  if (fields.offsetMinutes === null) return wallClockToInstant(timeZone, wall);
  return wall - BigInt(fields.offsetMinutes) * MICROS_PER_MINUTE;
}

function modelOf(model: DateTimeModel | string): DateTimeModel {
  return typeof model === "string" ? dateTimeModel(model) : model;
}

/** A DATE (days since 1970) printed by a format model. */
export function dateToText(days: number, model: DateTimeModel | string): string {
  return printDateTime(modelOf(model), { days, micros: 0, nanos: 0, offsetMinutes: null });
}

/** A TIME (microseconds of the day) printed by a format model. */
export function timeToText(micros: bigint, model: DateTimeModel | string): string {
  const fields = { days: 0, micros: Number(micros), nanos: 0, offsetMinutes: null };
  return printDateTime(modelOf(model), fields);
}

function wallToText(wall: bigint, offset: number | null, model: DateTimeModel | string): string {
  const { days, micros } = splitMicros(wall);
  return printDateTime(modelOf(model), { days, micros, nanos: 0, offsetMinutes: offset });
}

/** A TIMESTAMP_NTZ (wall clock) printed by a format model; zone elements print Z. */
export function timestampNtzToText(wallMicros: bigint, model: DateTimeModel | string): string {
  return wallToText(wallMicros, null, model);
}

/** A TIMESTAMP_LTZ (instant) printed in the session's zone. */
export function timestampLtzToText(
  epochMicros: bigint,
  timeZone: string,
  model: DateTimeModel | string,
): string {
  const wall = instantToWallClock(timeZone, epochMicros);
  return wallToText(wall, offsetMinutesAt(timeZone, epochMicros), model);
}

/** A TIMESTAMP_TZ (instant and its own offset) printed by a format model. */
export function timestampTzToText(
  epochMicros: bigint,
  offsetMinutes: number,
  model: DateTimeModel | string,
): string {
  const wall = epochMicros + BigInt(offsetMinutes) * MICROS_PER_MINUTE;
  return wallToText(wall, offsetMinutes, model);
}
