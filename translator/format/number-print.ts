/**
 * Prints numbers by format models (TO_CHAR, TO_VARCHAR).
 * https://docs.snowflake.com/en/sql-reference/sql-format-models
 */

import { must } from "../base/assert.ts";
import { type Decimal, decimalFromFloat, decimalToText, powerOfTen, rescale } from "./decimal.ts";
import { minimalDigits } from "./number-minimal.ts";
import {
  type NumberElement,
  type NumberFormat,
  type NumberModel,
  numberModel,
} from "./number-model.ts";
import { floatToText, specialFloatText } from "./number-text.ts";

type Printed = {
  readonly decimal: Decimal;
  readonly isFloat: boolean;
  /** NaN, inf, -inf: these have no digits. */
  readonly special: string | undefined;
};

/** A NUMBER (unscaled integer and scale) printed by a model. Throws 100060 for a text that is no model. */
export function numberToTextWithModel(
  unscaled: bigint,
  scale: number,
  model: NumberModel | string,
): string {
  const decimal = { unscaled, scale, isNegative: unscaled < 0n };
  return print({ decimal, isFloat: false, special: undefined }, model);
}

/** A FLOAT printed by a model. Throws 100060 for a text that is no model. */
export function floatToTextWithModel(value: number, model: NumberModel | string): string {
  const special = specialFloatText(value);
  const zero = { unscaled: 0n, scale: 0, isNegative: value < 0 };
  const decimal = special === undefined ? decimalFromFloat(value) : zero;
  return print({ decimal, isFloat: true, special }, model);
}

function print(value: Printed, model: NumberModel | string): string {
  const { formats } = typeof model === "string" ? numberModel(model) : model;
  const format = must(formats[0]);
  const { kinds } = format;
  if (kinds.has("auto")) return printAuto(value);
  const scaled = kinds.has("percent") ? timesHundred(value) : value;
  if (kinds.has("minimal")) return printMinimal(format, scaled);
  return format.isHex ? printHex(format, scaled) : printFixed(format, scaled);
}

function printAuto({ decimal, isFloat, special }: Printed): string {
  if (special !== undefined) return special;
  const plain = decimalToText(decimal.unscaled, decimal.scale);
  return isFloat ? floatToText(Number(plain)) : plain;
}

function timesHundred(value: Printed): Printed {
  const { unscaled, scale, isNegative } = value.decimal;
  const decimal =
    scale >= 2
      ? { unscaled, scale: scale - 2, isNegative }
      : { unscaled: rescale(unscaled, scale, 2), scale: 0, isNegative };
  return { ...value, decimal };
}

/** What stands in the digit places: `null` asks for the overflow mark in every place. */
type Digits = {
  readonly integer: string | null;
  readonly fraction: string;
  readonly exponent: number;
  readonly isNegative: boolean;
};

function printFixed(format: NumberFormat, value: Printed): string {
  const digits = fixedDigits(format, value);
  return layOut(format, digits, value.special !== undefined);
}

function fixedDigits(format: NumberFormat, value: Printed): Digits {
  const { decimal } = value;
  const hasExponent = format.kinds.has("exponent");
  const exponent = hasExponent ? exponentOf(decimal, format) : 0;
  const rounded = rescale(decimal.unscaled, decimal.scale + exponent, format.fractionPlaces);
  const isNegative =
    decimal.unscaled === 0n ? decimal.isNegative : rounded < 0n || decimal.isNegative;
  const text = (rounded < 0n ? -rounded : rounded)
    .toString()
    .padStart(format.fractionPlaces + 1, "0");
  const at = text.length - format.fractionPlaces;
  const integer = text.slice(0, at);
  const isTooLong = integer !== "0" && integer.length > format.integerPlaces;
  return {
    integer: isTooLong || value.special !== undefined ? null : integer,
    fraction: text.slice(at),
    exponent,
    isNegative,
  };
}

/** The exponent that puts a digit 1..9 into the first place before the point, after rounding. */
function exponentOf(decimal: Decimal, format: NumberFormat): number {
  const size = decimal.unscaled < 0n ? -decimal.unscaled : decimal.unscaled;
  if (size === 0n) return 0;
  const places = Math.max(1, format.integerPlaces);
  const exponent = size.toString().length - decimal.scale - places;
  const rounded = rescale(size, decimal.scale + exponent, format.fractionPlaces);
  const isCarried = rounded >= powerOfTen(places + format.fractionPlaces);
  return isCarried ? exponent + 1 : exponent;
}

/** Where the sign goes when the model has no element for it: before the first digit, with a place kept. */
function floatingPrefix(format: NumberFormat, isNegative: boolean, isCompact: boolean): string {
  const firstPlace = format.elements.findIndex(({ kind }) => kind === "digit" || kind === "hex");
  const before = format.elements.slice(0, firstPlace).map(({ kind }) => kind);
  const blank = isCompact ? "" : " ";
  const dollar = format.kinds.has("dollar") ? "$" : "";
  if (before.includes("sign")) {
    const sign = isNegative ? "-" : "+";
    return before.indexOf("dollar") >= 0 && before.indexOf("dollar") < before.indexOf("sign")
      ? dollar + sign
      : sign + dollar;
  }
  const isExplicit = format.kinds.has("sign") || format.kinds.has("minus");
  if (isExplicit || format.isHex) return dollar;
  return (isNegative ? "-" : blank) + dollar;
}

