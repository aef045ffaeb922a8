/** GROUP BY: ALL, expressions, ROLLUP, CUBE, GROUPING SETS. Docs: group-by. */

import type { Expression } from "../ast/expressions.ts";
import type { GroupBy, GroupingElement } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";

/** What follows GROUP BY. */
export function parseGroupBy(cursor: Cursor): GroupBy {
  if (cursor.acceptKeyword("ALL")) return { kind: "all" };
  return { kind: "elements", elements: cursor.commaSeparated(() => parseElement(cursor)) };
}

function parseElement(cursor: Cursor): GroupingElement {
  const grouping = parseGrouping(cursor);
  if (grouping !== undefined) return grouping;
  const { start } = cursor.peek();
  if (acceptEmptySet(cursor)) {
    return {
      kind: "expression",
      expression: { kind: "tuple", items: [], span: cursor.spanFrom(start) },
    };
  }
  return { kind: "expression", expression: parseExpression(cursor) };
}

/** ROLLUP (…), CUBE (…) or GROUPING SETS (…) if one stands here. */
function parseGrouping(cursor: Cursor): GroupingElement | undefined {
  if (cursor.atKeyword("GROUPING", "SETS") && cursor.atPunctuation("(", 2)) {
    cursor.expectKeyword("GROUPING", "SETS");
    const sets = cursor.nested(() =>
      cursor.parenthesized(() => parseGrouping(cursor) ?? parseSet(cursor)),
    );
    return { kind: "grouping_sets", sets };
  }
  const word = cursor.atPunctuation("(", 1) ? cursor.acceptAnyKeyword("ROLLUP", "CUBE") : undefined;
  if (word === undefined) return undefined;
  const sets = cursor.parenthesized(() => parseSet(cursor));
  return { kind: word === "ROLLUP" ? "rollup" : "cube", sets };
}

/** `a`, `(a, b)` or `()`. */
function parseSet(cursor: Cursor): readonly Expression[] {
  if (acceptEmptySet(cursor)) return [];
  const expression = parseExpression(cursor);
  return expression.kind === "tuple" ? expression.items : [expression];
}

function acceptEmptySet(cursor: Cursor): boolean {
  if (!cursor.atPunctuation("(") || !cursor.atPunctuation(")", 1)) return false;
  cursor.next();
  cursor.next();
  return true;
}
