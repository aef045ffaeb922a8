/** In which order a query's rows must come. */

import type { Expression } from "../../translator/ast/expressions.ts";
import type { Query } from "../../translator/ast/queries.ts";
import { parseStatement } from "../../translator/statements/statement.ts";

/**
 * "any" without ORDER BY; the output columns that the rows are ordered by; "strict" when these are not all output columns:
 * then ties cannot be told and the whole order counts.
 */
export type RowOrder = "any" | "strict" | readonly number[];

/** @param columns the names of the query's output columns */
export function orderOf(sql: string, columns: readonly string[]): RowOrder {
  const query = queryOf(sql);
  if (query === undefined) return /\border\s+by\b/i.test(sql) ? "strict" : "any";
  if (query.orderByAll !== undefined) return columns.map((_, index) => index);
  if (query.orderBy.length === 0) return "any";
  const keys = query.orderBy.map(({ expression }) => outputColumn(expression, columns));
  return keys.every((key) => key !== undefined) ? keys : "strict";
}

function queryOf(sql: string): Query | undefined {
  try {
    const statement = parseStatement(sql);
    return statement.kind === "select" ? statement.query : undefined;
  } catch {
    return undefined;
  }
}

function outputColumn(expression: Expression, columns: readonly string[]): number | undefined {
  if (expression.kind === "number_literal") return Number(expression.text) - 1;
  if (expression.kind !== "column") return undefined;
  const name = expression.parts.at(-1)?.name;
  const index = columns.indexOf(name ?? "");
  return index < 0 ? undefined : index;
}
