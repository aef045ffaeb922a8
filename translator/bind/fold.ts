/**
 * Constants: making them, and converting them at compile time. A conversion that fails is left to run
 * time, where it raises Snowflake's error only if the row is reached.
 */

import { SnowflakeError } from "../base/errors.ts";
import { textToDate, textToTime, textToTimestamp } from "../format/convert.ts";
import { decimalToText } from "../format/decimal.ts";
import { textToBoolean, textToFloat, textToNumber } from "../format/number-text.ts";
import { NULL_TYPE, type SnowType, textType } from "../types/types.ts";
import type { BoundExpression, ConstantValue } from "./bound.ts";
import type { BindContext } from "./context.ts";

export type BoundConstant = Extract<BoundExpression, { kind: "constant" }>;

/** A constant; NULL is nullable, everything else is not. */
export function constant(type: SnowType, value: ConstantValue, offset?: number): BoundConstant {
  return { kind: "constant", value, type, nullable: value === null, offset };
}

/** A text constant: VARCHAR of its own length in characters. */
export function textConstant(value: string, offset?: number): BoundConstant {
  return constant(textType(Math.max(1, [...value].length)), value, offset);
}

export const NULL_CONSTANT: BoundConstant = constant(NULL_TYPE, null);

export function isNullConstant(expression: BoundExpression): boolean {
  return expression.kind === "constant" && expression.value === null;
}

/** The text of a text constant, else undefined. */
export function constantText(expression: BoundExpression | undefined): string | undefined {
  if (expression?.kind !== "constant" || expression.type.kind !== "text") return undefined;
  return typeof expression.value === "string" ? expression.value : undefined;
}

/** The value of a NUMBER constant as a JavaScript number, else undefined. */
export function constantNumber(expression: BoundExpression | undefined): number | undefined {
  if (expression?.kind !== "constant" || expression.value === null) return undefined;
  if (expression.type.kind !== "number" && expression.type.kind !== "float") return undefined;
  return Number(expression.value);
}

/** A constant converted to another type; undefined when that must happen at run time. */
export function foldCast(
  value: BoundConstant,
  to: SnowType,
  context: BindContext,
): BoundConstant | undefined {
  if (value.value === null) return constant(to, null, value.offset);
  try {
    const folded = convert(value.type, value.value, to, context);
    return folded === undefined ? undefined : constant(to, folded, value.offset);
  } catch (error) {
    if (error instanceof SnowflakeError) return undefined;
    throw error;
  }
}

function convert(
  from: SnowType,
  value: Exclude<ConstantValue, null>,
  to: SnowType,
  context: BindContext,
): ConstantValue | undefined {
  if (from.kind === "text" && typeof value === "string") return convertText(value, to, context);
  if (from.kind === "number" && typeof value === "string") {
    if (to.kind === "number") {
      return decimalToText(textToNumber(value, to.precision, to.scale), to.scale);
    }
    if (to.kind === "float") return Number(value);
    if (to.kind === "text") return value.length <= to.length ? value : undefined;
    if (to.kind === "boolean") return Number(value) !== 0;
  }
  if (from.kind === "boolean" && typeof value === "boolean") {
    if (to.kind === "text") return String(value);
    if (to.kind === "number" && to.scale === 0) return value ? "1" : "0";
  }
  return undefined;
}

function convertText(text: string, to: SnowType, context: BindContext): ConstantValue | undefined {
  const session = {
    timeZone: String(context.parameter("TIMEZONE")),
    twoDigitCenturyStart: Number(context.parameter("TWO_DIGIT_CENTURY_START")),
  };
  switch (to.kind) {
    case "text":
      return [...text].length <= to.length ? text : undefined;
    case "number":
      return decimalToText(textToNumber(text, to.precision, to.scale), to.scale);
    case "float":
      return textToFloat(text);
    case "boolean":
      return textToBoolean(text);
    case "date":
      return textToDate(text, String(context.parameter("DATE_INPUT_FORMAT")), session);
    case "time":
      return to.scale < 6
        ? undefined
        : textToTime(text, String(context.parameter("TIME_INPUT_FORMAT")), session);
    case "timestamp": {
      if (to.scale < 6) return undefined;
      const format = String(context.parameter("TIMESTAMP_INPUT_FORMAT"));
      const found = textToTimestamp(text, format, to.flavor, session);
      return to.flavor === "tz"
        ? { micros: found.micros, offsetMinutes: found.offsetMinutes ?? 0 }
        : found.micros;
    }
    default:
      return undefined;
  }
}
