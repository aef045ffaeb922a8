/** The row pattern of MATCH_RECOGNIZE: a small regular expression over symbols. Docs: match_recognize. */

import type { RowPattern } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";

/**
 * A concatenation of alternations, up to the parenthesis that closes the pattern: `A B | C D` is `A (B | C) D`, as the
 * documentation gives `|` precedence over concatenation.
 */
export function parseRowPattern(cursor: Cursor): RowPattern {
  return cursor.nested(() => {
    const items: RowPattern[] = [];
    while (!atEndOfPattern(cursor)) items.push(parseAlternation(cursor));
    const [only] = items;
    if (only === undefined) return { kind: "empty" };
    return items.length === 1 ? only : { kind: "concatenation", items };
  });
}

function parseAlternation(cursor: Cursor): RowPattern {
  const items = [parseQuantified(cursor)];
  while (cursor.acceptPunctuation("|")) items.push(parseQuantified(cursor));
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { kind: "alternation", items };
}

function atEndOfPattern(cursor: Cursor): boolean {
  return [")", ",", "-"].some((end) => cursor.atPunctuation(end)) || cursor.atEnd();
}

function parseQuantified(cursor: Cursor): RowPattern {
  const item = parseElement(cursor);
  const range = parseRange(cursor);
  if (range === undefined) return item;
  const reluctant = cursor.accept("bind") !== undefined;
  return { kind: "quantified", item, ...range, reluctant };
}

/** `*`, `+`, `?`, `{n}`, `{n,}`, `{,m}`, `{n,m}`. */
function parseRange(cursor: Cursor): { minimum: number; maximum?: number } | undefined {
  if (cursor.acceptPunctuation("*")) return { minimum: 0 };
  if (cursor.acceptPunctuation("+")) return { minimum: 1 };
  if (cursor.accept("bind")) return { minimum: 0, maximum: 1 };
  if (!cursor.atPunctuation("{") || cursor.atPunctuation("-", 1)) return undefined;
  cursor.next();
  const minimum = cursor.at("number") ? cursor.integer() : 0;
  let maximum: number | undefined = minimum;
  if (cursor.acceptPunctuation(",")) maximum = cursor.at("number") ? cursor.integer() : undefined;
  cursor.expectPunctuation("}");
  return maximum === undefined ? { minimum } : { minimum, maximum };
}

function parseElement(cursor: Cursor): RowPattern {
  if (cursor.acceptPunctuation("^")) return { kind: "start" };
  if (cursor.acceptPunctuation("$")) return { kind: "end" };
  if (cursor.acceptPunctuation("(")) {
    const item = parseRowPattern(cursor);
    cursor.expectPunctuation(")");
    return item;
  }
  if (cursor.acceptPunctuation("{")) {
    cursor.expectPunctuation("-");
    const item = parseRowPattern(cursor);
    cursor.expectPunctuation("-");
    cursor.expectPunctuation("}");
    return { kind: "exclusion", item };
  }
  if (cursor.atKeyword("PERMUTE") && cursor.atPunctuation("(", 1)) {
    cursor.next();
    return { kind: "permutation", items: cursor.parenthesized(() => parseRowPattern(cursor)) };
  }
  return { kind: "symbol", name: cursor.identifier() };
}
