/** What may stand as one table in FROM: names, subqueries, VALUES, functions, stages. Docs: from. */

import type { Expression } from "../ast/expressions.ts";
import type { FromItem, QueryBody } from "../ast/queries.ts";
import { parseCall } from "./calls.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseFromItem, parseSample, parseTableAlias } from "./from.ts";
import { atQuery } from "./parentheses.ts";
import { parsePrimary } from "./primary.ts";
import { atQueryContinuation, continueQuery, parseQuery, parseValues } from "./query.ts";
import { parseSemanticView } from "./resample.ts";
import { parseChanges, parseTimeTravel } from "./time-travel.ts";

/** One table with its alias and SAMPLE, without joins. */
export function parseTablePrimary(cursor: Cursor): FromItem {
  const { start } = cursor.peek();
  if (cursor.acceptKeyword("LATERAL")) return parseLateral(cursor, start);
  if (cursor.atPunctuation("(")) return parseParenthesized(cursor, start);
  if (cursor.atKeyword("TABLE") && cursor.atPunctuation("(", 1)) {
    return parseTableFunction(cursor, start, false);
  }
  if (cursor.atKeyword("VALUES")) {
    const values = parseValues(cursor);
    const alias = parseTableAlias(cursor);
    return { kind: "values", values, ...(alias && { alias }), span: cursor.spanFrom(start) };
  }
  if (cursor.atStagePath()) return parseStage(cursor, start);
  if (cursor.at("positional")) return tableExpression(cursor, parsePrimary(cursor), start);
  if (cursor.atKeyword("SEMANTIC_VIEW") && cursor.atPunctuation("(", 1)) {
    return parseSemanticView(cursor);
  }
  const name = cursor.objectName();
  if (!cursor.atPunctuation("(")) return parseNamedTable(cursor, name, start);
  return finishFunction(cursor, parseCall(cursor, name), start, false);
}

function parseNamedTable(
  cursor: Cursor,
  name: Extract<FromItem, { kind: "table" }>["name"],
  start: number,
): FromItem {
  const timeTravel = parseTimeTravel(cursor);
  const changes = parseChanges(cursor);
  const sampleBefore = parseSample(cursor);
  const alias = parseTableAlias(cursor);
  const sample = sampleBefore ?? parseSample(cursor);
  return {
    kind: "table",
    name,
    ...(alias && { alias }),
    ...(timeTravel && { timeTravel }),
    ...(changes && { changes }),
    ...(sample && { sample }),
    span: cursor.spanFrom(start),
  };
}

/** LATERAL (query), LATERAL f(…), LATERAL TABLE(f(…)). */
function parseLateral(cursor: Cursor, start: number): FromItem {
  if (cursor.acceptPunctuation("(")) {
    const query = parseQuery(cursor);
    cursor.expectPunctuation(")");
    return finishDerived(cursor, query, start, true);
  }
  if (cursor.atKeyword("TABLE")) return parseTableFunction(cursor, start, true);
  return finishFunction(cursor, parseCall(cursor, cursor.objectName()), start, true);
}

function finishDerived(
  cursor: Cursor,
  query: Extract<FromItem, { kind: "derived" }>["query"],
  start: number,
  lateral: boolean,
): FromItem {
  const alias = parseTableAlias(cursor);
  const sample = parseSample(cursor);
  const span = cursor.spanFrom(start);
  return {
    kind: "derived",
    lateral,
    query,
    ...(alias && { alias }),
    ...(sample && { sample }),
    span,
  };
}

/** `(query)`, `(VALUES …)`, `(a JOIN b …)`, `((query) UNION …)`. */
function parseParenthesized(cursor: Cursor, start: number): FromItem {
  cursor.expectPunctuation("(");
  const isValues = cursor.atKeyword("VALUES");
  if (!isValues && atQuery(cursor)) {
    const query = parseQuery(cursor);
    cursor.expectPunctuation(")");
    return finishDerived(cursor, query, start, false);
  }
  const item = parseFromItem(cursor);
  const body = atQueryContinuation(cursor) ? asQueryBody(item) : undefined;
  if (body !== undefined) {
    const query = continueQuery(cursor, body);
    cursor.expectPunctuation(")");
    return finishDerived(cursor, query, start, false);
  }
  cursor.expectPunctuation(")");
  const alias = parseTableAlias(cursor);
  const span = cursor.spanFrom(start);
  if (isValues && item.kind === "values" && item.alias === undefined) {
    return { ...item, ...(alias && { alias }), span };
  }
  return { kind: "parenthesized", item, ...(alias && { alias }), span };
}

/** What looked like a FROM item, as the first body of a set operation. */
function asQueryBody(item: FromItem): QueryBody | undefined {
  if (item.kind === "values" && item.alias === undefined) return item.values;
  if (item.kind !== "derived" || item.alias !== undefined || item.lateral) return undefined;
  return { kind: "parenthesized_query", query: item.query, span: item.span };
}

/** TABLE(f(…)) is a function; TABLE('t'), TABLE($v), TABLE(:b), TABLE(?) names a table. */
function parseTableFunction(cursor: Cursor, start: number, lateral: boolean): FromItem {
  cursor.expectKeyword("TABLE");
  cursor.expectPunctuation("(");
  const expression = parseExpression(cursor);
  cursor.expectPunctuation(")");
  if (expression.kind !== "call") return tableExpression(cursor, expression, start);
  return finishFunction(cursor, expression, start, lateral);
}

function tableExpression(cursor: Cursor, expression: Expression, start: number): FromItem {
  const alias = parseTableAlias(cursor);
  const span = cursor.spanFrom(start);
  return { kind: "table_expression", expression, ...(alias && { alias }), span };
}

function finishFunction(
  cursor: Cursor,
  call: Extract<Expression, { kind: "call" }>,
  start: number,
  lateral: boolean,
): FromItem {
  const alias = parseTableAlias(cursor);
  const sample = parseSample(cursor);
  return {
    kind: "table_function",
    lateral,
    name: call.name,
    arguments: call.arguments,
    call: { span: call.span },
    ...(call.over && { over: call.over }),
    ...(alias && { alias }),
    ...(sample && { sample }),
    span: cursor.spanFrom(start),
  };
}

/** `@stage/path [(FILE_FORMAT => 'f', PATTERN => 'p')] [alias]`. Docs: querying-stage. */
function parseStage(cursor: Cursor, start: number): FromItem {
  const path = cursor.stagePath();
  const options: { name: string; value: Expression }[] = [];
  if (cursor.acceptPunctuation("(")) {
    while (!cursor.acceptPunctuation(")")) {
      const { name } = cursor.anyIdentifier();
      cursor.expectPunctuation("=>");
      options.push({ name, value: parseExpression(cursor) });
      cursor.acceptPunctuation(",");
    }
  }
  const alias = parseTableAlias(cursor);
  return { kind: "stage", path, options, ...(alias && { alias }), span: cursor.spanFrom(start) };
}
