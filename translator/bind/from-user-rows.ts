/** Rows that a user's table function gives as an ARRAY: an OBJECT for each, with the row in its member `r`. */

import type { TableAlias } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { tableFunction } from "../functions/table.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundFrom } from "./bound.ts";
import type { UserTableFunction } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { callByName } from "./expressions-calls.ts";
import { textConstant } from "./fold.ts";
import { namesOf } from "./from.ts";
import { contains } from "./query-walk.ts";
import { type FromNames, relationNames } from "./scope-names.ts";

/**
 * The array flattened; a column is what its name gets of the row.
 * @returns the item of FROM, its names, and the element of a row
 */
export function flattenedRows(
  rows: BoundExpression,
  declared: UserTableFunction["columns"],
  tableAlias: TableAlias | undefined,
  span: Span,
  binder: Binder,
): { readonly from: BoundFrom; readonly names: FromNames; readonly element: BoundExpression } {
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
  const row = callByName("GET", [element, textConstant("r")], binder, span);
  const columns = declared.map(({ name, type }, index) => {
    const cell = callByName("GET", [row, textConstant(name)], binder, span);
    const isBinary = type.kind === "binary";
    const text = isBinary
      ? callByName("TO_BINARY", [cell, textConstant("HEX")], binder, span)
      : cell;
    return {
      name: tableAlias?.columns[index]?.name ?? name,
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
      alias: tableAlias?.name.name,
      qualified: undefined,
      internal: alias,
      columns,
    }),
    element,
  };
}
