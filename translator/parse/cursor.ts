/** The cursor: what every grammar rule reads tokens through. */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import { MAX_NESTING_DEPTH, MAX_STATEMENT_LENGTH } from "../base/limits.ts";
import type { Span } from "../base/source.ts";
import {
  NOT_BARE_ALIAS,
  NOT_BARE_ALIAS_BEFORE_PARENTHESIS,
  RESERVED_IN_FROM,
  RESERVED_WORDS,
} from "../lex/keywords.ts";
import { syntaxErrorAt, tokenize } from "../lex/lexer.ts";
import type { Token, TokenKind } from "../lex/tokens.ts";

/** A place to come back to; see `Cursor.mark`. */
export type Mark = { readonly index: number; readonly depth: number };

export class Cursor {
  readonly text: string;
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;

  /** @throws SnowflakeError when the text is too long or does not even make tokens */
  constructor(text: string) {
    if (text.length > MAX_STATEMENT_LENGTH) throw snowflakeError("compilationMemory");
    this.text = text;
    this.tokens = tokenize(text);
  }

  // --- Tokens ---

  /** The token `n` places ahead (0: the next one) without consuming it; `eof` from the end on. */
  peek(n = 0): Token {
    return must(this.tokens[Math.min(this.index + n, this.tokens.length - 1)]);
  }

  /** Consumes and returns the next token; stays on `eof`. */
  next(): Token {
    const token = this.peek();
    if (this.index < this.tokens.length - 1) this.index++;
    return token;
  }

  /** The token before the next one; the first token when nothing was consumed. */
  previous(): Token {
    return must(this.tokens[Math.max(this.index - 1, 0)]);
  }

  at(kind: TokenKind): boolean {
    return this.peek().kind === kind;
  }

  atEnd(): boolean {
    return this.at("eof");
  }

  /** Consumes the next token if it is of the kind. */
  accept(kind: TokenKind): Token | undefined {
    return this.at(kind) ? this.next() : undefined;
  }

  /** Throws unless everything is consumed; one closing `;` is allowed. */
  expectEnd(): void {
    this.acceptPunctuation(";");
    if (!this.atEnd()) this.unexpected();
  }

  // --- Keywords and punctuation ---

  /** Whether the next tokens are these words (upper-case), unquoted, in sequence. */
  atKeyword(...words: readonly string[]): boolean {
    return this.atKeywordFrom(0, ...words);
  }

  /** Like atKeyword, looking from the token `n` places ahead. */
  atKeywordFrom(n: number, ...words: readonly string[]): boolean {
    for (let i = 0; i < words.length; i++) {
      const token = this.peek(n + i);
      if (token.kind !== "word" || token.value !== words[i]) return false;
    }
    return true;
  }

  /** The first of the words that is the next token, if any; nothing is consumed. */
  atAnyKeyword<Word extends string>(...words: readonly Word[]): Word | undefined {
    const token = this.peek();
    if (token.kind !== "word") return undefined;
    return words.find((word) => word === token.value);
  }

  /** Consumes the sequence of words if it stands here entirely. */
  acceptKeyword(...words: readonly string[]): boolean {
    if (!this.atKeyword(...words)) return false;
    this.index += words.length;
    return true;
  }

  /** Like acceptKeyword, but once the first word stands here the others must follow (ORDER BY). */
  acceptClause(first: string, ...rest: readonly string[]): boolean {
    if (!this.acceptKeyword(first)) return false;
    this.expectKeyword(...rest);
    return true;
  }

  /** Consumes one of the words if it stands here, and says which. */
  acceptAnyKeyword<Word extends string>(...words: readonly Word[]): Word | undefined {
    const word = this.atAnyKeyword(...words);
    if (word !== undefined) this.index++;
    return word;
  }

  /** Consumes the sequence of words or throws at the first that is missing. */
  expectKeyword(...words: readonly string[]): void {
    for (const word of words) if (!this.acceptKeyword(word)) this.unexpected();
  }

  /** Consumes one of the words or throws. */
  expectAnyKeyword<Word extends string>(...words: readonly Word[]): Word {
    return this.acceptAnyKeyword(...words) ?? this.unexpected();
  }

  atPunctuation(punctuation: string, n = 0): boolean {
    const token = this.peek(n);
    return token.kind === "punctuation" && token.value === punctuation;
  }

  acceptPunctuation(punctuation: string): boolean {
    if (!this.atPunctuation(punctuation)) return false;
    this.index++;
    return true;
  }

