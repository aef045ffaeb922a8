/**
 * Calls of procedures.
 * https://docs.snowflake.com/en/sql-reference/sql/call
 */

import type { Expression, ObjectName } from "../../../translator/ast/expressions.ts";
import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { lookupFunction } from "../../../translator/functions/registry.ts";
import { Cursor } from "../../../translator/parse/cursor.ts";
import { parseExpression } from "../../../translator/parse/expressions.ts";
import { NULL_TYPE } from "../../../translator/types/types.ts";
import type { Execution, StatementOf, StatementResult } from "../../execute/execution.ts";
import { nameParts, shown } from "../../execute/names.ts";
import { evaluate } from "../../execute/read-values.ts";
import { SELECT_STATEMENT } from "../../execute/statement-types.ts";
import { runJavaScript } from "../javascript/run.ts";
import { converted } from "../scripting/evaluate.ts";
import { type Inner, resultOf, scalarResult } from "../scripting/inner-statement.ts";
import type { Returned } from "../scripting/interpreter.ts";
import { checkDepth, runScript } from "../scripting/run-script.ts";
import { type ProcedureVariable, Scope } from "../scripting/scope.ts";
import { type Assignment, chooseOverload, proceduresNamed } from "./overloads.ts";
import { type Routine, routineOf } from "./routine.ts";
import { inScope } from "./session-scope.ts";

type Call = StatementOf<"call">;

/** What an OUT parameter was left with, and the argument that was given for it. */
export type OutValue = { readonly argument: Expression; readonly value: TypedValue };

export type CallOutcome = { readonly result: StatementResult; readonly out: readonly OutValue[] };

/** A procedure declared in a block around the call. */
export type LocalProcedures = (name: string) => ProcedureVariable | undefined;

/**
 * Calls what the statement names: its own procedure, one of the block, one of the catalog, or a system function.
 * @throws 002141 when there is none, 001044 when none takes the arguments, and what the procedure throws
 */
export async function performCall(
  statement: Call,
  execution: Execution,
  locals: LocalProcedures = () => undefined,
): Promise<CallOutcome> {
  if (statement.ctes !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "WITH PROCEDURE and queries" });
  }
  const parts = nameParts(statement.name, execution);
  const name = must(parts.at(-1));
  const candidates = candidatesOf(statement, parts, execution, locals);
  if (candidates.length === 0) {
    return { result: await callFunction(statement, parts, execution), out: [] };
  }
  const { arguments: args } = statement;
  const values = await evaluate(
    args.map((argument) => argument.value),
    execution,
  );
  const given = args.map((argument, index) => ({ argument, value: must(values[index]) }));
  const { routine, assignment } = chooseOverload(name, candidates, given);
  const scope = new Scope(undefined);
  // A procedure of a block knows itself, and nothing else of the block.
  const local = parts.length === 1 ? locals(name) : undefined;
  if (local !== undefined) scope.declare(name, local);
  return callRoutine(routine, assignment, scope, execution);
}

function candidatesOf(
  statement: Call,
  parts: readonly string[],
  execution: Execution,
  locals: LocalProcedures,
): readonly Routine[] {
  const name = must(parts.at(-1));
  if (statement.name.kind === "name" && statement.name.method !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "methods of class instances" });
  }
  const { procedure } = statement;
  if (procedure !== undefined && parts.length === 1 && procedure.name.name === name) {
    const routine = routineOf(name, procedure.definition, execution.text, execution);
    return [{ ...routine, executeAs: "CALLER" }];
  }
  const local = parts.length === 1 ? locals(name) : undefined;
  if (local !== undefined) {
    const routine = routineOf(name, local.definition, execution.text, execution);
    return [{ ...routine, executeAs: "CALLER" }];
  }
  return proceduresNamed(parts, execution).map(({ routine }) => routine);
}

