/**
 * The text-minimal elements of numeric format models: TM, TM9 and TME.
 * https://docs.snowflake.com/en/sql-reference/sql-format-models#text-minimal-numeric-formats
 */

import { type Decimal, decimalToText, rescale } from "./decimal.ts";
import type { NumberElement } from "./number-model.ts";

type Minimal = Extract<NumberElement, { kind: "minimal" }>;

/** From this many digits before the point a FLOAT in positional notation is too long and becomes TME. */
const LONGEST_FLOAT = 18;
/** Decimal places after which a FLOAT in positional notation counts as zero. */
const FLOAT_DECIMALS = 18;

/**
 * The digits of a number without sign by a text-minimal element.
 * @param size      the absolute value
 * @param isCompact drops the zeros at the end of a NUMBER's fraction
 */
export function minimalDigits(
  element: Minimal,
  size: Decimal,
  isFloat: boolean,
  isCompact: boolean,
): string {
  const magnitude = size.unscaled.toString().length - size.scale;
  const scientific = scientificText(size, element.letter);
  if (element.form === "scientific") return scientific;
  if (isFloat && magnitude > LONGEST_FLOAT) return scientific;
  const positional = positionalText(element, size, isFloat, isCompact);
  if (element.form === "positional") return positional;
  const isLost = isFloat && magnitude <= -LONGEST_FLOAT;
  return isLost || scientific.length < positional.length ? scientific : positional;
}

function positionalText(
  element: Minimal,
  size: Decimal,
  isFloat: boolean,
  isCompact: boolean,
): string {
  const most = Math.min(
    element.maxDecimals ?? Number.POSITIVE_INFINITY,
    isFloat ? FLOAT_DECIMALS : Number.POSITIVE_INFINITY,
  );
  const scale = Math.max(0, Math.min(size.scale, most));
  let text = decimalToText(rescale(size.unscaled, size.scale, scale), scale);
  if ((isFloat || isCompact) && text.includes(".")) text = text.replace(/\.?0+$/, "");
  const groupSize = element.groupSize;
  if (groupSize === null) return text;
  const [integer = "", fraction] = text.split(".");
  const grouped = integer.replace(new RegExp(`\\B(?=(\\d{${groupSize}})+$)`, "g"), ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function scientificText(size: Decimal, letter: string): string {
  if (size.unscaled === 0n) return `0${letter}0`;
  const digits = size.unscaled.toString();
  const fraction = digits.slice(1).replace(/0+$/, "");
  const exponent = digits.length - 1 - size.scale;
  return `${digits.charAt(0)}${fraction === "" ? "" : `.${fraction}`}${letter}${exponent}`;
}
