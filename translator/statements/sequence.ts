/**
 * CREATE SEQUENCE and ALTER SEQUENCE.
 * https://docs.snowflake.com/en/sql-reference/sql/create-sequence
 */

import type { ObjectName } from "../ast/expressions.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import {
  type CreateHead,
  type CreatePrefix,
  parseCreateHead,
  printCreateHead,
} from "./create_head.ts";
import { acceptIfExists, signedNumber } from "./grammar.ts";
import { printObjectName, spaced } from "./print.ts";

/** Options as written; numbers as their text. */
export type SequenceOptions = {
  readonly start?: string | undefined;
  readonly increment?: string | undefined;
  /** ORDER true, NOORDER false. */
  readonly ordered?: boolean | undefined;
  readonly comment?: string | undefined;
};

export type CreateSequenceStatement = {
  readonly kind: "create_sequence";
  readonly clone?: ObjectName | undefined;
  readonly options: SequenceOptions;
} & CreateHead;

export type AlterSequenceStatement = {
  readonly kind: "alter_sequence";
  readonly ifExists: boolean;
  readonly name: ObjectName;
  readonly alteration:
    | { readonly kind: "rename"; readonly name: ObjectName }
    | { readonly kind: "set"; readonly options: SequenceOptions }
    | { readonly kind: "unset_comment" };
};

/** After CREATE and its modifiers. */
export function acceptCreateSequence(
  cursor: Cursor,
  prefix: CreatePrefix,
): CreateSequenceStatement | undefined {
  if (!cursor.acceptKeyword("SEQUENCE")) return undefined;
  const head = parseCreateHead(cursor, prefix);
  const clone = cursor.acceptKeyword("CLONE") ? cursor.objectName() : undefined;
  cursor.acceptKeyword("WITH");
  return { kind: "create_sequence", ...head, clone, options: parseOptions(cursor) };
}

function parseOptions(cursor: Cursor): SequenceOptions {
  const options: { -readonly [Key in keyof SequenceOptions]: SequenceOptions[Key] } = {};
  for (;;) {
    if (cursor.acceptKeyword("START")) {
      cursor.acceptKeyword("WITH");
      cursor.acceptPunctuation("=");
      options.start = signedNumber(cursor);
    } else if (cursor.acceptKeyword("INCREMENT")) {
      cursor.acceptKeyword("BY");
      cursor.acceptPunctuation("=");
      options.increment = signedNumber(cursor);
    } else if (cursor.acceptKeyword("COMMENT")) {
      cursor.acceptPunctuation("=");
      options.comment = cursor.stringLiteral();
    } else if (cursor.acceptKeyword("ORDER")) {
      options.ordered = true;
    } else if (cursor.acceptKeyword("NOORDER")) {
      options.ordered = false;
    } else if (!cursor.acceptPunctuation(",")) {
      return options;
    }
  }
}

/** After ALTER. */
export function acceptAlterSequence(cursor: Cursor): AlterSequenceStatement | undefined {
  if (!cursor.acceptKeyword("SEQUENCE")) return undefined;
  const ifExists = acceptIfExists(cursor);
  const name = cursor.objectName();
  return { kind: "alter_sequence", ifExists, name, alteration: parseAlteration(cursor) };
}

function parseAlteration(cursor: Cursor): AlterSequenceStatement["alteration"] {
  if (cursor.acceptKeyword("RENAME", "TO")) return { kind: "rename", name: cursor.objectName() };
  if (cursor.acceptKeyword("UNSET", "COMMENT")) return { kind: "unset_comment" };
  cursor.acceptKeyword("SET");
  const before = cursor.previous();
  const options = parseOptions(cursor);
  return cursor.previous() === before ? cursor.unexpected() : { kind: "set", options };
}

function printOptions({ start, increment, ordered, comment }: SequenceOptions): string {
  return spaced(
    start !== undefined && `START = ${start}`,
    increment !== undefined && `INCREMENT = ${increment}`,
    ordered === true && "ORDER",
    ordered === false && "NOORDER",
    comment !== undefined && `COMMENT = ${quoteString(comment)}`,
  );
}

export function printCreateSequence(statement: CreateSequenceStatement): string {
  return spaced(
    printCreateHead(statement, "SEQUENCE"),
    statement.clone && `CLONE ${printObjectName(statement.clone)}`,
    printOptions(statement.options),
  );
}

export function printAlterSequence({ ifExists, name, alteration }: AlterSequenceStatement): string {
  const head = spaced("ALTER SEQUENCE", ifExists && "IF EXISTS", printObjectName(name));
  switch (alteration.kind) {
    case "rename":
      return `${head} RENAME TO ${printObjectName(alteration.name)}`;
    case "set":
      return `${head} SET ${printOptions(alteration.options)}`;
    case "unset_comment":
      return `${head} UNSET COMMENT`;
  }
}
