/** VALUES (…), (…): rows of one type per column (docs: sql/values). */

import type { Expression } from "../ast/expressions.ts";
import type { Values } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { BoundValues } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { sourceName } from "./output-names.ts";
import type { Surroundings } from "./query.ts";
import { commonType, toType } from "./query-bridge.ts";
import { contains, isAggregate, isWindow, queryOf } from "./query-walk.ts";
import { plainScope } from "./scope-select.ts";

/**
 * Binds VALUES; the columns are COLUMN1, COLUMN2, … and have the common type of their rows.
 * @throws invalid expression (002014) for aggregates, window functions and subqueries
 */
export function bindValues(values: Values, around: Surroundings): BoundValues {
  const { binder, environment, outer } = around;
  const scope = plainScope(binder, environment, "values", undefined, outer);
  const bound = values.rows.map((row) =>
    row.map((expression) => {
      const value = bindExpression(expression, scope, binder);
      const forbidden = contains(
        value,
        (e) => isAggregate(e) || isWindow(e) || queryOf(e) !== undefined,
      );
      if (forbidden) throw invalid(expression, around);
      return value;
    }),
  );
  const width = must(bound[0]).length;
  for (const [index, row] of bound.entries()) {
    if (row.length !== width) throw invalid(must(must(values.rows[index])[0]), around);
  }
  const columns = must(bound[0]).map((_, index) => {
    const cells = bound.map((row) => must(row[index]));
    const type = commonType(
      cells.map((cell) => cell.type),
      binder,
    );
    const nullable = cells.some((cell) => cell.nullable);
    return { name: `COLUMN${index + 1}`, type, nullable, physical: `c${index + 1}` };
  });
  const rows = bound.map((row) =>
    row.map((cell, index) => toType(cell, must(columns[index]).type, binder)),
  );
  return { kind: "values", rows, columns };
}

function invalid(expression: Expression, around: Surroundings): Error {
  const { span } = expression;
  const text = sourceName(around.binder.text.slice(span.start, span.end));
  return around.binder.error("invalidValues", { expression: text }, undefined);
}
