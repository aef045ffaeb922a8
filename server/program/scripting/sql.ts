/**
 * SQL statements of a block: variables as binds, SELECT … INTO, CALL with its own rules.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables#setting-variables-to-the-results-of-a-select-statement
 */

import type { Identifier } from "../../../translator/ast/expressions.ts";
import type { ScriptSql, SqlStatement } from "../../../translator/ast/scripting.ts";
import { variablesOf, withoutInto } from "../../../translator/ast/select-into.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import type { Statement } from "../../../translator/statements/statement.ts";
import type { StoredResult } from "../../results/stored.ts";
import { type OutValue, performCall } from "../procedures/call.ts";
import { store } from "./assignments.ts";
import { innerOf, withVariables } from "./evaluate.ts";
import { runInner } from "./inner-statement.ts";
import type { Program } from "./program.ts";
import { RowReader } from "./row-reader.ts";
import type { ResultSetVariable, Scope } from "./scope.ts";

type Call = Extract<Statement, { readonly kind: "call" }>;

/** Runs a statement that stands in a body. */
export async function runSql(
  { sql, async }: SqlStatement,
  scope: Scope,
  program: Program,
): Promise<void> {
  if (!async) {
    await runProgramSql(sql, scope, program);
    return;
  }
  const variable: ResultSetVariable = {
    kind: "resultset",
    result: undefined,
    pending: { failure: undefined },
  };
  try {
    await runProgramSql(sql, scope, program);
  } catch (failure) {
    variable.pending = { failure };
  }
  program.pending.add(variable);
}

/**
 * Runs a statement of the program and stores what its INTO names.
 * @param using values of the statement's `?`
 */
export async function runProgramSql(
  { text, statement }: ScriptSql,
  scope: Scope,
  program: Program,
  using?: readonly TypedValue[] | undefined,
): Promise<StoredResult> {
  const inner = innerOf(program, scope, using);
  const into = intoOf(statement);
  let result: StoredResult;
  if (statement.kind === "call") {
    result = await runCall(statement, text, scope, program);
  } else {
    result = await runInner(resolved(statement, into !== undefined, program, scope), text, inner);
  }
  program.ran(result);
  if (into !== undefined) await storeRow(into, result, scope, program, statement.kind === "call");
  return result;
}

function intoOf(statement: Statement): readonly Identifier[] | undefined {
  if (statement.kind === "call") return statement.into && [statement.into];
  if (statement.kind !== "select") return undefined;
  const into = variablesOf(statement.query);
  return into.length === 0 ? undefined : into;
}

/** The statement as others run it: without INTO, and with bare variables where expressions have them. */
function resolved(
  statement: Statement,
  hasInto: boolean,
  program: Program,
  scope: Scope,
): Statement {
  if (statement.kind === "execute_immediate") {
    const using = statement.using.map((item) => withVariables(item, program, scope));
    return { ...statement, text: withVariables(statement.text, program, scope), using };
  }
  if (!hasInto || statement.kind !== "select") return statement;
  return { ...statement, query: withoutInto(statement.query) };
}

async function runCall(
  statement: Call,
  text: string,
  scope: Scope,
  program: Program,
): Promise<StoredResult> {
  const args = statement.arguments.map((argument) => ({
    ...argument,
    value: withVariables(argument.value, program, scope),
  }));
  const call = { ...statement, arguments: args };
  let out: readonly OutValue[] = [];
  const result = await runInner(call, text, innerOf(program, scope), async (execution) => {
    const done = await performCall(call, execution, (name) => {
      const found = scope.find(name);
      return found?.kind === "procedure" ? found : undefined;
    });
    out = done.out;
    return done.result;
  });
  for (const { argument, value } of out) {
    if (argument.kind === "bind" && argument.name !== undefined) {
      await store(argument.name, value, scope, program);
    }
  }
  return result;
}

/** @throws when a SELECT … INTO gives no row or several, or another number of columns than variables */
async function storeRow(
  into: readonly Identifier[],
  result: StoredResult,
  scope: Scope,
  program: Program,
  isCall: boolean,
): Promise<void> {
  if (result.rowCount !== 1) throw snowflakeError("selectIntoRows", { count: result.rowCount });
  if (!isCall && into.length !== result.columns.length) {
    const values = { variables: into.length, columns: result.columns.length };
    throw snowflakeError("selectIntoColumns", values);
  }
  const row = await new RowReader(result, program.execution.session).next();
  for (const [index, name] of into.entries()) {
    const cell = row?.[index];
    if (cell !== undefined) await store(name, cell, scope, program);
  }
}
