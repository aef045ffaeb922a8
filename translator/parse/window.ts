/** OVER (…), named windows, frames, and ORDER BY items. Docs: functions-window-syntax. */

import type { WindowFrame, WindowFrameBound, WindowSpecification } from "../ast/expressions.ts";
import type { OrderItem } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression, parseOperand } from "./expressions.ts";

const SPECIFICATION_WORDS = ["PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS"] as const;

/** `OVER w` or `OVER (…)` if it follows. */
export function parseOver(cursor: Cursor): WindowSpecification | undefined {
  if (!cursor.acceptKeyword("OVER")) return undefined;
  if (cursor.atPunctuation("(")) return parseWindowSpecification(cursor);
  return { base: cursor.identifier(), partitionBy: [], orderBy: [] };
}

/** `([w] [PARTITION BY …] [ORDER BY …] [frame])`. */
export function parseWindowSpecification(cursor: Cursor): WindowSpecification {
  cursor.expectPunctuation("(");
  const hasBase = cursor.atIdentifier() && !cursor.atAnyKeyword(...SPECIFICATION_WORDS);
  const base = hasBase ? cursor.identifier() : undefined;
  const partitionBy = cursor.acceptKeyword("PARTITION", "BY")
    ? cursor.commaSeparated(() => parseExpression(cursor))
    : [];
  const orderBy = cursor.acceptClause("ORDER", "BY") ? parseOrderItems(cursor) : [];
  const frame = parseFrame(cursor);
  cursor.expectPunctuation(")");
  return { ...(base && { base }), partitionBy, orderBy, ...(frame && { frame }) };
}

function parseFrame(cursor: Cursor): WindowFrame | undefined {
  const word = cursor.acceptAnyKeyword("ROWS", "RANGE", "GROUPS");
  if (word === undefined) return undefined;
  const unit = word === "ROWS" ? "rows" : word === "RANGE" ? "range" : "groups";
  if (!cursor.acceptKeyword("BETWEEN")) return { unit, start: parseBound(cursor) };
  const start = parseBound(cursor);
  cursor.expectKeyword("AND");
  return { unit, start, end: parseBound(cursor) };
}

function parseBound(cursor: Cursor): WindowFrameBound {
  if (cursor.acceptKeyword("CURRENT", "ROW")) return { kind: "current_row" };
  if (cursor.acceptKeyword("UNBOUNDED", "PRECEDING")) return { kind: "unbounded_preceding" };
  if (cursor.acceptKeyword("UNBOUNDED", "FOLLOWING")) return { kind: "unbounded_following" };
  const offset = parseOperand(cursor);
  const word = cursor.expectAnyKeyword("PRECEDING", "FOLLOWING");
  return { kind: word === "PRECEDING" ? "preceding" : "following", offset };
}

/** `expression [ASC | DESC] [NULLS FIRST | LAST], …` after ORDER BY. */
export function parseOrderItems(cursor: Cursor): OrderItem[] {
  return cursor.commaSeparated(() => ({
    expression: parseExpression(cursor),
    ...parseDirection(cursor),
  }));
}

/** `[ASC | DESC] [NULLS FIRST | LAST]`. */
export function parseDirection(cursor: Cursor): Omit<OrderItem, "expression"> {
  const descending = cursor.acceptAnyKeyword("ASC", "DESC") === "DESC";
  if (!cursor.acceptKeyword("NULLS")) return { descending };
  const word = cursor.expectAnyKeyword("FIRST", "LAST");
  return { descending, nulls: word === "FIRST" ? "first" : "last" };
}
