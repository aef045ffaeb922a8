/**
 * Canonical text: how a VARIANT, OBJECT or ARRAY is stored (DuckDB VARCHAR holding valid JSON).
 *
 * - Object keys sorted by code point, no blanks, strings as JSON.stringify writes them.
 * - SQL NULL is DuckDB's NULL; JSON null is `null`.
 * - A *plain* number stands bare: an exact number of at most 15 significant digits whose fraction
 *   has no trailing zero and whose size is at least 0.00001 (so that JSON.parse and String round-trip it).
 * - Everything else is a *tagged string*: U+F8FF, a tag letter, a payload:
 *   N exact number that is not plain, F FLOAT (shortest text, NaN, inf, -inf), D date, T time,
 *   Z timestamp_ntz, L timestamp_ltz, O timestamp_tz (forms in temporal.ts), B binary (hex, upper case),
 *   U undefined (a SQL NULL inside an array), Q a text that itself begins with U+F8FF.
 * - What PARSE_XML or XMLGET made carries the last member `"\uF8FFX":true`: it prints as XML.
 *
 * So `text.includes("\uF8FF")` says whether anything but plain JSON is inside.
 */
import { decimalText, parseDecimal, trimDecimal } from "./decimal.ts";

/** The character that begins a tagged string. */
export const MARK = "\uF8FF";
const MARK_CODE = 0xf8ff;

export type Tag = "N" | "F" | "D" | "T" | "Z" | "L" | "O" | "B" | "U";

/** A scalar that JSON has no form for. */
export class Tagged {
  readonly tag: Tag;
  readonly payload: string;

  constructor(tag: Tag, payload: string) {
    this.tag = tag;
    this.payload = payload;
  }
}

/** An object has no prototype or only own keys matter: read it with Object.hasOwn and Object.keys. */
export type VariantObject = { [key: string]: VariantValue };
/** A JS number is always a plain number; a FLOAT is Tagged "F". */
export type VariantValue =
  | null
  | boolean
  | number
  | string
  | Tagged
  | VariantValue[]
  | VariantObject;

export const UNDEFINED = new Tagged("U", "");
export const UNDEFINED_TEXT = `"${MARK}U"`;
/** The member that flags an object as XML; see the head of this file. */
export const XML_KEY = `${MARK}X`;
const XML_TAIL = `"${XML_KEY}":true}`;

/** A new object, safe for every key. */
export function newObject(): VariantObject {
  return Object.create(null) as VariantObject;
}

export function isObjectValue(value: VariantValue | undefined): value is VariantObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Tagged)
  );
}

/** Orders texts by code point (JavaScript's own order is by UTF-16 unit). */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // A surrogate stands for a code point above every other unit.
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    if (xHigh !== yHigh) return xHigh ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** The number of a decimal text (no exponent): a plain JS number, or a Tagged "N". */
export function numberValue(text: string): number | Tagged {
  if (PLAIN_INTEGER.test(text)) return Number(text);
  const parsed = parseDecimal(text);
  if (parsed === undefined) return new Tagged("N", text);
  const value = trimDecimal(parsed);
  const plain = decimalText(value);
  const digits = value.scale < 0 ? value.digits.length - value.scale : value.digits.length;
  const small = value.scale > 0 && value.scale - value.digits.length > 4;
  return digits <= 15 && !small ? Number(plain) : new Tagged("N", plain);
}

/** The FLOAT of a JS number. */
export function floatValue(value: number): Tagged {
  return new Tagged("F", floatPayload(value));
}

function floatPayload(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  return String(value);
}

/** The JS number of a Tagged "F" payload. */
export function floatOfPayload(payload: string): number {
  if (payload === "inf") return Number.POSITIVE_INFINITY;
  if (payload === "-inf") return Number.NEGATIVE_INFINITY;
  return Number(payload);
}

/** Canonical text of a FLOAT. */
export function floatText(value: number): string {
  return `"${MARK}F${floatPayload(value)}"`;
}

/** Canonical text of an exact number given as decimal text (no exponent). */
export function numberText(text: string): string {
  const value = numberValue(text);
  return typeof value === "number" ? String(value) : taggedText(value.tag, value.payload);
}

/** Canonical text of a text value. */
export function stringText(text: string): string {
  if (text.charCodeAt(0) === MARK_CODE) return JSON.stringify(`${MARK}Q${text}`);
  return JSON.stringify(text);
}

/** Canonical text of a tagged scalar; no payload needs JSON escapes. */
export function taggedText(tag: Tag, payload: string): string {
  return `"${MARK}${tag}${payload}"`;
}

/** A tree to canonical text. */
export function encodeVariant(value: VariantValue): string {
  if (value === null) return "null";
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value === "string") return stringText(value);
  if (value instanceof Tagged) return taggedText(value.tag, value.payload);
  if (Array.isArray(value)) return `[${value.map(encodeVariant).join(",")}]`;
  const keys = sortedKeys(value);
  let text = "{";
  for (const key of keys) {
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(key)}:${encodeVariant(value[key] ?? null)}`;
  }
  return `${text}}`;
}

/** Keys by code point; most documents repeat one order, so a linear check comes first. */
function sortedKeys(value: VariantObject): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) {
    if (compareText(keys[i - 1] ?? "", keys[i] ?? "") > 0) return keys.sort(compareText);
  }
  return keys;
}

/** Canonical text to a tree. The XML flag of an object is dropped. */
export function decodeVariant(text: string): VariantValue {
  const value = JSON.parse(text) as VariantValue;
  return text.includes(MARK) ? untag(value) : value;
}

function untag(value: VariantValue): VariantValue {
  if (typeof value === "string")
    return value.charCodeAt(0) === MARK_CODE ? taggedValue(value) : value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = untag(value[i] ?? null);
    return value;
  }
  if (!isObjectValue(value)) return value;
  for (const key of Object.keys(value)) {
    if (key === XML_KEY) delete value[key];
    else setOwn(value, key, untag(value[key] ?? null));
  }
  return value;
}

/** Sets an own member, also one named `__proto__` on an object that JSON.parse made. */
function setOwn(target: VariantObject, key: string, value: VariantValue): void {
  if (key !== "__proto__") target[key] = value;
  else
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function taggedValue(text: string): VariantValue {
  const tag = text.charAt(1);
  if (tag === "Q") return text.slice(2);
  return new Tagged(tag as Tag, text.slice(2));
}

/** The tag of a canonical text that is one tagged scalar, "Q" included; nothing for all others. */
export function tagOf(text: string): Tag | "Q" | undefined {
  if (text.charCodeAt(1) !== MARK_CODE || text.charCodeAt(0) !== 34) return undefined;
  return text.charAt(2) as Tag | "Q";
}

/** The payload of a canonical text that is one tagged scalar other than "Q". */
export function payloadOf(text: string): string {
  return text.slice(3, -1);
}

/** Whether the object came from PARSE_XML or XMLGET. */
export function isXmlText(text: string): boolean {
  return text.endsWith(XML_TAIL);
}

/** Flags an object's canonical text as XML. */
export function markXml(text: string): string {
  if (isXmlText(text)) return text;
  return `${text.slice(0, -1)}${text.length > 2 ? "," : ""}${XML_TAIL}`;
}

/** Takes the XML flag away. */
export function unmarkXml(text: string): string {
  if (!isXmlText(text)) return text;
  const body = text.slice(0, -XML_TAIL.length);
  return `${body.endsWith(",") ? body.slice(0, -1) : body}}`;
}
