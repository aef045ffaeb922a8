/** Table functions in FROM: FLATTEN and its like, RESULT_SCAN, GETNEXTVAL, and those the server answers. */

import type { Argument, Identifier } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { FunctionEntry, Parameter } from "../functions/define.ts";
import { tableFunction } from "../functions/table.ts";
import { typeText } from "../types/names.ts";
import { BOOLEAN, INTEGER, type SnowType, TEXT } from "../types/types.ts";
import type { BoundExpression, BoundQuery } from "./bound.ts";
import type { UserTableFunction } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { type BoundItem, derivedItem, namesOf } from "./from.ts";
import { candidateNames, nameParts } from "./from-names.ts";
import { bindRelation } from "./from-table.ts";
import { bindQueryIn, type Surroundings } from "./query.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import { prequeryValue } from "./query-prequery.ts";
import { contains } from "./query-walk.ts";
import type { Scope } from "./scope.ts";
import { type NamedColumn, relationNames } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";
import { resolveSequence } from "./scope-sequences.ts";
import { chooseOverload, noOverload, routineBinder } from "./user-functions.ts";

type FunctionItem = Extract<FromItem, { kind: "table_function" }>;

export function bindTableFunction(
  item: FunctionItem,
  scope: Scope,
  around: Surroundings,
): BoundItem {
  const parts = nameParts(item.name, around.binder);
  const name = must(parts[parts.length - 1]).name;
  if (parts.length === 1) {
    if (name === "RESULT_SCAN") return bindResultScan(item, scope, around);
    if (name === "GETNEXTVAL") return bindNextValue(item, around);
    const entry = tableFunction(name);
    if (entry !== undefined) return bindBuiltIn(item, entry, scope, around);
  }
  return bindServerFunction(item, scope, around);
}

function bindBuiltIn(
  item: FunctionItem,
  entry: FunctionEntry,
  scope: Scope,
  around: Surroundings,
): BoundItem {
  const signature = must(entry.signatures[0]);
  const args = new Map<string, BoundExpression>();
  for (const [index, argument] of item.arguments.entries()) {
    const parameter = parameterOf(argument, index, signature.parameters);
    if (parameter === undefined) {
      const values = {
        call: entry.name,
        expected: signature.parameters.length,
        actual: item.arguments.length,
      };
      throw around.binder.error("tooManyArguments", values, item.span);
    }
    args.set(parameter.name, bindArgument(argument, parameter, entry, scope, around));
  }
  const missing = signature.parameters.find((p) => !p.optional && !args.has(p.name));
  if (missing !== undefined) {
    const values = { call: entry.name, expected: 1, actual: item.arguments.length };
    throw around.binder.error("notEnoughArguments", values, item.span);
  }
  const alias = around.binder.freshAlias("t");
  const columns = (entry.columns ?? []).map((column, index) => ({
    ...column,
    nullable: true,
    physical: `c${index + 1}`,
  }));
  const lateral = [...args.values()].some((argument) =>
    contains(argument, (inner) => inner.kind === "column"),
  );
  return {
    from: { kind: "table_function", alias, entry, arguments: args, lateral },
    names: namesOf(columns, alias, item.alias),
  };
}

function parameterOf(
  argument: Argument,
  index: number,
  parameters: readonly Parameter[],
): Parameter | undefined {
  const { name } = argument;
  if (name === undefined) return parameters[index];
  return parameters.find((parameter) => parameter.name.toUpperCase() === name.name.toUpperCase());
}

const PATTERN_TYPES: Partial<Record<Parameter["pattern"], SnowType>> = {
  text: TEXT,
  integer: INTEGER,
  boolean: BOOLEAN,
};

/** @throws 001044 for a value of a type it does not take, 002018 when it must be constant and is not */
function bindArgument(
  argument: Argument,
  parameter: Parameter,
  entry: FunctionEntry,
  scope: Scope,
  around: Surroundings,
): BoundExpression {
  const { binder } = around;
  const { span } = argument.value;
  const bound = bindExpression(argument.value, scope, binder);
  const type = PATTERN_TYPES[parameter.pattern];
  if (type === undefined && !isSemiStructured(bound.type)) {
    const values = { name: entry.name, types: typeText(bound.type) };
    throw binder.error("invalidArgumentTypes", values, span);
  }
  const value = type === undefined ? bound : castTo(bound, type, binder, { implicit: true });
  if (parameter.constant && value.kind !== "constant") {
    throw binder.error("tableFunctionArgument", { argument: binder.source(span) });
  }
  return value;
}

function isSemiStructured(type: SnowType): boolean {
  return ["variant", "object", "array", "map", "null"].includes(type.kind);
}

function constantText(argument: Argument, scope: Scope, around: Surroundings): string | null {
  const { binder } = around;
  const value = castTo(bindExpression(argument.value, scope, binder), TEXT, binder);
  if (value.kind === "constant") return value.value === null ? null : String(value.value);
  return prequeryValue(value, `argument:${argument.value.span.start}`, binder);
}

