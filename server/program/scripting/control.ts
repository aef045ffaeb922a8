/**
 * Branches and loops.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/branch
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/loops
 */

import type { Expression } from "../../../translator/ast/expressions.ts";
import type {
  CaseStatement,
  ForRangeStatement,
  ForRowsStatement,
  IfStatement,
  LoopStatement,
  RepeatStatement,
  WhileStatement,
} from "../../../translator/ast/scripting.ts";
import { INTEGER } from "../../../translator/types/types.ts";
import { iteration } from "./cursors.ts";
import { holds, value, withVariables } from "./evaluate.ts";
import { resumable, runBody, type Signal } from "./interpreter.ts";
import type { Program } from "./program.ts";
import { type RowVariable, Scope } from "./scope.ts";

type AnyLoop =
  | ForRangeStatement
  | ForRowsStatement
  | WhileStatement
  | RepeatStatement
  | LoopStatement;

/** IF: the first branch whose condition holds. */
export async function runBranches(
  { branches, otherwise }: IfStatement,
  scope: Scope,
  program: Program,
): Promise<Signal> {
  for (const { condition, body } of branches) {
    if (await holds(condition, program, scope)) return runBody(body, scope, program);
  }
  return runBody(otherwise ?? [], scope, program);
}

/** CASE; with an operand each branch compares it anew, as `operand = value`. */
export async function runCase(
  { operand, branches, otherwise }: CaseStatement,
  scope: Scope,
  program: Program,
): Promise<Signal> {
  for (const { condition, body } of branches) {
    const test: Expression =
      operand === undefined
        ? condition
        : {
            kind: "binary",
            operator: "=",
            left: parenthesized(withVariables(operand, program, scope)),
            right: parenthesized(condition),
            span: condition.span,
          };
    if (await holds(test, program, scope)) return runBody(body, scope, program);
  }
  return runBody(otherwise ?? [], scope, program);
}

function parenthesized(inner: Expression): Expression {
  return { kind: "parenthesized", inner, span: inner.span };
}

/** A loop of any kind. */
export function runLoop(loop: AnyLoop, scope: Scope, program: Program): Promise<Signal> {
  switch (loop.kind) {
    case "for_range":
      return runRange(loop, scope, program);
    case "for_rows":
      return runRows(loop, scope, program);
    case "while":
      return turns(loop, scope, program, () => holds(loop.condition, program, scope));
    case "loop":
      return turns(loop, scope, program, async () => true);
    case "repeat":
      return runRepeat(loop, scope, program);
  }
}

async function turns(
  loop: AnyLoop,
  scope: Scope,
  program: Program,
  goesOn: () => Promise<boolean>,
): Promise<Signal> {
  while (await goesOn()) {
    const end = await turn(loop, scope, program);
    if (end !== undefined) return end.signal;
  }
  return undefined;
}

async function runRepeat(loop: RepeatStatement, scope: Scope, program: Program): Promise<Signal> {
  do {
    const end = await turn(loop, scope, program);
    if (end !== undefined) return end.signal;
  } while (!(await holds(loop.until, program, scope)));
  return undefined;
}

/** One turn. @returns undefined to go on; else what the loop ends with */
async function turn(
  { body, label }: AnyLoop,
  scope: Scope,
  program: Program,
): Promise<{ readonly signal: Signal } | undefined> {
  await program.turn();
  const signal = await resumable(program, () => runBody(body, scope, program));
  if (signal === undefined) return undefined;
  const isOurs =
    signal.kind !== "return" && (signal.label === undefined || signal.label === label?.name);
  if (!isOurs) return { signal };
  return signal.kind === "continue" ? undefined : { signal: undefined };
}

/** The bounds are evaluated once; assigning to the counter changes nothing. */
async function runRange(loop: ForRangeStatement, scope: Scope, program: Program): Promise<Signal> {
  const low = await value(loop.from, program, scope, INTEGER);
  const high = await value(loop.to, program, scope, INTEGER);
  if (low.value === null || high.value === null) return undefined;
  const [first, last] = [BigInt(String(low.value)), BigInt(String(high.value))];
  const [step, start] = loop.reverse ? [-1n, last] : [1n, first];
  for (let count = start; count >= first && count <= last; count += step) {
    const inside = new Scope(scope);
    inside.declare(loop.variable.name, {
      kind: "variable",
      type: INTEGER,
      value: { type: INTEGER, value: String(count) },
    });
    const end = await turn(loop, inside, program);
    if (end !== undefined) return end.signal;
  }
  return undefined;
}

async function runRows(loop: ForRowsStatement, scope: Scope, program: Program): Promise<Signal> {
  const rows = await program.at(loop.over.span, "STATEMENT_ERROR", () =>
    iteration(loop.over, scope, program),
  );
  try {
    for (let row = await rows.next(); row !== undefined; row = await rows.next()) {
      const columns = new Map(row.map((cell, index) => [rows.names[index] ?? "", cell]));
      const variable: RowVariable = { kind: "row", columns };
      const inside = new Scope(scope);
      inside.declare(loop.variable.name, variable);
      const end = await turn(loop, inside, program);
      if (end !== undefined) return end.signal;
    }
  } finally {
    rows.close();
  }
  return undefined;
}
