/** Table functions in FROM: FLATTEN and its like, RESULT_SCAN, GETNEXTVAL, and those the server answers. */

import type { Argument, Identifier } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { FunctionEntry, Parameter } from "../functions/define.ts";
import { tableFunction } from "../functions/table.ts";
import { typeText } from "../types/names.ts";
import { BOOLEAN, INTEGER, type SnowType, TEXT } from "../types/types.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo, coerce } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { type BoundItem, derivedItem, namesOf } from "./from.ts";
import { candidateNames, nameParts } from "./from-names.ts";
import { bindRelation } from "./from-table.ts";
import { bindQueryIn, type Surroundings } from "./query.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import { prequeryValue } from "./query-prequery.ts";
import { contains } from "./query-walk.ts";
import type { Scope } from "./scope.ts";
import { relationNames } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";
import { resolveSequence } from "./scope-sequences.ts";

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

/** A user's function in SQL: its body as a lateral subquery in which the parameters stand for the arguments. */
function bindSqlFunction(
  item: FunctionItem,
  parts: readonly Identifier[],
  scope: Scope,
  around: Surroundings,
): BoundItem | undefined {
  const { binder } = around;
  const found = candidateNames(parts, binder.context)
    .map((name) => binder.context.catalog.userTableFunction?.(name, item.arguments.length))
    .find((candidate) => candidate !== undefined);
  if (found === undefined) return undefined;
  const columns = found.parameters.map((parameter, index) => {
    const given =
      item.arguments.find((argument) => argument.name?.name === parameter.name) ??
      must(item.arguments[index]);
    const value = bindExpression(given.value, scope, binder);
    return { name: parameter.name, expression: coerce(value, parameter.type, binder) };
  });
  const { database, schema } = found.name;
  const inner = binder.derive({
    text: found.text,
    context: { ...binder.context, database, schema },
  });
  const names = { relations: [], columns };
  const outer = plainScope(inner, EMPTY_ENVIRONMENT, "from", names);
  const query = bindQueryIn(found.query, { binder: inner, environment: EMPTY_ENVIRONMENT, outer });
  const named = query.columns.map((column, index) => ({
    ...column,
    name: found.columns[index]?.name ?? column.name,
  }));
  return derivedItem({ ...query, columns: named }, item.alias, around, true);
}

/** A function of the account (INFORMATION_SCHEMA.QUERY_HISTORY, a user's): the catalog gives its rows. */
function bindServerFunction(item: FunctionItem, scope: Scope, around: Surroundings): BoundItem {
  const { binder } = around;
  const parts = nameParts(item.name, binder);
  const inSql = bindSqlFunction(item, parts, scope, around);
  if (inSql !== undefined) return inSql;
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
