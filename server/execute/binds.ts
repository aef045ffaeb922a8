/** Bind values of a request as typed constants (wire.md 1.7: how each driver encodes them). */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { ConstantValue } from "../../translator/bind/bound.ts";
import type { TypedValue } from "../../translator/bind/context.ts";
import { decimalToText } from "../../translator/format/decimal.ts";
import { parseDecimalText } from "../../translator/format/number-text.ts";
import { decfloatText } from "../../translator/functions/decfloat.ts";
import { numberTypeOfText } from "../../translator/types/arithmetic.ts";
import {
  ARRAY,
  BINARY,
  BOOLEAN,
  DATE,
  DECFLOAT,
  FLOAT,
  NULL_TYPE,
  NUMBER_MAX_PRECISION,
  numberType,
  OBJECT,
  type SnowType,
  textType,
  timestampType,
  timeType,
  VARCHAR_DEFAULT_LENGTH,
  VARIANT,
} from "../../translator/types/types.ts";
import { parseJsonText } from "../../translator/variant/parse-json.ts";
import type { WireBinding, WireBindings } from "./bindings.ts";

const MS_PER_DAY = 86_400_000;
/** Above this many the text cannot be milliseconds of a date: some drivers send nanoseconds in bulk. */
const DATE_MS_MAX = 2e15;
const NANOS_PER_MICRO = 1_000n;
const OFFSET_BIAS_MINUTES = 1_440;
const MICROS_PER_DAY = 86_400_000_000n;
/** Days from the epoch to the year 9999, and further back than the year 1. */
const DATE_DAYS_MAX = 2_932_896;
/** The same in microseconds. */
const MICROS_MAX = BigInt(DATE_DAYS_MAX + 1) * MICROS_PER_DAY;
const TEXT = textType(VARCHAR_DEFAULT_LENGTH);
const INTEGER = /^-?\d+$/;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const HEX = /^([0-9a-f]{2})*$/i;
const REAL_WORDS: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
]);

/** Looks up `?` and `:n` by number, `:name` by name. */
export function bindReader(
  binds: WireBindings | undefined,
): (key: number | string) => TypedValue | undefined {
  return (key) => {
    const binding = binds?.single.get(String(key));
    if (binding !== undefined) return typedValue(binding);
    const column = binds?.batch?.columns.find((candidate) => candidate.key === String(key));
    if (column === undefined) return undefined;
    // Only types are asked of a batch here; its rows are inserted by another way.
    return typedValue({ type: column.type, value: column.values[0] ?? null });
  };
}

/**
 * A binding's value, checked: what is not of the binding's type must not reach the engine's SQL. Its type does not depend on
 * the value, but for a number's scale.
 * https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-example#data-type-mappings-for-qmark-and-numeric-bindings
 * @throws 100038 and its like for text that is not of the binding's type
 */
export function typedValue({ type, value }: WireBinding): TypedValue {
  if (value === null) return { type: typeOfNull(type), value: null };
  switch (type) {
    case "FIXED":
      return fixed(value);
    case "REAL":
      return { type: FLOAT, value: real(value) };
    case "BOOLEAN":
      return { type: BOOLEAN, value: boolean(value) };
    case "DATE":
      return { type: DATE, value: dateValue(value) };
    case "TIME":
      return { type: timeType(), value: timeValue(value) };
    case "TIMESTAMP_NTZ":
      return timestamp("ntz", value);
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP":
      return timestamp("ltz", value);
    case "TIMESTAMP_TZ":
      return timestamp("tz", value);
    case "BINARY":
      if (!HEX.test(value)) throw snowflakeError("notHex", { value });
      return { type: BINARY, value: value.toUpperCase() };
    case "DECFLOAT":
      return { type: DECFLOAT, value: decfloatText(value) };
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return semiStructured(type, canonical(value));
    default:
      return { type: TEXT, value };
  }
}

