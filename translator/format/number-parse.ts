/**
 * Parses numbers by format models (TO_NUMBER, TO_DECIMAL, TO_DOUBLE).
 * https://docs.snowflake.com/en/sql-reference/sql-format-models
 */

import { snowflakeError } from "../base/errors.ts";
import { type Decimal, decimalFromParts, decimalToText } from "./decimal.ts";
import {
  type NumberElement,
  type NumberFormat,
  type NumberModel,
  numberModel,
} from "./number-model.ts";
import { numberToTextWithModel } from "./number-print.ts";
import { decimalToNumber, parseDecimalText } from "./number-text.ts";

/**
 * NUMBER(precision, scale) from text by a model, as an unscaled integer. The first alternative that fits counts.
 * @throws 100140 no alternative fits, 100039 out of range, 100060 no model
 */
export function textToNumberWithModel(
  text: string,
  model: NumberModel | string,
  precision: number,
  scale: number,
): bigint {
  return decimalToNumber(parseByModel(text, model), precision, scale, text);
}

/** FLOAT from text by a model. Throws 100140 and 100060 as above. */
export function textToFloatWithModel(text: string, model: NumberModel | string): number {
  const { unscaled, scale } = parseByModel(text, model);
  return Number(`${unscaled}e${-scale}`);
}

function parseByModel(text: string, model: NumberModel | string): Decimal {
  const compiled = typeof model === "string" ? numberModel(model) : model;
  for (const format of compiled.formats) {
    const found = parseFormat(text, format);
    if (found !== null) return found;
  }
  throw snowflakeError("cannotParseNumber", { value: text, format: compiled.text });
}

function parseFormat(text: string, format: NumberFormat): Decimal | null {
  if (format.kinds.has("auto")) return parseDecimalText(text);
  const found = patternOf(format).exec(text);
  if (found === null) return null;
  const groups = found.groups ?? {};
  const isNegative = groups.before === "-" || groups.after === "-";
  const decimal = format.isHex
    ? hexDecimal(groups.integer ?? "", isNegative, format)
    : plainDecimal(groups, isNegative, format);
  if (decimal === null) return null;
  const scaled = format.kinds.has("percent") ? { ...decimal, scale: decimal.scale + 2 } : decimal;
  return format.kinds.has("exact") && !isPrintedForm(text, scaled, format) ? null : scaled;
}

/** An exact model takes what it prints itself, no more. */
function isPrintedForm(text: string, { unscaled, scale }: Decimal, format: NumberFormat): boolean {
  const plain = parseDecimalText(decimalToText(unscaled, scale));
  if (plain === null) return false;
  return (
    numberToTextWithModel(plain.unscaled, plain.scale, { text: "", formats: [format] }) === text
  );
}

function plainDecimal(
  groups: Readonly<Record<string, string | undefined>>,
  isNegative: boolean,
  format: NumberFormat,
): Decimal | null {
  const grouped = groups.integer ?? "";
  const fraction = groups.fraction ?? "";
  const integer = grouped.replaceAll(",", "");
  if (integer === "" && fraction === "" && groups.power === undefined) return null;
  if (!format.kinds.has("minimal") && !fitsPlaces(grouped, fraction, format)) return null;
  const power = Number(groups.power ?? "0");
  return decimalFromParts(isNegative, integer, fraction, Number.isNaN(power) ? 0 : power);
}

/** Digits are at most the places of the model and fill its 0 places; groups stand where its groups stand. */
function fitsPlaces(grouped: string, fraction: string, format: NumberFormat): boolean {
  const { elements, integerPlaces, fractionPlaces } = format;
  const integer = grouped.replaceAll(",", "");
  if (integer.length > integerPlaces || fraction.length > fractionPlaces) return false;
  const places = elements.filter(({ kind }) => kind === "digit" || kind === "hex");
  const isZero = (element: NumberElement) => element.kind === "digit" && element.isZero;
  const firstZero = places.slice(0, integerPlaces).findIndex(isZero);
  if (firstZero >= 0 && integer.length < integerPlaces - firstZero) return false;
  const lastZero = places.slice(integerPlaces).findLastIndex(isZero);
  if (fraction.length < lastZero + 1) return false;
  if (integer === "" && integerPlaces > 0 && !format.kinds.has("blankZero")) return false;
  return !grouped.includes(",") || hasGroupsOf(grouped, format);
}

