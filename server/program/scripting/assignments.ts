/**
 * Declarations and assignments.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables
 */

import type { Expression, Identifier } from "../../../translator/ast/expressions.ts";
import type {
  AssignStatement,
  Declaration,
  VariableDeclaration,
} from "../../../translator/ast/scripting.ts";
import { SnowflakeError, snowflakeError } from "../../../translator/base/errors.ts";
import { positionAt } from "../../../translator/base/source.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { resolveTypeName } from "../../../translator/types/names.ts";
import { FLOAT, NULL_TYPE, type SnowType } from "../../../translator/types/types.ts";
import { fillResultSet } from "./cursors.ts";
import { converted, innerOf, unknownName, value } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { inferredType } from "./quick.ts";
import { Raised } from "./raised.ts";
import { RowReader } from "./row-reader.ts";
import type { Scope } from "./scope.ts";
import { runProgramSql } from "./sql.ts";

/** The number of an exception without one. */
const EXCEPTION_CODE_DEFAULT = -20_000;

/** Makes what a declaration says known in the scope. */
export async function declare(
  declaration: Declaration,
  scope: Scope,
  program: Program,
): Promise<void> {
  const { name } = declaration.name;
  switch (declaration.kind) {
    case "variable":
      return declareVariable(declaration, scope, program);
    case "cursor":
      return scope.declare(name, { kind: "cursor", source: declaration.source, open: undefined });
    case "resultset": {
      const variable = { kind: "resultset" as const, result: undefined, pending: undefined };
      scope.declare(name, variable);
      const { source } = declaration;
      return source === undefined ? undefined : fillResultSet(variable, source, scope, program);
    }
    case "exception": {
      const { code = EXCEPTION_CODE_DEFAULT, message = "" } = declaration;
      return scope.declare(name, { kind: "exception", name, code, message });
    }
    case "procedure": {
      const { definition } = declaration;
      return scope.declare(name, { kind: "procedure", definition });
    }
  }
}

async function declareVariable(
  declaration: VariableDeclaration,
  scope: Scope,
  program: Program,
): Promise<void> {
  const type = declaredType(declaration, program);
  const initial = await initialValue(declaration, type, scope, program);
  const ownType = type ?? typeOfInitializer(declaration.value, initial);
  scope.declare(declaration.name.name, {
    kind: "variable",
    type: ownType,
    value:
      ownType === undefined ? initial : await converted(initial, ownType, innerOf(program, scope)),
  });
}

function declaredType({ type }: VariableDeclaration, program: Program): SnowType | undefined {
  if (type === undefined) return undefined;
  return resolveTypeName(type, {
    timestampMapping: program.execution.parameters.text("TIMESTAMP_TYPE_MAPPING"),
    position: positionAt(program.text, type.span.start),
  });
}

/** @throws 092228 when neither a type nor a value that can be computed says what the variable is */
async function initialValue(
  declaration: VariableDeclaration,
  type: SnowType | undefined,
  scope: Scope,
  program: Program,
): Promise<TypedValue> {
  if (declaration.value === undefined) return { type: type ?? NULL_TYPE, value: null };
  try {
    return await value(declaration.value, program, scope, type);
  } catch (error) {
    const compile = error instanceof Raised && error.cause instanceof SnowflakeError;
    if (type !== undefined || !compile || error.code !== UNKNOWN_NAME) throw error;
    const position = positionAt(program.text, declaration.name.span.start);
    throw snowflakeError("typeNotInferred", { name: declaration.name.name }, position);
  }
}

const UNKNOWN_NAME = "000904";

/** A decimal literal makes a FLOAT. */
function typeOfInitializer(
  expression: Expression | undefined,
  initial: TypedValue,
): SnowType | undefined {
  if (expression?.kind === "number_literal" && !/^\d+$/.test(expression.text)) return FLOAT;
  return inferredType(initial);
}

/** `name := value`. */
export async function assign(
  { name, value: given }: AssignStatement,
  scope: Scope,
  program: Program,
): Promise<void> {
  const variable = scope.find(name.name);
  if (given.kind === "expression") {
    const type = variable?.kind === "variable" ? variable.type : undefined;
    return store(name, await value(given.expression, program, scope, type), scope, program);
  }
  if (variable?.kind === "resultset") {
    return fillResultSet(variable, given.source, scope, program);
  }
  const result = await program.at(given.source.sql.span, "STATEMENT_ERROR", () =>
    runProgramSql(given.source.sql, scope, program),
  );
  if (result.rowCount > 1) throw snowflakeError("selectIntoRows", { count: result.rowCount });
  const row = await new RowReader(result, program.execution.session).next();
  const none: TypedValue = { type: result.columns[0]?.type ?? NULL_TYPE, value: null };
  return store(name, row?.[0] ?? none, scope, program);
}

/** Puts a value into a variable, in the variable's type. */
export async function store(
  name: Identifier,
  given: TypedValue,
  scope: Scope,
  program: Program,
): Promise<void> {
  const variable = scope.find(name.name);
  if (variable?.kind !== "variable") throw unknownName(name, program);
  variable.type ??= inferredType(given);
  variable.value =
    variable.type === undefined
      ? given
      : await converted(given, variable.type, innerOf(program, scope));
}
