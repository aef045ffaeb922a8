/**
 * The proleptic Gregorian calendar: days since 1970-01-01 against year, month and day, and ISO weeks.
 * Years are astronomical (0 is 1 BC). Snowflake uses the Gregorian calendar for every date:
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime
 */

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_MINUTE = 60_000_000;
export const MICROS_PER_HOUR = 3_600_000_000;
export const MICROS_PER_DAY = 86_400_000_000;

const DAYS_PER_ERA = 146_097;
/** Days from 0000-03-01 (where the eras of 400 years start) to 1970-01-01. */
const EPOCH_SHIFT = 719_468;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** How many days the month (1..12) has; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return MONTH_DAYS[month - 1] ?? 0;
}

/** True when year, month and day name a day of the calendar. */
export function isCivilDate(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= daysInMonth(year, month);
}

/**
 * Days since 1970-01-01. The month must be 1..12; the day may lie outside its month and then counts
 * on from its first day.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
}

/** Year, month and day of a count of days since 1970-01-01. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + EPOCH_SHIFT;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day };
}

/** Monday 1 .. Sunday 7. */
export function isoDayOfWeek(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** Sunday 0 .. Saturday 6. */
export function dayOfWeek(days: number): number {
  return isoDayOfWeek(days) % 7;
}

/** 1 .. 366. */
export function dayOfYear(days: number): number {
  return days - daysFromCivil(civilFromDays(days).year, 1, 1) + 1;
}

/** ISO 8601 week (1..53) and the year that it belongs to: the year of its Thursday. */
export function isoWeek(days: number): { readonly year: number; readonly week: number } {
  const thursday = days - isoDayOfWeek(days) + 4;
  const year = civilFromDays(thursday).year;
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}

/** Splits microseconds since 1970 into days and the microseconds of that day (0 .. 86399999999). */
export function splitMicros(micros: bigint): { readonly days: number; readonly micros: number } {
  const day = BigInt(MICROS_PER_DAY);
  const rest = micros % day;
  const ofDay = rest < 0n ? rest + day : rest;
  return { days: Number((micros - ofDay) / day), micros: Number(ofDay) };
}

/** The reverse of `splitMicros`. */
export function joinMicros(days: number, microsOfDay: number): bigint {
  const millions = days * 86_400 + Math.floor(microsOfDay / MICROS_PER_SECOND);
  const micros = microsOfDay - Math.floor(microsOfDay / MICROS_PER_SECOND) * MICROS_PER_SECOND;
  return BigInt(millions) * 1_000_000n + BigInt(micros);
}
