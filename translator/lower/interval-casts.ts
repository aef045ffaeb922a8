/**
 * Casts from and to INTERVAL, and arithmetic that keeps to an INTERVAL type's limits.
 * https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-data-types
 */

import { assert, must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { rescale } from "../format/decimal.ts";
import {
  fitInterval,
  intervalToText,
  numberToInterval,
  textToInterval,
} from "../format/interval.ts";
import { parseDecimalText } from "../format/number-text.ts";
import {
  commonInterval,
  fieldUnit,
  intervalOfQualifier,
  intervalQualifier,
} from "../types/intervals.ts";
import { duckType } from "../types/physical.ts";
import type { IntervalType, SnowType } from "../types/types.ts";
import { plain, withTry } from "./host-define.ts";
import { quoteText } from "./sql.ts";

const types = new Map<HostValue, IntervalType>();

/** The type of a qualifier that the lowering has put into the SQL. */
function typeOf(qualifier: HostValue | undefined): IntervalType {
  const key = must(qualifier, "an INTERVAL qualifier");
  const known = types.get(key);
  if (known !== undefined) return known;
  const type = must(intervalOfQualifier(String(key)), "an INTERVAL qualifier");
  types.set(key, type);
  return type;
}

function whole(value: HostValue | undefined): bigint {
  assert(typeof value === "bigint", "an INTERVAL is a whole number");
  return value;
}

/** `value * factor`, or divided by it, rounded half away from zero. */
function scaled(value: bigint, factor: string, isDivision: boolean): bigint {
  const { unscaled, scale } = must(parseDecimalText(factor), "decimal text");
  if (!isDivision) return rescale(value * unscaled, scale, 0);
  if (unscaled === 0n) throw snowflakeError("divisionByZero");
  const numerator = rescale(value, 0, scale) * 2n;
  const sign = numerator < 0n === unscaled < 0n ? 1n : -1n;
  const size = unscaled < 0n ? -unscaled : unscaled;
  const twice = numerator < 0n ? -numerator : numerator;
  return (sign * (twice + size)) / (2n * size);
}

const V = "VARCHAR";
const H = "HUGEINT";

export const INTERVAL_HOST_FUNCTIONS: readonly HostFunction[] = [
  ...withTry("interval_parse", [V, V], H, (value, qualifier) =>
    textToInterval(String(value), typeOf(qualifier)),
  ),
  plain("interval_number", [V, V], H, (value, qualifier) =>
    numberToInterval(String(value), typeOf(qualifier)),
  ),
  plain("interval_fit", [H, V], H, (value, qualifier) =>
    fitInterval(whole(value), typeOf(qualifier)),
  ),
  plain("interval_print", [H, V], V, (value, qualifier) =>
    intervalToText(whole(value), typeOf(qualifier)),
  ),
  plain("interval_multiply", [H, V, V], H, (value, factor, qualifier) =>
    fitInterval(scaled(whole(value), String(factor), false), typeOf(qualifier)),
  ),
  plain("interval_divide", [H, V, V], H, (value, divisor, qualifier) =>
    fitInterval(scaled(whole(value), String(divisor), true), typeOf(qualifier)),
  ),
];

function qualified(type: IntervalType): string {
  return quoteText(intervalQualifier(type));
}

/** SQL of a whole number as a value of the type, within its limits: 100046 beyond them. */
export function fittedInterval(sql: string, type: IntervalType): string {
  return `CAST(_interval_fit(CAST(${sql} AS HUGEINT), ${qualified(type)}) AS ${duckType(type)})`;
}

/** SQL of an interval multiplied (or divided) by a number that comes as text. */
export function scaledInterval(
  name: "multiply" | "divide",
  interval: string,
  factor: string,
  type: IntervalType,
): string {
  return `_interval_${name}(CAST(${interval} AS HUGEINT), ${factor}, ${qualified(type)})`;
}

/** SQL of a cast to an INTERVAL type. */
export function toInterval(sql: string, from: SnowType, to: IntervalType, isTry: boolean): string {
  const type = duckType(to);
  if (from.kind === "interval") {
    const both = commonInterval(from, to);
    const isWider = both !== undefined && intervalQualifier(both) === intervalQualifier(to);
    return isWider ? sql : fittedInterval(sql, to);
  }
  if (from.kind === "text") {
    return `CAST(_${isTry ? "try_" : ""}interval_parse(${sql}, ${qualified(to)}) AS ${type})`;
  }
  return `CAST(_interval_number(CAST(${sql} AS VARCHAR), ${qualified(to)}) AS ${type})`;
}

/** SQL of an interval as text in interval format. */
export function intervalTextSql(sql: string, from: IntervalType): string {
  return `_interval_print(CAST(${sql} AS HUGEINT), ${qualified(from)})`;
}

/** SQL of a single-field interval as a number of that field, cut off at the number's last digit by its cast. */
export function intervalNumber(sql: string, from: IntervalType): string {
  const unit = fieldUnit(from.from);
  // Only seconds have a fraction, of nine digits.
  if (from.from !== "second") return `(CAST(${sql} AS HUGEINT) // ${unit})`;
  return `(CAST(${sql} AS DECIMAL(29,0)) * CAST(0.000000001 AS DECIMAL(9,9)))`;
}
