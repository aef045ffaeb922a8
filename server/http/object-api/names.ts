/**
 * Names in URLs and JSON are Snowflake identifiers: folded to upper case unless they stand in double quotes. In statements they
 * are always quoted, so a name is never anything but a name.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/snowflake-rest-api
 */

import type {
  Expression,
  Identifier,
  ObjectName,
  TypeName,
} from "../../../translator/ast/expressions.ts";
import type { Query } from "../../../translator/ast/queries.ts";
import { Cursor } from "../../../translator/parse/cursor.ts";
import { parseExpression } from "../../../translator/parse/expressions.ts";
import { parseQuery } from "../../../translator/parse/query.ts";
import { parseTypeName } from "../../../translator/parse/types.ts";
import { refused } from "./fields.ts";

/** Of nodes that come from no text. */
export const NO_SPAN = { start: 0, end: 0 } as const;

const PLAIN = /^[A-Za-z_][A-Za-z0-9_$]*$/;
const QUOTED = /^"((?:[^"]|"")+)"$/s;

/** A name as it is stored. @throws 390400 for what is no identifier */
export function storedName(text: string): string {
  if (PLAIN.test(text)) return text.toUpperCase();
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted === undefined) throw refused(`${JSON.stringify(text)} is not an identifier`);
  return quoted.replaceAll('""', '"');
}

export function identifier(stored: string): Identifier {
  return { name: stored, quoted: true, span: NO_SPAN };
}

/** @param stored parts as they are stored */
export function objectName(...stored: readonly string[]): ObjectName {
  return { kind: "name", parts: stored.map(identifier), span: NO_SPAN };
}

/** `a`, `b.a` or `c.b.a` as its stored parts. @throws 390400 for anything else */
export function storedParts(text: string): readonly string[] {
  const parts = text.match(/"(?:[^"]|"")+"|[^."]+/gs) ?? [];
  if (parts.join(".") !== text) throw refused(`${JSON.stringify(text)} is not a name`);
  return parts.map(storedName);
}

/** A name that may leave out where it is: that is the place of the request then. */
export function qualifiedName(text: string, place: readonly string[]): ObjectName {
  const parts = storedParts(text);
  return objectName(...place.slice(0, Math.max(0, place.length + 1 - parts.length)), ...parts);
}

/** The whole text as one piece of grammar. @throws 390400 for what it is not */
function parsed<Node>(text: string, title: string, parse: (cursor: Cursor) => Node): Node {
  try {
    const cursor = new Cursor(text);
    const node = parse(cursor);
    if (!cursor.atEnd()) cursor.unexpected();
    return node;
  } catch {
    throw refused(`${JSON.stringify(text)} is not ${title}`);
  }
}

export function dataType(text: string): TypeName {
  return parsed(text, "a data type", parseTypeName);
}

export function expression(text: string): Expression {
  return parsed(text, "an expression", parseExpression);
}

/** The texts of expressions with commas between. */
export function expressionTexts(text: string): readonly string[] {
  const items = parsed(text, "a list of expressions", (cursor) =>
    cursor.commaSeparated(() => parseExpression(cursor)),
  );
  return items.map(({ span }) => text.slice(span.start, span.end));
}

export function query(text: string): Query {
  return parsed(text, "a query", parseQuery);
}

export function textLiteral(value: string): Expression {
  return { kind: "string_literal", value, dollarQuoted: false, span: NO_SPAN };
}
