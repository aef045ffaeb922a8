/**
 * The grammar of blocks: DECLARE … BEGIN … EXCEPTION … END.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks
 */

import type { Identifier } from "../../ast/expressions.ts";
import type { BlockStatement, ExceptionHandler, ScriptStatement } from "../../ast/scripting.ts";
import { parseDeclarations } from "./declarations.ts";
import { ScriptReader } from "./reader.ts";
import { parseScriptStatement } from "./statements.ts";

/**
 * A script: one block, with an optional `;` after it. A procedure's body may also be one statement without a block.
 * @param text the script, without dollar quotes; blanks and comments may stand before the block
 * @throws SnowflakeError (001003) for a syntax error, its place counted from the beginning of the text
 */
export function parseScript(text: string): BlockStatement {
  const reader = new ScriptReader(text);
  const { cursor } = reader;
  const isBlock = cursor.atAnyKeyword("DECLARE", "BEGIN") !== undefined;
  const block = isBlock ? parseBlock(reader) : blockOfOne(parseScriptStatement(reader));
  cursor.expectEnd();
  return block;
}

function blockOfOne(statement: ScriptStatement): BlockStatement {
  const { span } = statement;
  return { kind: "block", declarations: [], body: [statement], handlers: [], span };
}

/** From DECLARE or BEGIN to END and its label. */
export function parseBlock(reader: ScriptReader): BlockStatement {
  const { cursor } = reader;
  const { start } = cursor.peek();
  const declarations = cursor.acceptKeyword("DECLARE") ? parseDeclarations(reader) : [];
  cursor.expectKeyword("BEGIN");
  const body = parseBody(reader, "END", "EXCEPTION");
  const handlers = cursor.acceptKeyword("EXCEPTION") ? parseHandlers(reader) : [];
  cursor.expectKeyword("END");
  const label = optionalLabel(reader);
  const span = cursor.spanFrom(start);
  return { kind: "block", declarations, body, handlers, label, span };
}

/** Statements up to one of the words, which stays. */
export function parseBody(reader: ScriptReader, ...ends: readonly string[]): ScriptStatement[] {
  const { cursor } = reader;
  const statements: ScriptStatement[] = [];
  while (cursor.atAnyKeyword(...ends) === undefined) {
    if (cursor.acceptPunctuation(";")) continue;
    if (cursor.atEnd()) cursor.unexpected();
    statements.push(parseScriptStatement(reader));
    cursor.expectPunctuation(";");
  }
  return statements;
}

/** The name after END, END LOOP and the like. */
export function optionalLabel({ cursor }: ScriptReader): Identifier | undefined {
  return cursor.atIdentifier() ? cursor.identifier() : undefined;
}

function parseHandlers(reader: ScriptReader): ExceptionHandler[] {
  const { cursor } = reader;
  const handlers: ExceptionHandler[] = [];
  while (cursor.acceptKeyword("WHEN")) {
    const names = [cursor.identifier()];
    while (cursor.acceptKeyword("OR")) names.push(cursor.identifier());
    const mode = cursor.acceptAnyKeyword("EXIT", "CONTINUE") === "CONTINUE" ? "continue" : "exit";
    cursor.expectKeyword("THEN");
    handlers.push({ names, mode, body: parseBody(reader, "WHEN", "END") });
  }
  if (handlers.length === 0) cursor.unexpected();
  return handlers;
}
