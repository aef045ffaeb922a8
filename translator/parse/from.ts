/** FROM items: tables with what follows them, and joins. Docs: from, join, asof-join, sample. */

import type { FromItem, JoinType, Sample, TableAlias } from "../ast/queries.ts";
import { RESERVED_IN_FROM } from "../lex/keywords.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseMatchRecognize } from "./match-recognize.ts";
import { parsePivot, parseUnpivot } from "./pivot.ts";
import { parsePrimary } from "./primary.ts";
import { parseResample } from "./resample.ts";
import { parseTablePrimary } from "./tables.ts";

/** One item between the commas of FROM, with its joins (left-associative). */
export function parseFromItem(cursor: Cursor): FromItem {
  return cursor.nested(() => parseJoins(cursor, parseTable(cursor)));
}

/** A table, function, subquery … with PIVOT, UNPIVOT and MATCH_RECOGNIZE behind it. */
function parseTable(cursor: Cursor): FromItem {
  return parseTableClauses(cursor, parseTablePrimary(cursor));
}

function parseTableClauses(cursor: Cursor, first: FromItem): FromItem {
  let item = first;
  for (let links = 1; ; links++) {
    if (cursor.atKeyword("PIVOT")) item = parsePivot(cursor, item);
    else if (cursor.atKeyword("UNPIVOT")) item = parseUnpivot(cursor, item);
    else if (cursor.atKeyword("MATCH_RECOGNIZE")) item = parseMatchRecognize(cursor, item);
    else if (atResample(cursor)) item = parseResample(cursor, item);
    else return item;
    cursor.checkChain(links);
  }
}

function atResample(cursor: Cursor): boolean {
  return cursor.atKeyword("RESAMPLE") && cursor.atPunctuation("(", 1);
}

type JoinWords = { readonly type: JoinType; readonly natural: boolean };

function parseJoins(cursor: Cursor, first: FromItem): FromItem {
  let left = first;
  for (;;) {
    const words = acceptJoin(cursor);
    if (words === undefined) return left;
    left = parseJoin(cursor, left, words);
    while (cursor.atKeyword("ON") || cursor.atKeyword("USING")) left = outerCondition(cursor, left);
  }
}

/**
 * `a JOIN b JOIN c ON x ON y`: the second condition belongs to the earlier join, whose right side is then the later one.
 * Fails at the word when no join waits for a condition.
 */
function outerCondition(cursor: Cursor, written: FromItem): FromItem {
  if (written.kind !== "join") return cursor.unexpected();
  const { left: waiting, on, using } = written;
  const isComplete = on !== undefined || using.length > 0;
  if (!isComplete || waiting.kind !== "join" || !waitsForCondition(waiting)) {
    return cursor.unexpected();
  }
  const span = cursor.spanFrom(waiting.right.span.start);
  const right: FromItem = { ...written, left: waiting.right, span };
  return {
    ...waiting,
    right,
    ...parseCondition(cursor),
    span: cursor.spanFrom(written.span.start),
  };
}

function waitsForCondition(join: Extract<FromItem, { kind: "join" }>): boolean {
  const isBare = join.on === undefined && join.using.length === 0;
  return isBare && !join.natural && join.type !== "cross";
}

function parseCondition(cursor: Cursor) {
  if (cursor.acceptKeyword("ON")) return { on: parseExpression(cursor), using: [] };
  const using = cursor.acceptKeyword("USING")
    ? cursor.parenthesized(() => cursor.identifier())
    : [];
  return { using };
}

/** The words of a join up to JOIN. DIRECTED only fixes the order of execution. */
function acceptJoin(cursor: Cursor): JoinWords | undefined {
  const natural = cursor.acceptKeyword("NATURAL");
  const word = natural
    ? cursor.acceptAnyKeyword("INNER", "LEFT", "RIGHT", "FULL")
    : cursor.acceptAnyKeyword("INNER", "LEFT", "RIGHT", "FULL", "CROSS", "ASOF");
  if (word === undefined && !natural && !cursor.atKeyword("JOIN")) {
    return cursor.acceptKeyword("DIRECTED", "JOIN") ? { type: "inner", natural } : undefined;
  }
  if (word === "LEFT" || word === "RIGHT" || word === "FULL") cursor.acceptKeyword("OUTER");
  cursor.acceptKeyword("DIRECTED");
  cursor.expectKeyword("JOIN");
  return { type: word === undefined ? "inner" : JOIN_TYPES[word], natural };
}

const JOIN_TYPES = {
  INNER: "inner",
  LEFT: "left",
  RIGHT: "right",
  FULL: "full",
  CROSS: "cross",
  ASOF: "asof",
} as const;

function parseJoin(cursor: Cursor, left: FromItem, { type, natural }: JoinWords): FromItem {
  const right = parseTable(cursor);
  const lateral = "lateral" in right && right.kind !== "join" && right.lateral;
  const matchCondition =
    type === "asof" && cursor.acceptKeyword("MATCH_CONDITION")
      ? parseParenthesizedCondition(cursor)
      : undefined;
  const conditional = !natural && type !== "cross";
  const condition = conditional ? parseCondition(cursor) : { using: [] };
  return {
    kind: "join",
    type,
    natural,
    lateral,
    left,
    right,
    ...condition,
    ...(matchCondition && { matchCondition }),
    span: cursor.spanFrom(left.span.start),
  };
}

function parseParenthesizedCondition(cursor: Cursor) {
  cursor.expectPunctuation("(");
  const condition = parseExpression(cursor);
  cursor.expectPunctuation(")");
  return condition;
}

/** `[AS] name [(column, …)]` if it follows. */
export function parseTableAlias(cursor: Cursor): TableAlias | undefined {
  const explicit = cursor.acceptKeyword("AS");
  const token = cursor.peek();
  if (token.kind === "word" && RESERVED_IN_FROM.has(token.value)) {
    return explicit ? cursor.unexpected() : undefined;
  }
  if (!explicit && (!cursor.atBareAlias() || cursor.atKeyword("DIRECTED", "JOIN")))
    return undefined;
  return { name: cursor.identifier(), columns: cursor.optionalIdentifierList() };
}

/** `SAMPLE [BERNOULLI | ROW | SYSTEM | BLOCK] (n [ROWS]) [SEED (s)]` if it follows. Docs: sample. */
export function parseSample(cursor: Cursor): Sample | undefined {
  if (cursor.acceptAnyKeyword("SAMPLE", "TABLESAMPLE") === undefined) return undefined;
  const word = cursor.acceptAnyKeyword("BERNOULLI", "ROW", "SYSTEM", "BLOCK");
  const method = word === "SYSTEM" || word === "BLOCK" ? "system" : "bernoulli";
  cursor.expectPunctuation("(");
  const size = parsePrimary(cursor);
  const rows = cursor.acceptKeyword("ROWS");
  cursor.expectPunctuation(")");
  if (cursor.acceptAnyKeyword("SEED", "REPEATABLE") === undefined) return { method, size, rows };
  cursor.expectPunctuation("(");
  const seed = parseExpression(cursor);
  cursor.expectPunctuation(")");
  return { method, size, rows, seed };
}
