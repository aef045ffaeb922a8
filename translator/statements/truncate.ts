/**
 * TRUNCATE [TABLE] and TRUNCATE MATERIALIZED VIEW.
 * https://docs.snowflake.com/en/sql-reference/sql/truncate-table
 */

import type { ObjectName } from "../ast/expressions.ts";
import type { Cursor } from "../parse/cursor.ts";
import { acceptIfExists } from "./grammar.ts";
import { printObjectName, spaced } from "./print.ts";

export type TruncateStatement = {
  readonly kind: "truncate";
  readonly object: "TABLE" | "MATERIALIZED VIEW";
  readonly ifExists: boolean;
  readonly name: ObjectName;
};

export function parseTruncate(cursor: Cursor): TruncateStatement {
  cursor.expectKeyword("TRUNCATE");
  const view = cursor.acceptKeyword("MATERIALIZED", "VIEW");
  if (!view && cursor.peek().kind === "word") cursor.acceptKeyword("TABLE");
  const ifExists = acceptIfExists(cursor);
  return {
    kind: "truncate",
    object: view ? "MATERIALIZED VIEW" : "TABLE",
    ifExists,
    name: cursor.objectName(),
  };
}

export function printTruncate({ object, ifExists, name }: TruncateStatement): string {
  return spaced("TRUNCATE", object, ifExists && "IF EXISTS", printObjectName(name));
}
