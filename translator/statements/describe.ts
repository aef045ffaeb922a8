/**
 * DESCRIBE (DESC).
 * https://docs.snowflake.com/en/sql-reference/sql/desc
 */

import type { Expression, ObjectName, TypeName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printTypeName } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { acceptPhrase, parseWord } from "./grammar.ts";
import { acceptObjectKind, type ObjectKind } from "./object_kinds.ts";
import { parenthesized, printObjectName, spaced } from "./print.ts";
import { acceptSignature } from "./signature.ts";

export type DescribeStatement = {
  readonly kind: "describe";
  readonly target:
    | {
        readonly kind: "object";
        /** A bare DESCRIBE name means a table or a view. */
        readonly object: ObjectKind | "TABLE_OR_VIEW" | "SPECIFICATION" | "AVAILABLE LISTING";
        readonly name: ObjectName;
        readonly signature?: readonly TypeName[] | undefined;
        /** DESCRIBE TABLE … TYPE = COLUMNS | STAGE: upper-case. */
        readonly type?: string | undefined;
        /** DESCRIBE … IN APPLICATION PACKAGE and the like. */
        readonly inside?: { readonly object: ObjectKind; readonly name: ObjectName } | undefined;
      }
    /** DESCRIBE RESULT 'id', DESCRIBE TRANSACTION id. */
    | { readonly kind: "result" | "transaction"; readonly id: Expression }
    /** DESCRIBE SEARCH OPTIMIZATION ON t. */
    | { readonly kind: "search_optimization"; readonly table: ObjectName };
};

export function parseDescribe(cursor: Cursor): DescribeStatement {
  cursor.expectAnyKeyword("DESC", "DESCRIBE");
  return { kind: "describe", target: parseTarget(cursor) };
}

function parseTarget(cursor: Cursor): DescribeStatement["target"] {
  if (cursor.atKeyword("RESULT") && cursor.peek(1).kind !== "eof") {
    cursor.next();
    return { kind: "result", id: parseExpression(cursor) };
  }
  if (cursor.acceptKeyword("TRANSACTION")) {
    return { kind: "transaction", id: parseExpression(cursor) };
  }
  if (cursor.acceptKeyword("SEARCH", "OPTIMIZATION", "ON")) {
    return { kind: "search_optimization", table: cursor.objectName() };
  }
  const object =
    acceptPhrase(cursor, ["SPECIFICATION", "AVAILABLE LISTING"]) ??
    acceptObjectKind(cursor) ??
    "TABLE_OR_VIEW";
  const name = cursor.objectName();
  const signature = acceptSignature(cursor);
  const inside = cursor.acceptKeyword("IN") ? parseInside(cursor) : undefined;
  let type: string | undefined;
  if (cursor.acceptKeyword("TYPE")) {
    cursor.expectPunctuation("=");
    type = parseWord(cursor);
  }
  return { kind: "object", object, name, signature, type, inside };
}

function parseInside(cursor: Cursor): { object: ObjectKind; name: ObjectName } {
  const object = acceptObjectKind(cursor) ?? cursor.unexpected();
  return { object, name: cursor.objectName() };
}

export function printDescribe({ target }: DescribeStatement): string {
  switch (target.kind) {
    case "result":
      return `DESCRIBE RESULT ${printExpression(target.id)}`;
    case "transaction":
      return `DESCRIBE TRANSACTION ${printExpression(target.id)}`;
    case "search_optimization":
      return `DESCRIBE SEARCH OPTIMIZATION ON ${printObjectName(target.table)}`;
    case "object":
      return spaced(
        "DESCRIBE",
        target.object !== "TABLE_OR_VIEW" && target.object,
        printObjectName(target.name) +
          (target.signature ? parenthesized(target.signature, printTypeName) : ""),
        target.inside && `IN ${target.inside.object} ${printObjectName(target.inside.name)}`,
        target.type && `TYPE = ${target.type}`,
      );
  }
}