/** RESULT_SCAN('query id'), RESULT_SCAN(LAST_QUERY_ID()). */
function bindResultScan(item: FunctionItem, scope: Scope, around: Surroundings): BoundItem {
  const [argument] = item.arguments;
  const id = argument === undefined ? null : constantText(argument, scope, around);
  const relation = around.binder.context.catalog.resultScan?.(id ?? "");
  if (relation === undefined) {
    throw around.binder.error("unsupportedFeature", { feature: "RESULT_SCAN" });
  }
  return bindRelation(relation, item.alias, around);
}

/** TABLE(GETNEXTVAL(seq)): each reference to NEXTVAL in a row asks the sequence. */
function bindNextValue(item: FunctionItem, around: Surroundings): BoundItem {
  const { binder } = around;
  const [argument] = item.arguments;
  const written = argument?.value;
  const { span } = item;
  const parts =
    written?.kind === "column" ? written.parts : written && binder.identifierParts(written);
  const path = [...(parts ?? []), { name: "NEXTVAL", quoted: false, span }];
  const expression = resolveSequence(path, binder);
  if (expression === undefined) {
    const name = (parts ?? []).map((part) => part.name).join(".");
    throw binder.error("containerNotFound", { kind: "Sequence", name });
  }
  const names = relationNames({
    alias: item.alias?.name.name,
    qualified: undefined,
    internal: undefined,
    columns: [{ name: "NEXTVAL", expression }],
  });
  return { from: undefined, names };
}

/** A user's function: its query as a lateral subquery in which the parameters stand for the arguments. */
function bindUserFunction(
  item: FunctionItem,
  parts: readonly Identifier[],
  scope: Scope,
  around: Surroundings,
): BoundItem | undefined {
  const { binder } = around;
  const found = userOverloads(parts, binder);
  if (found === undefined) return undefined;
  const args = item.arguments.map((argument) => ({
    name: argument.name?.name,
    value: bindExpression(argument.value, scope, binder),
  }));
  const chosen = chooseOverload(found.overloads, args, found.name, binder);
  if (chosen === undefined) throw noOverload(found.name.name, args, binder);
  const { overload, values } = chosen;
  const inner = routineBinder(overload.text, found.name, binder);
  const columns =
    overload.inputs?.(values, inner) ??
    overload.parameters.map(({ name }, index) => ({ name, expression: must(values[index]) }));
  const outer = plainScope(inner, EMPTY_ENVIRONMENT, "from", { relations: [], columns });
  const query = bindQueryIn(overload.query, {
    binder: inner,
    environment: EMPTY_ENVIRONMENT,
    outer,
  });
  if (query.columns.length !== overload.columns.length) {
    const values = { actual: query.columns.length, expected: overload.columns.length };
    throw binder.error("subqueryColumns", values);
  }
  return asDeclared(query, overload.columns, item, around);
}

function userOverloads(parts: readonly Identifier[], { context }: Surroundings["binder"]) {
  for (const name of candidateNames(parts, context)) {
    const overloads = context.catalog.userTableFunctions?.(name) ?? [];
    if (overloads.length > 0) return { name, overloads };
  }
  return undefined;
}

/** The query's columns under the declared names, of the declared types. */
function asDeclared(
  query: BoundQuery,
  declared: UserTableFunction["columns"],
  item: FunctionItem,
  around: Surroundings,
): BoundItem {
  const named = query.columns.map((column, index) => ({
    ...column,
    name: must(declared[index]).name,
  }));
  const { from, names } = derivedItem({ ...query, columns: named }, item.alias, around, true);
  const cast = (column: NamedColumn, index: number): NamedColumn => ({
    ...column,
    expression: castTo(column.expression, must(declared[index]).type, around.binder, {
      implicit: true,
    }),
  });
  return {
    from,
    names: {
      relations: names.relations.map((relation) => ({
        ...relation,
        columns: relation.columns.map(cast),
      })),
      columns: names.columns.map(cast),
    },
  };
}

/** A function of the account (INFORMATION_SCHEMA.QUERY_HISTORY, a user's): the catalog gives its rows. */
function bindServerFunction(item: FunctionItem, scope: Scope, around: Surroundings): BoundItem {
  const { binder } = around;
  const parts = nameParts(item.name, binder);
  const user = bindUserFunction(item, parts, scope, around);
  if (user !== undefined) return user;
  const args = new Map<string, string | null>();
  for (const [index, argument] of item.arguments.entries()) {
    const key = argument.name?.name ?? String(index + 1);
    args.set(key.toUpperCase(), constantText(argument, scope, around));
  }
  const { catalog } = binder.context;
  for (const name of candidateNames(parts, binder.context)) {
    const relation = catalog.tableFunction?.(name, args);
    if (relation !== undefined) return bindRelation(relation, item.alias, around);
  }
  const name = parts.map((part) => part.name).join(".");
  throw parts.length === 1
    ? binder.error("unknownFunction", { name })
    : binder.error("unknownUserFunction", { name });
}
