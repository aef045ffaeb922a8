/** Table functions in FROM: FLATTEN and its like, RESULT_SCAN, GETNEXTVAL, and those the server answers. */

import type { Argument } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { FunctionEntry, Parameter } from "../functions/define.ts";
import { lookupFunction, lookupQualified } from "../functions/registry.ts";
import { tableFunction } from "../functions/table.ts";
import { Cursor } from "../parse/cursor.ts";
import { parseQuery } from "../parse/query.ts";
import { typeText } from "../types/names.ts";
import { BOOLEAN, INTEGER, type SnowType, TEXT } from "../types/types.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo } from "./coerce.ts";
import type { TypedValue } from "./context.ts";
import { bindExpression } from "./expressions.ts";
import { type BoundItem, derivedItem, namesOf } from "./from.ts";
import { candidateNames, nameParts } from "./from-names.ts";
import { bindSystemTable } from "./from-server-function.ts";
import { bindInferSchema } from "./from-stage.ts";
import { bindRelation } from "./from-table.ts";
import { bindProcedureRows, bindUserTable } from "./from-user-function.ts";
import { bindQueryIn, type Surroundings } from "./query.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import { prequeryValue } from "./query-prequery.ts";
import { contains } from "./query-walk.ts";
import type { Scope } from "./scope.ts";
import { type FromNames, type NamedColumn, relationNames } from "./scope-names.ts";
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
    if (name === "INFER_SCHEMA") return bindInferSchema(item, around);
    if (name === "GETNEXTVAL") return bindNextValue(item, around);
    if (name === "TO_QUERY") return bindToQuery(item, scope, around);
    const entry = tableFunction(name);
    if (entry !== undefined) return bindBuiltIn(item, entry, scope, around);
  }
  const system =
    parts.length === 1 ? lookupFunction(name) : lookupQualified(parts.map((part) => part.name));
  if (system !== undefined && (system.kind === "table" || system.refused !== undefined)) {
    return bindSystemTable(item, system, scope, around);
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
      const expected = signature.parameters.length;
      throw wrongCount("tooManyArguments", expected, item.arguments.length, item, around);
    }
    args.set(parameter.name, bindArgument(argument, parameter, entry, scope, around));
  }
  const required = signature.parameters.filter(({ optional }) => !optional);
  const given = required.filter(({ name }) => args.has(name));
  if (given.length < required.length) {
    throw wrongCount("notEnoughArguments", required.length, given.length, item, around);
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
    names: typedElements(namesOf(columns, alias, item.alias), args, around),
  };
}

function wrongCount(
  error: "notEnoughArguments" | "tooManyArguments",
  expected: number,
  actual: number,
  { call }: FunctionItem,
  { binder }: Surroundings,
): Error {
  return binder.error(error, { call: binder.source(call.span), expected, actual }, call.span);
}

/**
 * The elements of a structured ARRAY or MAP keep their type in KEY and VALUE of FLATTEN.
 * https://docs.snowflake.com/en/sql-reference/data-types-structured
 */
function typedElements(
  names: FromNames,
  args: ReadonlyMap<string, BoundExpression>,
  { binder }: Surroundings,
): FromNames {
  const type = args.size === 1 ? args.get("INPUT")?.type : undefined;
  const types: (SnowType | undefined)[] = [];
  if (type?.kind === "array") types[VALUE_COLUMN] = type.element?.type;
  if (type?.kind === "map") {
    types[KEY_COLUMN] = type.key;
    types[VALUE_COLUMN] = type.value.type;
  }
  if (types.every((item) => item === undefined)) return names;
  const typed = (column: NamedColumn, index: number): NamedColumn => {
    const to = types[index];
    return to === undefined
      ? column
      : { ...column, expression: castTo(column.expression, to, binder) };
  };
  return {
    relations: names.relations.map((relation) => ({
      ...relation,
      columns: relation.columns.map(typed),
    })),
    columns: names.columns.map(typed),
  };
}

/** Where FLATTEN has its columns KEY and VALUE. */
const KEY_COLUMN = 1;
const VALUE_COLUMN = 4;

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

