/** `*` and `t.*` with ILIKE, EXCLUDE, REPLACE and RENAME. Docs: select. */

import type { Identifier, Star, StarModifiers } from "../ast/expressions.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";

/** Whether `*` or `name.….*` stands here. */
export function atStar(cursor: Cursor): boolean {
  let n = 0;
  while (isName(cursor, n) && cursor.atPunctuation(".", n + 1)) {
    n += 2;
    if (cursor.atPunctuation(".", n)) n++;
  }
  return cursor.atPunctuation("*", n);
}

function isName(cursor: Cursor, n: number): boolean {
  const { kind } = cursor.peek(n);
  return kind === "word" || kind === "quoted_identifier";
}

/** A star where `atStar` said there is one. */
export function parseStar(cursor: Cursor): Star {
  const { start } = cursor.peek();
  const qualifier: Identifier[] = [];
  while (!cursor.atPunctuation("*")) {
    if (cursor.atPunctuation(".")) {
      const offset = cursor.peek().start;
      qualifier.push({ name: "", quoted: false, span: { start: offset, end: offset } });
    } else {
      qualifier.push(cursor.anyIdentifier());
    }
    cursor.expectPunctuation(".");
  }
  cursor.expectPunctuation("*");
  const modifiers = parseModifiers(cursor);
  return { kind: "star", qualifier, modifiers, span: cursor.spanFrom(start) };
}

function oneOrList<Item>(cursor: Cursor, item: () => Item): Item[] {
  return cursor.atPunctuation("(") ? cursor.parenthesized(item) : [item()];
}

function parseModifiers(cursor: Cursor): StarModifiers {
  const ilike = cursor.acceptKeyword("ILIKE") ? cursor.stringLiteral() : undefined;
  const exclude =
    ilike === undefined && cursor.acceptKeyword("EXCLUDE")
      ? oneOrList(cursor, () => cursor.identifier())
      : [];
  const replace = cursor.acceptKeyword("REPLACE")
    ? oneOrList(cursor, () => {
        const expression = parseExpression(cursor);
        cursor.acceptKeyword("AS");
        return { expression, name: cursor.identifier() };
      })
    : [];
  const rename = cursor.acceptKeyword("RENAME")
    ? oneOrList(cursor, () => {
        const from = cursor.identifier();
        cursor.expectKeyword("AS");
        return { from, to: cursor.identifier() };
      })
    : [];
  return { ...(ilike !== undefined && { ilike }), exclude, replace, rename };
}
