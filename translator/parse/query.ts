/** Queries: WITH, set operations, ORDER BY, LIMIT. Docs: with, operators-query, order-by, limit. */

import type { Expression, Identifier } from "../ast/expressions.ts";
import type {
  CommonTableExpression,
  ModelAlias,
  OrderItem,
  Query,
  QueryBody,
  Values,
} from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseSelect } from "./select.ts";
import { parseDirection, parseOrderItems } from "./window.ts";

type SetOperator = "union" | "intersect" | "except";

const SET_OPERATORS: Readonly<Record<string, SetOperator>> = {
  UNION: "union",
  INTERSECT: "intersect",
  EXCEPT: "except",
  MINUS: "except",
};

/**
 * A whole query, up to the first token that cannot belong to it.
 * @throws SnowflakeError for syntax errors and for nesting deeper than MAX_NESTING_DEPTH
 */
export function parseQuery(cursor: Cursor): Query {
  cursor.enter();
  const { start } = cursor.peek();
  const names = parseWith(cursor);
  const body = parseSetOperations(cursor, parseIntersections(cursor, parseTerm(cursor)));
  const query = parseQueryTail(cursor, names, body, start);
  cursor.leave();
  return query;
}

/** The rest of a query whose first body, in parentheses, was already read. */
export function continueQuery(cursor: Cursor, first: QueryBody): Query {
  cursor.enter();
  const body = parseSetOperations(cursor, parseIntersections(cursor, first));
  const query = parseQueryTail(cursor, NO_NAMES, body, first.span.start);
  cursor.leave();
  return query;
}

/** Whether the next word continues a query after a body in parentheses. */
export function atQueryContinuation(cursor: Cursor): boolean {
  const words = ["ORDER", "LIMIT", "OFFSET", "FETCH"] as const;
  return setOperatorAt(cursor) !== undefined || cursor.atAnyKeyword(...words) !== undefined;
}

/** A query that is nothing but its body. */
export function bodyOnlyQuery(body: QueryBody): Query {
  return { kind: "query", recursive: false, ctes: [], body, orderBy: [], span: body.span };
}

function setOperatorAt(cursor: Cursor): SetOperator | undefined {
  const token = cursor.peek();
  return token.kind === "word" ? SET_OPERATORS[token.value] : undefined;
}

/** What WITH declares. */
type WithNames = Pick<Query, "recursive" | "ctes" | "models">;

const NO_NAMES: WithNames = { recursive: false, ctes: [] };

function parseWith(cursor: Cursor): WithNames {
  if (!cursor.acceptKeyword("WITH")) return NO_NAMES;
  const recursive = cursor.atKeyword("RECURSIVE") && cursor.atIdentifier(1);
  if (recursive) cursor.next();
  const ctes: CommonTableExpression[] = [];
  const models: ModelAlias[] = [];
  do {
    const model = acceptModelAlias(cursor);
    if (model !== undefined) models.push(model);
    else ctes.push(parseCommonTableExpression(cursor));
  } while (cursor.acceptPunctuation(","));
  return { recursive, ctes, ...(models.length > 0 && { models }) };
}

/** `m AS MODEL db.s.model [VERSION v]`. Docs: sql-reference/commands-model, "Model methods". */
function acceptModelAlias(cursor: Cursor): ModelAlias | undefined {
  if (!cursor.atKeywordFrom(1, "AS", "MODEL")) return undefined;
  const name = cursor.identifier();
  cursor.expectKeyword("AS", "MODEL");
  const model = cursor.objectName();
  return { name, model, ...(cursor.acceptKeyword("VERSION") && { version: cursor.identifier() }) };
}

/** `name [(columns)] AS (query)`. */
export function parseCommonTableExpression(cursor: Cursor): CommonTableExpression {
  const { start } = cursor.peek();
  const name = cursor.identifier();
  const columns: Identifier[] = cursor.optionalIdentifierList();
  cursor.expectKeyword("AS");
  cursor.expectPunctuation("(");
  const query = parseQuery(cursor);
  cursor.expectPunctuation(")");
  return { name, columns, query, span: cursor.spanFrom(start) };
}

