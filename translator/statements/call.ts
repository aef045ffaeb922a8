/**
 * CALL, with or without an anonymous procedure before it.
 * https://docs.snowflake.com/en/sql-reference/sql/call
 */

import type { Argument, Identifier, ObjectName } from "../ast/expressions.ts";
import { printQuery } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { CommonTableExpression } from "../ast/queries.ts";
import { parseArgument } from "../parse/calls.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseCommonTableExpression } from "../parse/query.ts";
import { parenthesizedOrEmpty, parseMethodName } from "./grammar.ts";
import { optionalColumns, parenthesized, printArgument, printObjectName, spaced } from "./print.ts";
import { parseRoutineDefinition, type RoutineDefinition } from "./routine.ts";
import { printRoutineDefinition } from "./routine_printer.ts";

export type CallStatement = {
  readonly kind: "call";
  /** WITH p AS PROCEDURE (…) … CALL p(…). */
  readonly procedure?:
    | { readonly name: Identifier; readonly definition: RoutineDefinition }
    | undefined;
  /** WITH p AS PROCEDURE …, c AS (SELECT …): queries that the arguments may read. */
  readonly ctes?: readonly CommonTableExpression[] | undefined;
  /** With a method for CALL instance!METHOD(…). */
  readonly name: ObjectName;
  readonly arguments: readonly Argument[];
  /** CALL … INTO :v. */
  readonly into?: Identifier | undefined;
};

export function atAnonymousProcedure(cursor: Cursor): boolean {
  return cursor.atKeyword("WITH") && cursor.atKeywordFrom(2, "AS", "PROCEDURE");
}

export function parseCall(cursor: Cursor): CallStatement {
  const procedure = cursor.acceptKeyword("WITH") ? parseProcedure(cursor) : undefined;
  const ctes: CommonTableExpression[] = [];
  while (procedure !== undefined && cursor.acceptPunctuation(",")) {
    ctes.push(parseCommonTableExpression(cursor));
  }
  cursor.expectKeyword("CALL");
  const name = parseMethodName(cursor);
  const args = cursor.atPunctuation("(") ? parenthesizedOrEmpty(cursor, parseArgument) : [];
  const into = acceptInto(cursor);
  return {
    kind: "call",
    procedure,
    ...(ctes.length > 0 && { ctes }),
    name,
    arguments: args,
    into,
  };
}

function parseProcedure(cursor: Cursor): CallStatement["procedure"] {
  const name = cursor.identifier();
  cursor.expectKeyword("AS", "PROCEDURE");
  return { name, definition: parseRoutineDefinition(cursor, "PROCEDURE", true) };
}

/** `INTO :v`. */
function acceptInto(cursor: Cursor): Identifier | undefined {
  if (!cursor.acceptKeyword("INTO")) return undefined;
  cursor.expectPunctuation(":");
  return cursor.identifier();
}

export function printCall(statement: CallStatement): string {
  const { procedure, into, ctes = [] } = statement;
  const printCte = ({ name, columns, query }: CommonTableExpression) =>
    spaced(`, ${printIdentifier(name)}`, optionalColumns(columns), `AS (${printQuery(query)})`);
  return spaced(
    procedure &&
      `WITH ${printIdentifier(procedure.name)} AS PROCEDURE ${printRoutineDefinition(procedure.definition)}`,
    ...ctes.map(printCte),
    `CALL ${printObjectName(statement.name)}${parenthesized(statement.arguments, printArgument)}`,
    into && `INTO :${printIdentifier(into)}`,
  );
}
