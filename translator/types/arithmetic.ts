/**
 * Result types of arithmetic on NUMBER: L digits before the point, S after it, precision min(38, L + S).
 * https://docs.snowflake.com/en/sql-reference/operators-arithmetic
 */

import { NUMBER_MAX_PRECISION, NUMBER_MAX_SCALE, numberType, type SnowType } from "./types.ts";

export type NumberType = Extract<SnowType, { kind: "number" }>;

function sized(digits: number, scale: number): NumberType {
  const capped = Math.min(scale, NUMBER_MAX_SCALE);
  const precision = Math.max(1, Math.min(NUMBER_MAX_PRECISION, digits + capped));
  return numberType(precision, capped) as NumberType;
}

function digits(type: NumberType): number {
  return type.precision - type.scale;
}

export function additionType(a: NumberType, b: NumberType): NumberType {
  return sized(Math.max(digits(a), digits(b)) + 1, Math.max(a.scale, b.scale));
}

export function multiplicationType(a: NumberType, b: NumberType): NumberType {
  const scale = Math.min(a.scale + b.scale, Math.max(a.scale, b.scale, 12));
  return sized(digits(a) + digits(b), scale);
}

export function divisionType(a: NumberType, b: NumberType): NumberType {
  return sized(digits(a) + b.scale, Math.max(a.scale, Math.min(a.scale + 6, 12)));
}

export function moduloType(a: NumberType, b: NumberType): NumberType {
  return sized(Math.max(digits(a), digits(b)), Math.max(a.scale, b.scale));
}

/** The NUMBER that holds the values of both: the common type of two NUMBERs. */
export function widerNumber(a: NumberType, b: NumberType): NumberType {
  return moduloType(a, b);
}

/** SUM of NUMBER(p,s) is NUMBER(38,s). */
export function sumType(type: NumberType): NumberType {
  return sized(NUMBER_MAX_PRECISION, type.scale);
}

/** AVG of NUMBER(p,s): scale s+6 up to 12 (never below s) as an aggregate, s+3 as a window function. */
export function averageType(type: NumberType, isWindow: boolean): NumberType {
  if (isWindow) return sized(NUMBER_MAX_PRECISION, type.scale + 3);
  const scale = type.scale <= 6 ? type.scale + 6 : Math.max(12, type.scale);
  return sized(NUMBER_MAX_PRECISION, scale);
}

const DECIMAL_TEXT = /^\s*[-+]?(\d*)(?:\.(\d*))?\s*$/;

/** The narrowest NUMBER that holds a decimal text exactly; undefined when it is none or too wide. */
export function numberTypeOfText(text: string): NumberType | undefined {
  const found = DECIMAL_TEXT.exec(text);
  if (found === null) return undefined;
  const whole = (found[1] ?? "").replace(/^0+/, "");
  const scale = (found[2] ?? "").length;
  if ((found[1] ?? "").length + scale === 0) return undefined;
  const precision = Math.max(whole.length + scale, 1);
  if (precision > NUMBER_MAX_PRECISION || scale > NUMBER_MAX_SCALE) return undefined;
  return numberType(precision, scale) as NumberType;
}