  expectPunctuation(punctuation: string): void {
    if (!this.acceptPunctuation(punctuation)) this.unexpected();
  }

  // --- Names ---

  /** Whether the next token can be an identifier: quoted, or a word that is not reserved. */
  atIdentifier(n = 0): boolean {
    const token = this.peek(n);
    if (token.kind === "quoted_identifier") return true;
    return token.kind === "word" && !RESERVED_WORDS.has(token.value);
  }

  /** An identifier, upper-cased unless quoted. Throws on reserved words (docs: reserved-keywords). */
  identifier(): Identifier {
    return this.atIdentifier() ? this.toIdentifier(this.next()) : this.unexpected();
  }

  /** An identifier where reserved words are allowed too, such as after a dot. */
  anyIdentifier(): Identifier {
    return this.at("quoted_identifier") || this.at("word")
      ? this.toIdentifier(this.next())
      : this.unexpected();
  }

  private toIdentifier(token: Token): Identifier {
    const span = { start: token.start, end: token.end };
    return { name: token.value, quoted: token.kind === "quoted_identifier", span };
  }

  /** `(a, b, …)` when a parenthesis follows, otherwise an empty list. */
  optionalIdentifierList(): Identifier[] {
    return this.atPunctuation("(") ? this.parenthesized(() => this.identifier()) : [];
  }

  /**
   * `[AS] alias` if one follows. Without AS, words that begin a clause are no alias; with AS every
   * word that is not reserved is one.
   */
  optionalAlias(): Identifier | undefined {
    if (this.acceptKeyword("AS")) return this.identifier();
    return this.atBareAlias() ? this.identifier() : undefined;
  }

  /** Whether the next token is an alias although no AS stands before it. */
  atBareAlias(): boolean {
    const token = this.peek();
    if (token.kind === "quoted_identifier") return true;
    if (!this.atIdentifier() || NOT_BARE_ALIAS.has(token.value)) return false;
    const opens = this.atPunctuation("(", 1) || this.atUnpivotNulls();
    return !(opens && NOT_BARE_ALIAS_BEFORE_PARENTHESIS.has(token.value));
  }

  /** UNPIVOT INCLUDE NULLS (…). */
  private atUnpivotNulls(): boolean {
    return this.atKeywordFrom(1, "INCLUDE", "NULLS") || this.atKeywordFrom(1, "EXCLUDE", "NULLS");
  }

  /**
   * `t`, `s.t`, `d.s.t`, `d..t`, `instance!METHOD`, IDENTIFIER(literal | variable | bind), or
   * REFERENCE('r').
   * Words that cannot name a table in FROM (LEFT, JOIN, …) are refused as the first part.
   */
  objectName(): ObjectName {
    const first = this.peek();
    if (this.atKeyword("IDENTIFIER") && this.atPunctuation("(", 1)) {
      this.next();
      this.expectPunctuation("(");
      const argument = this.identifierArgument();
      this.expectPunctuation(")");
      return { kind: "identifier_function", argument, span: this.spanFrom(first.start) };
    }
    if (this.atReference()) return this.reference();
    if (first.kind === "word" && RESERVED_IN_FROM.has(first.value)) this.unexpected();
    const parts = [this.identifier()];
    while (this.acceptPunctuation(".")) {
      if (this.atPunctuation(".")) {
        const { start } = this.peek();
        parts.push({ name: "", quoted: false, span: { start, end: start } });
      } else {
        parts.push(this.anyIdentifier());
      }
    }
    const method = this.acceptPunctuation("!") ? { method: this.anyIdentifier() } : undefined;
    return { kind: "name", parts, ...method, span: this.spanFrom(first.start) };
  }

  /** Whether `REFERENCE('r')` stands here. */
  atReference(): boolean {
    return (
      this.atKeyword("REFERENCE") &&
      this.atPunctuation("(", 1) &&
      this.atString(2) &&
      this.atPunctuation(")", 3)
    );
  }

  /** `REFERENCE('r')`. */
  reference(): Extract<ObjectName, { kind: "reference_function" }> {
    const { start } = this.peek();
    this.expectKeyword("REFERENCE");
    this.expectPunctuation("(");
    const reference = this.stringLiteral();
    this.expectPunctuation(")");
    return { kind: "reference_function", reference, span: this.spanFrom(start) };
  }

