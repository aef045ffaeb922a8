/**
 * The arguments of ACCUMULATE: a value and four lambdas, whose state has one type.
 * https://docs.snowflake.com/en/sql-reference/functions/accumulate#type-inference
 */

import type { CallExpression, LambdaExpression } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import { castability } from "../types/coercion.ts";
import { commonType } from "../types/common.ts";
import { type SnowType, VARIANT } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { resolveType } from "./casts.ts";
import { cannotConvert, castTo, sameType } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { accumulatorType } from "./expressions-lambda.ts";
import type { CallArgument } from "./overloads.ts";
import { contains, isDrawn, isWindow } from "./query-walk.ts";
import type { Scope } from "./scope.ts";

const ARGUMENTS = 5;
/** Rounds in which an undeclared state type may grow until it holds what every lambda gives. */
const INFERENCE_ROUNDS = 4;

type Lambdas = {
  readonly initialize: LambdaExpression;
  readonly accumulate: LambdaExpression;
  readonly combine: LambdaExpression;
  readonly terminate: LambdaExpression;
};

/** Lambdas see their own parameters and nothing of the query around them. */
function lambdaScope(parameters: ReadonlyMap<string, BoundExpression>): Scope {
  const scope: Scope = {
    clause: "select",
    resolveColumn: ([name, ...rest]) =>
      name !== undefined && rest.length === 0 ? parameters.get(name.name) : undefined,
    resolvePositional: () => undefined,
    expandStar: () => [],
    namedWindow: () => undefined,
    withLambdaParameters: (inner) => lambdaScope(new Map([...parameters, ...inner])),
    displayName: () => "",
    withClause: () => scope,
  };
  return scope;
}

type Bound = { readonly names: readonly string[]; readonly body: BoundExpression };

/** The body over parameters of the types: each comes as canonical text (functions/accumulate.ts). */
function bindBody(node: LambdaExpression, types: readonly SnowType[], binder: Binder): Bound {
  const names = node.parameters.map(() => binder.freshAlias("lambda_"));
  const bound = new Map<string, BoundExpression>();
  node.parameters.forEach(({ name, type: written }, index) => {
    const raw: BoundExpression = {
      kind: "lambda_parameter",
      name: must(names[index]),
      type: VARIANT,
      nullable: true,
    };
    const given = must(types[index]);
    const type = written === undefined ? given : resolveType(written, binder);
    if (castability(given, type) !== "implicit") {
      throw binder.error("cannotConvert", {
        expression: binder.source(name.span),
        from: given.kind.toUpperCase(),
        to: type.kind.toUpperCase(),
      });
    }
    bound.set(name.name, castTo(raw, type, binder));
  });
  const body = bindExpression(node.body, lambdaScope(bound), binder);
  if (contains(body, isWindow) || isDrawn(body)) {
    const feature = "window or non-deterministic function in a lambda of ACCUMULATE";
    throw binder.error("unsupportedFeature", { feature }, node.body.span);
  }
  return { names, body };
}

function parameterCount(node: LambdaExpression, count: number, binder: Binder): void {
  if (node.parameters.length === count) return;
  const types = `lambda of ${node.parameters.length} parameters`;
  throw binder.error("invalidArgumentTypes", { name: "ACCUMULATE", types }, node.span);
}

function lambdasOf(node: CallExpression, binder: Binder): Lambdas {
  const expected = { expected: ARGUMENTS, actual: node.arguments.length };
  const call = binder.source(node.span);
  if (expected.actual < ARGUMENTS) {
    throw binder.error("notEnoughArguments", { call, ...expected }, node.span);
  }
  if (expected.actual > ARGUMENTS) {
    throw binder.error("tooManyArguments", { call, ...expected }, node.span);
  }
  const [initialize, accumulate, combine, terminate] = node.arguments.slice(1).map(({ value }) => {
    if (value.kind === "lambda") return value;
    throw binder.error(
      "invalidArgumentTypes",
      { name: "ACCUMULATE", types: binder.source(value.span) },
      node.span,
    );
  });
  const found = {
    initialize: must(initialize),
    accumulate: must(accumulate),
    combine: must(combine),
    terminate: must(terminate),
  };
  parameterCount(found.initialize, 1, binder);
  parameterCount(found.accumulate, 2, binder);
  parameterCount(found.combine, 2, binder);
  parameterCount(found.terminate, 1, binder);
  return found;
}

/** The state's type where a lambda declares it. */
function declaredState(lambdas: Lambdas, binder: Binder): SnowType | undefined {
  const { accumulate, combine, terminate } = lambdas;
  const states = [
    accumulate.parameters[0],
    combine.parameters[0],
    combine.parameters[1],
    terminate.parameters[0],
  ];
  const written = states.find((parameter) => parameter?.type !== undefined)?.type;
  return written === undefined ? undefined : resolveType(written, binder);
}

/** The type that holds what initialize, accumulate and combine give. */
function inferredState(lambdas: Lambdas, value: SnowType, binder: Binder): SnowType {
  let state = accumulatorType(bindBody(lambdas.initialize, [value], binder).body.type);
  for (let round = 0; round < INFERENCE_ROUNDS; round++) {
    const bodies = [
      bindBody(lambdas.accumulate, [state, value], binder).body,
      bindBody(lambdas.combine, [state, state], binder).body,
    ];
    let wider = state;
    for (const { type } of bodies) wider = accumulatorType(commonType(wider, type) ?? type);
    if (sameType(wider, state)) break;
    state = wider;
  }
  return state;
}

function lambdaOf(node: LambdaExpression, { names, body }: Bound, type: SnowType): CallArgument {
  return {
    span: node.span,
    value: {
      kind: "lambda",
      parameters: names,
      body,
      type,
      nullable: true,
      offset: node.span.start,
    },
  };
}

/** A lambda whose result is the state, as canonical text. */
function stateLambda(
  node: LambdaExpression,
  types: readonly SnowType[],
  state: SnowType,
  binder: Binder,
): CallArgument {
  const { names, body } = bindBody(node, types, binder);
  if (castability(body.type, state) !== "implicit") {
    throw cannotConvert(body, state, binder, node.body.span);
  }
  const typed = castTo(body, state, binder, { implicit: true });
  return lambdaOf(node, { names, body: castTo(typed, VARIANT, binder) }, state);
}

/**
 * The bound arguments of ACCUMULATE.
 * @throws 000938, 000939, 001044 for other arguments; 001038 where the declared types do not go together
 */
export function bindAccumulate(
  node: CallExpression,
  scope: Scope,
  binder: Binder,
): readonly CallArgument[] {
  const lambdas = lambdasOf(node, binder);
  const input = must(node.arguments[0]).value;
  const bound = bindExpression(input, scope, binder);
  const declared = lambdas.initialize.parameters[0]?.type;
  const type = declared === undefined ? bound.type : resolveType(declared, binder);
  if (castability(bound.type, type) === "none") {
    throw cannotConvert(bound, type, binder, input.span);
  }
  const value = castTo(castTo(bound, type, binder, { implicit: true }), VARIANT, binder);
  const state = declaredState(lambdas, binder) ?? inferredState(lambdas, type, binder);
  const last = bindBody(lambdas.terminate, [state], binder);
  return [
    { value, span: input.span },
    stateLambda(lambdas.initialize, [type], state, binder),
    stateLambda(lambdas.accumulate, [state, type], state, binder),
    stateLambda(lambdas.combine, [state, state], state, binder),
    lambdaOf(lambdas.terminate, last, last.body.type),
  ];
}
