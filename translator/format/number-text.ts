/**
 * Text to NUMBER, FLOAT and BOOLEAN without a format model, and back.
 * https://docs.snowflake.com/en/sql-reference/functions/to_decimal
 * https://docs.snowflake.com/en/sql-reference/functions/to_boolean
 */

import { snowflakeError } from "../base/errors.ts";
import { type Decimal, decimalFromParts, fitsPrecision, toScale } from "./decimal.ts";

const PLAIN_INTEGER = /^-?\d{1,18}$/;

/** Mantissa or exponent may be missing: a lone E is 0. */
const NUMBER_TEXT = /^\s*([+-]?)(\d*)(?:\.(\d*))?([eE]([+-]?\d*))?\s*$/;

/** The decimal of a number text, or null when it is none. */
export function parseDecimalText(text: string): Decimal | null {
  const found = NUMBER_TEXT.exec(text);
  if (found === null) return null;
  const [, sign, integer = "", fraction = "", exponent, power = ""] = found;
  if (integer === "" && fraction === "" && exponent === undefined) return null;
  return decimalFromParts(sign === "-", integer, fraction, exponentValue(power));
}

/** Beyond every type's range, and small enough to calculate with. */
const MAX_EXPONENT = 1_000_000_000;

function exponentValue(power: string): number {
  const value = Number(power);
  if (Number.isNaN(value)) return 0;
  return Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, value));
}

/** The unscaled integer of a decimal in NUMBER(precision, scale); 100039 when it does not fit. */
export function decimalToNumber(
  decimal: Decimal,
  precision: number,
  scale: number,
  text: string,
): bigint {
  const unscaled = toScale(decimal, scale);
  if (unscaled === null || !fitsPrecision(unscaled, precision)) {
    throw snowflakeError("numericOutOfRange", { value: text });
  }
  return unscaled;
}

/**
 * NUMBER(precision, scale) from text, as an unscaled integer. Rounds half away from zero.
 * @throws 100038 not a number, 100039 too many digits before the point
 */
export function textToNumber(text: string, precision: number, scale: number): bigint {
  if (scale === 0 && precision >= 18 && PLAIN_INTEGER.test(text)) return BigInt(text);
  const decimal = parseDecimalText(text);
  if (decimal === null) throw snowflakeError("numericNotRecognized", { value: text });
  return decimalToNumber(decimal, precision, scale, text);
}

const SPECIAL_FLOATS: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);

/**
 * FLOAT from text; NaN, inf and -inf in any case.
 * https://docs.snowflake.com/en/sql-reference/data-types-numeric
 * @throws 100038 not a number, 100039 beyond the largest float
 */
export function textToFloat(text: string): number {
  const found = NUMBER_TEXT.exec(text);
  const [, sign = "", integer = "", fraction = "", exponent, power = ""] = found ?? [];
  if (integer === "" && fraction === "" && exponent === undefined) {
    const special = SPECIAL_FLOATS.get(text.trim().toLowerCase());
    if (special !== undefined) return special;
    throw snowflakeError("numericNotRecognized", { value: text });
  }
  const value = Number(`${sign}${integer}.${fraction}0e${exponentValue(power)}`);
  if (!Number.isFinite(value)) throw snowflakeError("numericOutOfRange", { value: text });
  return value;
}

/** NaN and the infinities as Snowflake writes them; undefined for every other float. */
export function specialFloatText(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "inf";
  return value === Number.NEGATIVE_INFINITY ? "-inf" : undefined;
}

/** JavaScript writes e+0 where Snowflake writes at least two digits. */
function widenExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

const TEXT_DIGITS = 10;

/**
 * FLOAT as VARCHAR: 10 significant digits without trailing zeros, with an exponent below 0.0001 and from
 * 10 integer digits on. (The page prints TO_VARCHAR(LOG(3,4)) as 1.261859507.)
 * https://docs.snowflake.com/en/sql-reference/functions/to_char
 */
export function floatToText(value: number): string {
  const special = specialFloatText(value);
  if (special !== undefined) return special;
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const scientific = value.toExponential(TEXT_DIGITS - 1);
  const exponent = Number(scientific.slice(scientific.indexOf("e") + 1));
  if (exponent < -4 || exponent >= TEXT_DIGITS) {
    return widenExponent(scientific.replace(/\.?0*e/, "e"));
  }
  const plain = value.toPrecision(TEXT_DIGITS);
  return plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
}

const JSON_DIGITS = 15;

/**
 * FLOAT inside a VARIANT's JSON text: 1.230000000000000e+00.
 * https://docs.snowflake.com/en/sql-reference/data-types-semistructured
 */
export function floatToJsonText(value: number): string {
  return specialFloatText(value) ?? widenExponent(value.toExponential(JSON_DIGITS));
}

const TRUE_TEXTS: ReadonlySet<string> = new Set(["true", "t", "yes", "y", "on", "1"]);
const FALSE_TEXTS: ReadonlySet<string> = new Set(["false", "f", "no", "n", "off", "0"]);

/**
 * BOOLEAN from text: true, t, yes, y, on, 1 and their opposites, in any case.
 * @throws 100037
 */
export function textToBoolean(text: string): boolean {
  const lower = text.toLowerCase();
  if (TRUE_TEXTS.has(lower)) return true;
  if (FALSE_TEXTS.has(lower)) return false;
  throw snowflakeError("booleanNotRecognized", { value: text });
}
