/**
 * Splits the text of a CSV file into records and fields by Snowflake's rules.
 * https://docs.snowflake.com/en/sql-reference/sql/create-file-format
 */

import type { CsvOptions } from "./csv-options.ts";

/** What breaks a record, and where in the scanner's text. */
export type ScanFault = {
  readonly kind: "unexpected" | "unterminated" | "record_delimiter";
  readonly at: number;
  /** The number of the field, from 1. */
  readonly column: number;
  readonly found: string;
};

export type CsvRecord = {
  readonly values: readonly (string | null)[];
  /** Where each field begins in the scanner's text. */
  readonly starts: readonly number[];
  readonly start: number;
  /** Behind the last field, before the delimiter. */
  readonly end: number;
  readonly fault: ScanFault | undefined;
};

const NEWLINE = 10;
const RETURN = 13;
const BLANK = 32;
const TAB = 9;

const ESCAPED: Readonly<Record<string, string>> = {
  "0": "\0",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * Scans a text that grows at its end. Positions are those of the text that is held at the moment: `add` drops what was read.
 */
export class CsvScanner {
  text = "";
  /** Where the next record begins. */
  at = 0;
  #isLast = false;
  #incomplete = false;
  #linesToSkip: number;
  readonly #options: CsvOptions;
  readonly #field: number;
  readonly #record: number;
  readonly #quote: number;
  readonly #escape: number;
  readonly #inner: number;
  readonly #trim: boolean;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#linesToSkip = options.skipLines;
    this.#field = firstCode(options.fieldDelimiter);
    this.#record = firstCode(options.recordDelimiter);
    this.#quote = firstCode(options.enclosedBy);
    this.#escape = firstCode(options.unenclosedEscape);
    this.#inner = firstCode(options.escape);
    this.#trim = options.trimSpace;
  }

  /** Drops what was read and appends more text; `isLast` when there is no more. */
  add(text: string, isLast: boolean): void {
    this.text = this.text.slice(this.at) + text;
    this.at = 0;
    this.#isLast = isLast;
  }

  /** The next record; undefined when the text ends before it does. */
  next(): CsvRecord | undefined {
    if (!this.#skipHeader()) return undefined;
    for (;;) {
      if (this.at >= this.text.length) return undefined;
      const record = this.#scan();
      if (record === undefined) return undefined;
      this.at = this.#behind(record.end);
      if (!this.#options.skipBlankLines || record.end > record.start) return record;
    }
  }

  /** Header lines end with a new line, whatever the delimiters are. */
  #skipHeader(): boolean {
    while (this.#linesToSkip > 0) {
      const newline = this.text.indexOf("\n", this.at);
      if (newline < 0) {
        if (this.#isLast) this.at = this.text.length;
        return false;
      }
      this.at = newline + 1;
      this.#linesToSkip--;
    }
    return true;
  }

  /** Where the next record begins when one ends here. */
  #behind(end: number): number {
    return end + this.#recordDelimiterAt(end);
  }

  /** The length of the record delimiter at a position; 0 when there is none. */
  #recordDelimiterAt(at: number): number {
    const { recordDelimiter, logicalNewline } = this.#options;
    if (recordDelimiter === undefined) return 0;
    const code = this.text.charCodeAt(at);
    if (logicalNewline) {
      if (code === NEWLINE) return 1;
      if (code !== RETURN) return 0;
      if (at + 1 < this.text.length) return this.text.charCodeAt(at + 1) === NEWLINE ? 2 : 0;
      this.#incomplete ||= !this.#isLast;
      return 0;
    }
    return code === this.#record ? this.#delimiterLength(recordDelimiter, at) : 0;
  }

  #fieldDelimiterAt(at: number): number {
    const { fieldDelimiter } = this.#options;
    if (fieldDelimiter === undefined || this.text.charCodeAt(at) !== this.#field) return 0;
    return this.#delimiterLength(fieldDelimiter, at);
  }

  #delimiterLength(delimiter: string, at: number): number {
    if (delimiter.length === 1) return 1;
    if (this.text.startsWith(delimiter, at)) return delimiter.length;
    const isCut = at + delimiter.length > this.text.length && !this.#isLast;
    if (isCut && delimiter.startsWith(this.text.slice(at))) this.#incomplete = true;
    return 0;
  }

  #scan(): CsvRecord | undefined {
    const { text } = this;
    const start = this.at;
    const values: (string | null)[] = [];
    const starts: number[] = [];
    this.#incomplete = false;
    for (let at = start; ; ) {
      const begin = this.#trim ? this.#skipBlanks(at) : at;
      starts.push(begin);
      const enclosed = this.#quote >= 0 && text.charCodeAt(begin) === this.#quote;
      const end = enclosed ? this.#enclosed(begin, values) : this.#unenclosed(begin, values);
      if (typeof end !== "number") return this.#broken(start, values, starts, end);
      if (this.#incomplete) return undefined;
      const delimiter = this.#fieldDelimiterAt(end);
      if (delimiter > 0) {
        at = end + delimiter;
        continue;
      }
      if (end >= text.length && !this.#isLast) return undefined;
      return { values, starts, start, end, fault: undefined };
    }
  }

  #skipBlanks(from: number): number {
    let at = from;
    for (; isBlank(this.text.charCodeAt(at)) && this.text.charCodeAt(at) !== this.#field; at++);
    return at;
  }

  /** Reads a field without enclosing characters and answers where it ends. */
  #unenclosed(from: number, values: (string | null)[]): number {
    const { text } = this;
    const length = text.length;
    const { logicalNewline } = this.#options;
    let isEscaped = false;
    let at = from;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === this.#field) {
        if (this.#fieldDelimiterAt(at) > 0) break;
      } else if (code === this.#record || (logicalNewline && code === RETURN)) {
        if (this.#recordDelimiterAt(at) > 0) break;
      } else if (code === this.#escape) {
        isEscaped = true;
        // A delimiter of several characters is escaped as a whole.
        at += Math.max(1, this.#anyDelimiterAt(at + 1));
        if (at >= length && !this.#isLast) this.#incomplete = true;
      }
    }
    const end = Math.min(at, length);
    let to = end;
    if (this.#trim) for (; to > from && isBlank(text.charCodeAt(to - 1)); to--);
    values.push(this.#value(text.slice(from, to), isEscaped));
    return end;
  }

  #anyDelimiterAt(at: number): number {
    return this.#fieldDelimiterAt(at) || this.#recordDelimiterAt(at);
  }

  #value(raw: string, isEscaped: boolean): string | null {
    const { nullTexts, emptyFieldAsNull, unenclosedEscape } = this.#options;
    if (raw === "" && emptyFieldAsNull) return null;
    if (nullTexts.has(raw)) return null;
    return isEscaped && unenclosedEscape !== undefined
      ? resolveEscapes(raw, unenclosedEscape)
      : raw;
  }

  /** Reads a field from its enclosing character on and answers where it ends, or what is wrong. */
  #enclosed(from: number, values: (string | null)[]): number | ScanFault {
    const { text } = this;
    const quote = this.#options.enclosedBy ?? "";
    let value = "";
    let part = from + 1;
    for (let at = part; ; at++) {
      if (at >= text.length) {
        if (!this.#isLast) this.#incomplete = true;
        return fault("unterminated", text.length, values, "");
      }
      const code = text.charCodeAt(at);
      if (code === this.#inner && code !== this.#quote) {
        value +=
          text.slice(part, at) + resolveEscapes(text.slice(at, at + 2), this.#options.escape ?? "");
        part = ++at + 1;
      } else if (code === this.#quote) {
        if (text.charCodeAt(at + 1) !== this.#quote) {
          if (at + 1 >= text.length && !this.#isLast) this.#incomplete = true;
          value += text.slice(part, at);
          return this.#afterEnclosed(at + 1, value, values);
        }
        value += text.slice(part, at) + quote;
        part = ++at + 1;
      } else if (!this.#options.multiLine && this.#recordDelimiterAt(at) > 0) {
        return fault("record_delimiter", at, values, text.charAt(at));
      }
    }
  }

  #afterEnclosed(from: number, value: string, values: (string | null)[]): number | ScanFault {
    const at = this.#trim ? this.#skipBlanks(from) : from;
    if (at < this.text.length && this.#anyDelimiterAt(at) === 0 && !this.#incomplete) {
      return fault("unexpected", at, values, this.text.charAt(at));
    }
    values.push(this.#options.nullTexts.has(value) ? null : value);
    return at;
  }

  /** A record that cannot be read: the next one begins behind the next delimiter. */
  #broken(
    start: number,
    values: readonly (string | null)[],
    starts: readonly number[],
    found: ScanFault,
  ): CsvRecord | undefined {
    if (this.#incomplete) return undefined;
    let end = found.at;
    for (; end < this.text.length && this.#recordDelimiterAt(end) === 0; end++);
    if (end >= this.text.length && !this.#isLast) return undefined;
    return { values, starts, start, end, fault: found };
  }
}

function fault(
  kind: ScanFault["kind"],
  at: number,
  values: readonly unknown[],
  found: string,
): ScanFault {
  return { kind, at, column: values.length + 1, found };
}

function firstCode(text: string | undefined): number {
  return text === undefined || text === "" ? -1 : text.charCodeAt(0);
}

function isBlank(code: number): boolean {
  return code === BLANK || code === TAB;
}

/** The text with its escapes resolved; letters mean control characters only behind a backslash. */
function resolveEscapes(raw: string, mark: string): string {
  let result = "";
  let from = 0;
  for (;;) {
    const at = raw.indexOf(mark, from);
    if (at < 0 || at + 1 >= raw.length) return result + raw.slice(from);
    const next = raw.charAt(at + 1);
    const control = mark === "\\" ? ESCAPED[next] : undefined;
    result += raw.slice(from, at) + (control ?? next);
    from = at + 2;
  }
}
