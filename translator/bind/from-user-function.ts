/** TABLE(f(…)) of a user's function: its query, or its rows, as a lateral item over the arguments. */

import type { Identifier } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import { tableFunction } from "../functions/table.ts";
import type { BoundExpression } from "./bound.ts";
import type { UserTableFunction } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { callByName } from "./expressions-calls.ts";
import { textConstant } from "./fold.ts";
import { type BoundItem, derivedItem, namesOf } from "./from.ts";
import { candidateNames } from "./from-names.ts";
import type { Surroundings } from "./query.ts";
import { contains } from "./query-walk.ts";
import type { Scope } from "./scope.ts";
import type { FromNames, NamedColumn } from "./scope-names.ts";
import { relationNames } from "./scope-names.ts";
import { bindTableBody, chooseOverload, noOverload } from "./user-functions.ts";

type FunctionItem = Extract<FromItem, { kind: "table_function" }>;

/** @throws 001044 when no overload takes the arguments; undefined when there is no function of that name */
export function bindUserTable(
  item: FunctionItem,
  parts: readonly Identifier[],
  scope: Scope,
  around: Surroundings,
): BoundItem | undefined {
  const { binder } = around;
  const found = userOverloads(parts, binder);
  if (found === undefined) return undefined;
  if (item.over !== undefined) {
    throw binder.error("unsupportedFeature", { feature: "TABLE(f(…) OVER (…))" });
  }
  const args = item.arguments.map((argument) => ({
    name: argument.name?.name,
    value: bindExpression(argument.value, scope, binder),
  }));
  const chosen = chooseOverload(found.overloads, args, found.name, binder);
  if (chosen === undefined) throw noOverload(found.name.name, args, binder);
  const { overload, values } = chosen;
  if (overload.kind === "rows") {
    return bindRows(overload.rows(values, binder), overload.columns, item, around);
  }
  const query = bindTableBody({ ...overload, name: found.name }, values, binder);
  const named = query.columns.map((column, index) => ({
    ...column,
    name: must(overload.columns[index]).name,
  }));
  const { from, names } = derivedItem({ ...query, columns: named }, item.alias, around, true);
  return { from, names: asDeclared(names, overload.columns, around) };
}

function userOverloads(parts: readonly Identifier[], { context }: Surroundings["binder"]) {
  for (const name of candidateNames(parts, context)) {
    const overloads = context.catalog.userTableFunctions?.(name) ?? [];
    if (overloads.length > 0) return { name, overloads };
  }
  return undefined;
}

/** The columns as values of the declared types. */
function asDeclared(
  names: FromNames,
  declared: UserTableFunction["columns"],
  around: Surroundings,
): FromNames {
  const cast = (column: NamedColumn, index: number): NamedColumn => {
    const { type } = must(declared[index]);
    const { expression } = column;
    // A text that is longer than declared is given as it is: the page of SQL table functions shows one.
    const isText = type.kind === "text" && expression.type.kind === "text";
    const value = isText
      ? { ...expression, type }
      : castTo(expression, type, around.binder, { implicit: true });
    return { ...column, expression: value };
  };
  return {
    relations: names.relations.map((relation) => ({
      ...relation,
      columns: relation.columns.map(cast),
    })),
    columns: names.columns.map(cast),
  };
}

/** Rows that are elements of an ARRAY are flattened; a column is what its name gets of the element. */
function bindRows(
  rows: BoundExpression,
  declared: UserTableFunction["columns"],
  item: FunctionItem,
  around: Surroundings,
): BoundItem {
  const { binder } = around;
  const entry = must(tableFunction("FLATTEN"));
  const alias = binder.freshAlias("t");
  const flattened = (entry.columns ?? []).map((column, index) => ({
    ...column,
    nullable: true,
    physical: `c${index + 1}`,
  }));
  const element = must(
    namesOf(flattened, alias, undefined).columns.find(({ name }) => name === "VALUE"),
  ).expression;
  const columns = declared.map(({ name, type }, index) => {
    const cell = callByName("GET", [element, textConstant(name)], binder, item.span);
    const isBinary = type.kind === "binary";
    const text = isBinary
      ? callByName("TO_BINARY", [cell, textConstant("HEX")], binder, item.span)
      : cell;
    return {
      name: item.alias?.columns[index]?.name ?? name,
      expression: castTo(text, type, binder, { implicit: true }),
    };
  });
  return {
    from: {
      kind: "table_function",
      alias,
      entry,
      arguments: new Map([["INPUT", rows]]),
      lateral: contains(rows, (inner) => inner.kind === "column"),
    },
    names: relationNames({
      alias: item.alias?.name.name,
      qualified: undefined,
      internal: alias,
      columns,
    }),
  };
}
