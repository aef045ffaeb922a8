/**
 * Cursors and RESULTSETs.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/cursors
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/resultsets
 */

import type { Expression, Identifier } from "../../../translator/ast/expressions.ts";
import type {
  AwaitStatement,
  FetchStatement,
  OpenStatement,
  ResultSetSource,
} from "../../../translator/ast/scripting.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { positionAt } from "../../../translator/base/source.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { NULL_TYPE } from "../../../translator/types/types.ts";
import type { StoredResult } from "../../results/stored.ts";
import { store } from "./assignments.ts";
import { unknownName, values } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { RowReader } from "./row-reader.ts";
import type { CursorVariable, ResultSetVariable, Scope } from "./scope.ts";
import { runProgramSql } from "./sql.ts";

function wrongKind(name: Identifier, expected: string, program: Program) {
  const position = positionAt(program.text, name.span.start);
  return snowflakeError("wrongVariableKind", { name: name.name, expected }, position);
}

function cursorOf(name: Identifier, scope: Scope, program: Program): CursorVariable {
  const found = scope.find(name.name);
  if (found === undefined) throw unknownName(name, program);
  if (found.kind === "cursor") return found;
  throw wrongKind(name, "cursor", program);
}

/** The rows of a RESULTSET; what its ASYNC statement failed with comes out here. */
function resultOf(name: Identifier, scope: Scope, program: Program): StoredResult {
  const found = scope.find(name.name);
  if (found === undefined) throw unknownName(name, program);
  if (found.kind !== "resultset") throw wrongKind(name, "RESULTSET", program);
  settle(found);
  if (found.result === undefined) throw wrongKind(name, "RESULTSET with rows", program);
  return found.result;
}

function settle(variable: ResultSetVariable): void {
  const { pending } = variable;
  variable.pending = undefined;
  if (pending?.failure !== undefined) throw pending.failure;
}

async function openWith(
  cursor: CursorVariable,
  using: readonly TypedValue[],
  scope: Scope,
  program: Program,
): Promise<NonNullable<CursorVariable["open"]>> {
  const { source } = cursor;
  const result =
    source.kind === "resultset"
      ? resultOf(source.name, scope, program)
      : await runProgramSql(source.sql, scope, program, using);
  cursor.open = { result, rows: new RowReader(result, program.execution.session) };
  return cursor.open;
}

export async function openCursor(
  statement: OpenStatement,
  scope: Scope,
  program: Program,
): Promise<void> {
  const cursor = cursorOf(statement.cursor, scope, program);
  if (cursor.open !== undefined) {
    throw snowflakeError("cursorOpen", { name: statement.cursor.name });
  }
  await openWith(cursor, await values(statement.using, program, scope), scope, program);
}

/** Behind the last row every variable becomes NULL. More variables than columns are left as they are. */
export async function fetchRow(
  statement: FetchStatement,
  scope: Scope,
  program: Program,
): Promise<void> {
  const { open } = cursorOf(statement.cursor, scope, program);
  if (open === undefined) {
    throw snowflakeError("cursorNotOpen", { name: statement.cursor.name });
  }
  const row = await open.rows.next();
  const nothing: TypedValue = { type: NULL_TYPE, value: null };
  for (const [index, name] of statement.into.entries()) {
    const cell = row === undefined ? nothing : row[index];
    if (cell !== undefined) await store(name, cell, scope, program);
  }
}

export async function closeCursor(name: Identifier, scope: Scope, program: Program): Promise<void> {
  const cursor = cursorOf(name, scope, program);
  if (cursor.open === undefined) throw snowflakeError("cursorNotOpen", { name: name.name });
  cursor.open = undefined;
}

/** What FOR goes over: a cursor (opened and closed when it is not open), or a RESULTSET from its first row. */
export async function iteration(name: Identifier, scope: Scope, program: Program) {
  const found = scope.find(name.name);
  const { session } = program.execution;
  if (found?.kind === "cursor") {
    const wasOpen = found.open;
    const open = wasOpen ?? (await openWith(found, [], scope, program));
    const close = () => {
      if (wasOpen === undefined) found.open = undefined;
    };
    return rowsOf(open.result, open.rows, close);
  }
  const result = resultOf(name, scope, program);
  return rowsOf(result, new RowReader(result, session), () => undefined);
}

function rowsOf(result: StoredResult, rows: RowReader, close: () => void) {
  return { names: result.columns.map(({ name }) => name), next: () => rows.next(), close };
}

/**
 * The rows of a RESULTSET's source. An ASYNC statement runs at once too; its failure waits for AWAIT.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/asynchronous-child-jobs
 */
export async function fillResultSet(
  variable: ResultSetVariable,
  { sql, async }: ResultSetSource,
  scope: Scope,
  program: Program,
): Promise<void> {
  if (!async) {
    variable.pending = undefined;
    variable.result = await program.at(sql.span, "STATEMENT_ERROR", () =>
      runProgramSql(sql, scope, program),
    );
    return;
  }
  let failure: unknown;
  try {
    variable.result = await runProgramSql(sql, scope, program);
  } catch (error) {
    failure = error;
  }
  variable.pending = { failure };
  program.pending.add(variable);
}

/** AWAIT r, AWAIT ALL; CANCEL finds everything ended already. */
export async function awaitResults(
  { name, action }: AwaitStatement,
  scope: Scope,
  program: Program,
): Promise<void> {
  const found = name && scope.find(name.name);
  if (name !== undefined && found?.kind !== "resultset") {
    throw wrongKind(name, "RESULTSET", program);
  }
  const waiting = found?.kind === "resultset" ? [found] : [...program.pending];
  for (const variable of waiting) {
    program.pending.delete(variable);
    if (action === "await") settle(variable);
    else variable.pending = undefined;
  }
}

const FROM_CURSOR = "RESULTSET_FROM_CURSOR";

/** The table of RETURN TABLE(r) or RETURN TABLE(RESULTSET_FROM_CURSOR(c)). */
export async function returnedTable(
  source: Expression,
  scope: Scope,
  program: Program,
): Promise<StoredResult> {
  if (source.kind === "column" && source.parts.length === 1) {
    const [name] = source.parts;
    if (name !== undefined) return resultOf(name, scope, program);
  }
  if (source.kind === "call" && source.name.kind === "name") {
    const [argument] = source.arguments;
    const isCursor = source.name.parts.at(-1)?.name === FROM_CURSOR;
    const name = argument?.value.kind === "column" ? argument.value.parts[0] : undefined;
    if (isCursor && name !== undefined) {
      const cursor = cursorOf(name, scope, program);
      const open = cursor.open ?? (await openWith(cursor, [], scope, program));
      return open.result;
    }
  }
  const position = positionAt(program.text, source.span.start);
  const name = program.text.slice(source.span.start, source.span.end);
  throw snowflakeError("wrongVariableKind", { name, expected: "RESULTSET" }, position);
}
