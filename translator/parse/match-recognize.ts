/** MATCH_RECOGNIZE after a FROM item. Docs: match_recognize. */

import type { FromItem } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseTableAlias } from "./from.ts";
import { parseRowPattern } from "./row-pattern.ts";
import { parseOrderItems } from "./window.ts";

type MatchRecognize = Extract<FromItem, { kind: "match_recognize" }>;

/** `MATCH_RECOGNIZE (PARTITION BY … PATTERN (…) DEFINE …) [alias]`. */
export function parseMatchRecognize(cursor: Cursor, source: FromItem): FromItem {
  cursor.expectKeyword("MATCH_RECOGNIZE");
  cursor.expectPunctuation("(");
  const partitionBy = cursor.acceptKeyword("PARTITION", "BY")
    ? cursor.commaSeparated(() => parseExpression(cursor))
    : [];
  const orderBy = cursor.acceptClause("ORDER", "BY") ? parseOrderItems(cursor) : [];
  const measures = cursor.acceptKeyword("MEASURES")
    ? cursor.commaSeparated(() => parseMeasure(cursor))
    : [];
  const rowsPerMatch = parseRowsPerMatch(cursor);
  const afterMatch = parseAfterMatch(cursor);
  cursor.expectKeyword("PATTERN");
  cursor.expectPunctuation("(");
  const pattern = parseRowPattern(cursor);
  cursor.expectPunctuation(")");
  const subsets = cursor.acceptKeyword("SUBSET")
    ? cursor.commaSeparated(() => parseSubset(cursor))
    : [];
  const define = cursor.acceptKeyword("DEFINE")
    ? cursor.commaSeparated(() => parseDefinition(cursor))
    : [];
  cursor.expectPunctuation(")");
  const alias = parseTableAlias(cursor);
  return {
    kind: "match_recognize",
    source,
    partitionBy,
    orderBy,
    measures,
    rowsPerMatch,
    afterMatch,
    pattern,
    subsets,
    define,
    ...(alias && { alias }),
    span: cursor.spanFrom(source.span.start),
  };
}

function parseMeasure(cursor: Cursor): MatchRecognize["measures"][number] {
  const followed = cursor.atIdentifier(1) || cursor.peek(1).kind === "word";
  const word = followed ? cursor.acceptAnyKeyword("FINAL", "RUNNING") : undefined;
  const expression = parseExpression(cursor);
  cursor.acceptKeyword("AS");
  const alias = cursor.identifier();
  if (word === undefined) return { expression, alias };
  return { semantics: word === "FINAL" ? "final" : "running", expression, alias };
}

function parseRowsPerMatch(cursor: Cursor): MatchRecognize["rowsPerMatch"] {
  if (cursor.acceptKeyword("ONE", "ROW", "PER", "MATCH")) return "one";
  if (!cursor.acceptKeyword("ALL", "ROWS", "PER", "MATCH")) return "one";
  if (cursor.acceptKeyword("SHOW", "EMPTY", "MATCHES")) return "all_show_empty";
  if (cursor.acceptKeyword("OMIT", "EMPTY", "MATCHES")) return "all_omit_empty";
  return cursor.acceptKeyword("WITH", "UNMATCHED", "ROWS") ? "all_with_unmatched" : "all";
}

function parseAfterMatch(cursor: Cursor): MatchRecognize["afterMatch"] {
  if (!cursor.acceptKeyword("AFTER", "MATCH", "SKIP")) return { kind: "past_last_row" };
  if (cursor.acceptKeyword("PAST", "LAST", "ROW")) return { kind: "past_last_row" };
  cursor.expectKeyword("TO");
  if (cursor.acceptKeyword("NEXT", "ROW")) return { kind: "next_row" };
  if (cursor.atIdentifier(1)) {
    const word = cursor.acceptAnyKeyword("FIRST", "LAST");
    if (word === "FIRST") return { kind: "to_first", symbol: cursor.identifier() };
    if (word === "LAST") return { kind: "to_last", symbol: cursor.identifier() };
  }
  return { kind: "to_last", symbol: cursor.identifier() };
}

function parseSubset(cursor: Cursor): MatchRecognize["subsets"][number] {
  const name = cursor.identifier();
  cursor.expectPunctuation("=");
  return { name, symbols: cursor.parenthesized(() => cursor.identifier()) };
}

function parseDefinition(cursor: Cursor): MatchRecognize["define"][number] {
  const symbol = cursor.identifier();
  cursor.expectKeyword("AS");
  return { symbol, condition: parseExpression(cursor) };
}
