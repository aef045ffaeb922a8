/** Joins: ON, USING, NATURAL, ASOF, lateral (docs: constructs/join, asof-join, join-lateral). */

import type { Expression, Identifier } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { snowflakeError } from "../base/errors.ts";
import type { Span } from "../base/source.ts";
import type { BoundExpression, BoundFrom } from "./bound.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { type BoundItem, bindFromItem, checkAliases } from "./from.ts";
import type { Surroundings } from "./query.ts";
import { binaryNode, callNode, columnNode } from "./query-ast.ts";
import {
  columnsNamed,
  concatNames,
  type FromNames,
  type NamedColumn,
  nullableNames,
} from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";

type JoinItem = Extract<FromItem, { kind: "join" }>;

/** A column that USING or NATURAL merges. */
type Merged = {
  readonly name: string;
  readonly left: BoundExpression;
  readonly right: BoundExpression;
};

export function bindJoin(item: JoinItem, before: FromNames, around: Surroundings): BoundItem {
  const left = bindFromItem(item.left, before, around);
  const right = bindFromItem(item.right, concatNames(before, left.names), around);
  checkLateralFunction(item);
  checkAsof(item, around);
  checkAliases(left.names, right.names, around);
  const merged = mergedColumns(item, left.names, right.names, around);
  const on = [
    ...merged.map((column) => equality(column, item.span, around)),
    ...[item.matchCondition, item.on].flatMap((condition) =>
      condition === undefined
        ? []
        : [bindOn(condition, concatNames(left.names, right.names), around)],
    ),
  ];
  const names = joinedNames(item, left.names, right.names, merged, around);
  if (left.from === undefined || right.from === undefined) {
    return { from: left.from ?? right.from, names };
  }
  return { from: joined(item, left.from, right.from, conjunction(on)), names };
}

function bindOn(condition: Expression, names: FromNames, around: Surroundings): BoundExpression {
  const scope = plainScope(around.binder, around.environment, "on", names, around.outer);
  return bindCondition(condition, scope, around.binder);
}

function conjunction(operands: readonly BoundExpression[]): BoundExpression | undefined {
  if (operands.length < 2) return operands[0];
  const nullable = operands.some((operand) => operand.nullable);
  return { kind: "and", operands, type: { kind: "boolean" }, nullable };
}

function joined(
  item: JoinItem,
  left: BoundFrom,
  right: BoundFrom,
  on: BoundExpression | undefined,
): BoundFrom {
  const lateral = item.lateral || ("lateral" in right && right.lateral);
  const type = item.type === "asof" ? "asof_left" : item.type;
  if (on === undefined && (type === "inner" || type === "cross")) {
    return { kind: "join", type: "cross", left, right, on, lateral };
  }
  return { kind: "join", type, left, right, on, lateral };
}

/** FLATTEN and its like expand rows: outer behaviour is their own argument (docs: join, usage notes). */
function checkLateralFunction(item: JoinItem): void {
  if (item.right.kind !== "table_function") return;
  const outer = item.type !== "inner" && item.type !== "cross";
  if (!item.right.lateral || (!outer && item.on === undefined)) return;
  throw snowflakeError("unsupportedFeature", {
    feature: "lateral table function called with OUTER JOIN syntax or a join predicate (ON clause)",
  });
}

const ASOF_OPERATORS = new Set([">=", ">", "<=", "<"]);

/** @throws 010001 or 010010 for conditions that ASOF JOIN does not take (docs: asof-join) */
function checkAsof(item: JoinItem, around: Surroundings): void {
  if (item.type !== "asof") return;
  const match = unwrapped(item.matchCondition);
  if (match?.kind !== "binary" || !ASOF_OPERATORS.has(match.operator)) {
    throw around.binder.error("asofMatchCondition", {});
  }
  if (item.on !== undefined && !isEqualities(item.on)) {
    const condition = around.binder.source(item.on.span);
    throw around.binder.error("asofOnClause", { condition });
  }
}

function unwrapped(expression: Expression | undefined): Expression | undefined {
  return expression?.kind === "parenthesized" ? unwrapped(expression.inner) : expression;
}

function isEqualities(expression: Expression): boolean {
  const inner = unwrapped(expression);
  if (inner?.kind !== "binary") return false;
  if (inner.operator === "and") return isEqualities(inner.left) && isEqualities(inner.right);
  return inner.operator === "=";
}

function mergedColumns(
  item: JoinItem,
  left: FromNames,
  right: FromNames,
  around: Surroundings,
): readonly Merged[] {
  const names = item.natural ? commonNames(left, right) : item.using;
  return names.map((identifier) => ({
    name: identifier.name,
    left: single(identifier, left, around),
    right: single(identifier, right, around),
  }));
}

function commonNames(left: FromNames, right: FromNames): readonly Pick<Identifier, "name">[] {
  const others = new Set(right.columns.map((column) => column.name));
  return left.columns.filter((column) => others.has(column.name));
}

function single(
  identifier: Pick<Identifier, "name"> & { readonly span?: Span | undefined },
  names: FromNames,
  around: Surroundings,
): BoundExpression {
  const { name, span } = identifier;
  const [first, second] = columnsNamed(names.columns, name);
  if (first === undefined) throw around.binder.error("invalidIdentifier", { name }, span);
  if (second !== undefined) throw around.binder.error("ambiguousColumn", { name }, undefined);
  return first.expression;
}

/** Binds an expression over the two sides of a merged column, under made-up names. */
function overSides(
  column: Merged,
  span: Span,
  around: Surroundings,
  make: (left: Expression, right: Expression) => Expression,
): BoundExpression {
  const columns: NamedColumn[] = [
    { name: "left", expression: column.left },
    { name: "right", expression: column.right },
  ];
  const scope = plainScope(around.binder, around.environment, "on", { relations: [], columns });
  return bindExpression(
    make(columnNode("left", span), columnNode("right", span)),
    scope,
    around.binder,
  );
}

function equality(column: Merged, span: Span, around: Surroundings): BoundExpression {
  return overSides(column, span, around, (left, right) => binaryNode("=", left, right, span));
}

/** The value of a merged column: from the side that always has it. */
function mergedColumn(item: JoinItem, column: Merged, around: Surroundings): NamedColumn {
  const { name } = column;
  if (item.type === "right") return { name, expression: column.right };
  if (item.type !== "full") return { name, expression: column.left };
  const { span } = item;
  const expression = overSides(column, span, around, (left, right) =>
    callNode("COALESCE", [left, right], span),
  );
  return { name, expression };
}

function joinedNames(
  item: JoinItem,
  left: FromNames,
  right: FromNames,
  merged: readonly Merged[],
  around: Surroundings,
): FromNames {
  const { type } = item;
  const leftNames = type === "right" || type === "full" ? nullableNames(left) : left;
  const rightNames =
    type === "left" || type === "full" || type === "asof" ? nullableNames(right) : right;
  const names = concatNames(leftNames, rightNames);
  if (merged.length === 0) return names;
  const used = new Set(merged.map((column) => column.name));
  return {
    relations: names.relations,
    columns: [
      ...merged.map((column) => mergedColumn(item, column, around)),
      ...names.columns.filter((column) => !used.has(column.name)),
    ],
  };
}
