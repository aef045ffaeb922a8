/**
 * ALTER TABLE … ALTER [COLUMN]: what can change about a column.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-table-column
 */

import type { Expression, Identifier, ObjectName, TypeName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printIdentifier, printTypeName } from "../ast/printer-parts.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseTypeName } from "../parse/types.ts";
import { commaList } from "./grammar.ts";
import { commas, printObjectName, spaced } from "./print.ts";
import {
  type PolicyAttachment,
  parsePolicyTail,
  parseTag,
  printPolicy,
  printTag,
  type TagAssignment,
} from "./tags.ts";

export type ColumnChange =
  | { readonly kind: "set_type"; readonly type: TypeName }
  | { readonly kind: "set_not_null" | "drop_not_null" | "drop_default" | "unset_comment" }
  /** Only a sequence's NEXTVAL is allowed; the check is at execution. */
  | { readonly kind: "set_default"; readonly value: Expression }
  | { readonly kind: "set_comment"; readonly comment: string }
  | { readonly kind: "set_collation"; readonly collation: string }
  | { readonly kind: "set_policy"; readonly policy: PolicyAttachment; readonly force: boolean }
  | { readonly kind: "unset_policy"; readonly policyKind: "MASKING POLICY" | "PROJECTION POLICY" }
  | { readonly kind: "set_tags"; readonly tags: readonly TagAssignment[] }
  | { readonly kind: "unset_tags"; readonly tags: readonly ObjectName[] };

export type ColumnAlteration = { readonly column: Identifier; readonly change: ColumnChange };

/** After ALTER or MODIFY: `[COLUMN] c change, [COLUMN] d change`, also in parentheses. */
export function parseColumnAlterations(cursor: Cursor): ColumnAlteration[] {
  if (!cursor.acceptPunctuation("(")) return commaList(cursor, parseColumnAlteration);
  const alterations = commaList(cursor, parseColumnAlteration);
  cursor.expectPunctuation(")");
  return alterations;
}

function parseColumnAlteration(cursor: Cursor): ColumnAlteration {
  cursor.acceptKeyword("COLUMN");
  const column = cursor.identifier();
  return { column, change: parseColumnChange(cursor) };
}

/** What follows the column's name. */
function parseColumnChange(cursor: Cursor): ColumnChange {
  if (cursor.acceptKeyword("DROP")) {
    if (cursor.acceptKeyword("NOT", "NULL")) return { kind: "drop_not_null" };
    cursor.expectKeyword("DEFAULT");
    return { kind: "drop_default" };
  }
  if (cursor.acceptKeyword("UNSET")) return parseUnset(cursor);
  if (cursor.acceptKeyword("COMMENT")) return parseComment(cursor);
  if (cursor.acceptKeyword("NOT", "NULL")) return { kind: "set_not_null" };
  if (cursor.acceptKeyword("SET")) return parseSet(cursor);
  return parseType(cursor);
}

function parseSet(cursor: Cursor): ColumnChange {
  if (cursor.acceptKeyword("NOT", "NULL")) return { kind: "set_not_null" };
  if (cursor.acceptKeyword("DEFAULT")) {
    return { kind: "set_default", value: parseExpression(cursor) };
  }
  if (cursor.acceptKeyword("COMMENT")) return parseComment(cursor);
  if (cursor.acceptKeyword("COLLATE")) {
    return { kind: "set_collation", collation: cursor.stringLiteral() };
  }
  if (cursor.acceptKeyword("TAG")) return { kind: "set_tags", tags: ofOneColumn(cursor, parseTag) };
  for (const policyKind of ["MASKING POLICY", "PROJECTION POLICY"] as const) {
    if (cursor.acceptKeyword(...policyKind.split(" "))) {
      const policy = parsePolicyTail(cursor, policyKind);
      return { kind: "set_policy", policy, force: cursor.acceptKeyword("FORCE") };
    }
  }
  return parseType(cursor);
}

function parseComment(cursor: Cursor): ColumnChange {
  cursor.acceptPunctuation("=");
  return { kind: "set_comment", comment: cursor.stringLiteral() };
}

function parseType(cursor: Cursor): ColumnChange {
  if (!cursor.acceptKeyword("DATA", "TYPE")) cursor.acceptKeyword("TYPE");
  return { kind: "set_type", type: parseTypeName(cursor) };
}

function parseUnset(cursor: Cursor): ColumnChange {
  if (cursor.acceptKeyword("COMMENT")) return { kind: "unset_comment" };
  if (cursor.acceptKeyword("MASKING", "POLICY")) {
    return { kind: "unset_policy", policyKind: "MASKING POLICY" };
  }
  if (cursor.acceptKeyword("PROJECTION", "POLICY")) {
    return { kind: "unset_policy", policyKind: "PROJECTION POLICY" };
  }
  cursor.expectKeyword("TAG");
  return { kind: "unset_tags", tags: ofOneColumn(cursor, () => cursor.objectName()) };
}

/** Items with commas between, up to the comma behind which the next column's change begins. */
function ofOneColumn<T>(cursor: Cursor, item: (cursor: Cursor) => T): T[] {
  const items = [item(cursor)];
  while (!atNextColumn(cursor) && cursor.acceptPunctuation(",")) items.push(item(cursor));
  return items;
}

/** `, COLUMN c …` or `, c SET …`: a tag's name has no word behind it. */
function atNextColumn(cursor: Cursor): boolean {
  return cursor.atKeywordFrom(1, "COLUMN") || cursor.peek(2).kind === "word";
}

/** MODIFY COLUMN c change, COLUMN d change. */
export function printColumnAlterations(alterations: readonly ColumnAlteration[]): string {
  return commas(
    alterations,
    ({ column, change }) => `COLUMN ${printIdentifier(column)} ${printChange(change)}`,
  );
}

function printChange(change: ColumnChange): string {
  switch (change.kind) {
    case "set_type":
      return `SET DATA TYPE ${printTypeName(change.type)}`;
    case "set_not_null":
      return "SET NOT NULL";
    case "drop_not_null":
      return "DROP NOT NULL";
    case "drop_default":
      return "DROP DEFAULT";
    case "unset_comment":
      return "UNSET COMMENT";
    case "set_default":
      return `SET DEFAULT ${printExpression(change.value)}`;
    case "set_comment":
      return `COMMENT ${quoteString(change.comment)}`;
    case "set_collation":
      return `SET COLLATE ${quoteString(change.collation)}`;
    case "set_policy":
      return spaced(`SET ${printPolicy(change.policy)}`, change.force && "FORCE");
    case "unset_policy":
      return `UNSET ${change.policyKind}`;
    case "set_tags":
      return `SET TAG ${commas(change.tags, printTag)}`;
    case "unset_tags":
      return `UNSET TAG ${commas(change.tags, printObjectName)}`;
  }
}
