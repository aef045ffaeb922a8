/**
 * MERGE INTO … USING … ON … WHEN [NOT] MATCHED ….
 * https://docs.snowflake.com/en/sql-reference/sql/merge
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression, printFromItem } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { FromItem } from "../ast/queries.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseFromItem } from "../parse/from.ts";
import { commaList, parenthesizedList } from "./grammar.ts";
import { parseAssignable } from "./insert.ts";
import { commas, optionalColumns, parenthesized, printObjectName, spaced } from "./print.ts";
import { type Assignment, parseAssignment, printAssignment } from "./update.ts";

export type MergeAction =
  | { readonly kind: "update"; readonly assignments: readonly Assignment[] }
  /** UPDATE ALL BY NAME. */
  | { readonly kind: "update_by_name" }
  | { readonly kind: "delete" }
  | {
      readonly kind: "insert";
      /** Empty when not written. */
      readonly columns: readonly Identifier[];
      readonly values: readonly Expression[];
    }
  /** INSERT ALL BY NAME. */
  | { readonly kind: "insert_by_name" };

export type MergeClause = {
  readonly matched: boolean;
  readonly condition?: Expression | undefined;
  readonly action: MergeAction;
};

export type MergeStatement = {
  readonly kind: "merge";
  readonly table: ObjectName;
  readonly alias?: Identifier | undefined;
  readonly source: FromItem;
  readonly on: Expression;
  readonly clauses: readonly MergeClause[];
};

export function parseMerge(cursor: Cursor): MergeStatement {
  cursor.expectKeyword("MERGE", "INTO");
  const table = cursor.objectName();
  const alias = cursor.optionalAlias();
  cursor.expectKeyword("USING");
  const source = parseFromItem(cursor);
  cursor.expectKeyword("ON");
  const on = parseExpression(cursor);
  const clauses = [parseClause(cursor)];
  while (cursor.atKeyword("WHEN")) clauses.push(parseClause(cursor));
  return { kind: "merge", table, alias, source, on, clauses };
}

function parseClause(cursor: Cursor): MergeClause {
  cursor.expectKeyword("WHEN");
  const matched = !cursor.acceptKeyword("NOT");
  cursor.expectKeyword("MATCHED");
  const condition = cursor.acceptKeyword("AND") ? parseExpression(cursor) : undefined;
  cursor.expectKeyword("THEN");
  return { matched, condition, action: matched ? parseChange(cursor) : parseInsertion(cursor) };
}

function parseChange(cursor: Cursor): MergeAction {
  if (cursor.acceptKeyword("DELETE")) return { kind: "delete" };
  cursor.expectKeyword("UPDATE");
  if (cursor.acceptKeyword("ALL", "BY", "NAME")) return { kind: "update_by_name" };
  cursor.expectKeyword("SET");
  return { kind: "update", assignments: commaList(cursor, parseAssignment) };
}

function parseInsertion(cursor: Cursor): MergeAction {
  cursor.expectKeyword("INSERT");
  if (cursor.acceptKeyword("ALL", "BY", "NAME")) return { kind: "insert_by_name" };
  const columns = cursor.atPunctuation("(") ? parenthesizedList(cursor, parseQualifiedColumn) : [];
  cursor.expectKeyword("VALUES");
  return { kind: "insert", columns, values: parenthesizedList(cursor, parseAssignable) };
}

/** A column; the target's name or alias before it says nothing more. */
function parseQualifiedColumn(cursor: Cursor): Identifier {
  let column = cursor.identifier();
  while (cursor.acceptPunctuation(".")) column = cursor.anyIdentifier();
  return column;
}

export function printMerge(statement: MergeStatement): string {
  return spaced(
    `MERGE INTO ${printObjectName(statement.table)}`,
    statement.alias && `AS ${printIdentifier(statement.alias)}`,
    `USING ${printFromItem(statement.source)}`,
    `ON ${printExpression(statement.on)}`,
    ...statement.clauses.map(printMergeClause),
  );
}

function printMergeClause({ matched, condition, action }: MergeClause): string {
  return spaced(
    matched ? "WHEN MATCHED" : "WHEN NOT MATCHED",
    condition && `AND ${printExpression(condition)}`,
    "THEN",
    printAction(action),
  );
}

function printAction(action: MergeAction): string {
  switch (action.kind) {
    case "update":
      return `UPDATE SET ${commas(action.assignments, printAssignment)}`;
    case "update_by_name":
      return "UPDATE ALL BY NAME";
    case "delete":
      return "DELETE";
    case "insert":
      return spaced(
        "INSERT",
        optionalColumns(action.columns),
        `VALUES ${parenthesized(action.values, printExpression)}`,
      );
    case "insert_by_name":
      return "INSERT ALL BY NAME";
  }
}
