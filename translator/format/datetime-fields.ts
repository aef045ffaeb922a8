/** The parts of a date and time between text and value: what a format model prints from and parses into. */

import {
  civilFromDays,
  daysFromCivil,
  isCivilDate,
  isoDayOfWeek,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
} from "./civil.ts";

/** A wall clock reading. A DATE is a reading at midnight, a TIME one on day 0. */
export type DateTimeFields = {
  /** Days since 1970-01-01. */
  readonly days: number;
  /** Microseconds of the day, 0 .. 86399999999. */
  readonly micros: number;
  /** Nanoseconds beyond the microsecond, 0 .. 999. */
  readonly nanos: number;
  /** Minutes east of UTC, null when the text or type has no zone. */
  readonly offsetMinutes: number | null;
  /** Set when the text was a count since the epoch: the reading is then UTC, in no zone of its own. */
  readonly isEpoch?: boolean | undefined;
};

/** The fields cut into what the elements print. */
export type PrintedParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Monday 1 .. Sunday 7. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 .. 999999999 */
  readonly nanosOfSecond: number;
  readonly offsetMinutes: number | null;
};

/** What the elements of a model have read so far. Missing parts are those of 1970-01-01 00:00:00. */
export type ReadParts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  /** Which clock the hour was read by, if one was. */
  clock: 0 | 12 | 24;
  isAfternoon: boolean | null;
  minute: number;
  second: number;
  nanosOfSecond: number;
  offsetSign: 1 | -1;
  offsetHours: number | null;
  offsetMinutes: number;
};

export function newReadParts(): ReadParts {
  return {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    clock: 0,
    isAfternoon: null,
    minute: 0,
    second: 0,
    nanosOfSecond: 0,
    offsetSign: 1,
    offsetHours: null,
    offsetMinutes: 0,
  };
}

export function printedParts(fields: DateTimeFields): PrintedParts {
  const { year, month, day } = civilFromDays(fields.days);
  const seconds = Math.floor(fields.micros / MICROS_PER_SECOND);
  return {
    year,
    month,
    day,
    weekday: isoDayOfWeek(fields.days),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    nanosOfSecond: (fields.micros - seconds * MICROS_PER_SECOND) * 1000 + fields.nanos,
    offsetMinutes: fields.offsetMinutes,
  };
}

/** No zone has ever been further from UTC than this many hours. */
const MAX_OFFSET_HOURS = 18;

/**
 * The reading that the parts make, or null when one is out of its range: 31 February, hour 24, second 60
 * (Snowflake has no leap seconds), or AM and PM beside the 24-hour clock.
 * https://docs.snowflake.com/en/sql-reference/date-time-input-output
 */
export function fieldsFromParts(parts: ReadParts): DateTimeFields | null {
  const hour = hourOfDay(parts);
  if (hour === null || hour > 23 || parts.minute > 59 || parts.second > 59) return null;
  if (!isCivilDate(parts.year, parts.month, parts.day)) return null;
  if (parts.offsetMinutes > 59 || (parts.offsetHours ?? 0) > MAX_OFFSET_HOURS) return null;
  const micros = Math.floor(parts.nanosOfSecond / 1000);
  return {
    days: daysFromCivil(parts.year, parts.month, parts.day),
    micros:
      hour * MICROS_PER_HOUR +
      parts.minute * MICROS_PER_MINUTE +
      parts.second * MICROS_PER_SECOND +
      micros,
    nanos: parts.nanosOfSecond - micros * 1000,
    offsetMinutes:
      parts.offsetHours === null
        ? null
        : parts.offsetSign * (parts.offsetHours * 60 + parts.offsetMinutes),
  };
}

function hourOfDay(parts: ReadParts): number | null {
  if (parts.clock === 12 && (parts.hour < 1 || parts.hour > 12)) return null;
  if (parts.isAfternoon === null) return parts.hour;
  if (parts.clock === 24) return null;
  return (parts.hour % 12) + (parts.isAfternoon ? 12 : 0);
}
