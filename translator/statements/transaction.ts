/**
 * BEGIN, COMMIT, ROLLBACK.
 * https://docs.snowflake.com/en/sql-reference/sql/begin
 */

import type { Identifier } from "../ast/expressions.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import { spaced } from "./print.ts";

export type BeginStatement = { readonly kind: "begin"; readonly name?: Identifier | undefined };
export type CommitStatement = { readonly kind: "commit" };
export type RollbackStatement = { readonly kind: "rollback" };

/** BEGIN [WORK | TRANSACTION] [NAME n] or START TRANSACTION [NAME n]. */
export function parseBegin(cursor: Cursor): BeginStatement {
  if (cursor.acceptKeyword("START")) {
    cursor.expectKeyword("TRANSACTION");
  } else {
    cursor.expectKeyword("BEGIN");
    cursor.acceptAnyKeyword("WORK", "TRANSACTION");
  }
  return { kind: "begin", name: cursor.acceptKeyword("NAME") ? cursor.identifier() : undefined };
}

/** True for BEGIN as the start of a transaction; a block of Snowflake Scripting goes on otherwise. */
export function atBeginTransaction(cursor: Cursor): boolean {
  const ahead = cursor.peek(1);
  return (
    cursor.atKeyword("START", "TRANSACTION") ||
    (cursor.atKeyword("BEGIN") &&
      (ahead.kind === "eof" ||
        (cursor.atPunctuation(";", 1) && cursor.peek(2).kind === "eof") ||
        cursor.atPunctuation("->>", 1) ||
        ["WORK", "TRANSACTION", "NAME"].some((word) => cursor.atKeywordFrom(1, word))))
  );
}

export function printBegin({ name }: BeginStatement): string {
  return spaced("BEGIN TRANSACTION", name && `NAME ${printIdentifier(name)}`);
}

export function parseCommit(cursor: Cursor): CommitStatement {
  cursor.expectKeyword("COMMIT");
  cursor.acceptKeyword("WORK");
  return { kind: "commit" };
}

export function parseRollback(cursor: Cursor): RollbackStatement {
  cursor.expectKeyword("ROLLBACK");
  cursor.acceptKeyword("WORK");
  return { kind: "rollback" };
}
