/**
 * The grammar of the statements that only exist in blocks. What is none of them is SQL.
 * https://docs.snowflake.com/en/sql-reference/snowflake-scripting
 */

import type { Expression, Identifier } from "../../ast/expressions.ts";
import type {
  AssignStatement,
  CaseStatement,
  ConditionalBranch,
  IfStatement,
  ReturnStatement,
  ScriptStatement,
} from "../../ast/scripting.ts";
import type { Cursor } from "../cursor.ts";
import { parseExpression } from "../expressions.ts";
import { parseBlock, parseBody } from "./block.ts";
import { parseLet, parseResultSetSource } from "./declarations.ts";
import { parseFor, parseLoop, parseRepeat, parseWhile } from "./loops.ts";
import type { ScriptReader } from "./reader.ts";

type Rule = (reader: ScriptReader, start: number) => ScriptStatement;

/** Rules by the first word, which is still to be read. */
const BY_FIRST_WORD: Readonly<Record<string, Rule>> = {
  AWAIT: parseAwait,
  BREAK: parseJump,
  CANCEL: parseAwait,
  CASE: parseCase,
  CLOSE: parseClose,
  CONTINUE: parseJump,
  DECLARE: (reader) => parseBlock(reader),
  EXIT: parseJump,
  FETCH: parseFetch,
  FOR: parseFor,
  IF: parseIf,
  ITERATE: parseJump,
  LET: (reader) => parseLet(reader),
  LOOP: parseLoop,
  NULL: parseNull,
  OPEN: parseOpen,
  RAISE: parseRaise,
  REPEAT: parseRepeat,
  RETURN: parseReturn,
  WHILE: parseWhile,
};

const TRANSACTION_WORDS = ["TRANSACTION", "WORK", "NAME"];

/** Statements that a RESULTSET can hold the rows of, by their first word inside the parentheses. */
const ROW_STATEMENTS: ReadonlySet<string> = new Set([
  "SELECT",
  "WITH",
  "VALUES",
  "EXECUTE",
  "SHOW",
  "DESC",
  "DESCRIBE",
  "CALL",
  "LIST",
  "LS",
  "INSERT",
  "UPDATE",
  "DELETE",
  "MERGE",
]);

/** One statement without its semicolon. @throws 001042 when statements nest too deep */
export function parseScriptStatement(reader: ScriptReader): ScriptStatement {
  return reader.cursor.nested(() => parseOne(reader));
}

function parseOne(reader: ScriptReader): ScriptStatement {
  const { cursor } = reader;
  const token = cursor.peek();
  const { start } = token;
  if (token.kind === "word") {
    if (token.value === "BEGIN" && !atTransaction(cursor)) return parseBlock(reader);
    if (token.value === "ASYNC" && cursor.atPunctuation("(", 1)) return parseAsync(reader, start);
    const rule = Object.hasOwn(BY_FIRST_WORD, token.value) ? BY_FIRST_WORD[token.value] : undefined;
    if (rule !== undefined && !cursor.atPunctuation(":=", 1)) return rule(reader, start);
  }
  if (cursor.atPunctuation(":=", 1) && cursor.atIdentifier()) return parseAssign(reader, start);
  if (cursor.atPunctuation(":") && cursor.atPunctuation(":=", 2)) {
    cursor.next();
    return parseAssign(reader, start);
  }
  if (token.kind === "word" && token.value !== "VALUES" && cursor.atPunctuation("(", 1)) {
    const expression = parseExpression(cursor);
    return { kind: "expression", expression, span: cursor.spanFrom(start) };
  }
  const sql = reader.statement();
  return { kind: "sql", sql, async: false, span: sql.span };
}

function atTransaction(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  if (next.kind === "punctuation") return next.value === ";";
  return next.kind === "eof" || (next.kind === "word" && TRANSACTION_WORDS.includes(next.value));
}

function parseAsync(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("ASYNC");
  const sql = reader.parenthesizedStatement();
  return { kind: "sql", sql, async: true, span: cursor.spanFrom(start) };
}

function parseAssign(reader: ScriptReader, start: number): AssignStatement {
  const { cursor } = reader;
  const name = cursor.identifier();
  cursor.expectPunctuation(":=");
  return { kind: "assign", name, value: parseValue(reader), span: cursor.spanFrom(start) };
}

/** What stands after `:=`: rows when it is one statement in parentheses and nothing else, else an expression. */
function parseValue(reader: ScriptReader): AssignStatement["value"] {
  const { cursor } = reader;
  const isAsync = cursor.atKeyword("ASYNC") && cursor.atPunctuation("(", 1);
  if (isAsync) return { kind: "rows", source: parseResultSetSource(reader) };
  if (reader.atParenthesized(ROW_STATEMENTS) && endsWithParenthesis(cursor)) {
    return { kind: "rows", source: parseResultSetSource(reader) };
  }
  return { kind: "expression", expression: parseExpression(cursor) };
}

