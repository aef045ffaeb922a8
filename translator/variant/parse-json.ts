/**
 * PARSE_JSON: Snowflake's lax JSON reader. Beyond JSON it takes keys without quotes, single-quoted strings,
 * keywords in any case, blanks where an array element is missing (undefined) and a comma at the end.
 * https://docs.snowflake.com/en/sql-reference/functions/parse_json
 */
import { snowflakeError } from "../base/errors.ts";
import {
  encodeVariant,
  floatValue,
  newObject,
  numberValue,
  UNDEFINED,
  type VariantValue,
} from "./encoding.ts";

/** Deeper documents are refused: every later reader walks them recursively. */
const MAX_DEPTH = 1000;
const MAX_NUMBER_DIGITS = 38;

/** What is wrong with a document, in CHECK_JSON's words: `misplaced }, pos 32`. */
class JsonProblem extends Error {}

const KEYWORDS = new Map<string, VariantValue>([
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", UNDEFINED],
  ["nan", floatValue(Number.NaN)],
  ["infinity", floatValue(Number.POSITIVE_INFINITY)],
  ["-infinity", floatValue(Number.NEGATIVE_INFINITY)],
]);

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

class JsonReader {
  private at = 0;
  private depth = 0;
  private readonly text: string;
  private readonly keepLast: boolean;

  constructor(text: string, keepLast: boolean) {
    this.text = text;
    this.keepLast = keepLast;
  }

  document(): VariantValue {
    const value = this.value();
    this.skipBlanks();
    if (this.at < this.text.length) {
      throw this.problem("more than one document in the input", this.at + 1);
    }
    return value === UNDEFINED ? null : value;
  }

  /** Positions count characters from 1; the default is the last character read. */
  private problem(message: string, position = this.at): JsonProblem {
    return new JsonProblem(`${message}, pos ${position}`);
  }

  private skipBlanks(): void {
    for (;;) {
      const c = this.text.charCodeAt(this.at);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9 && c !== 0xfeff) return;
      this.at++;
    }
  }

  private value(): VariantValue {
    this.skipBlanks();
    const c = this.text.charAt(this.at);
    if (c === "{") return this.object();
    if (c === "[") return this.array();
    if (c === '"' || c === "'") return this.string(c);
    if ((c >= "0" && c <= "9") || c === "-" || c === "+" || c === ".") return this.number();
    return this.keyword();
  }

  private enter(): void {
    this.at++;
    this.depth++;
    if (this.depth > MAX_DEPTH) throw this.problem("document is nested too deeply");
  }

  private object(): VariantValue {
    this.enter();
    const object = newObject();
    for (;;) {
      this.skipBlanks();
      const c = this.text.charAt(this.at);
      if (c === "}") break;
      if (c === "") throw this.problem("incomplete object value", this.at + 1);
      const key = this.key(c);
      if (key in object && !this.keepLast) {
        throw this.problem(`duplicate object attribute ${JSON.stringify(key)}`);
      }
      this.skipBlanks();
      if (this.text.charAt(this.at) !== ":") throw this.problem("missing colon", this.at + 1);
      this.at++;
      const value = this.value();
      object[key] = value === UNDEFINED ? null : value;
      this.separator("}", "incomplete object value");
    }
    this.at++;
    this.depth--;
    return object;
  }

  private key(first: string): string {
    if (first === '"' || first === "'") return this.string(first);
    const word = this.match(WORD);
    if (word !== undefined) return word;
    this.at++;
    throw this.problem(
      "}],:".includes(first) ? `misplaced ${first}` : `invalid character '${first}'`,
    );
  }

  private array(): VariantValue {
    this.enter();
    const elements: VariantValue[] = [];
    for (;;) {
      this.skipBlanks();
      const c = this.text.charAt(this.at);
      if (c === "]") {
        // After a comma (elements exist, or a first one was missing) the end is one more element.
        if (elements.length > 0) elements.push(UNDEFINED);
        break;
      }
      if (c === "") throw this.problem("incomplete array value", this.at + 1);
      elements.push(c === "," ? UNDEFINED : this.value());
      this.skipBlanks();
      if (this.text.charAt(this.at) === "]") break;
      this.separator("]", "incomplete array value");
    }
    this.at++;
    this.depth--;
    return elements;
  }

  /** A comma, or (not consumed) the closing bracket. */
  private separator(close: string, incomplete: string): void {
    this.skipBlanks();
    const c = this.text.charAt(this.at);
    if (c === close) return;
    if (c === "") throw this.problem(incomplete, this.at + 1);
    this.at++;
    if (c === ",") return;
    throw this.problem("}]:".includes(c) ? `misplaced ${c}` : "missing comma");
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }

  private keyword(): VariantValue {
    const word = this.match(WORD);
    if (word === undefined) {
      if (this.at >= this.text.length) throw this.problem("unfinished document", this.at + 1);
      const c = this.text.charAt(this.at++);
      throw this.problem("}],:".includes(c) ? `misplaced ${c}` : `invalid character '${c}'`);
    }
    const value = KEYWORDS.get(word.toLowerCase());
    if (value !== undefined) return value;
    throw this.problem(`unknown keyword ${JSON.stringify(word)}`, this.at + 1);
  }

  private number(): VariantValue {
    const start = this.at;
    const text = this.match(NUMBER);
    if (text === undefined) {
      this.at++;
      if (this.text.charAt(start) === "-" && this.match(WORD)?.toLowerCase() === "infinity") {
        return floatValue(Number.NEGATIVE_INFINITY);
      }
      throw this.problem(`invalid number '${this.text.charAt(start)}'`, start + 1);
    }
    const next = this.text.charCodeAt(this.at);
    if ((next >= 65 && next <= 90) || (next >= 97 && next <= 122) || next === 46) {
      throw this.problem(`invalid number '${this.text.slice(start, this.at + 1)}'`, this.at + 1);
    }
    return jsonNumber(text);
  }

  private string(quote: string): string {
    const start = this.at + 1;
    const end = this.text.indexOf(quote, start);
    const body = end < 0 ? "" : this.text.slice(start, end);
    if (end < 0 || body.includes("\\")) return this.escapedString(quote);
    this.at = end + 1;
    return body;
  }

  private escapedString(quote: string): string {
    const text = this.text;
    let from = this.at + 1;
    let result = "";
    for (let i = from; ; i++) {
      const c = text.charAt(i);
      if (c === "") {
        this.at = i;
        throw this.problem("unfinished string", i + 1);
      }
      if (c === quote) {
        this.at = i + 1;
        // A lone surrogate, which only an escape can make, has no UTF-8 form.
        return (result + text.slice(from, i)).replace(/\p{Surrogate}/gu, "\uFFFD");
      }
      if (c !== "\\") continue;
      result += text.slice(from, i);
      const escaped = text.charAt(i + 1);
      if (escaped === "u" || escaped === "x") {
        const length = escaped === "u" ? 4 : 2;
        result += this.hexEscape(i + 2, length);
        i += 1 + length;
      } else {
        result += ESCAPES[escaped] ?? escaped;
        i++;
      }
      from = i + 1;
    }
  }

  private hexEscape(at: number, length: number): string {
    const hex = this.text.slice(at, at + length);
    if (hex.length < length || !/^[0-9a-fA-F]+$/.test(hex)) {
      throw this.problem(`invalid escape sequence '${this.text.slice(at - 2, at)}${hex}'`, at);
    }
    return String.fromCharCode(Number.parseInt(hex, 16));
  }
}

