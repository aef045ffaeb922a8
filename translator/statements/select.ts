/**
 * Queries as statements, EXPLAIN, and the flow operator between statements.
 * https://docs.snowflake.com/en/sql-reference/operators-flow
 */

import { printQuery } from "../ast/printer.ts";
import type { Query } from "../ast/queries.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseQuery } from "../parse/query.ts";
import { spaced } from "./print.ts";
import type { Statement } from "./statement.ts";

export type SelectStatement = { readonly kind: "select"; readonly query: Query };

export type ExplainStatement = {
  readonly kind: "explain";
  /** Undefined when not written: TABULAR. */
  readonly format?: "TABULAR" | "JSON" | "TEXT" | undefined;
  readonly statement: Statement;
};

/** `a ->> b ->> c`: each statement may read the results before it as $1, $2, … */
export type FlowStatement = { readonly kind: "flow"; readonly statements: readonly Statement[] };

export function parseSelect(cursor: Cursor): SelectStatement {
  return { kind: "select", query: parseQuery(cursor) };
}

/** After EXPLAIN comes any statement, which `parseNested` reads. */
export function parseExplain(
  cursor: Cursor,
  parseNested: (cursor: Cursor) => Statement,
): ExplainStatement {
  cursor.expectKeyword("EXPLAIN");
  const format = cursor.acceptKeyword("USING")
    ? cursor.expectAnyKeyword("TABULAR", "JSON", "TEXT")
    : undefined;
  return { kind: "explain", format, statement: cursor.nested(() => parseNested(cursor)) };
}

export function printSelect({ query }: SelectStatement): string {
  return printQuery(query);
}

export function printExplain(
  { format, statement }: ExplainStatement,
  print: (statement: Statement) => string,
): string {
  return spaced("EXPLAIN", format && `USING ${format}`, print(statement));
}

export function printFlow(
  { statements }: FlowStatement,
  print: (statement: Statement) => string,
): string {
  return statements.map(print).join(" ->> ");
}