function hasGroupsOf(grouped: string, format: NumberFormat): boolean {
  const point = format.elements.findIndex(({ kind }) => kind === "point");
  const before = point < 0 ? format.elements : format.elements.slice(0, point);
  const shape = before
    .filter(({ kind }) => kind === "digit" || kind === "hex" || kind === "group")
    .map(({ kind }) => (kind === "group" ? "," : "9"))
    .join("");
  return shape.endsWith(grouped.replace(/\d/g, "9"));
}

function hexDecimal(text: string, isNegative: boolean, format: NumberFormat): Decimal | null {
  const firstZero = format.elements
    .filter(({ kind }) => kind === "digit" || kind === "hex")
    .findIndex(({ kind }) => kind === "digit");
  if (text === "" || text.length > format.integerPlaces) return null;
  if (firstZero >= 0 && text.length < format.integerPlaces - firstZero) return null;
  const size = BigInt(`0x${text}`);
  return { unscaled: isNegative ? -size : size, scale: 0, isNegative };
}

const patterns = new WeakMap<NumberFormat, RegExp>();

/** The regular expression of a lax format. Counts of digits are checked afterwards. */
function patternOf(format: NumberFormat): RegExp {
  const known = patterns.get(format);
  if (known !== undefined) return known;
  const pattern = new RegExp(`^\\s*${bodyOf(format)}\\s*$`, "i");
  patterns.set(format, pattern);
  return pattern;
}

const NUMBER_AREA: ReadonlySet<string> = new Set(["digit", "hex", "minimal", "dollar"]);

function bodyOf(format: NumberFormat): string {
  const { elements, kinds } = format;
  const first = elements.findIndex(({ kind }) => NUMBER_AREA.has(kind));
  const hasSign = kinds.has("sign") || kinds.has("minus");
  let isInteger = true;
  let hasInteger = false;
  let hasFraction = false;
  let body = "";
  elements.forEach((element, index) => {
    if (index === first && !hasSign) body += "(?<before>[+-]?) *";
    if (element.kind === "point") {
      isInteger = false;
      body += integerPattern(hasInteger, format.isHex);
      hasInteger = true;
      hasFraction = true;
      body += "(?:\\.(?<fraction>\\d*))?";
    } else if (element.kind === "digit" || element.kind === "hex" || element.kind === "group") {
      if (isInteger) body += integerPattern(hasInteger, format.isHex);
      hasInteger ||= isInteger;
    } else body += elementPattern(element, hasInteger || hasFraction || index > first);
  });
  return body;
}

function integerPattern(isThere: boolean, isHex: boolean): string {
  if (isThere) return "";
  return isHex ? "(?<integer>[0-9a-f]+)" : "(?<integer>[\\d,]*)";
}

function elementPattern(element: NumberElement, isAfterNumber: boolean): string {
  switch (element.kind) {
    case "literal":
      return element.text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/ +/g, " +");
    case "blank":
      return " ?";
    case "sign":
    case "minus":
      return isAfterNumber ? " *(?<after>[+-]?)" : "(?<before>[+-]?) *";
    case "dollar":
      return " *\\$ *";
    case "percent":
      return " *%";
    case "exponent":
      return "E(?<power>[+-]?\\d{1,5})";
    case "minimal":
      return minimalPattern(element);
    default:
      return "";
  }
}

function minimalPattern(element: Extract<NumberElement, { kind: "minimal" }>): string {
  const digit = element.groupSize === null ? "\\d" : "[\\d,]";
  const digits = `(?<integer>${digit}*)(?:\\.(?<fraction>\\d*))?`;
  if (element.form === "positional") return digits;
  const exponent = "E(?<power>[+-]?\\d*)";
  return element.form === "scientific" ? digits + exponent : `${digits}(?:${exponent})?`;
}
