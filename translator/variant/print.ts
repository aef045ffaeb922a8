/**
 * Canonical text to what Snowflake shows: compact (TO_JSON, ::VARCHAR) or pretty (query results).
 * https://docs.snowflake.com/en/sql-reference/functions/to_json
 */
import { unreachable } from "../base/assert.ts";
import { floatToJsonText, floatToText } from "../format/number-text.ts";
import { decimalText, parseDecimal, trimDecimal } from "./decimal.ts";
import {
  decodeVariant,
  floatOfPayload,
  isXmlText,
  MARK,
  payloadOf,
  type Tag,
  tagOf,
  XML_KEY,
} from "./encoding.ts";
import { literalText, stringEnd } from "./scan.ts";
import { xmlText } from "./xml-print.ts";

/** How dates and times print: each takes a payload (temporal.ts) and gives the text without quotes. */
export type VariantFormats = {
  readonly date: (payload: string) => string;
  readonly time: (payload: string) => string;
  readonly ntz: (payload: string) => string;
  readonly ltz: (payload: string) => string;
  readonly tz: (payload: string) => string;
};

export type PrintOptions = {
  readonly formats: VariantFormats;
  /**
   * Blanks by which each element on a line of its own is indented, as in results (JSON_INDENT); compact without, and with
   * 0. XML has two in every result.
   * https://docs.snowflake.com/en/sql-reference/parameters#json-indent
   */
  readonly indent?: number | undefined;
  /**
   * Prints what JSON has no word for as null, so that the text is JSON: undefined elements, NaN and the infinities.
   * https://docs.snowflake.com/en/sql-reference/parameters#strict-json-output
   */
  readonly strict?: boolean | undefined;
};

/** The JSON (or, for what PARSE_XML made, XML) text of a value. */
export function printVariant(text: string, options: PrintOptions): string {
  const tagged = text.includes(MARK);
  if (tagged && isXmlText(text)) return xmlText(decodeVariant(text), options.indent !== undefined);
  if ((options.indent ?? 0) === 0 && !tagged) return text;
  return reprint(text, options);
}

const XML_MEMBER = `,"${XML_KEY}":true`;

function reprint(text: string, options: PrintOptions): string {
  const step = " ".repeat(options.indent ?? 0);
  const pretty = step !== "";
  let out = "";
  let indent = "\n";
  for (let i = 0; i < text.length; ) {
    const c = text.charAt(i);
    if (c === '"') {
      const end = stringEnd(text, i);
      const literal = text.slice(i, end);
      out += text.charAt(end) === ":" ? literal : printScalar(literal, options);
      i = end;
      continue;
    }
    if (c === "," && text.startsWith(XML_MEMBER, i)) {
      // An element inside another value prints as JSON, without its flag.
      i += XML_MEMBER.length;
      continue;
    }
    i++;
    if (!pretty) out += c;
    else if (c === "{" || c === "[") {
      const next = text.charAt(i);
      if (next === "}" || next === "]") {
        out += c + next;
        i++;
      } else {
        indent += step;
        out += c + indent;
      }
    } else if (c === "}" || c === "]") {
      indent = indent.slice(0, -step.length);
      out += indent + c;
    } else if (c === ",") out += c + indent;
    else if (c === ":") out += ": ";
    else out += c;
  }
  return out;
}

function printScalar(literal: string, options: PrintOptions): string {
  const tag = tagOf(literal);
  if (tag === undefined) return literal;
  if (tag === "Q") return JSON.stringify(textOf(literal));
  if (tag === "U") return options.strict === true ? "null" : "undefined";
  if (tag === "F") {
    const value = floatOfPayload(payloadOf(literal));
    return options.strict === true && !Number.isFinite(value) ? "null" : floatToJsonText(value);
  }
  const text = taggedToSql(tag, payloadOf(literal), options.formats);
  return tag === "N" ? text : `"${text}"`;
}

/** The characters of a VARCHAR value's canonical text. */
export function textOf(literal: string): string {
  return tagOf(literal) === "Q" ? literalText(literal).slice(2) : literalText(literal);
}

function taggedToSql(tag: Exclude<Tag, "U">, payload: string, formats: VariantFormats): string {
  switch (tag) {
    case "N":
      return exactText(payload);
    case "F":
      return floatToText(floatOfPayload(payload));
    case "D":
      return formats.date(payload);
    case "T":
      return formats.time(payload);
    case "Z":
      return formats.ntz(payload);
    case "L":
      return formats.ltz(payload);
    case "O":
      return formats.tz(payload);
    case "B":
      return payload;
    default:
      return unreachable(tag);
  }
}

/** An exact number without trailing zeros (PARSE_XML keeps those in the payload). */
export function exactText(payload: string): string {
  const value = parseDecimal(payload);
  return value === undefined ? payload : decimalText(trimDecimal(value));
}

/**
 * The value as SQL text (::VARCHAR): bare text of a string, plain number, true or false, compact JSON of a
 * container; null for JSON null and undefined.
 * https://docs.snowflake.com/en/user-guide/semistructured-considerations
 */
export function variantToText(text: string, formats: VariantFormats): string | null {
  const first = text.charCodeAt(0);
  if (first === 34) {
    const tag = tagOf(text);
    if (tag === undefined || tag === "Q") return textOf(text);
    return tag === "U" ? null : taggedToSql(tag, payloadOf(text), formats);
  }
  if (first === 123 || first === 91) return printVariant(text, { formats });
  return text === "null" ? null : text;
}