/** TO_QUERY('text', name => constant …): https://docs.snowflake.com/en/sql-reference/functions/to_query */
function bindToQuery(item: FunctionItem, scope: Scope, around: Surroundings): BoundItem {
  const { binder } = around;
  const values = new Map<number | string, TypedValue>();
  let text = "";
  if (item.arguments.length === 0) throw wrongCount("notEnoughArguments", 1, 0, item, around);
  for (const argument of item.arguments) {
    const name = argument.name?.name;
    if (name === undefined || name === "SQL") {
      text = constantText(argument, scope, around) ?? "";
      continue;
    }
    const bound = bindExpression(argument.value, scope, binder);
    if (bound.kind !== "constant") {
      const source = binder.source(argument.value.span);
      throw binder.error("tableFunctionArgument", { argument: source });
    }
    values.set(name, bound);
  }
  const cursor = new Cursor(text);
  const query = parseQuery(cursor);
  cursor.expectEnd();
  const context = { ...binder.context, bind: (key: number | string) => values.get(key) };
  const inner = binder.derive({ text, context });
  const bound = bindQueryIn(query, {
    binder: inner,
    environment: EMPTY_ENVIRONMENT,
    outer: undefined,
  });
  return derivedItem(bound, item.alias, around);
}

/** TABLE(GETNEXTVAL(seq)): one value for each row, however often NEXTVAL is referred to. */
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

/** A function of the account (INFORMATION_SCHEMA.QUERY_HISTORY, a user's): the catalog gives its rows. */
function bindServerFunction(item: FunctionItem, scope: Scope, around: Surroundings): BoundItem {
  const { binder } = around;
  const parts = nameParts(item.name, binder);
  const user = bindUserTable(item, parts, scope, around) ?? bindProcedureRows(item, around);
  if (user !== undefined) return user;
  const { catalog } = binder.context;
  const args = new Map<string, string | null>();
  for (const [index, argument] of item.arguments.entries()) {
    const key = argument.name?.name ?? String(index + 1);
    const table = index === 0 ? tableArgument(parts, argument) : undefined;
    if (table !== undefined) {
      args.set(key.toUpperCase(), table);
      continue;
    }
    const value = castTo(bindExpression(argument.value, scope, binder), TEXT, binder);
    if (contains(value, (inner) => inner.kind === "column")) {
      throw refusedLateral(item, parts, argument, around);
    }
    args.set(key.toUpperCase(), constantText(argument, scope, around));
  }
  for (const name of candidateNames(parts, binder.context)) {
    const relation = catalog.tableFunction?.(name, args);
    if (relation !== undefined) return bindRelation(relation, item.alias, around);
  }
  throw unknownTableFunction(parts, binder);
}

/** VALIDATE names its table as statements do, not in quotes. */
function tableArgument(
  parts: ReturnType<typeof nameParts>,
  { value }: Argument,
): string | undefined {
  if (parts.at(-1)?.name !== "VALIDATE" || value.kind !== "column") return undefined;
  return value.parts.map(({ name }) => `"${name.replaceAll('"', '""')}"`).join(".");
}

/** The functions of the account take constants only. */
function refusedLateral(
  item: FunctionItem,
  parts: ReturnType<typeof nameParts>,
  argument: Argument,
  { binder }: Surroundings,
): Error {
  const { catalog } = binder.context;
  const none: ReadonlyMap<string, string | null> = new Map();
  const isKnown = candidateNames(parts, binder.context).some(
    (name) => catalog.tableFunction?.(name, none) !== undefined,
  );
  if (!isKnown) return unknownTableFunction(parts, binder);
  const source = binder.source(argument.value.span);
  return binder.error("tableFunctionArgument", { argument: source }, item.span);
}

function unknownTableFunction(
  parts: ReturnType<typeof nameParts>,
  binder: Surroundings["binder"],
): Error {
  const name = parts.map((part) => part.name).join(".");
  return parts.length === 1
    ? binder.error("unknownFunction", { name })
    : binder.error("unknownUserFunction", { name });
}
