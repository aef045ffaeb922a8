/**
 * DELETE FROM … USING … WHERE.
 * https://docs.snowflake.com/en/sql-reference/sql/delete
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression, printFromItem } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { FromItem } from "../ast/queries.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseFromItem } from "../parse/from.ts";
import { commaList } from "./grammar.ts";
import { commas, printObjectName, spaced } from "./print.ts";

export type DeleteStatement = {
  readonly kind: "delete";
  readonly table: ObjectName;
  readonly alias?: Identifier | undefined;
  readonly using: readonly FromItem[];
  readonly where?: Expression | undefined;
};

export function parseDelete(cursor: Cursor): DeleteStatement {
  cursor.expectKeyword("DELETE", "FROM");
  const table = cursor.objectName();
  const alias = cursor.optionalAlias();
  const using = cursor.acceptKeyword("USING") ? commaList(cursor, parseFromItem) : [];
  const where = cursor.acceptKeyword("WHERE") ? parseExpression(cursor) : undefined;
  return { kind: "delete", table, alias, using, where };
}

export function printDelete(statement: DeleteStatement): string {
  return spaced(
    `DELETE FROM ${printObjectName(statement.table)}`,
    statement.alias && `AS ${printIdentifier(statement.alias)}`,
    statement.using.length > 0 && `USING ${commas(statement.using, printFromItem)}`,
    statement.where && `WHERE ${printExpression(statement.where)}`,
  );
}
