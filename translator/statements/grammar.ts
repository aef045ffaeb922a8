/** Pieces of grammar that many statements share: lists, optional words, names, raw text. */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import type { Token } from "../lex/tokens.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";

/** Takes the first of the phrases ("ROW ACCESS POLICY") that comes next. */
export function acceptPhrase<T extends string>(
  cursor: Cursor,
  phrases: readonly T[],
): T | undefined {
  return phrases.find((phrase) => cursor.acceptKeyword(...phrase.split(" ")));
}

export function isWord(token: Token, word: string): boolean {
  return token.kind === "word" && token.value === word;
}

export function isPunctuation(token: Token, text: string): boolean {
  return token.kind === "punctuation" && token.value === text;
}

/** True at the end of the statement: the end of the text, `;`, or the flow operator. */
export function atEnd(cursor: Cursor): boolean {
  const token = cursor.peek(0);
  return token.kind === "eof" || isPunctuation(token, ";") || isPunctuation(token, "->>");
}

/** `IF EXISTS`. */
export function acceptIfExists(cursor: Cursor): boolean {
  return cursor.acceptKeyword("IF", "EXISTS");
}

/** `IF NOT EXISTS`. */
export function acceptIfNotExists(cursor: Cursor): boolean {
  return cursor.acceptKeyword("IF", "NOT", "EXISTS");
}

/** One or more items with commas between. */
export function commaList<T>(cursor: Cursor, item: (cursor: Cursor) => T): T[] {
  const items = [item(cursor)];
  while (cursor.acceptPunctuation(",")) items.push(item(cursor));
  return items;
}

/** `(item, …)`, at least one. */
export function parenthesizedList<T>(cursor: Cursor, item: (cursor: Cursor) => T): T[] {
  cursor.expectPunctuation("(");
  const items = commaList(cursor, item);
  cursor.expectPunctuation(")");
  return items;
}

/** `(item, …)` or `()`. */
export function parenthesizedOrEmpty<T>(cursor: Cursor, item: (cursor: Cursor) => T): T[] {
  cursor.expectPunctuation("(");
  if (cursor.acceptPunctuation(")")) return [];
  const items = commaList(cursor, item);
  cursor.expectPunctuation(")");
  return items;
}

/** `(a, b)` of plain identifiers. */
export function identifierList(cursor: Cursor): Identifier[] {
  return parenthesizedList(cursor, parseIdentifier);
}

export function parseIdentifier(cursor: Cursor): Identifier {
  return cursor.identifier();
}

/** `(e, …)` of expressions, at least one. */
export function expressionList(cursor: Cursor): Expression[] {
  return parenthesizedList(cursor, parseExpression);
}

/** A number token as written, with an optional sign. */
export function signedNumber(cursor: Cursor): string {
  const sign = cursor.acceptPunctuation("-") ? "-" : "";
  if (sign === "") cursor.acceptPunctuation("+");
  const token = cursor.peek(0);
  if (token.kind !== "number") cursor.unexpected();
  return sign + cursor.next().value;
}

/** The raw text from the next token to the end of the statement, at least one token. */
export function restOfStatement(cursor: Cursor): string {
  const first = cursor.peek(0);
  if (first.kind === "eof") cursor.unexpected();
  let end = first.end;
  while (cursor.peek(0).kind !== "eof") {
    const token = cursor.next();
    if (isPunctuation(token, ";") && cursor.peek(0).kind === "eof") break;
    end = token.end;
  }
  return cursor.text.slice(first.start, end);
}

/** The raw text up to the parenthesis that closes the one before it, which stays; at least one token. */
export function textWithinParentheses(cursor: Cursor): string {
  const first = cursor.peek(0);
  let end = first.end;
  for (let depth = 0; depth > 0 || !isPunctuation(cursor.peek(0), ")"); ) {
    const token = cursor.next();
    if (token.kind === "eof") cursor.unexpected(token);
    if (isPunctuation(token, "(")) depth++;
    if (isPunctuation(token, ")")) depth--;
    end = token.end;
  }
  if (isPunctuation(first, ")")) cursor.unexpected();
  return cursor.text.slice(first.start, end);
}

/** The upper-case value of the next token, which must be a word. */
export function parseWord(cursor: Cursor): string {
  if (cursor.peek(0).kind !== "word") cursor.unexpected();
  return cursor.next().value;
}

/** A name that may be followed by `!method` or `!role` of an instance. */
export function parseMethodName(cursor: Cursor): ObjectName {
  const name = cursor.objectName();
  if (name.kind !== "name" || !cursor.acceptPunctuation("!")) return name;
  const method = cursor.anyIdentifier();
  return { ...name, method, span: cursor.spanFrom(name.span.start) };
}

/** Words up to the next comma, closing parenthesis, TO, FROM, `NAME =` or end. */
export function parsePhrase(cursor: Cursor): string {
  const words = [parseWord(cursor)];
  while (
    cursor.at("word") &&
    !cursor.atPunctuation("=", 1) &&
    cursor.atAnyKeyword("TO", "FROM", "FORCE") === undefined
  ) {
    words.push(parseWord(cursor));
  }
  return words.join(" ");
}
