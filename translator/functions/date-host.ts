/** Host functions of the date and time family. */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction } from "../base/host.ts";
import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  isoDayOfWeek,
  joinMicros,
  MICROS_PER_DAY,
  splitMicros,
} from "../format/civil.ts";
import { isKnownZone } from "../format/zone.ts";
import { bigint, boolean, integer, number, strict, text } from "../variant/host-arguments.ts";

const DAY_CODES = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/** The next (or previous) day of that weekday, never the day itself. */
function neighbouringDay(days: number, name: string, isNext: boolean): number {
  const weekday = DAY_CODES.indexOf(name.trim().slice(0, 2).toLowerCase()) + 1;
  if (weekday === 0) throw snowflakeError("invalidDayOfWeek", { value: name });
  const shift = (weekday - isoDayOfWeek(days) + 7) % 7;
  if (isNext) return days + (shift === 0 ? 7 : shift);
  return days - (shift === 0 ? 7 : 7 - shift);
}

const DAYS_PER_MONTH = 31;

function monthsBetween(a: bigint, b: bigint): number {
  const [x, y] = [splitMicros(a), splitMicros(b)];
  const [p, q] = [civilFromDays(x.days), civilFromDays(y.days)];
  const months = (p.year - q.year) * 12 + p.month - q.month;
  const bothLast = p.day === daysInMonth(p.year, p.month) && q.day === daysInMonth(q.year, q.month);
  if (p.day === q.day || bothLast) return months;
  return months + (p.day - q.day + (x.micros - y.micros) / MICROS_PER_DAY) / DAYS_PER_MONTH;
}

const SLICE_MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
const SLICE_SECONDS: Readonly<Record<string, number>> = {
  week: 604_800,
  day: 86_400,
  hour: 3600,
  minute: 60,
  second: 1,
};

/** Start (or end) of the slice that holds a wall clock time; slices are aligned to 1970-01-01. */
function timeSlice(
  wall: bigint,
  length: number,
  part: string,
  isEnd: boolean,
  weekStart: number,
): bigint {
  if (length < 1) {
    throw snowflakeError("invalidParameterValue", { value: String(length), name: "TIME_SLICE" });
  }
  const months = SLICE_MONTHS[part];
  if (months !== undefined) {
    const { year, month } = civilFromDays(splitMicros(wall).days);
    const size = months * length;
    const slice = Math.floor(((year - 1970) * 12 + month - 1) / size) + (isEnd ? 1 : 0);
    const at = slice * size;
    const days = daysFromCivil(1970 + Math.floor(at / 12), (((at % 12) + 12) % 12) + 1, 1);
    return joinMicros(days, 0);
  }
  const size = BigInt((SLICE_SECONDS[part] ?? 1) * length) * 1_000_000n;
  // Weeks count from the one that holds 1970-01-01, a Thursday.
  const origin = part === "week" ? joinMicros(-((4 - weekStart + 7) % 7), 0) : 0n;
  const shifted = wall - origin;
  const rest = ((shifted % size) + size) % size;
  return wall - rest + (isEnd ? size : 0n);
}

/** `_dt_next_day(DATE, name, is next)`, `_dt_months_between`, `_dt_time_slice(wall, length, part, is end, first day)`. */
export const DATE_HOST_FUNCTIONS: readonly HostFunction[] = [
  strict("_dt_next_day", ["DATE", "VARCHAR", "BOOLEAN"], "DATE", (d, name, isNext) =>
    neighbouringDay(number(d), text(name), boolean(isNext)),
  ),
  strict("_dt_months_between", ["TIMESTAMP", "TIMESTAMP"], "DOUBLE", (a, b) =>
    monthsBetween(bigint(a), bigint(b)),
  ),
  strict(
    "_dt_time_slice",
    ["TIMESTAMP", "BIGINT", "VARCHAR", "BOOLEAN", "BIGINT"],
    "TIMESTAMP",
    (wall, length, part, isEnd, start) =>
      timeSlice(bigint(wall), integer(length), text(part), boolean(isEnd), integer(start)),
  ),
  strict("_dt_zone", ["VARCHAR"], "VARCHAR", (name) => {
    if (!isKnownZone(text(name))) throw snowflakeError("unknownTimeZone", { value: text(name) });
    return name ?? null;
  }),
];
