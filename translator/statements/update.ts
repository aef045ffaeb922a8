/**
 * UPDATE … SET … FROM … WHERE.
 * https://docs.snowflake.com/en/sql-reference/sql/update
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression, printFromItem } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { FromItem } from "../ast/queries.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseFromItem } from "../parse/from.ts";
import { commaList } from "./grammar.ts";
import { parseAssignable } from "./insert.ts";
import { commas, printObjectName, spaced } from "./print.ts";

export type Assignment = {
  /** The table or alias before the column, as written; often empty. */
  readonly qualifier: readonly Identifier[];
  readonly column: Identifier;
  readonly value: Expression;
};

export type UpdateStatement = {
  readonly kind: "update";
  readonly table: ObjectName;
  readonly alias?: Identifier | undefined;
  readonly assignments: readonly Assignment[];
  readonly from: readonly FromItem[];
  readonly where?: Expression | undefined;
};

export function parseUpdate(cursor: Cursor): UpdateStatement {
  cursor.expectKeyword("UPDATE");
  const table = cursor.objectName();
  const alias = cursor.atKeyword("SET") ? undefined : cursor.optionalAlias();
  cursor.expectKeyword("SET");
  const assignments = commaList(cursor, parseAssignment);
  const from = cursor.acceptKeyword("FROM") ? commaList(cursor, parseFromItem) : [];
  const where = cursor.acceptKeyword("WHERE") ? parseExpression(cursor) : undefined;
  return { kind: "update", table, alias, assignments, from, where };
}

/** `[t.]column = value`, also in MERGE. */
export function parseAssignment(cursor: Cursor): Assignment {
  const qualifier: Identifier[] = [];
  let column = cursor.identifier();
  while (cursor.acceptPunctuation(".")) {
    qualifier.push(column);
    column = cursor.anyIdentifier();
  }
  cursor.expectPunctuation("=");
  return { qualifier, column, value: parseAssignable(cursor) };
}

export function printAssignment({ qualifier, column, value }: Assignment): string {
  const name = [...qualifier, column].map(printIdentifier).join(".");
  return `${name} = ${printExpression(value)}`;
}

export function printUpdate(statement: UpdateStatement): string {
  return spaced(
    `UPDATE ${printObjectName(statement.table)}`,
    statement.alias && `AS ${printIdentifier(statement.alias)}`,
    `SET ${commas(statement.assignments, printAssignment)}`,
    statement.from.length > 0 && `FROM ${commas(statement.from, printFromItem)}`,
    statement.where && `WHERE ${printExpression(statement.where)}`,
  );
}
