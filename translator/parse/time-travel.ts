/** AT, BEFORE and CHANGES after a table. Docs: at-before, changes. */

import type { Changes, TimeTravel } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";

const BY = {
  TIMESTAMP: "timestamp",
  OFFSET: "offset",
  STATEMENT: "statement",
  STREAM: "stream",
  VERSION: "version",
} as const;

/** `AT (TIMESTAMP => …)`, `BEFORE (STATEMENT => …)` if it follows. */
export function parseTimeTravel(cursor: Cursor): TimeTravel | undefined {
  if (!cursor.atPunctuation("(", 1)) return undefined;
  const word = cursor.acceptAnyKeyword("AT", "BEFORE");
  if (word === undefined) return undefined;
  return parsePoint(cursor, word === "AT" ? "at" : "before");
}

function parsePoint(cursor: Cursor, clause: TimeTravel["clause"]): TimeTravel {
  cursor.expectPunctuation("(");
  const word = cursor.expectAnyKeyword("TIMESTAMP", "OFFSET", "STATEMENT", "STREAM", "VERSION");
  cursor.expectPunctuation("=>");
  const value = parseExpression(cursor);
  cursor.expectPunctuation(")");
  return { clause, by: BY[word], value };
}

/** `CHANGES (INFORMATION => DEFAULT | APPEND_ONLY) AT (…) [END (…)]` if it follows. */
export function parseChanges(cursor: Cursor): Changes | undefined {
  if (!cursor.atKeyword("CHANGES") || !cursor.atPunctuation("(", 1)) return undefined;
  cursor.next();
  cursor.expectPunctuation("(");
  cursor.expectKeyword("INFORMATION");
  cursor.expectPunctuation("=>");
  const word = cursor.expectAnyKeyword("DEFAULT", "APPEND_ONLY");
  cursor.expectPunctuation(")");
  const information = word === "DEFAULT" ? "default" : "append_only";
  const from = parseTimeTravel(cursor) ?? cursor.unexpected();
  if (!cursor.acceptKeyword("END")) return { information, from };
  return { information, from, to: parsePoint(cursor, "at") };
}
