/**
 * The interpreter of Snowflake Scripting: blocks, their handlers, and which way a statement goes.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks
 */

import type {
  BlockStatement,
  ExceptionHandler,
  ScriptStatement,
} from "../../../translator/ast/scripting.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { positionAt } from "../../../translator/base/source.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import type { StoredResult } from "../../results/stored.ts";
import { assign, declare } from "./assignments.ts";
import { runBranches, runCase, runLoop } from "./control.ts";
import { awaitResults, closeCursor, fetchRow, openCursor, returnedTable } from "./cursors.ts";
import { unknownName, value } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { asRaised, Caught, handles, Raised, raisedException } from "./raised.ts";
import { type Guard, Scope } from "./scope.ts";
import { runSql } from "./sql.ts";

export type Returned =
  | { readonly kind: "value"; readonly value: TypedValue }
  | { readonly kind: "table"; readonly result: StoredResult };

/** Why a list of statements ended before its last one. */
export type Signal =
  | undefined
  | { readonly kind: "break" | "continue"; readonly label: string | undefined }
  | { readonly kind: "return"; readonly returned: Returned | undefined };

/** Runs a block: its declarations outside of its handlers' reach, its body within. */
export async function runBlock(
  block: BlockStatement,
  parent: Scope,
  program: Program,
): Promise<Signal> {
  const scope = new Scope(parent);
  for (const declaration of block.declarations) {
    await program.at(declaration.span, "EXPRESSION_ERROR", () =>
      declare(declaration, scope, program),
    );
  }
  const guard: Guard = { handlers: block.handlers, body: block.body, scope };
  const before = program.guards;
  program.guards = [...before, guard];
  try {
    return await runResumable(block.body, scope, program);
  } catch (error) {
    if (!(error instanceof Caught) || error.guard !== guard) throw error;
    return await runHandler(error.handler, guard, error.raised, program);
  } finally {
    program.guards = before;
  }
}

/** The body of a block: a CONTINUE handler goes on with the statement after the one that failed. */
async function runResumable(
  body: readonly ScriptStatement[],
  scope: Scope,
  program: Program,
): Promise<Signal> {
  for (const statement of body) {
    const signal = await resumable(program, () => runStatement(statement, scope, program));
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** The body of a branch or a loop: an error ends it. */
export async function runBody(
  body: readonly ScriptStatement[],
  scope: Scope,
  program: Program,
): Promise<Signal> {
  for (const statement of body) {
    const signal = await runStatement(statement, scope, program);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** Runs what a CONTINUE handler may go on after. An EXIT handler leaves up to its block. */
export async function resumable(program: Program, work: () => Promise<Signal>): Promise<Signal> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const found = handlerOf(error, program);
    if (found === undefined) throw error;
    const { guard, handler } = found;
    if (handler.mode === "exit") throw new Caught(guard, handler, error);
    return runHandler(handler, guard, error, program);
  }
}

/** The first clause that fits, of the innermost block that has one. */
function handlerOf(raised: Raised, { guards }: Program) {
  for (const guard of guards.toReversed()) {
    const handler = guard.handlers.find((candidate) => handles(candidate, guard, raised));
    if (handler !== undefined) return { guard, handler };
  }
  return undefined;
}

/** A handler's body; its own errors are for the blocks outside. */
async function runHandler(
  handler: ExceptionHandler,
  guard: Guard,
  raised: Raised,
  program: Program,
): Promise<Signal> {
  const before = program.guards;
  const index = before.indexOf(guard);
  program.guards = before.slice(0, Math.max(index, 0));
  program.errors.push(raised);
  const scope = new Scope(guard.scope);
  await declareUnreached(guard, scope, program);
  try {
    return await runResumable(handler.body, scope, program);
  } finally {
    program.errors.pop();
    program.guards = before;
  }
}

/** A handler knows the names of LET statements that the error came before, without values. */
async function declareUnreached(
  { body, scope: reached }: Guard,
  scope: Scope,
  program: Program,
): Promise<void> {
  for (const statement of body) {
    if (statement.kind !== "let") continue;
    const { declaration } = statement;
    if (reached.find(declaration.name.name) !== undefined) continue;
    if (declaration.kind === "resultset") {
      await declare({ ...declaration, source: undefined }, scope, program);
    } else if (declaration.kind === "variable") {
      await declare({ ...declaration, value: undefined }, scope, program);
    }
  }
}

async function runStatement(
  statement: ScriptStatement,
  scope: Scope,
  program: Program,
): Promise<Signal> {
  await program.turn();
  switch (statement.kind) {
    case "block":
      return runBlock(statement, scope, program);
    case "if":
      return runBranches(statement, scope, program);
    case "case":
      return runCase(statement, scope, program);
    case "for_range":
    case "for_rows":
    case "while":
    case "repeat":
    case "loop":
      return runLoop(statement, scope, program);
    case "break":
    case "continue":
      return { kind: statement.kind, label: statement.label?.name };
    case "return":
      return { kind: "return", returned: await returned(statement, scope, program) };
    case "raise":
      return raise(statement, scope, program);
    case "null":
      return undefined;
    default:
      await runPlain(statement, scope, program);
      return undefined;
  }
}

type Plain = Extract<
  ScriptStatement,
  {
    readonly kind: "assign" | "let" | "open" | "fetch" | "close" | "await" | "sql" | "expression";
  }
>;

/** Statements that only do something. */
async function runPlain(statement: Plain, scope: Scope, program: Program): Promise<void> {
  switch (statement.kind) {
    case "assign":
      return program.at(statement.span, "EXPRESSION_ERROR", () =>
        assign(statement, scope, program),
      );
    case "let":
      return program.at(statement.span, "EXPRESSION_ERROR", () =>
        declare(statement.declaration, scope, program),
      );
    case "expression":
      await value(statement.expression, program, scope);
      return undefined;
    default:
      return program.at(statement.span, "STATEMENT_ERROR", () => {
        switch (statement.kind) {
          case "open":
            return openCursor(statement, scope, program);
          case "fetch":
            return fetchRow(statement, scope, program);
          case "close":
            return closeCursor(statement.cursor, scope, program);
          case "await":
            return awaitResults(statement, scope, program);
          case "sql":
            return runSql(statement, scope, program);
        }
      });
  }
}

async function returned(
  statement: Extract<ScriptStatement, { readonly kind: "return" }>,
  scope: Scope,
  program: Program,
): Promise<Returned | undefined> {
  const given = statement.value;
  if (given === undefined) return undefined;
  if (given.kind === "expression") {
    return { kind: "value", value: await value(given.expression, program, scope) };
  }
  return program.at(statement.span, "STATEMENT_ERROR", async () => ({
    kind: "table",
    result: await returnedTable(given.source, scope, program),
  }));
}

function raise(
  { name, span }: Extract<ScriptStatement, { readonly kind: "raise" }>,
  scope: Scope,
  program: Program,
): never {
  if (name === undefined) {
    const current = program.errors.at(-1);
    if (current !== undefined) throw current;
    const position = positionAt(program.text, span.start);
    const error = snowflakeError("raiseOutsideHandler", {}, position);
    throw asRaised(error, "EXPRESSION_ERROR", span.start);
  }
  const found = scope.find(name.name);
  if (found?.kind === "exception") throw raisedException(found, span.start);
  throw asRaised(unknownName(name, program), "EXPRESSION_ERROR", span.start);
}
