/**
 * `NAME = value` options: one grammar for every command that has them. Which names a command knows is data
 * (a set of names); a name outside it is an error, as on Snowflake.
 */

import type { Expression, ObjectName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { snowflakeError } from "../base/errors.ts";
import { positionAt, type Span } from "../base/source.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { isPunctuation, isWord, parsePhrase, signedNumber } from "./grammar.ts";
import { parenthesized, printObjectName } from "./print.ts";

export type PropertyValue =
  | { readonly kind: "text"; readonly value: string; readonly dollarQuoted: boolean }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  /** A bare word or an object's name; both read the same: `AUTO`, `wh1`, `db.sc.fmt`. */
  | { readonly kind: "name"; readonly name: ObjectName }
  | { readonly kind: "stage"; readonly path: string }
  /** A bind or a session variable. */
  | { readonly kind: "expression"; readonly expression: Expression }
  /** `(a, b)`. */
  | { readonly kind: "list"; readonly items: readonly PropertyValue[] }
  /** `a, b` without parentheses. */
  | { readonly kind: "sequence"; readonly items: readonly PropertyValue[] }
  /** `A B, C`: names of types of objects. */
  | { readonly kind: "words"; readonly texts: readonly string[] }
  /** `(NAME = value …)`. */
  | { readonly kind: "map"; readonly properties: readonly Property[] };

export type Property = {
  /** Upper-case, or as quoted. */
  readonly name: string;
  /** The name stood in single quotes: `SECRETS = ('cred' = s)`. */
  readonly quotedName: boolean;
  readonly value: PropertyValue;
  readonly span: Span;
};

/** The names a command knows; "any" where the list is open (session and account parameters). */
export type PropertyNames = ReadonlySet<string> | "any";

/** A set of property names from a text with blanks between them. */
export function propertyNames(
  text: string,
  ...others: readonly ReadonlySet<string>[]
): ReadonlySet<string> {
  return new Set([...text.trim().split(/\s+/), ...others.flatMap((set) => [...set])]);
}

/** True when `NAME =` comes next. */
export function atProperty(cursor: Cursor): boolean {
  const { kind } = cursor.peek(0);
  return (kind === "word" || kind === "quoted_identifier") && isPunctuation(cursor.peek(1), "=");
}

/**
 * As many `NAME = value` as follow, with or without commas between.
 * @param object the kind of object, for the error message
 * @throws 001423 for a name that the command does not know
 */
export function parseProperties(cursor: Cursor, names: PropertyNames, object: string): Property[] {
  const properties: Property[] = [];
  while (atProperty(cursor)) {
    properties.push(parseProperty(cursor, names, object));
    if (isPunctuation(cursor.peek(0), ",") && isPunctuation(cursor.peek(2), "=")) cursor.next();
  }
  return properties;
}

/** One `NAME = value`. */
export function parseProperty(cursor: Cursor, names: PropertyNames, object: string): Property {
  const token = cursor.peek(0);
  const start = token.start;
  const quotedName = token.kind === "string";
  if (!quotedName && token.kind !== "word" && token.kind !== "quoted_identifier") {
    cursor.unexpected();
  }
  cursor.next();
  if (names !== "any" && !names.has(token.value)) {
    throw snowflakeError(
      "invalidProperty",
      { property: token.value, object },
      positionAt(cursor.text, start),
    );
  }
  cursor.expectPunctuation("=");
  const value = PHRASE_LISTS.has(token.value) ? parsePhrases(cursor) : parseValueOrSequence(cursor);
  return { name: token.value, quotedName, value, span: cursor.spanFrom(start) };
}

/** Properties whose value is a list of phrases: `OBJECT_TYPES = RESOURCE MONITORS, ROLES`. */
const PHRASE_LISTS = new Set(["OBJECT_TYPES", "ALLOWED_INTEGRATION_TYPES"]);

function parsePhrases(cursor: Cursor): PropertyValue {
  if (!cursor.at("word")) return parsePropertyValue(cursor);
  return { kind: "words", texts: cursor.commaSeparated(() => parsePhrase(cursor)) };
}

/** A value, or several with commas between where no further `NAME =` begins. */
function parseValueOrSequence(cursor: Cursor): PropertyValue {
  const first = parsePropertyValue(cursor);
  if (!atSequenceComma(cursor)) return first;
  const items = [first];
  while (atSequenceComma(cursor)) {
    cursor.next();
    items.push(parsePropertyValue(cursor));
  }
  return { kind: "sequence", items };
}

function atSequenceComma(cursor: Cursor): boolean {
  const ends = isPunctuation(cursor.peek(2), "=") || isWord(cursor.peek(1), "CONTACT");
  return isPunctuation(cursor.peek(0), ",") && !ends;
}

/** One value. @throws a syntax error when none begins here */
export function parsePropertyValue(cursor: Cursor): PropertyValue {
  const token = cursor.peek(0);
  switch (token.kind) {
    case "string":
    case "dollar_string":
      cursor.next();
      return { kind: "text", value: token.value, dollarQuoted: token.kind === "dollar_string" };
    case "number":
      return { kind: "number", text: signedNumber(cursor) };
    case "stage_path":
      return { kind: "stage", path: cursor.next().value };
    case "word":
      return parseWordValue(cursor);
    case "quoted_identifier":
      return { kind: "name", name: cursor.objectName() };
    case "bind":
    case "variable":
      return { kind: "expression", expression: parseExpression(cursor) };
    case "punctuation":
      if (token.value === "-" || token.value === "+") {
        return { kind: "number", text: signedNumber(cursor) };
      }
      if (token.value === ":") return { kind: "expression", expression: parseExpression(cursor) };
      return cursor.nested(() => parseParenthesized(cursor));
    default:
      return cursor.unexpected();
  }
}

function parseWordValue(cursor: Cursor): PropertyValue {
  const token = cursor.peek(0);
  if (isWord(token, "TRUE") || isWord(token, "FALSE")) {
    cursor.next();
    return { kind: "boolean", value: token.value === "TRUE" };
  }
  if (isWord(token, "NULL")) {
    cursor.next();
    return { kind: "null" };
  }
  if (isPunctuation(cursor.peek(1), ".") || isPunctuation(cursor.peek(1), "(")) {
    return { kind: "name", name: cursor.objectName() };
  }
  return { kind: "name", name: wordName(cursor) };
}

/** Any word as a one-part name: values such as ALL and NONE may be reserved words. */
function wordName(cursor: Cursor): ObjectName {
  const token = cursor.next();
  const span = { start: token.start, end: token.end };
  return { kind: "name", parts: [{ name: token.value, quoted: false, span }], span };
}

/** `(NAME = value …)` or `(value, …)`. */
function parseParenthesized(cursor: Cursor): PropertyValue {
  cursor.expectPunctuation("(");
  if (isPunctuation(cursor.peek(1), "=")) {
    const properties: Property[] = [];
    while (!cursor.acceptPunctuation(")")) {
      properties.push(parseMapEntry(cursor));
      cursor.acceptPunctuation(",");
    }
    return { kind: "map", properties };
  }
  const items: PropertyValue[] = [];
  while (!cursor.acceptPunctuation(")")) {
    items.push(parsePropertyValue(cursor));
    if (!cursor.acceptPunctuation(",") && !isPunctuation(cursor.peek(0), ")")) cursor.unexpected();
  }
  return { kind: "list", items };
}

function parseMapEntry(cursor: Cursor): Property {
  const token = cursor.peek(0);
  if (token.kind !== "string" && token.kind !== "word" && token.kind !== "quoted_identifier") {
    cursor.unexpected();
  }
  cursor.next();
  cursor.expectPunctuation("=");
  const value = parsePropertyValue(cursor);
  return {
    name: token.value,
    quotedName: token.kind === "string",
    value,
    span: cursor.spanFrom(token.start),
  };
}

export function printProperties(properties: readonly Property[]): string {
  return properties.map(printProperty).join(" ");
}

export function printProperty(property: Property): string {
  const { name, quotedName, value } = property;
  const printedName = quotedName ? quoteString(name) : printStoredName(name);
  return `${printedName} = ${printPropertyValue(value)}`;
}

/** A name as it is stored: bare where that reads back the same, else in quotes. */
export function printStoredName(name: string): string {
  return /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function printPropertyValue(value: PropertyValue): string {
  switch (value.kind) {
    case "text":
      return value.dollarQuoted ? `$$${value.value}$$` : quoteString(value.value);
    case "number":
      return value.text;
    case "boolean":
      return value.value ? "TRUE" : "FALSE";
    case "null":
      return "NULL";
    case "name":
      return printValueName(value.name);
    case "stage":
      return value.path;
    case "expression":
      return printExpression(value.expression);
    case "words":
      return value.texts.join(", ");
    case "list":
      return parenthesized(value.items, printPropertyValue);
    case "sequence":
      return value.items.map(printPropertyValue).join(", ");
    case "map":
      return `(${printProperties(value.properties)})`;
  }
}

/** A one-part bare word stands as it is, also where it is reserved (`= ALL`). */
function printValueName(name: ObjectName): string {
  const [first, second] = name.kind === "name" ? name.parts : [];
  return first !== undefined && second === undefined && !first.quoted
    ? first.name
    : printObjectName(name);
}
