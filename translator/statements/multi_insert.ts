/**
 * INSERT ALL and INSERT FIRST: one query into several tables.
 * https://docs.snowflake.com/en/sql-reference/sql/insert-multi-table
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression, printQuery } from "../ast/printer.ts";
import type { Query } from "../ast/queries.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseQuery } from "../parse/query.ts";
import { parenthesizedList } from "./grammar.ts";
import { parseAssignable } from "./insert.ts";
import { optionalColumns, parenthesized, printObjectName, spaced } from "./print.ts";

export type InsertTarget = {
  readonly table: ObjectName;
  readonly columns: readonly Identifier[];
  /** Undefined when no VALUES clause is written: all columns of the query. */
  readonly values?: readonly Expression[] | undefined;
};

export type InsertBranch = {
  readonly condition: Expression;
  readonly targets: readonly InsertTarget[];
};

export type MultiInsertStatement = {
  readonly kind: "multi_insert";
  readonly overwrite: boolean;
  /** FIRST: a row goes only to the first branch whose condition holds. */
  readonly first: boolean;
  /** The targets without a condition; empty when there are branches. */
  readonly targets: readonly InsertTarget[];
  readonly branches: readonly InsertBranch[];
  /** ELSE; empty when not written. */
  readonly otherwise: readonly InsertTarget[];
  readonly query: Query;
};

export function atMultiInsert(cursor: Cursor): boolean {
  const ahead = cursor.atKeyword("INSERT", "OVERWRITE") ? 2 : 1;
  return (
    cursor.atKeyword("INSERT") &&
    (cursor.atKeywordFrom(ahead, "ALL") || cursor.atKeywordFrom(ahead, "FIRST"))
  );
}

/** From INSERT on. */
export function parseMultiInsert(cursor: Cursor): MultiInsertStatement {
  cursor.expectKeyword("INSERT");
  const overwrite = cursor.acceptKeyword("OVERWRITE");
  const first = cursor.expectAnyKeyword("ALL", "FIRST") === "FIRST";
  const targets = parseTargets(cursor);
  const branches: InsertBranch[] = [];
  let otherwise: InsertTarget[] = [];
  while (targets.length === 0 && cursor.acceptKeyword("WHEN")) {
    const condition = parseExpression(cursor);
    cursor.expectKeyword("THEN");
    branches.push({ condition, targets: parseTargets(cursor) });
  }
  if (branches.length > 0 && cursor.acceptKeyword("ELSE")) otherwise = parseTargets(cursor);
  if (targets.length + branches.length === 0) cursor.unexpected();
  const query = parseQuery(cursor);
  return { kind: "multi_insert", overwrite, first, targets, branches, otherwise, query };
}

function parseTargets(cursor: Cursor): InsertTarget[] {
  const targets: InsertTarget[] = [];
  while (cursor.acceptKeyword("INTO")) {
    const table = cursor.objectName();
    const columns = atQueryParenthesis(cursor) ? [] : cursor.optionalIdentifierList();
    const hasValues = cursor.acceptKeyword("VALUES");
    const values = hasValues ? parenthesizedList(cursor, parseAssignable) : undefined;
    targets.push({ table, columns, values });
  }
  return targets;
}

/** The query at the end may stand in parentheses. */
function atQueryParenthesis(cursor: Cursor): boolean {
  return (
    cursor.atPunctuation("(") &&
    (cursor.atKeywordFrom(1, "SELECT") || cursor.atKeywordFrom(1, "WITH"))
  );
}

export function printMultiInsert(statement: MultiInsertStatement): string {
  return spaced(
    "INSERT",
    statement.overwrite && "OVERWRITE",
    statement.first ? "FIRST" : "ALL",
    ...statement.targets.map(printTarget),
    ...statement.branches.map(printBranch),
    statement.otherwise.length > 0 && "ELSE",
    ...statement.otherwise.map(printTarget),
    printQuery(statement.query),
  );
}

function printBranch({ condition, targets }: InsertBranch): string {
  return spaced(`WHEN ${printExpression(condition)} THEN`, ...targets.map(printTarget));
}

function printTarget({ table, columns, values }: InsertTarget): string {
  return spaced(
    `INTO ${printObjectName(table)}`,
    optionalColumns(columns),
    values && `VALUES ${parenthesized(values, printExpression)}`,
  );
}
