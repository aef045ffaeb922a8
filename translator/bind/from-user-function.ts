/** TABLE(f(…)) of a user's function: its query, or its rows, as a lateral item over the arguments. */

import type { Identifier } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import type { UserTableFunction } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { textConstant } from "./fold.ts";
import { type BoundItem, derivedItem } from "./from.ts";
import { candidateNames } from "./from-names.ts";
import { bindPartitions, overPartitions } from "./from-partitioned.ts";
import { bindRelation } from "./from-table.ts";
import { flattenedRows } from "./from-user-rows.ts";
import type { Surroundings } from "./query.ts";
import { contains } from "./query-walk.ts";
import type { Scope } from "./scope.ts";
import { type FromNames, type NamedColumn, NO_NAMES } from "./scope-names.ts";
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
  const args = item.arguments.map((argument) => ({
    name: argument.name?.name,
    value: bindExpression(argument.value, scope, binder),
  }));
  const chosen = chooseOverload(found.overloads, args, found.name, binder);
  if (chosen === undefined) throw noOverload(found.name.name, args, binder);
  const { overload, values } = chosen;
  if (overload.kind === "rows") return bindRows(overload, values, item, scope, binder);
  if (item.over !== undefined) {
    throw binder.error("unsupportedFeature", { feature: "TABLE(f(…) OVER (…)) of a SQL function" });
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

/**
 * TABLE(p(…)) of a procedure: it is called before the statement is bound, and its rows read here.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-selecting-from
 * @throws 092231 for a procedure that declares no columns; undefined when there is none of that name
 */
export function bindProcedureRows(item: FunctionItem, around: Surroundings): BoundItem | undefined {
  const rows = around.binder.procedureRows(item);
  if (rows === undefined) return undefined;
  const { from, names } = bindRelation(rows.relation, item.alias, around);
  return { from, names: asDeclared(names, rows.columns, around) };
}

/** The columns as values of the declared types. */
function asDeclared(
  names: FromNames,
  declared: readonly { readonly type: SnowType }[],
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

/**
 * Rows that the function makes itself: of constants by one call; of the items before it by a call for each partition when one is
 * written or the function keeps a state, or else by a call for each row.
 */
function bindRows(
  overload: Extract<UserTableFunction, { kind: "rows" }>,
  values: readonly BoundExpression[],
  item: FunctionItem,
  scope: Scope,
  binder: Binder,
): BoundItem {
  const { over, alias, span } = item;
  const readsItems = values.some((value) => contains(value, (inner) => inner.kind === "column"));
  const row = (): BoundItem => {
    const flags = textConstant(JSON.stringify(values.map(({ kind }) => kind === "constant")));
    const rows = overload.results(flags, overload.single(values, binder), binder);
    return flattenedRows(rows, overload.columns, alias, span, binder);
  };
  if (over === undefined && !(overload.stateful && readsItems)) return row();
  const call = { overload, values, alias, span, ...bindPartitions(over, scope, binder) };
  return {
    from: undefined,
    names: NO_NAMES,
    over: (source) => {
      if (source.from.length > 0) return overPartitions(call, source, binder);
      const { from, names } = row();
      return { from: from === undefined ? [] : [from], names };
    },
  };
}
