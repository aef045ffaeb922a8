/** Bind values of a request as typed constants (wire.md 1.7: how each driver encodes them). */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { ConstantValue } from "../../translator/bind/bound.ts";
import type { TypedValue } from "../../translator/bind/context.ts";
import { numberTypeOfText } from "../../translator/types/arithmetic.ts";
import {
  BINARY,
  BOOLEAN,
  DATE,
  FLOAT,
  NULL_TYPE,
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
const NUMBER_38: SnowType = { kind: "number", precision: 38, scale: 0 };

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

/** @throws 100038 and its like for text that is not of the binding's type */
export function typedValue({ type, value }: WireBinding): TypedValue {
  if (value === null) return { type: typeOfNull(type), value: null };
  switch (type) {
    case "FIXED":
      return { type: numberTypeOfText(value) ?? NUMBER_38, value };
    case "REAL":
      return { type: FLOAT, value: Number(value) };
    case "BOOLEAN":
      return { type: BOOLEAN, value: /^(true|1|t|yes|y|on)$/i.test(value) };
    case "DATE":
      return { type: DATE, value: dateValue(value) };
    case "TIME":
      return { type: timeType(), value: micros(value) };
    case "TIMESTAMP_NTZ":
      return timestamp("ntz", value);
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP":
      return timestamp("ltz", value);
    case "TIMESTAMP_TZ":
      return timestamp("tz", value);
    case "BINARY":
      return { type: BINARY, value: value.toUpperCase() };
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return { type: VARIANT, value: canonical(value) };
    default:
      return { type: textType(Math.max(1, [...value].length)), value };
  }
}

function typeOfNull(type: string): SnowType {
  if (type === "TEXT") return textType(VARCHAR_DEFAULT_LENGTH);
  return NULL_TYPE;
}

function dateValue(value: string): ConstantValue {
  if (!/^-?\d+$/.test(value)) return Math.floor(Date.parse(`${value}T00:00:00Z`) / MS_PER_DAY);
  const number = Number(value);
  const milliseconds = Math.abs(number) > DATE_MS_MAX ? number / 1e6 : number;
  return Math.floor(milliseconds / MS_PER_DAY);
}

function micros(nanoseconds: string): bigint {
  const value = BigInt(nanoseconds);
  const whole = value / NANOS_PER_MICRO;
  return value < 0n && whole * NANOS_PER_MICRO !== value ? whole - 1n : whole;
}

function timestamp(flavor: "ntz" | "ltz" | "tz", value: string): TypedValue {
  const [nanoseconds = "", offset] = value.trim().split(/\s+/);
  if (!/^-?\d+$/.test(nanoseconds)) return { type: textType(value.length), value };
  const instant = micros(nanoseconds);
  if (flavor !== "tz") return { type: timestampType(flavor), value: instant };
  const offsetMinutes = Number(offset ?? OFFSET_BIAS_MINUTES) - OFFSET_BIAS_MINUTES;
  return { type: timestampType("tz"), value: { micros: instant, offsetMinutes } };
}

function canonical(json: string): string {
  const value = parseJsonText(json);
  if (value === null) throw snowflakeError("badRequest", { detail: "an empty VARIANT binding" });
  return value;
}
