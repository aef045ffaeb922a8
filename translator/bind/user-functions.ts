/**
 * Calls of users' functions: which overload fits, and SQL bodies bound in place.
 * https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-naming-conventions
 */

import type { Expression } from "../ast/expressions.ts";
import type { Query } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { ParameterPattern } from "../functions/define.ts";
import { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseQuery } from "../parse/query.ts";
import { typeText } from "../types/names.ts";
import type { SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundQuery } from "./bound.ts";
import type { RoutineSchema, UserParameter, UserTableFunction } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { matchPattern } from "./patterns.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import type { NamedColumn } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";

export type UserArgument = { readonly name?: string | undefined; readonly value: BoundExpression };

export type UserOverload = { readonly parameters: readonly UserParameter[] };

type Chosen<Overload> = {
  readonly overload: Overload;
  /** One value for each parameter, of the parameter's type. */
  readonly values: readonly BoundExpression[];
};

function patternOf(type: SnowType): ParameterPattern {
  if (type.kind === "timestamp") return type.flavor;
  return type.kind === "null" ? "any" : type.kind;
}

/** Arguments by position of their parameter; undefined when one has no place or one is missing. */
function arrange(
  { parameters }: UserOverload,
  args: readonly UserArgument[],
): readonly (BoundExpression | undefined)[] | undefined {
  const placed: (BoundExpression | undefined)[] = parameters.map(() => undefined);
  for (const [index, argument] of args.entries()) {
    const at =
      argument.name === undefined
        ? index
        : parameters.findIndex((parameter) => parameter.name === argument.name);
    if (at < 0 || at >= parameters.length || placed[at] !== undefined) return undefined;
    placed[at] = argument.value;
  }
  const isComplete = placed.every(
    (value, index) => value !== undefined || parameters[index]?.default !== undefined,
  );
  return isComplete ? placed : undefined;
}

/**
 * The overload whose arguments need the cheapest conversions, the first of equals.
 * @param schema where the default of an argument that was left out resolves its names
 * @returns undefined when none takes these arguments
 */
export function chooseOverload<Overload extends UserOverload>(
  overloads: readonly Overload[],
  args: readonly UserArgument[],
  schema: RoutineSchema,
  binder: Binder,
): Chosen<Overload> | undefined {
  let best: { overload: Overload; placed: ReturnType<typeof arrange>; cost: number } | undefined;
  for (const overload of overloads) {
    const placed = arrange(overload, args);
    const cost = placed && costOf(placed, overload, binder);
    if (cost === undefined || (best !== undefined && best.cost <= cost)) continue;
    best = { overload, placed, cost };
  }
  if (best === undefined) return undefined;
  const { overload, placed = [] } = best;
  const values = overload.parameters.map((parameter, index) => {
    const value = placed[index] ?? bindDefault(must(parameter.default), schema, binder);
    return castTo(value, parameter.type, binder, { implicit: true });
  });
  return { overload, values };
}

function costOf(
  placed: readonly (BoundExpression | undefined)[],
  { parameters }: UserOverload,
  binder: Binder,
): number | undefined {
  let cost = 0;
  for (const [index, value] of placed.entries()) {
    if (value === undefined) continue;
    const found = matchPattern(patternOf(must(parameters[index]).type), value, binder);
    if (found === undefined) return undefined;
    cost += found.cost;
  }
  return cost;
}

function bindDefault(text: string, schema: RoutineSchema, binder: Binder): BoundExpression {
  const inner = routineBinder(text, schema, binder);
  const scope = plainScope(inner, EMPTY_ENVIRONMENT, "default");
  return bindExpression(parseExpression(new Cursor(text)), scope, inner);
}

/** No overload fits: the error names the types that were given. */
export function noOverload(name: string, args: readonly UserArgument[], binder: Binder): Error {
  const types = args.map(({ value }) => typeText(value.type)).join(", ");
  return binder.error("invalidArgumentTypes", { name, types });
}

/** A binder for a routine's text: its names resolve in the routine's schema only. */
export function routineBinder(
  text: string,
  { database, schema }: RoutineSchema,
  binder: Binder,
): Binder {
  const { parameter } = binder.context;
  return binder.derive({
    text,
    context: {
      ...binder.context,
      database,
      schema,
      parameter: (name) => (name === "SEARCH_PATH" ? "$current" : parameter(name)),
    },
  });
}

export type SqlBody = { readonly text: string } & (
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "query"; readonly query: Query }
);

/** The body of a scalar function in SQL: an expression, or a query of one value. */
export function parseSqlBody(text: string): SqlBody {
  const cursor = new Cursor(text);
  if (cursor.atAnyKeyword("SELECT", "WITH") !== undefined) {
    const query = parseQuery(cursor);
    cursor.expectEnd();
    return { kind: "query", query, text };
  }
  const expression = parseExpression(cursor);
  cursor.expectEnd();
  return { kind: "expression", expression, text };
}

/**
 * The body's value, with the parameters' names standing for the arguments.
 * @throws whatever the body does not bind for, 001052 when its query has more than one column
 */
export function bindSqlBody(
  body: SqlBody,
  parameters: readonly NamedColumn[],
  schema: RoutineSchema,
  binder: Binder,
): BoundExpression {
  const inner = routineBinder(body.text, schema, binder);
  const names = { relations: [], columns: parameters };
  const scope = plainScope(inner, EMPTY_ENVIRONMENT, "select", names);
  if (body.kind === "expression") return bindExpression(body.expression, scope, inner);
  const query = inner.bindQuery(body.query, scope);
  const [column] = query.columns;
  if (column === undefined || query.columns.length !== 1) {
    throw inner.error("subqueryColumns", { actual: query.columns.length, expected: 1 });
  }
  return { kind: "scalar_query", query, type: column.type, nullable: true };
}

/**
 * The query of a table function on values of its parameters' types.
 * @throws 001052 when it does not have the declared number of columns
 */
export function bindTableBody(
  { name, parameters, columns, query, text }: Extract<UserTableFunction, { kind: "query" }>,
  values: readonly BoundExpression[],
  binder: Binder,
): BoundQuery {
  const inner = routineBinder(text, name, binder);
  const named = parameters.map((parameter, index) => ({
    name: parameter.name,
    expression: must(values[index]),
  }));
  const names = { relations: [], columns: named };
  const outer = plainScope(inner, EMPTY_ENVIRONMENT, "from", names);
  const bound = inner.bindQuery(query, outer);
  if (bound.columns.length !== columns.length) {
    const counts = { actual: bound.columns.length, expected: columns.length };
    throw inner.error("subqueryColumns", counts);
  }
  return bound;
}