/** CALL of a system function: its value under its name. */
async function callFunction(
  { name, arguments: args }: Call,
  parts: readonly string[],
  execution: Execution,
): Promise<StatementResult> {
  const last = must(parts.at(-1));
  if (parts.length > 1 || lookupFunction(last) === undefined) {
    throw snowflakeError("unknownUserFunction", { name: parts.map(shown).join(".") });
  }
  const [value] = await evaluate([callExpression(name, args)], { ...execution, isCall: true });
  return scalarResult(last, must(value), SELECT_STATEMENT);
}

function callExpression(name: ObjectName, args: Call["arguments"]): Expression {
  const span = { start: 0, end: 0 };
  return {
    kind: "call",
    name,
    bare: false,
    arguments: args,
    distinct: false,
    withinGroup: [],
    fromLast: false,
    span,
  };
}

async function callRoutine(
  routine: Routine,
  assignment: Assignment,
  scope: Scope,
  execution: Execution,
): Promise<CallOutcome> {
  checkDepth(execution);
  const ownerRights = routine.executeAs === "OWNER";
  const inner: Inner = { outer: execution, ownerRights, binds: () => undefined };
  const args = await argumentValues(routine, assignment, inner);
  const isSkipped = routine.strict && args.some(({ value }) => value === null);
  if (isSkipped) return { result: await resultOfCall(routine, undefined, inner), out: [] };
  return inScope(routine, execution, async () => {
    if (routine.language === "JAVASCRIPT") {
      const value = await runJavaScript(routine, args, inner);
      return { result: await resultOfCall(routine, { kind: "value", value }, inner), out: [] };
    }
    for (const [index, { name, type }] of routine.parameters.entries()) {
      scope.declare(name, { kind: "variable", type, value: must(args[index]) });
    }
    const returned = await runScript(routine.body, scope, execution, ownerRights);
    return {
      result: await resultOfCall(routine, returned, inner),
      out: outValues(routine, assignment, scope),
    };
  });
}

/** The parameters' values: given or default, in the parameters' types; NULL for OUT. */
async function argumentValues(
  { parameters }: Routine,
  assignment: Assignment,
  inner: Inner,
): Promise<TypedValue[]> {
  const values: TypedValue[] = [];
  for (const [index, { type, mode, default: text }] of parameters.entries()) {
    const given = assignment[index];
    if (mode === "out") {
      values.push({ type, value: null });
    } else if (given !== undefined) {
      values.push(await converted(given.value, type, inner));
    } else {
      const source = must(text);
      const { outer } = inner;
      const execution = outer.inner(source, outer.queryId);
      const [value] = await evaluate([parseExpression(new Cursor(source))], execution, [type]);
      values.push(must(value));
    }
  }
  return values;
}

function outValues({ parameters }: Routine, assignment: Assignment, scope: Scope): OutValue[] {
  return parameters.flatMap(({ name, mode }, index) => {
    const given = assignment[index];
    const variable = scope.find(name);
    if (mode !== "out" || given === undefined || variable?.kind !== "variable") return [];
    return [{ argument: given.argument.value, value: variable.value }];
  });
}

/** The value in the declared type under the procedure's name, or the table with the declared names. */
async function resultOfCall(
  { name, returns }: Routine,
  returned: Returned | undefined,
  inner: Inner,
): Promise<StatementResult> {
  if (returned?.kind === "table") {
    const names = returns.kind === "table" ? returns.columns.map((column) => column.name) : [];
    const count = returned.result.columns.length;
    if (returns.kind !== "table" || (names.length > 0 && names.length !== count)) {
      throw snowflakeError("notTableProcedure", { name });
    }
    return resultOf(returned.result, names.length > 0 ? names : undefined, SELECT_STATEMENT);
  }
  const value = returned?.value ?? { type: NULL_TYPE, value: null };
  const type = returns.kind === "value" ? returns.type : value.type;
  return scalarResult(name, await converted(value, type, inner), SELECT_STATEMENT);
}
