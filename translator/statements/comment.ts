/**
 * COMMENT ON an object or a column.
 * https://docs.snowflake.com/en/sql-reference/sql/comment
 */

import type { ObjectName, TypeName } from "../ast/expressions.ts";
import { printTypeName } from "../ast/printer-parts.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { acceptIfExists } from "./grammar.ts";
import { type ObjectKind, parseObjectKind } from "./object_kinds.ts";
import { parenthesized, printObjectName, spaced } from "./print.ts";
import { acceptSignature } from "./signature.ts";

export type CommentStatement = {
  readonly kind: "comment";
  readonly ifExists: boolean;
  /** For COLUMN the name's last part is the column. */
  readonly object: ObjectKind;
  readonly name: ObjectName;
  readonly signature?: readonly TypeName[] | undefined;
  readonly comment: string;
};

export function parseComment(cursor: Cursor): CommentStatement {
  cursor.expectKeyword("COMMENT");
  const ifExists = acceptIfExists(cursor);
  cursor.expectKeyword("ON");
  const object = parseObjectKind(cursor);
  const name = cursor.objectName();
  const signature = acceptSignature(cursor);
  cursor.expectKeyword("IS");
  return { kind: "comment", ifExists, object, name, signature, comment: cursor.stringLiteral() };
}

export function printComment(statement: CommentStatement): string {
  const { ifExists, object, name, signature, comment } = statement;
  return spaced(
    "COMMENT",
    ifExists && "IF EXISTS",
    `ON ${object}`,
    printObjectName(name) + (signature ? parenthesized(signature, printTypeName) : ""),
    `IS ${quoteString(comment)}`,
  );
}
