/**
 * The INTERVAL types: two families that never mix, each a range of fields. A value is one whole number, of months in the
 * year-month family and of nanoseconds in the day-time family.
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-data-types
 */

import type { IntervalField, IntervalType, SnowType } from "./types.ts";

export type IntervalFamily = "year_month" | "day_time";

/** Digits of the leading field, and of the fraction of a second, at most and by default. */
export const INTERVAL_MAX_DIGITS = 9;

export const INTERVAL_FIELDS: readonly IntervalField[] = [
  "year",
  "month",
  "day",
  "hour",
  "minute",
  "second",
];

/** Months, or nanoseconds, of one of each field. */
const UNITS: Readonly<Record<IntervalField, bigint>> = {
  year: 12n,
  month: 1n,
  day: 86_400_000_000_000n,
  hour: 3_600_000_000_000n,
  minute: 60_000_000_000n,
  second: 1_000_000_000n,
};

export function fieldUnit(field: IntervalField): bigint {
  return UNITS[field];
}

export function intervalFamily(type: Pick<IntervalType, "from">): IntervalFamily {
  return type.from === "year" || type.from === "month" ? "year_month" : "day_time";
}

export function isSingleField(type: IntervalType): boolean {
  return type.from === type.to;
}

/** The fields of a type, leading field first. */
export function intervalFields(type: IntervalType): readonly IntervalField[] {
  const start = INTERVAL_FIELDS.indexOf(type.from);
  return INTERVAL_FIELDS.slice(start, INTERVAL_FIELDS.indexOf(type.to) + 1);
}

/** A type without sizes: nine digits before and behind the point. */
export function intervalType(
  from: IntervalField,
  to: IntervalField,
  precision: number = INTERVAL_MAX_DIGITS,
  fraction: number = INTERVAL_MAX_DIGITS,
): IntervalType {
  return { kind: "interval", from, to, precision, fraction };
}

export const YEAR_TO_MONTH: IntervalType = intervalType("year", "month");
export const DAY_TO_SECOND: IntervalType = intervalType("day", "second");

/** The type that holds every value of a family: what sums, products and quotients are of. */
export function widestInterval(type: IntervalType): IntervalType {
  return intervalFamily(type) === "year_month" ? YEAR_TO_MONTH : DAY_TO_SECOND;
}

const ONE_FIELD = /^([A-Z]+)(?:\((\d+)(?:, ?(\d+))?\))?$/;

type WrittenField = { readonly field: IntervalField; readonly sizes: readonly number[] };

function writtenField(text: string): WrittenField | undefined {
  const found = ONE_FIELD.exec(text);
  const field = INTERVAL_FIELDS.find((name) => name === found?.[1]?.toLowerCase());
  if (found === null || field === undefined) return undefined;
  return { field, sizes: found.slice(2).flatMap((size) => (size === undefined ? [] : [+size])) };
}

/**
 * The type that a qualifier means: `DAY(2) TO SECOND(3)`, `SECOND(5, 6)`, `YEAR`.
 * @returns undefined for fields that do not go together, or sizes out of range
 */
export function intervalOfQualifier(qualifier: string): IntervalType | undefined {
  const parts = qualifier.toUpperCase().split(" TO ").map(writtenField);
  const [start, end = start] = parts;
  if (start === undefined || end === undefined || parts.length > 2) return undefined;
  const isSingle = parts.length === 1;
  const isAscending = INTERVAL_FIELDS.indexOf(end.field) > INTERVAL_FIELDS.indexOf(start.field);
  if (!isSingle && !isAscending) return undefined;
  const type = intervalType(start.field, end.field);
  if (intervalFamily(type) !== intervalFamily({ from: end.field })) return undefined;
  const [precision = INTERVAL_MAX_DIGITS, ownFraction] = start.sizes;
  const fractions = isSingle ? start.sizes.slice(1) : end.sizes;
  const tooMany = (!isSingle && ownFraction !== undefined) || fractions.length > 1;
  const [fraction = INTERVAL_MAX_DIGITS] = fractions;
  if (tooMany || (fractions.length > 0 && end.field !== "second")) return undefined;
  if (precision < 1 || Math.max(precision, fraction) > INTERVAL_MAX_DIGITS) return undefined;
  return intervalType(start.field, end.field, precision, fraction);
}

/** The qualifier with all its sizes, as Snowflake prints it: `DAY(9) TO SECOND(9)`. */
export function intervalQualifier(type: IntervalType): string {
  const [from, to] = [type.from.toUpperCase(), type.to.toUpperCase()];
  if (type.to !== "second") {
    return isSingleField(type)
      ? `${from}(${type.precision})`
      : `${from}(${type.precision}) TO ${to}`;
  }
  if (isSingleField(type)) return `${from}(${type.precision}, ${type.fraction})`;
  return `${from}(${type.precision}) TO ${to}(${type.fraction})`;
}

/** The type of one family that has the fields and digits of both; undefined across families. */
export function commonInterval(a: IntervalType, b: IntervalType): IntervalType | undefined {
  if (intervalFamily(a) !== intervalFamily(b)) return undefined;
  const at = (field: IntervalField) => INTERVAL_FIELDS.indexOf(field);
  const isFirst = at(a.from) <= at(b.from);
  const sameStart = a.from === b.from;
  return {
    kind: "interval",
    from: isFirst ? a.from : b.from,
    to: at(a.to) >= at(b.to) ? a.to : b.to,
    // A smaller leading field may hold more of it than its own digits say: 999 hours are 41 days.
    precision: sameStart ? Math.max(a.precision, b.precision) : INTERVAL_MAX_DIGITS,
    fraction: Math.max(a.fraction, b.fraction),
  };
}

export function isInterval(type: SnowType): type is IntervalType {
  return type.kind === "interval";
}