/** A JSON number: exact when it has no exponent and fits NUMBER(38), else FLOAT. */
function jsonNumber(text: string): VariantValue {
  if (/[eE]/.test(text)) return floatValue(Number(text));
  const value = numberValue(text.startsWith("+") ? text.slice(1) : text);
  if (typeof value === "number") return value;
  const digits = value.payload.replace(/^-?0*\.?0*/, "").replace(".", "").length;
  const scale = value.payload.includes(".")
    ? value.payload.length - value.payload.indexOf(".") - 1
    : 0;
  return digits > MAX_NUMBER_DIGITS || scale >= MAX_NUMBER_DIGITS
    ? floatValue(Number(text))
    : value;
}

/**
 * The tree of a JSON document; nothing for blank text.
 * @param keepLast with true a repeated key's last value wins (PARSE_JSON's 'd'), else it is an error
 * @throws 100069 with the reason and position
 */
export function parseJson(text: string, keepLast = false): VariantValue | undefined {
  if (text.trim() === "") return undefined;
  try {
    return new JsonReader(text, keepLast).document();
  } catch (error) {
    if (error instanceof JsonProblem) throw snowflakeError("jsonParse", { reason: error.message });
    throw error;
  }
}

/** Canonical text of a JSON document; null for blank text. Errors as parseJson. */
export function parseJsonText(text: string, keepLast = false): string | null {
  const value = parseJson(text, keepLast);
  return value === undefined ? null : encodeVariant(value);
}

/** As parseJsonText, with null for a document that is wrong. */
export function tryParseJsonText(text: string, keepLast = false): string | null {
  if (text.trim() === "") return null;
  try {
    return encodeVariant(new JsonReader(text, keepLast).document());
  } catch (error) {
    if (error instanceof JsonProblem) return null;
    throw error;
  }
}

/** CHECK_JSON: what is wrong with a document (`misplaced }, pos 32`), null when it is right or blank. */
export function checkJson(text: string): string | null {
  if (text.trim() === "") return null;
  try {
    new JsonReader(text, false).document();
    return null;
  } catch (error) {
    if (error instanceof JsonProblem) return error.message;
    throw error;
  }
}