  /** What IDENTIFIER(…) takes: a literal, `$variable`, `?`, `:1`, `:name`, or a scripting variable. */
  identifierArgument(): Expression {
    const token = this.next();
    const span = { start: token.start, end: token.end };
    switch (token.kind) {
      case "string":
      case "dollar_string":
        return this.stringConcatenation(token);
      case "variable":
        return { kind: "session_variable", name: token.value, span };
      case "bind":
        return { kind: "bind", index: Number(token.value), span };
      case "word":
      case "quoted_identifier":
        return { kind: "column", parts: [this.toIdentifier(token)], span };
      default:
        if (token.kind === "punctuation" && token.value === ":") return this.bindAfterColon(token);
        return this.unexpected(token);
    }
  }

  /** IDENTIFIER takes constant text, also joined by ||. */
  private stringConcatenation(token: Token): Expression {
    const span = { start: token.start, end: token.end };
    const dollarQuoted = token.kind === "dollar_string";
    let left: Expression = { kind: "string_literal", value: token.value, dollarQuoted, span };
    while (this.acceptPunctuation("||")) {
      const right = this.identifierArgument();
      left = { kind: "binary", operator: "||", left, right, span: this.spanFrom(token.start) };
    }
    return left;
  }

  /** `:1` or `:name`, its colon already consumed. */
  bindAfterColon(colon: Token): Expression {
    const number = this.accept("number");
    if (number !== undefined) {
      return { kind: "bind", index: Number(number.value), span: this.spanFrom(colon.start) };
    }
    const name = this.anyIdentifier();
    return { kind: "bind", name, span: this.spanFrom(colon.start) };
  }

  // --- Literals ---

  atString(n = 0): boolean {
    const { kind } = this.peek(n);
    return kind === "string" || kind === "dollar_string";
  }

  /** The value of a `'…'` or `$$…$$` literal. */
  stringLiteral(): string {
    return this.atString() ? this.next().value : this.unexpected();
  }

  /** A whole number, with an optional sign. */
  integer(): number {
    const negative = this.acceptPunctuation("-");
    if (!negative) this.acceptPunctuation("+");
    const token = this.peek();
    if (token.kind !== "number" || !/^\d+$/.test(token.value)) this.unexpected();
    this.next();
    return negative ? -Number(token.value) : Number(token.value);
  }

  /**
   * A stage path as written, with its @ (docs: querying-stage). Quoted text is one too when it begins
   * with @ or snow://.
   */
  stagePath(): string {
    if (!this.atStagePath()) this.unexpected();
    return this.next().value;
  }

  /** Whether a stage path stands here, bare or in quotes. */
  atStagePath(): boolean {
    return this.at("stage_path") || (this.at("string") && /^(?:@|snow:)/.test(this.peek().value));
  }

  /** A local file's URL for PUT and GET: `file:///tmp/x` bare or in quotes. */
  filePath(): string {
    if (this.at("file_path")) return this.next().text;
    if (this.at("string") && this.peek().value.startsWith("file:")) return this.next().value;
    return this.unexpected();
  }

  // --- Lists ---

  /** One or more items with commas between. */
  commaSeparated<Item>(item: () => Item): Item[] {
    const items = [item()];
    while (this.acceptPunctuation(",")) items.push(item());
    return items;
  }

  /** `(item, item …)` with at least one item. */
  parenthesized<Item>(item: () => Item): Item[] {
    this.expectPunctuation("(");
    const items = this.commaSeparated(item);
    this.expectPunctuation(")");
    return items;
  }

  // --- Places, errors, depth ---

  /** From an offset to the end of the last consumed token. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.previous().end) };
  }

  /** Throws Snowflake's syntax error for a token (the next one when not stated). */
  unexpected(token: Token = this.peek()): never {
    throw syntaxErrorAt(this.text, token.start, token.text);
  }

  /** Goes one level deeper. @throws SnowflakeError when the statement nests too deep */
  enter(): void {
    this.depth++;
    if (this.depth > MAX_NESTING_DEPTH) throw snowflakeError("compilationMemory");
  }

  leave(): void {
    this.depth--;
  }

  /**
   * For chains that make a tree as deep as they are long (casts, IS NULL IS NULL …): throws when a
   * chain has more links than levels are allowed.
   */
  checkChain(links: number): void {
    if (this.depth + links > MAX_NESTING_DEPTH) throw snowflakeError("compilationMemory");
  }

  /** Runs a rule one level deeper. */
  nested<Result>(rule: () => Result): Result {
    this.enter();
    const result = rule();
    this.leave();
    return result;
  }

  /** The current place, for bounded look-ahead. */
  mark(): Mark {
    return { index: this.index, depth: this.depth };
  }

  reset(mark: Mark): void {
    this.index = mark.index;
    this.depth = mark.depth;
  }
}
