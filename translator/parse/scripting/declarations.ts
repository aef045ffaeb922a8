/**
 * The grammar of DECLARE and LET: variables, cursors, RESULTSETs, exceptions, nested procedures.
 * https://docs.snowflake.com/en/sql-reference/snowflake-scripting/declare
 * https://docs.snowflake.com/en/sql-reference/snowflake-scripting/let
 */

import type { Identifier } from "../../ast/expressions.ts";
import type {
  CursorDeclaration,
  Declaration,
  ExceptionDeclaration,
  LetStatement,
  ProcedureDeclaration,
  ResultSetDeclaration,
  ResultSetSource,
  VariableDeclaration,
} from "../../ast/scripting.ts";
import { parseRoutineDefinition } from "../../statements/routine.ts";
import type { Cursor } from "../cursor.ts";
import { parseExpression } from "../expressions.ts";
import { parseTypeName } from "../types.ts";
import { parseBlock } from "./block.ts";
import type { ScriptReader } from "./reader.ts";

/** The declarations after DECLARE, up to BEGIN. */
export function parseDeclarations(reader: ScriptReader): Declaration[] {
  const { cursor } = reader;
  const declarations: Declaration[] = [];
  while (!cursor.atKeyword("BEGIN")) {
    const { start } = cursor.peek();
    const name = cursor.identifier();
    declarations.push(parseDeclaration(reader, name, start));
    cursor.expectPunctuation(";");
  }
  return declarations;
}

function parseDeclaration(reader: ScriptReader, name: Identifier, start: number): Declaration {
  const { cursor } = reader;
  if (cursor.acceptKeyword("EXCEPTION")) return parseException(cursor, name, start);
  if (cursor.acceptKeyword("PROCEDURE")) return parseProcedure(reader, name, start);
  return parseShared(reader, name, start);
}

/** LET name …: what DECLARE declares, save exceptions and procedures. */
export function parseLet(reader: ScriptReader): LetStatement {
  const { cursor } = reader;
  const { start } = cursor.peek();
  cursor.expectKeyword("LET");
  const name = cursor.identifier();
  const declaration = parseShared(reader, name, name.span.start);
  return { kind: "let", declaration, span: cursor.spanFrom(start) };
}

function parseShared(
  reader: ScriptReader,
  name: Identifier,
  start: number,
): VariableDeclaration | CursorDeclaration | ResultSetDeclaration {
  const { cursor } = reader;
  if (cursor.acceptKeyword("CURSOR", "FOR")) return parseCursor(reader, name, start);
  if (cursor.acceptKeyword("RESULTSET")) {
    const source = acceptInitializer(cursor) ? parseResultSetSource(reader) : undefined;
    return { kind: "resultset", name, source, span: cursor.spanFrom(start) };
  }
  const type = atInitializer(cursor) ? undefined : parseTypeName(cursor);
  const value = acceptInitializer(cursor) ? parseExpression(cursor) : undefined;
  if (type === undefined && value === undefined) cursor.unexpected();
  return { kind: "variable", name, type, value, span: cursor.spanFrom(start) };
}

function atInitializer(cursor: Cursor): boolean {
  return cursor.atKeyword("DEFAULT") || cursor.atPunctuation(":=");
}

function acceptInitializer(cursor: Cursor): boolean {
  return cursor.acceptKeyword("DEFAULT") || cursor.acceptPunctuation(":=");
}

/** `[ASYNC] (statement)`, or a query without parentheses. */
export function parseResultSetSource(reader: ScriptReader): ResultSetSource {
  const { cursor } = reader;
  const async = cursor.atKeyword("ASYNC") && cursor.atPunctuation("(", 1);
  if (async) cursor.next();
  const sql = cursor.atPunctuation("(") ? reader.parenthesizedStatement() : reader.statement();
  return { sql, async };
}

function parseCursor(reader: ScriptReader, name: Identifier, start: number): CursorDeclaration {
  const { cursor } = reader;
  const isName = cursor.atIdentifier() && cursor.atPunctuation(";", 1);
  const source = isName
    ? { kind: "resultset" as const, name: cursor.identifier() }
    : { kind: "query" as const, sql: reader.statement() };
  return { kind: "cursor", name, source, span: cursor.spanFrom(start) };
}

function parseException(cursor: Cursor, name: Identifier, start: number): ExceptionDeclaration {
  let code: number | undefined;
  let message: string | undefined;
  if (cursor.acceptPunctuation("(")) {
    code = cursor.integer();
    if (cursor.acceptPunctuation(",")) message = cursor.stringLiteral();
    cursor.expectPunctuation(")");
  }
  return { kind: "exception", name, code, message, span: cursor.spanFrom(start) };
}

/** A routine's head, then its body: text in quotes, or a block. */
function parseProcedure(
  reader: ScriptReader,
  name: Identifier,
  start: number,
): ProcedureDeclaration {
  const { cursor } = reader;
  const definition = parseRoutineDefinition(cursor, "PROCEDURE", false, () => {
    const from = cursor.peek().start;
    parseBlock(reader);
    return cursor.text.slice(from, cursor.previous().end);
  });
  return { kind: "procedure", name, definition, span: cursor.spanFrom(start) };
}
