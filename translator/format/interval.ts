/**
 * INTERVAL values as text and back, and the limits of their types.
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-formats
 */

import { snowflakeError } from "../base/errors.ts";
import { fieldUnit, intervalFields, intervalQualifier } from "../types/intervals.ts";
import type { IntervalField, IntervalType } from "../types/types.ts";
import { powerOfTen, rescale } from "./decimal.ts";
import { parseDecimalText } from "./number-text.ts";

/** Highest value of a field that does not lead. */
const HIGHEST: Readonly<Record<IntervalField, bigint>> = {
  year: 0n,
  month: 11n,
  day: 0n,
  hour: 23n,
  minute: 59n,
  second: 59n,
};
const NANOSECOND_DIGITS = 9;

function outOfRange(text: string, type: IntervalType): Error {
  return snowflakeError("intervalRange", { value: text, type: intervalQualifier(type) });
}

/** The smallest amount that the type keeps. */
function step(type: IntervalType): bigint {
  if (type.to !== "second") return fieldUnit(type.to);
  return powerOfTen(NANOSECOND_DIGITS - type.fraction);
}

/**
 * A value cut to the type's smallest field (towards zero).
 * @throws intervalRange when the leading field has too many digits
 */
export function fitInterval(value: bigint, type: IntervalType): bigint {
  const size = value < 0n ? -value : value;
  if (size >= powerOfTen(type.precision) * fieldUnit(type.from)) {
    throw outOfRange(intervalToText(value, type), type);
  }
  return value - (value % step(type));
}

/** Digits of each field, a dash or colons between them, and a fraction behind the seconds. */
function pattern(type: IntervalType): RegExp {
  const parts = intervalFields(type).map((field, index) => {
    const before = index === 0 ? "" : field === "month" ? "-" : field === "hour" ? " +" : ":";
    return `${before}(\\d+)`;
  });
  const fraction = type.to === "second" ? "(?:\\.(\\d*))?" : "";
  return new RegExp(`^\\s*([+-]?)\\s*${parts.join("")}${fraction}\\s*$`);
}

const patterns = new Map<string, RegExp>();

function patternOf(type: IntervalType): RegExp {
  const key = `${type.from} ${type.to}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const made = pattern(type);
  patterns.set(key, made);
  return made;
}

/**
 * Months or nanoseconds of a text such as `1-8`, `-3 04:05:06.7`; digits beyond the type's fraction are cut off.
 * @throws intervalNotRecognized for another form, intervalRange for a field out of its range
 */
export function textToInterval(text: string, type: IntervalType): bigint {
  const found = patternOf(type).exec(text);
  if (found === null) throw snowflakeError("intervalNotRecognized", { value: text });
  const fields = intervalFields(type);
  let total = 0n;
  fields.forEach((field, index) => {
    const count = BigInt(found[index + 2] ?? "0");
    if (index > 0 && count > HIGHEST[field]) throw outOfRange(text, type);
    total += count * fieldUnit(field);
  });
  const fraction = found[fields.length + 2] ?? "";
  if (fraction !== "")
    total += BigInt(fraction.slice(0, NANOSECOND_DIGITS).padEnd(NANOSECOND_DIGITS, "0"));
  return fitInterval(found[1] === "-" ? -total : total, type);
}

/** The text of a value: a sign, the leading field without zeros before it, the others in two digits. */
export function intervalToText(value: bigint, type: IntervalType): string {
  const parts: string[] = [value < 0n ? "-" : "+"];
  let rest = value < 0n ? -value : value;
  intervalFields(type).forEach((field, index) => {
    const count = rest / fieldUnit(field);
    rest %= fieldUnit(field);
    if (index === 0) parts.push(count.toString());
    else {
      parts.push(field === "month" ? "-" : field === "hour" ? " " : ":");
      parts.push(count.toString().padStart(2, "0"));
    }
  });
  if (type.to === "second" && type.fraction > 0) {
    const nanos = rest.toString().padStart(NANOSECOND_DIGITS, "0");
    parts.push(".", nanos.slice(0, type.fraction));
  }
  return parts.join("");
}

/** A number of the type's only field; what is smaller than the type keeps is rounded half away from zero. */
export function numberToInterval(text: string, type: IntervalType): bigint {
  const decimal = parseDecimalText(text);
  if (decimal === null) throw snowflakeError("numericNotRecognized", { value: text });
  const smallest = step(type);
  const steps = rescale(decimal.unscaled * (fieldUnit(type.from) / smallest), decimal.scale, 0);
  return fitInterval(steps * smallest, type);
}
