/** UNION, INTERSECT, EXCEPT: common types, BY NAME (docs: operators-query). */

import type { QueryBody, SetOperation } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { BoundBody, BoundExpression, BoundSetOperation, OutputColumn } from "./bound.ts";
import { combineByValue } from "./group-values.ts";
import { bindBody, type Surroundings } from "./query.ts";
import { commonType, fits, toType } from "./query-bridge.ts";
import { outputReference, selectOver } from "./query-order.ts";

/** Binds the branches of a chain (`a UNION ALL b UNION ALL c …`) from left to right, without recursing along it. */
export function bindSetOperation(operation: SetOperation, around: Surroundings): BoundBody {
  const operations: SetOperation[] = [];
  let first: QueryBody = operation;
  while (first.kind === "set_operation") {
    operations.push(first);
    first = first.left;
  }
  return operations.reduceRight(
    (left, next) => combine(next, left, bindBody(next.right, around), around),
    bindBody(first, around),
  );
}

function combine(
  operation: SetOperation,
  first: BoundBody,
  second: BoundBody,
  around: Surroundings,
): BoundBody {
  let left = first;
  let right = second;
  if (operation.byName) {
    const names = [...new Set([...left.columns, ...right.columns].map((column) => column.name))];
    left = reordered(left, names, around);
    right = reordered(right, names, around);
  }
  const columns = setOperationColumns([left, right], around);
  const combined: BoundSetOperation = {
    kind: "set_operation",
    operator: operation.operator,
    all: operation.all,
    left: castBody(left, columns, around),
    right: castBody(right, columns, around),
    columns,
  };
  return combineByValue(combined, around.binder);
}

/**
 * The columns of a set operation: names of the first branch, common types.
 * @throws 001789 when the branches differ in their number of columns
 */
export function setOperationColumns(
  bodies: readonly BoundBody[],
  around: Surroundings,
): readonly OutputColumn[] {
  const first = must(bodies[0]);
  for (const [index, body] of bodies.entries()) {
    if (body.columns.length === first.columns.length) continue;
    const values = {
      expected: first.columns.length,
      actual: body.columns.length,
      branch: `{${index + 1}}`,
    };
    throw around.binder.error("setOperationColumns", values, undefined);
  }
  return first.columns.map((column, index) => {
    const all = bodies.map((body) => must(body.columns[index]));
    return {
      name: column.name,
      type: commonType(
        all.map((c) => c.type),
        around.binder,
      ),
      nullable: all.some((c) => c.nullable),
      physical: column.physical,
    };
  });
}

/** The body with its columns converted to the types of `columns`, under their names. */
export function castBody(
  body: BoundBody,
  columns: readonly OutputColumn[],
  around: Surroundings,
): BoundBody {
  const same = body.columns.every((column, index) => fits(column.type, must(columns[index]).type));
  if (same) return body;
  const cast = (expression: BoundExpression, index: number): BoundExpression =>
    toType(expression, must(columns[index]).type, around.binder);
  if (body.kind === "select" && !body.distinct && body.grouping?.kind !== "sets") {
    const items = body.items.map((item, index) => ({
      expression: cast(item.expression, index),
      physical: must(columns[index]).physical,
    }));
    return { ...body, items, columns };
  }
  // A set operation that keeps duplicates is converted branch by branch.
  if (body.kind === "set_operation" && body.all) {
    const left = castBody(body.left, columns, around);
    return { ...body, left, right: castBody(body.right, columns, around), columns };
  }
  const alias = around.binder.freshAlias("t");
  const wrapped = selectOver(body, alias);
  const items = body.columns.map((column, index) => ({
    expression: cast(outputReference(column, alias), index),
    physical: must(columns[index]).physical,
  }));
  return { ...wrapped, items, columns };
}

/** The body with the columns of BY NAME: missing ones are NULL. */
function reordered(body: BoundBody, names: readonly string[], around: Surroundings): BoundBody {
  if (body.columns.map((column) => column.name).join("\0") === names.join("\0")) return body;
  const alias = around.binder.freshAlias("t");
  const items = names.map((name, index) => {
    const column = body.columns.find((candidate) => candidate.name === name);
    const expression: BoundExpression =
      column === undefined
        ? { kind: "constant", value: null, type: { kind: "null" }, nullable: true }
        : outputReference(column, alias);
    return { expression, physical: `c${index + 1}`, name };
  });
  return {
    ...selectOver(body, alias),
    items,
    columns: items.map(({ expression, physical, name }) => ({
      name,
      type: expression.type,
      nullable: expression.nullable,
      physical,
    })),
  };
}