/** Whether the parenthesis that opens here closes right before the `;`. */
function endsWithParenthesis(cursor: Cursor): boolean {
  let depth = 0;
  for (let i = 0; ; i++) {
    const token = cursor.peek(i);
    if (token.kind === "eof") return false;
    if (token.kind !== "punctuation") continue;
    if (token.value === "(") depth++;
    if (token.value === ")" && --depth === 0) return cursor.atPunctuation(";", i + 1);
  }
}

function parseIf(reader: ScriptReader, start: number): IfStatement {
  const { cursor } = reader;
  const branches: ConditionalBranch[] = [];
  cursor.expectKeyword("IF");
  do {
    const condition = parseExpression(cursor);
    cursor.expectKeyword("THEN");
    branches.push({ condition, body: parseBody(reader, "ELSEIF", "ELSE", "END") });
  } while (cursor.acceptKeyword("ELSEIF"));
  const otherwise = cursor.acceptKeyword("ELSE") ? parseBody(reader, "END") : undefined;
  cursor.expectKeyword("END", "IF");
  return { kind: "if", branches, otherwise, span: cursor.spanFrom(start) };
}

function parseCase(reader: ScriptReader, start: number): CaseStatement {
  const { cursor } = reader;
  cursor.expectKeyword("CASE");
  const operand = cursor.atKeyword("WHEN") ? undefined : parseExpression(cursor);
  const branches: ConditionalBranch[] = [];
  while (cursor.acceptKeyword("WHEN")) {
    const condition = parseExpression(cursor);
    cursor.expectKeyword("THEN");
    branches.push({ condition, body: parseBody(reader, "WHEN", "ELSE", "END") });
  }
  if (branches.length === 0) cursor.unexpected();
  const otherwise = cursor.acceptKeyword("ELSE") ? parseBody(reader, "END") : undefined;
  cursor.expectKeyword("END");
  cursor.acceptKeyword("CASE");
  return { kind: "case", operand, branches, otherwise, span: cursor.spanFrom(start) };
}

function parseJump(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  const word = cursor.expectAnyKeyword("BREAK", "EXIT", "CONTINUE", "ITERATE");
  const label = cursor.atIdentifier() && !cursor.atKeyword("END") ? cursor.identifier() : undefined;
  const kind = word === "BREAK" || word === "EXIT" ? "break" : "continue";
  return { kind, label, span: cursor.spanFrom(start) };
}

function parseReturn(reader: ScriptReader, start: number): ReturnStatement {
  const { cursor } = reader;
  cursor.expectKeyword("RETURN");
  return { kind: "return", value: parseReturned(cursor), span: cursor.spanFrom(start) };
}

function parseReturned(cursor: Cursor): ReturnStatement["value"] {
  if (cursor.atPunctuation(";") || cursor.atEnd() || cursor.atKeyword("END")) return undefined;
  if (!cursor.atKeyword("TABLE") || !cursor.atPunctuation("(", 1)) {
    return { kind: "expression", expression: parseExpression(cursor) };
  }
  cursor.next();
  cursor.expectPunctuation("(");
  const source = parseExpression(cursor);
  cursor.expectPunctuation(")");
  return { kind: "table", source };
}

function parseOpen(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("OPEN");
  const name = cursor.identifier();
  const using: Expression[] = cursor.acceptKeyword("USING")
    ? cursor.parenthesized(() => parseExpression(cursor))
    : [];
  return { kind: "open", cursor: name, using, span: cursor.spanFrom(start) };
}

function parseFetch(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("FETCH");
  const name = cursor.identifier();
  cursor.expectKeyword("INTO");
  const into: Identifier[] = cursor.commaSeparated(() => {
    cursor.acceptPunctuation(":");
    return cursor.identifier();
  });
  return { kind: "fetch", cursor: name, into, span: cursor.spanFrom(start) };
}

function parseClose(reader: ScriptReader, start: number): ScriptStatement {
  const { cursor } = reader;
  cursor.expectKeyword("CLOSE");
  const name = cursor.identifier();
  return { kind: "close", cursor: name, span: cursor.spanFrom(start) };
}

function parseRaise({ cursor }: ScriptReader, start: number): ScriptStatement {
  cursor.expectKeyword("RAISE");
  const name = cursor.atIdentifier() && !cursor.atKeyword("END") ? cursor.identifier() : undefined;
  return { kind: "raise", name, span: cursor.spanFrom(start) };
}

function parseNull({ cursor }: ScriptReader, start: number): ScriptStatement {
  cursor.expectKeyword("NULL");
  return { kind: "null", span: cursor.spanFrom(start) };
}

function parseAwait({ cursor }: ScriptReader, start: number): ScriptStatement {
  const action = cursor.expectAnyKeyword("AWAIT", "CANCEL") === "AWAIT" ? "await" : "cancel";
  const isAll = cursor.acceptKeyword("ALL");
  const name = isAll ? undefined : cursor.identifier();
  return { kind: "await", action, name, span: cursor.spanFrom(start) };
}
