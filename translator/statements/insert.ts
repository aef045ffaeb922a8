/**
 * INSERT into one table.
 * https://docs.snowflake.com/en/sql-reference/sql/insert
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression, printQuery } from "../ast/printer.ts";
import type { Query } from "../ast/queries.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseQuery } from "../parse/query.ts";
import { commaList, parenthesizedList } from "./grammar.ts";
import { commas, optionalColumns, parenthesized, printObjectName, spaced } from "./print.ts";

export type InsertSource =
  /** DEFAULT inside a row is the expression of kind "default". */
  | { readonly kind: "values"; readonly rows: readonly (readonly Expression[])[] }
  | { readonly kind: "query"; readonly query: Query };

export type InsertStatement = {
  readonly kind: "insert";
  readonly overwrite: boolean;
  readonly table: ObjectName;
  /** Empty when not written. */
  readonly columns: readonly Identifier[];
  readonly source: InsertSource;
};

/** From INSERT on; INSERT ALL and INSERT FIRST are in multi_insert.ts. */
export function parseInsert(cursor: Cursor): InsertStatement {
  cursor.expectKeyword("INSERT");
  const overwrite = cursor.acceptKeyword("OVERWRITE");
  cursor.expectKeyword("INTO");
  cursor.acceptKeyword("TABLE");
  const table = cursor.objectName();
  const columns = atColumnList(cursor) ? cursor.optionalIdentifierList() : [];
  return { kind: "insert", overwrite, table, columns, source: parseSource(cursor) };
}

/** `(a, b)` as opposed to `(SELECT …)`. */
function atColumnList(cursor: Cursor): boolean {
  if (!cursor.atPunctuation("(")) return false;
  const mark = cursor.mark();
  while (cursor.acceptPunctuation("(")) {
    // Parentheses may stand around the query.
  }
  const query = cursor.atAnyKeyword("SELECT", "WITH", "VALUES") !== undefined;
  cursor.reset(mark);
  return !query;
}

function parseSource(cursor: Cursor): InsertSource {
  if (!cursor.acceptKeyword("VALUES")) return { kind: "query", query: parseQuery(cursor) };
  return { kind: "values", rows: commaList(cursor, parseRow) };
}

/** One row of VALUES, `(e, DEFAULT, …)`. */
function parseRow(cursor: Cursor): Expression[] {
  return parenthesizedList(cursor, parseAssignable);
}

/** An expression, or DEFAULT where a value is stored. */
export function parseAssignable(cursor: Cursor): Expression {
  const token = cursor.peek();
  const alone = [",", ")"].some((text) => cursor.atPunctuation(text, 1));
  const last = cursor.peek(1).kind === "eof" || cursor.peek(1).kind === "word";
  if (cursor.atKeyword("DEFAULT") && (alone || last || cursor.atPunctuation(";", 1))) {
    cursor.next();
    return { kind: "default", span: { start: token.start, end: token.end } };
  }
  return parseExpression(cursor);
}

export function printInsert(statement: InsertStatement): string {
  return spaced(
    "INSERT",
    statement.overwrite && "OVERWRITE",
    `INTO ${printObjectName(statement.table)}`,
    optionalColumns(statement.columns),
    statement.source.kind === "query"
      ? printQuery(statement.source.query)
      : `VALUES ${commas(statement.source.rows, (row) => parenthesized(row, printExpression))}`,
  );
}