function layOut(format: NumberFormat, digits: Digits, isOverflow: boolean): string {
  const firstPlace = format.elements.findIndex(({ kind }) => kind === "digit" || kind === "hex");
  let isCompact = false;
  let before = "";
  let area = "";
  let prefix = "";
  const places = placesOf(format, digits, isOverflow);
  format.elements.forEach((element, index) => {
    if (index === firstPlace) prefix = floatingPrefix(format, digits.isNegative, isCompact);
    if (element.kind === "fill") isCompact = !isCompact;
    const isPrefix = index < firstPlace && (element.kind === "sign" || element.kind === "dollar");
    if (isPrefix || element.kind === "dollar") return;
    const text = placeText(element, must(places[index]), digits, isCompact);
    if (index < firstPlace) before += text;
    else area += text;
  });
  const start = area.length - area.trimStart().length;
  return before + area.slice(0, start) + prefix + area.slice(start);
}

/** The text of every element that shows digits; an empty text for the others. */
function placesOf(format: NumberFormat, digits: Digits, isOverflow: boolean): string[] {
  const { elements } = format;
  const point = elements.findIndex(({ kind }) => kind === "point");
  const end = point < 0 ? elements.length : point;
  const isBlankZero = format.kinds.has("blankZero") && digits.integer === "0";
  const integer = isBlankZero ? "" : digits.integer;
  const texts = elements.map(() => "");
  let left = format.integerPlaces;
  let isShown = false;
  elements.slice(0, end).forEach((element, index) => {
    if (element.kind === "group") texts[index] = isShown ? "," : " ";
    if (element.kind !== "digit" && element.kind !== "hex") return;
    const digit = integer === null ? "#" : integer.charAt(integer.length - left);
    left--;
    const isForced = element.kind === "digit" && element.isZero && !isBlankZero;
    isShown ||= isForced || (digit !== "" && integer !== null && left < integer.length);
    isShown ||= integer === null;
    texts[index] = isShown ? digit || "0" : " ";
  });
  fillFraction(elements, end, digits, integer === null || isOverflow, texts);
  return texts;
}

/** Zeros at the end stay only in places up to the last 0 element. */
function fillFraction(
  elements: readonly NumberElement[],
  end: number,
  digits: Digits,
  isOverflow: boolean,
  texts: string[],
): void {
  let right = digits.fraction.length;
  let isShown = isOverflow;
  for (let index = elements.length - 1; index > end; index--) {
    const element = must(elements[index]);
    if (element.kind !== "digit") continue;
    right--;
    const digit = digits.fraction.charAt(right);
    isShown ||= element.isZero || digit !== "0";
    if (isShown) texts[index] = isOverflow ? "#" : digit;
    else texts[index] = " ";
  }
}

function placeText(
  element: NumberElement,
  place: string,
  digits: Digits,
  isCompact: boolean,
): string {
  switch (element.kind) {
    case "digit":
    case "hex":
    case "group":
      return isCompact ? place.trim() : place;
    case "point":
      return ".";
    case "literal":
      return element.text;
    case "percent":
      return "%";
    case "sign":
      return digits.isNegative ? "-" : "+";
    case "minus":
      return digits.isNegative ? "-" : isCompact ? "" : " ";
    case "exponent":
      return exponentText(element, digits, isCompact);
    default:
      return "";
  }
}

const WIDEST_EXPONENT = 7;

function exponentText(
  element: Extract<NumberElement, { kind: "exponent" }>,
  { exponent }: Digits,
  isCompact: boolean,
): string {
  if (element.width === 2) {
    const text = `${element.letter}${exponent}`;
    return isCompact ? text : text.padEnd(WIDEST_EXPONENT);
  }
  const sign = exponent < 0 ? "-" : "+";
  const digits = String(Math.abs(exponent)).padStart(element.width - 2, "0");
  const shown = digits.length > element.width - 2 ? "#".repeat(element.width - 2) : digits;
  return element.letter + sign + shown;
}

/** Without a sign element a negative value is the two's complement in the places of the model. */
function printHex(format: NumberFormat, value: Printed): string {
  const { decimal } = value;
  const rounded = rescale(decimal.unscaled, decimal.scale, 0);
  const hasSign = format.kinds.has("sign") || format.kinds.has("minus");
  const range = 1n << BigInt(4 * format.integerPlaces);
  const size = rounded < 0n ? -rounded : rounded;
  const isTooLong = value.special !== undefined || size >= range;
  const shown = rounded < 0n && !hasSign ? range - size : size;
  const isUpper = format.elements.some((element) => element.kind === "hex" && element.isUpper);
  const text = shown.toString(16);
  const digits = {
    integer: isTooLong ? null : isUpper ? text.toUpperCase() : text,
    fraction: "",
    exponent: 0,
    isNegative: decimal.isNegative,
  };
  return layOut(format, digits, value.special !== undefined);
}

function printMinimal(format: NumberFormat, value: Printed): string {
  const { decimal, special } = value;
  const unsigned = special?.replace("-", "") ?? "";
  const isNegative = decimal.isNegative || special === "-inf";
  const size = {
    ...decimal,
    unscaled: decimal.unscaled < 0n ? -decimal.unscaled : decimal.unscaled,
  };
  const hasSign = format.kinds.has("sign") || format.kinds.has("minus");
  let isCompact = false;
  let isDollarDue = false;
  let text = "";
  for (const element of format.elements) {
    if (element.kind === "fill") isCompact = !isCompact;
    else if (element.kind === "dollar") isDollarDue = true;
    else if (element.kind === "minimal") {
      const isBlank =
        format.kinds.has("blankZero") && size.unscaled === 0n && special === undefined;
      const body =
        unsigned || (isBlank ? " " : minimalDigits(element, size, value.isFloat, isCompact));
      text += (isNegative && !hasSign ? "-" : "") + (isDollarDue ? "$" : "") + body;
    } else text += placeText(element, "", signOnly(isNegative), isCompact);
  }
  return text;
}

function signOnly(isNegative: boolean): Digits {
  return { integer: "", fraction: "", exponent: 0, isNegative };
}
