/**
 * Expressions of a block: variables are bare names in them (a colon is accepted), everything else is SQL.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables
 */

import type {
  CallExpression,
  ColumnReference,
  Expression,
  Identifier,
} from "../../../translator/ast/expressions.ts";
import { substituteNames } from "../../../translator/ast/substitute.ts";
import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { positionAt } from "../../../translator/base/source.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import { evaluate } from "../../execute/read-values.ts";
import { type Inner, innerExecution } from "./inner-statement.ts";
import type { Program } from "./program.ts";
import { quickConversion, quickValue } from "./quick.ts";
import type { Scope } from "./scope.ts";

/** Between a row's name and its column in the name of a bind; no identifier contains it. */
const ROW_SEPARATOR = "\u0000";

/** What a statement of the program sees of its variables. */
export function innerOf(program: Program, scope: Scope, using?: readonly TypedValue[]): Inner {
  const { execution, ownerRights } = program;
  return {
    outer: execution,
    ownerRights,
    binds: (key) => {
      if (typeof key === "number") return using?.[key - 1];
      const [name = "", column] = key.split(ROW_SEPARATOR);
      return program.value(scope, name, column) ?? statusOf(scope, name, column);
    },
  };
}

/** An expression whose bare variable names are binds. */
export function withVariables(expression: Expression, program: Program, scope: Scope): Expression {
  return substituteNames(expression, (node) =>
    node.kind === "column" ? variable(node, program, scope) : statusCall(node),
  );
}

function variable(
  { parts, span }: ColumnReference,
  program: Program,
  scope: Scope,
): Expression | undefined {
  const [first, second] = parts;
  if (first === undefined || parts.length > 2) return undefined;
  if (program.value(scope, first.name, second?.name) === undefined) return undefined;
  const name = second === undefined ? first : joined(first, second.name);
  return { kind: "bind", name, span };
}

function joined(first: Identifier, column: string): Identifier {
  return { ...first, name: `${first.name}${ROW_SEPARATOR}${column}` };
}

const STATUS = "SYSTEM$GET_RESULTSET_STATUS";

/** SYSTEM$GET_RESULTSET_STATUS(r) as a bind; its argument is a name, not a value. */
function statusCall({ name, arguments: args, span }: CallExpression): Expression | undefined {
  const [argument] = args;
  if (name.kind !== "name" || name.parts.at(-1)?.name !== STATUS) return undefined;
  const [variableName] = argument?.value.kind === "column" ? argument.value.parts : [];
  return variableName && { kind: "bind", name: joined(variableName, STATUS), span };
}

/** https://docs.snowflake.com/en/sql-reference/functions/system_get_resultset_status */
function statusOf(scope: Scope, name: string, column: string | undefined): TypedValue | undefined {
  const found = column === STATUS ? scope.find(name) : undefined;
  if (found?.kind !== "resultset") return undefined;
  const value = found.pending === undefined ? "SUCCESS" : "RUNNING";
  return { type: { kind: "text", length: value.length }, value };
}

/**
 * The values of expressions, in one query.
 * @param type what the values are converted to; undefined leaves them
 * @throws Raised (EXPRESSION_ERROR) at the first expression's place
 */
export async function values(
  expressions: readonly Expression[],
  program: Program,
  scope: Scope,
  type?: SnowType | undefined,
): Promise<TypedValue[]> {
  const [first] = expressions;
  if (first === undefined) return [];
  return program.at(first.span, "EXPRESSION_ERROR", async () => {
    const inner = innerOf(program, scope);
    const resolved = expressions.map((expression) => withVariables(expression, program, scope));
    const quick = resolved.flatMap((expression) => {
      const value = quickValue(expression, inner.binds);
      const converted = value && type ? quickConversion(value, type) : value;
      return converted ?? [];
    });
    if (quick.length === resolved.length) return quick;
    const execution = innerExecution(inner, program.text, program.execution.queryId);
    const types = type && resolved.map(() => type);
    return evaluate(resolved, execution, types);
  });
}

/** The value of one expression. */
export async function value(
  expression: Expression,
  program: Program,
  scope: Scope,
  type?: SnowType | undefined,
): Promise<TypedValue> {
  const [result] = await values([expression], program, scope, type);
  return must(result);
}

/** A value in another type, by the rules of assignment. */
export async function converted(
  given: TypedValue,
  type: SnowType,
  inner: Inner,
): Promise<TypedValue> {
  const quick = quickConversion(given, type);
  if (quick !== undefined) return quick;
  const span = { start: 0, end: 0 };
  const binds = () => given;
  const execution = innerExecution({ ...inner, binds }, "?", inner.outer.queryId);
  const [result] = await evaluate([{ kind: "bind", index: 1, span }], execution, [type]);
  return must(result);
}

/** Whether a condition holds; NULL does not. */
export async function holds(
  condition: Expression,
  program: Program,
  scope: Scope,
): Promise<boolean> {
  const { value: truth } = await value(condition, program, scope, { kind: "boolean" });
  return truth === true;
}

/** The error of a name that means nothing in a block. */
export function unknownName({ name, span }: Identifier, program: Program) {
  return snowflakeError("invalidIdentifier", { name }, positionAt(program.text, span.start));
}
