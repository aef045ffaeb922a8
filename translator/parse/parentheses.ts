/** What an opening parenthesis may begin in an expression: a query, a tuple, or an expression. */

import type { Expression } from "../ast/expressions.ts";
import type { ParenthesizedQuery, Query } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { atQueryContinuation, continueQuery, parseQuery } from "./query.ts";
import { atStar, parseStar } from "./stars.ts";

/** Whether a query certainly begins here. A parenthesis may begin one too; that shows only later. */
export function atQuery(cursor: Cursor): boolean {
  if (cursor.atKeyword("WITH")) return cursor.atIdentifier(1);
  return cursor.atKeyword("SELECT") || cursor.atKeyword("VALUES");
}

/** Either a query without parentheses around it, or an expression. */
function parseQueryOrExpression(cursor: Cursor): Query | Expression {
  if (atQuery(cursor)) return parseQuery(cursor);
  const first = parseExpression(cursor);
  const body = atQueryContinuation(cursor) ? asParenthesizedQuery(first) : undefined;
  return body === undefined ? first : continueQuery(cursor, body);
}

/** A list item or argument: an expression, or a query that lacks parentheses of its own. */
export function parseSubqueryOrExpression(cursor: Cursor): Expression {
  const result = parseQueryOrExpression(cursor);
  return result.kind === "query" ? { kind: "subquery", query: result, span: result.span } : result;
}

/** `(query)` and `((query))` as a query body; undefined for other expressions. */
export function asParenthesizedQuery(expression: Expression): ParenthesizedQuery | undefined {
  let inner = expression;
  while (inner.kind === "parenthesized") inner = inner.inner;
  if (inner.kind !== "subquery") return undefined;
  return { kind: "parenthesized_query", query: inner.query, span: expression.span };
}

/** Whatever a parenthesis at the cursor begins. */
export function parseParentheses(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  cursor.expectPunctuation("(");
  // SEARCH((*), 'text') takes a star in parentheses.
  const inner = atStar(cursor) ? parseStar(cursor) : parseQueryOrExpression(cursor);
  if (inner.kind === "query") {
    cursor.expectPunctuation(")");
    return { kind: "subquery", query: inner, span: cursor.spanFrom(start) };
  }
  if (cursor.acceptPunctuation(",")) {
    const items = [inner, ...cursor.commaSeparated(() => parseExpression(cursor))];
    cursor.expectPunctuation(")");
    return { kind: "tuple", items, span: cursor.spanFrom(start) };
  }
  cursor.expectPunctuation(")");
  return { kind: "parenthesized", inner, span: cursor.spanFrom(start) };
}
