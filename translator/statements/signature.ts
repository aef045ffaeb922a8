/** The argument types that tell overloads of functions and procedures apart. */

import type { TypeName } from "../ast/expressions.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseTypeName } from "../parse/types.ts";
import { parenthesizedOrEmpty } from "./grammar.ts";

/** `(NUMBER, VARCHAR)` or `()`; TABLE(NUMBER) of data metric functions is a type named TABLE. */
export function parseSignature(cursor: Cursor): TypeName[] {
  return parenthesizedOrEmpty(cursor, parseSignatureType);
}

/** Undefined when no parenthesis follows. */
export function acceptSignature(cursor: Cursor): TypeName[] | undefined {
  return cursor.atPunctuation("(") ? parseSignature(cursor) : undefined;
}

function parseSignatureType(cursor: Cursor): TypeName {
  const { start } = cursor.peek();
  if (!cursor.acceptKeyword("TABLE")) return parseTypeName(cursor);
  const types = cursor.nested(() => parseSignature(cursor));
  const elements = types.map((type) => ({ type, nullable: true }));
  return { name: "TABLE", parameters: [], elements, fields: [], span: cursor.spanFrom(start) };
}
