/**
 * Column definitions and constraints, as CREATE TABLE and ALTER TABLE … ADD have them.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table
 * https://docs.snowflake.com/en/sql-reference/sql/create-table-constraint
 */

import type { Expression, Identifier, TypeName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printIdentifier, printTypeName } from "../ast/printer-parts.ts";
import { RESERVED_COLUMN_NAMES } from "../lex/keywords.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseTypeName } from "../parse/types.ts";
import {
  atInlineConstraint,
  parseInlineConstraint,
  printConstraint,
  type TableConstraint,
} from "./constraints.ts";
import { signedNumber } from "./grammar.ts";
import { spaced } from "./print.ts";
import {
  acceptColumnPolicy,
  acceptTags,
  type PolicyAttachment,
  printPolicy,
  printTags,
  type TagAssignment,
} from "./tags.ts";

export type ColumnDefault =
  | { readonly kind: "expression"; readonly expression: Expression }
  | {
      readonly kind: "autoincrement";
      /** Text of the numbers; undefined when not written. */
      readonly start?: string | undefined;
      readonly increment?: string | undefined;
      /** ORDER true, NOORDER false. */
      readonly ordered?: boolean | undefined;
    };

export type ColumnDefinition = {
  readonly name: Identifier;
  /** Absent in CREATE TABLE t (a, b) AS … and in view column lists. */
  readonly type?: TypeName | undefined;
  /** NOT NULL false, NULL true, undefined when not written. */
  readonly nullable?: boolean | undefined;
  readonly default?: ColumnDefault | undefined;
  readonly collation?: string | undefined;
  readonly comment?: string | undefined;
  /** AS (expression): a virtual column, or a column of an external table. */
  readonly computed?: Expression | undefined;
  /** Inline constraints; their `columns` are empty. */
  readonly constraints: readonly TableConstraint[];
  readonly policies: readonly PolicyAttachment[];
  readonly tags: readonly TagAssignment[];
};

/** What is being collected while a column's clauses are read, in any order. */
type Draft = {
  -readonly [Key in keyof ColumnDefinition]: ColumnDefinition[Key];
} & { constraints: TableConstraint[]; policies: PolicyAttachment[]; tags: TagAssignment[] };

/** Words that end a column that has no type. */
const AFTER_NAME = [
  "COMMENT",
  "WITH",
  "TAG",
  "MASKING",
  "PROJECTION",
  "NOT",
  "NULL",
  "PRIMARY",
  "UNIQUE",
  "CONSTRAINT",
  "DEFAULT",
  "AS",
] as const;

/** `name [type] [clauses]`. */
export function parseColumnDefinition(cursor: Cursor): ColumnDefinition {
  const first = cursor.peek();
  // Docs: reserved-keywords, "cannot be used as column name".
  if (first.kind === "word" && RESERVED_COLUMN_NAMES.has(first.value)) cursor.unexpected();
  const draft: Draft = { name: cursor.identifier(), constraints: [], policies: [], tags: [] };
  const typeless =
    cursor.atPunctuation(",") ||
    cursor.atPunctuation(")") ||
    cursor.atEnd() ||
    cursor.atAnyKeyword(...AFTER_NAME) !== undefined;
  if (!typeless) draft.type = parseTypeName(cursor);
  while (acceptColumnClause(cursor, draft)) {
    // Each turn takes one clause.
  }
  return draft;
}

function acceptColumnClause(cursor: Cursor, draft: Draft): boolean {
  if (cursor.acceptKeyword("NOT", "NULL")) {
    draft.nullable = false;
  } else if (cursor.acceptKeyword("NULL")) {
    draft.nullable = true;
  } else if (cursor.acceptKeyword("DEFAULT")) {
    draft.default = { kind: "expression", expression: parseExpression(cursor) };
  } else if (cursor.acceptAnyKeyword("AUTOINCREMENT", "IDENTITY") !== undefined) {
    draft.default = parseAutoincrement(cursor);
  } else if (cursor.acceptKeyword("COLLATE")) {
    draft.collation = cursor.stringLiteral();
  } else if (cursor.acceptKeyword("COMMENT")) {
    cursor.acceptPunctuation("=");
    draft.comment = cursor.stringLiteral();
  } else if (cursor.acceptKeyword("AS")) {
    draft.computed = parseExpression(cursor);
  } else if (atInlineConstraint(cursor)) {
    draft.constraints.push(parseInlineConstraint(cursor));
  } else {
    return acceptAttachment(cursor, draft);
  }
  return true;
}

function acceptAttachment(cursor: Cursor, draft: Draft): boolean {
  const policy = acceptColumnPolicy(cursor);
  if (policy !== undefined) {
    draft.policies.push(policy);
    return true;
  }
  const tags = acceptTags(cursor);
  if (tags === undefined) return false;
  draft.tags.push(...tags);
  return true;
}

/** After AUTOINCREMENT or IDENTITY: `(1, 1)`, or `START 1 INCREMENT 1`, and ORDER or NOORDER. */
function parseAutoincrement(cursor: Cursor): ColumnDefault {
  let start: string | undefined;
  let increment: string | undefined;
  if (cursor.acceptPunctuation("(")) {
    start = signedNumber(cursor);
    cursor.expectPunctuation(",");
    increment = signedNumber(cursor);
    cursor.expectPunctuation(")");
  }
  if (cursor.acceptKeyword("START")) {
    cursor.acceptKeyword("WITH");
    cursor.acceptPunctuation("=");
    start = signedNumber(cursor);
  }
  if (cursor.acceptKeyword("INCREMENT")) {
    cursor.acceptKeyword("BY");
    cursor.acceptPunctuation("=");
    increment = signedNumber(cursor);
  }
  const order = cursor.acceptAnyKeyword("ORDER", "NOORDER");
  const ordered = order === undefined ? undefined : order === "ORDER";
  return { kind: "autoincrement", start, increment, ordered };
}

export function printColumnDefinition(column: ColumnDefinition): string {
  return spaced(
    printIdentifier(column.name),
    column.type && printTypeName(column.type),
    column.computed && `AS ${printExpression(column.computed)}`,
    column.collation !== undefined && `COLLATE ${quoteString(column.collation)}`,
    column.nullable === false && "NOT NULL",
    column.nullable === true && "NULL",
    column.default && printDefault(column.default),
    ...column.constraints.map(printConstraint),
    ...column.policies.map((policy) => `WITH ${printPolicy(policy)}`),
    printTags(column.tags),
    column.comment !== undefined && `COMMENT ${quoteString(column.comment)}`,
  );
}

function printDefault(value: ColumnDefault): string {
  if (value.kind === "expression") return `DEFAULT ${printExpression(value.expression)}`;
  return spaced(
    "AUTOINCREMENT",
    value.start !== undefined && `START ${value.start}`,
    value.increment !== undefined && `INCREMENT ${value.increment}`,
    value.ordered === true && "ORDER",
    value.ordered === false && "NOORDER",
  );
}

/** `name type`: the columns of RETURNS TABLE and the like. */
export type NameAndType = { readonly name: Identifier; readonly type: TypeName };

export function printNameAndType({ name, type }: NameAndType): string {
  return `${printIdentifier(name)} ${printTypeName(type)}`;
}