function fixed(value: string): TypedValue {
  const text = value.trim();
  if (!NUMBER.test(text)) throw snowflakeError("numericNotRecognized", { value });
  const plain = withoutExponent(text);
  const type = numberTypeOfText(plain);
  // With too many digits it is text that the engine casts, with its own error.
  if (type?.kind !== "number") return { type: TEXT, value: text };
  return { type: numberType(NUMBER_MAX_PRECISION, type.scale), value: plain };
}

/** `1.5E+3`, as Python prints decimals, as `1500`; what no NUMBER can hold stays as it is. */
function withoutExponent(text: string): string {
  const found = /e/i.test(text) ? parseDecimalText(text) : null;
  if (found === null || Math.abs(found.scale) > NUMBER_MAX_PRECISION) return text;
  return decimalToText(found.unscaled, found.scale);
}

function real(value: string): number {
  const text = value.trim().toLowerCase();
  const special = REAL_WORDS.get(text);
  if (special !== undefined) return special;
  if (!NUMBER.test(text)) throw snowflakeError("numericNotRecognized", { value });
  return Number(text);
}

function boolean(value: string): boolean {
  const text = value.trim();
  if (/^(true|1|t|yes|y|on)$/i.test(text)) return true;
  if (/^(false|0|f|no|n|off)$/i.test(text)) return false;
  throw snowflakeError("booleanNotRecognized", { value });
}

function typeOfNull(type: string): SnowType {
  return type === "TEXT" ? TEXT : NULL_TYPE;
}

function dateValue(value: string): ConstantValue {
  const days = INTEGER.test(value)
    ? daysOf(Number(value))
    : Math.floor(Date.parse(`${value}T00:00:00Z`) / MS_PER_DAY);
  if (!(Math.abs(days) <= DATE_DAYS_MAX)) throw snowflakeError("dateNotRecognized", { value });
  return days;
}

function daysOf(number: number): number {
  const milliseconds = Math.abs(number) > DATE_MS_MAX ? number / 1e6 : number;
  return Math.floor(milliseconds / MS_PER_DAY);
}

function timeValue(value: string): bigint {
  const time = INTEGER.test(value) ? micros(value) : -1n;
  if (time < 0n || time >= MICROS_PER_DAY) throw snowflakeError("timeNotRecognized", { value });
  return time;
}

function micros(nanoseconds: string): bigint {
  const value = BigInt(nanoseconds);
  const whole = value / NANOS_PER_MICRO;
  return value < 0n && whole * NANOS_PER_MICRO !== value ? whole - 1n : whole;
}

function timestamp(flavor: "ntz" | "ltz" | "tz", value: string): TypedValue {
  const [nanoseconds = "", offset = String(OFFSET_BIAS_MINUTES)] = value.trim().split(/\s+/);
  if (!INTEGER.test(nanoseconds)) {
    return { type: TEXT, value };
  }
  const instant = micros(nanoseconds);
  const offsetMinutes = Number(offset) - OFFSET_BIAS_MINUTES;
  const inRange = instant >= -MICROS_MAX && instant <= MICROS_MAX;
  if (!inRange || !(Math.abs(offsetMinutes) < OFFSET_BIAS_MINUTES)) {
    throw snowflakeError("timestampNotRecognized", { value });
  }
  if (flavor !== "tz") return { type: timestampType(flavor), value: instant };
  return { type: timestampType("tz"), value: { micros: instant, offsetMinutes } };
}

/** An OBJECT or ARRAY where the value is one; what is not is a VARIANT, which is cast with its own error. */
function semiStructured(type: string, value: string): TypedValue {
  if (type === "OBJECT" && value.startsWith("{")) return { type: OBJECT, value };
  if (type === "ARRAY" && value.startsWith("[")) return { type: ARRAY, value };
  return { type: VARIANT, value };
}

function canonical(json: string): string {
  const value = parseJsonText(json);
  if (value === null) throw snowflakeError("badRequest", { detail: "an empty VARIANT binding" });
  return value;
}