/** UNION, EXCEPT and MINUS from left to right; INTERSECT binds tighter. */
function parseSetOperations(cursor: Cursor, first: QueryBody): QueryBody {
  let left = first;
  for (;;) {
    const operator = setOperatorAt(cursor);
    if (operator === undefined) return left;
    cursor.next();
    const { all, byName } = parseSetModifiers(cursor, operator);
    const right = parseIntersections(cursor, parseTerm(cursor));
    const span = cursor.spanFrom(first.span.start);
    left = { kind: "set_operation", operator, all, byName, left, right, span };
  }
}

function parseIntersections(cursor: Cursor, first: QueryBody): QueryBody {
  let left = first;
  while (cursor.acceptKeyword("INTERSECT")) {
    const modifiers = parseSetModifiers(cursor, "intersect");
    const right = parseTerm(cursor);
    const span = cursor.spanFrom(first.span.start);
    left = { kind: "set_operation", operator: "intersect", ...modifiers, left, right, span };
  }
  return left;
}

/** `[ALL | DISTINCT] [BY NAME]`; ALL only exists for UNION. */
function parseSetModifiers(cursor: Cursor, operator: SetOperator) {
  const all = operator === "union" && cursor.acceptKeyword("ALL");
  if (!all) cursor.acceptKeyword("DISTINCT");
  return { all, byName: cursor.acceptKeyword("BY", "NAME") };
}

function parseTerm(cursor: Cursor): QueryBody {
  const { start } = cursor.peek();
  if (cursor.atKeyword("SELECT")) return parseSelect(cursor);
  if (cursor.atKeyword("VALUES")) return parseValues(cursor);
  cursor.expectPunctuation("(");
  const query = parseQuery(cursor);
  cursor.expectPunctuation(")");
  return { kind: "parenthesized_query", query, span: cursor.spanFrom(start) };
}

/** `VALUES (a, b), (c, d)`. In FROM the next item follows a comma that no row stands behind. Docs: values. */
export function parseValues(cursor: Cursor): Values {
  const { start } = cursor.peek();
  cursor.expectKeyword("VALUES");
  const row = () => cursor.parenthesized(() => parseExpression(cursor));
  const rows = [row()];
  while (cursor.atPunctuation("(", 1) && cursor.acceptPunctuation(",")) rows.push(row());
  return { kind: "values", rows, span: cursor.spanFrom(start) };
}

function parseQueryTail(cursor: Cursor, names: WithNames, body: QueryBody, start: number): Query {
  let orderBy: OrderItem[] = [];
  let orderByAll: Query["orderByAll"];
  if (cursor.acceptClause("ORDER", "BY")) {
    if (cursor.acceptKeyword("ALL")) orderByAll = parseDirection(cursor);
    else orderBy = parseOrderItems(cursor);
  }
  const { limit, offset } = parseLimit(cursor);
  const forUpdate = parseForUpdate(cursor);
  return {
    kind: "query",
    ...names,
    body,
    orderBy,
    ...(orderByAll && { orderByAll }),
    ...(limit && { limit }),
    ...(offset && { offset }),
    ...(forUpdate && { forUpdate }),
    span: cursor.spanFrom(start),
  };
}

/** `FOR UPDATE [NOWAIT | WAIT seconds]`. Docs: for-update. */
function parseForUpdate(cursor: Cursor): Query["forUpdate"] {
  if (!cursor.acceptKeyword("FOR", "UPDATE")) return undefined;
  if (cursor.acceptKeyword("NOWAIT")) return { wait: "nowait" };
  return cursor.acceptKeyword("WAIT") ? { wait: cursor.integer() } : {};
}

/** `LIMIT n [OFFSET m]` or `[OFFSET m [ROWS]] [FETCH [FIRST | NEXT] n [ROWS] [ONLY]]`. */
function parseLimit(cursor: Cursor): { limit?: Expression; offset?: Expression } {
  let limit: Expression | undefined;
  let offset: Expression | undefined;
  for (;;) {
    if (limit === undefined && cursor.acceptKeyword("LIMIT")) {
      limit = parseExpression(cursor);
    } else if (offset === undefined && cursor.acceptKeyword("OFFSET")) {
      offset = parseExpression(cursor);
      cursor.acceptAnyKeyword("ROW", "ROWS");
    } else if (limit === undefined && cursor.acceptKeyword("FETCH")) {
      cursor.acceptAnyKeyword("FIRST", "NEXT");
      limit = parseExpression(cursor);
      cursor.acceptAnyKeyword("ROW", "ROWS");
      cursor.acceptKeyword("ONLY");
    } else {
      return { ...(limit && { limit }), ...(offset && { offset }) };
    }
  }
}
