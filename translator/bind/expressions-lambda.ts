/** Lambda arguments of FILTER, TRANSFORM and REDUCE (docs: functions/filter, transform, reduce). */

import type { LambdaExpression } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { commonType } from "../types/common.ts";
import { numberType, type SnowType, VARIANT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { resolveType } from "./casts.ts";
import { castTo, sameType, toCondition } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import type { CallArgument } from "./overloads.ts";
import type { Scope } from "./scope.ts";

/** The type that an untyped parameter has: the array's element type, or VARIANT. */
function elementType(array: SnowType): SnowType {
  return array.kind === "array" && array.element !== undefined ? array.element.type : VARIANT;
}

/** DuckDB's lambdas run over canonical text; a parameter of another type is cast out of it. */
function parameter(alias: string, type: SnowType, binder: Binder): BoundExpression {
  const raw: BoundExpression = {
    kind: "lambda_parameter",
    name: alias,
    type: VARIANT,
    nullable: true,
  };
  return castTo(raw, type, binder);
}

function bindBody(
  node: LambdaExpression,
  types: readonly SnowType[],
  scope: Scope,
  binder: Binder,
): { readonly names: readonly string[]; readonly body: BoundExpression } {
  const names = node.parameters.map(() => binder.freshAlias("lambda_"));
  const bound = new Map<string, BoundExpression>();
  node.parameters.forEach((written, index) => {
    const type =
      written.type === undefined ? must(types[index]) : resolveType(written.type, binder);
    bound.set(written.name.name, parameter(must(names[index]), type, binder));
  });
  return { names, body: bindExpression(node.body, scope.withLambdaParameters(bound), binder) };
}

/** A NUMBER accumulator grows: it has all digits before the point. */
export function accumulatorType(type: SnowType): SnowType {
  if (type.kind === "number") return numberType(38, type.scale);
  return type.kind === "null" ? VARIANT : type;
}

/**
 * What DuckDB's lambda gives, and the Snowflake type that it stands for: FILTER's is a condition, all others give
 * canonical text, since the elements of a DuckDB list have one type.
 */
function lambdaResult(
  functionName: string,
  body: BoundExpression,
  types: readonly SnowType[],
  node: LambdaExpression,
  binder: Binder,
): { readonly type: SnowType; readonly expression: BoundExpression } {
  if (functionName === "FILTER") {
    const condition = toCondition(body, binder, node.body.span);
    return { type: condition.type, expression: condition };
  }
  const isFold = node.parameters.length === 2;
  const value = isFold ? castTo(body, must(types[0]), binder, { implicit: true }) : body;
  return { type: value.type, expression: castTo(value, VARIANT, binder, { implicit: true }) };
}

/** How many parameters a function's lambda takes. */
function parameterCount(functionName: string): number {
  return functionName === "REDUCE" ? 2 : 1;
}

/**
 * Binds the lambda at a position of the arguments and puts it there. For two parameters (REDUCE) the argument
 * before it is the accumulator's start: it is converted to the type that the body gives.
 * @throws 000938, 000939 for a lambda of another count of parameters
 */
export function bindLambda(
  functionName: string,
  args: CallArgument[],
  at: number,
  node: LambdaExpression,
  scope: Scope,
  binder: Binder,
): void {
  const expected = parameterCount(functionName);
  const actual = node.parameters.length;
  if (actual !== expected) {
    const call = binder.source(node.span);
    const kind = actual < expected ? "notEnoughArguments" : "tooManyArguments";
    throw binder.error(kind, { call, expected, actual }, node.span);
  }
  const array = args[0]?.value.type ?? VARIANT;
  const element = elementType(array);
  let types: readonly SnowType[] = [element];
  if (node.parameters.length === 2) {
    const start = must(args[1]);
    let accumulator = accumulatorType(start.value.type);
    for (let round = 0; round < 3; round++) {
      const { body } = bindBody(node, [accumulator, element], scope, binder);
      const wider = accumulatorType(commonType(accumulator, body.type) ?? body.type);
      if (sameType(wider, accumulator)) break;
      accumulator = wider;
    }
    types = [accumulator, element];
    args[1] = { ...start, value: castTo(start.value, accumulator, binder) };
  }
  const { names, body } = bindBody(node, types, scope, binder);
  const { type, expression } = lambdaResult(functionName, body, types, node, binder);
  args[at] = {
    ...must(args[at]),
    value: {
      kind: "lambda",
      parameters: names,
      body: expression,
      type,
      nullable: body.nullable,
      offset: node.span.start,
    },
  };
}
