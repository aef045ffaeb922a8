/** The lexer: a statement's text to tokens in one pass. Comments and blanks leave no token. */

import { type SnowflakeError, snowflakeError } from "../base/errors.ts";
import { positionAt } from "../base/source.ts";
import { unescapeString } from "./literals.ts";
import type { Token, TokenKind } from "./tokens.ts";

/** Operators of more than one character, longest first. */
const LONG_OPERATORS = ["->>", "::", ":=", "=>", "->", "||", "<>", "!=", "<=", ">=", "**"];

/** First characters of the operators above, so that most characters skip the list. */
const LONG_OPERATOR_STARTS = new Set(LONG_OPERATORS.map((operator) => operator.charCodeAt(0)));

const BACKSLASH = 92;

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_$]*/uy;
/** Not \s: Snowflake takes a no-break space for a mistake. */
const BLANKS = /[ \t\r\n\f\v\ufeff]+/y;
/** A quote ends it: the Node driver writes `PUT file://1'@stage'` without a blank between. */
const FILE_PATH = /file:\/\/[^\s;']*/iy;
/** After the @: quoted parts or anything that cannot end a path. */
const STAGE_PATH = /@(?:"(?:[^"]|"")*"|[^\s"'(),;])*/y;
const VARIABLE = /\$[A-Za-z_][\w$]*/y;
const POSITIONAL = /\$\d+/y;
/** A syntax error at an offset, in Snowflake's words. */
export function syntaxErrorAt(text: string, offset: number, unexpected: string): SnowflakeError {
  const { line, position } = positionAt(text, offset);
  return snowflakeError("syntax", {
    messages: `syntax error line ${line} at position ${position} unexpected '${unexpected}'.`,
  });
}

/** An error for text that ends inside a string, a quoted identifier or a comment. */
function endOfTextError(text: string): SnowflakeError {
  const { line, position } = positionAt(text, text.length);
  return snowflakeError("syntax", {
    messages: `parse error line ${line} at position ${position} near '<EOF>'.`,
  });
}

/**
 * All tokens of a text; the last is always `eof`.
 * @throws SnowflakeError for unterminated strings, quoted identifiers and comments
 */
export function tokenize(text: string): Token[] {
  return new Lexer(text).run();
}

class Lexer {
  private readonly text: string;
  private readonly tokens: Token[] = [];
  private offset = 0;
  private binds = 0;

  constructor(text: string) {
    this.text = text;
  }

  run(): Token[] {
    while (this.skipBlanksAndComments()) this.tokens.push(this.token());
    const end = this.text.length;
    this.tokens.push({ kind: "eof", text: "<EOF>", value: "", start: end, end });
    return this.tokens;
  }

  /** False at the end of the text. */
  private skipBlanksAndComments(): boolean {
    const { text } = this;
    for (;;) {
      this.offset = this.match(BLANKS) ?? this.offset;
      const two = text.slice(this.offset, this.offset + 2);
      if (two === "--" || two === "//") {
        const end = text.indexOf("\n", this.offset);
        this.offset = end < 0 ? text.length : end + 1;
      } else if (two === "/*") {
        const end = text.indexOf("*/", this.offset + 2);
        if (end < 0) throw endOfTextError(text);
        this.offset = end + 2;
      } else {
        return this.offset < text.length;
      }
    }
  }

  /** Where a sticky pattern's match at the current offset ends. */
  private match(pattern: RegExp, from = this.offset): number | undefined {
    pattern.lastIndex = from;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }

  /** The token from the current offset to `end`, which becomes the current offset. */
  private take(kind: TokenKind, end: number, value?: string): Token {
    const start = this.offset;
    const text = this.text.slice(start, end);
    this.offset = end;
    return { kind, text, value: value ?? text, start, end };
  }

  private token(): Token {
    const character = this.text.charAt(this.offset);
    if (character === "'") return this.quoted("string", this.offset + 1);
    if (character === '"') return this.quoted("quoted_identifier", this.offset + 1);
    if (character === "$") return this.dollar();
    if (character === "@")
      return this.take("stage_path", this.match(STAGE_PATH) ?? this.offset + 1);
    if (character === "?") {
      this.binds++;
      return this.take("bind", this.offset + 1, String(this.binds));
    }
    const number = this.match(NUMBER);
    if (number !== undefined) return this.take("number", number);
    const word = this.match(WORD);
    if (word !== undefined) return this.word(word);
    return this.operator();
  }

  private word(end: number): Token {
    const { text, offset } = this;
    if (end === offset + 1 && text.charAt(end) === "'" && /[xX]/.test(text.charAt(offset))) {
      return this.quoted("binary", end + 1);
    }
    if (end === offset + 4 && text.charAt(end) === ":") {
      const path = this.match(FILE_PATH);
      if (path !== undefined) return this.take("file_path", path);
    }
    return this.take("word", end, text.slice(offset, end).toUpperCase());
  }

  private quoted(kind: "string" | "quoted_identifier" | "binary", bodyStart: number): Token {
    const close = this.closingQuote(bodyStart, kind === "string");
    const body = this.text.slice(bodyStart, close);
    const value = kind === "string" ? unescapeString(body) : body.replaceAll('""', '"');
    return this.take(kind, close + 1, value);
  }

  /** Where the quote before `bodyStart` is closed; doubled quotes and, in strings, escaped ones are not it. */
  private closingQuote(bodyStart: number, escapes: boolean): number {
    const { text } = this;
    const quote = text.charCodeAt(bodyStart - 1);
    for (let i = bodyStart; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === BACKSLASH && escapes) i++;
      else if (code === quote) {
        if (text.charCodeAt(i + 1) !== quote) return i;
        i++;
      }
    }
    throw endOfTextError(text);
  }

  private dollar(): Token {
    const { text, offset } = this;
    if (text.startsWith("$$", offset)) {
      const close = text.indexOf("$$", offset + 2);
      if (close < 0) throw endOfTextError(text);
      return this.take("dollar_string", close + 2, text.slice(offset + 2, close));
    }
    const variable = this.match(VARIABLE);
    if (variable !== undefined) {
      return this.take("variable", variable, text.slice(offset + 1, variable).toUpperCase());
    }
    const positional = this.match(POSITIONAL);
    if (positional !== undefined) {
      return this.take("positional", positional, text.slice(offset + 1, positional));
    }
    return this.take("punctuation", offset + 1);
  }

  private operator(): Token {
    const { text, offset } = this;
    if (LONG_OPERATOR_STARTS.has(text.charCodeAt(offset))) {
      for (const operator of LONG_OPERATORS) {
        if (text.startsWith(operator, offset)) {
          return this.take("punctuation", offset + operator.length);
        }
      }
    }
    return this.take("punctuation", offset + 1);
  }
}
