/**
 * Equality and order of values. Both come from one text, the sort key: equal values have equal keys and keys
 * order by code point as the values do. Numbers are compared exactly across integer, decimal and FLOAT; a FLOAT
 * counts as its shortest decimal text. JSON null sorts above everything else, undefined above that.
 * https://docs.snowflake.com/en/sql-reference/functions/array_sort
 */
import { decimalSortKey, parseDecimal } from "./decimal.ts";
import { compareText, payloadOf, tagOf, unmarkXml } from "./encoding.ts";
import { textOf } from "./print.ts";
import { elementTexts, literalText, memberTexts } from "./scan.ts";
import { microsOfPayload, zonedOfPayload } from "./temporal.ts";

const END = "\u0001";
const NEXT = "\u0002";
const ESCAPE = "\u0003";

/** The sort key of a value. */
export function sortKey(text: string): string {
  switch (text.charCodeAt(0)) {
    case 34:
      return scalarKey(text);
    case 91:
      return `n${(elementTexts(text) ?? []).map((element) => nested(element)).join("")}${END}`;
    case 123:
      return objectKey(text);
    case 110:
      return "x";
    case 102:
      return "b0";
    case 116:
      return "b1";
    default:
      return numberKey(text);
  }
}

function nested(text: string): string {
  return sortKey(text) + NEXT;
}

/** A text without bare separators, in the same order; structure needs none, as it ends in them. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the key's own separators
  return text.replace(/[\u0001-\u0003]/g, (c) => ESCAPE + c);
}

function objectKey(text: string): string {
  let key = "o";
  for (const member of memberTexts(unmarkXml(text)) ?? []) {
    key += escaped(literalText(member.keyLiteral)) + NEXT + nested(member.value);
  }
  return key + END;
}

function numberKey(text: string): string {
  const value = parseDecimal(text);
  return value === undefined ? `c9${text}` : `c${decimalSortKey(value)}`;
}

function scalarKey(text: string): string {
  const tag = tagOf(text);
  switch (tag) {
    case undefined:
    case "Q":
      return `e${escaped(textOf(text))}`;
    case "N":
      return numberKey(payloadOf(text));
    case "F":
      return floatKey(payloadOf(text));
    case "Z":
      return `i${microsKey(microsOfPayload(payloadOf(text)))}`;
    case "L":
      return `j${microsKey(microsOfPayload(payloadOf(text)))}`;
    case "O":
      return `j${microsKey(zonedOfPayload(payloadOf(text)).instant)}`;
    case "U":
      return "y";
    case "D":
      return `g${payloadOf(text)}`;
    case "T":
      return `h${payloadOf(text)}`;
    case "B":
      return `f${payloadOf(text)}`;
  }
}

function floatKey(payload: string): string {
  if (payload === "NaN") return "c5";
  if (payload === "inf") return "c4";
  if (payload === "-inf") return "c0";
  return numberKey(payload);
}

/** Microseconds (years 0 to 9999 and far around) as text of one length that orders as they do. */
function microsKey(micros: bigint): string {
  return String(micros + 10n ** 18n).padStart(19, "0");
}

/** Less than 0, 0 or more than 0, as the first value is below, equal to or above the second. */
export function compareVariants(a: string, b: string): number {
  if (a === b) return 0;
  return compareText(sortKey(a), sortKey(b));
}

const PLAIN = /^(?:-?[0-9]|t|f)/;

/** Whether two values are equal. */
export function equalVariants(a: string, b: string): boolean {
  if (a === b) return true;
  // Two different bare scalars of JSON are different values.
  if (PLAIN.test(a) && PLAIN.test(b)) return false;
  return sortKey(a) === sortKey(b);
}
