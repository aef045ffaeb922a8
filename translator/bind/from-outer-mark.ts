/** Old-style outer joins, `WHERE a.x = b.x (+)`, as LEFT JOINs (docs: constructs/where). */

import type { Expression } from "../ast/expressions.ts";
import type { FromItem, Select } from "../ast/queries.ts";
import { rewriteSyntax } from "../ast/substitute.ts";
import { walkExpression } from "../ast/walk.ts";
import { must } from "../base/assert.ts";

/** A condition that joins the item named `optional`, without its marks. */
type Marked = { readonly optional: string; readonly condition: Expression };

/** The SELECT with the conditions that carry a mark moved into joins; the SELECT itself when it has none. */
export function withoutOuterMarks(select: Select): Select {
  if (select.where === undefined) return select;
  const marked: Marked[] = [];
  const kept: Expression[] = [];
  for (const conjunct of conjuncts(select.where)) {
    const optional = markedItem(conjunct);
    if (optional === undefined) kept.push(conjunct);
    else marked.push({ optional, condition: withoutMarks(conjunct) });
  }
  if (marked.length === 0) return select;
  return { ...select, from: joined(select.from, marked), where: conjunction(kept) };
}

function conjuncts(condition: Expression): readonly Expression[] {
  const found: Expression[] = [];
  const waiting = [condition];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "parenthesized") waiting.push(next.inner);
    else if (next.kind === "binary" && next.operator === "and") waiting.push(next.right, next.left);
    else found.push(next);
  }
  return found;
}

function conjunction(expressions: readonly Expression[]): Expression | undefined {
  const [first, ...rest] = expressions;
  if (first === undefined) return undefined;
  return rest.reduce(
    (left, right) => ({ kind: "binary", operator: "and", left, right, span: left.span }),
    first,
  );
}

/** The table or alias before the marked column. */
function markedItem(condition: Expression): string | undefined {
  let name: string | undefined;
  walkExpression(condition, {
    expression: (node) => {
      if (node.kind !== "unary" || node.operator !== "outer_join") return true;
      if (node.operand.kind === "column") name = node.operand.parts.at(-2)?.name;
      return false;
    },
    query: () => false,
  });
  return name;
}

function withoutMarks(condition: Expression): Expression {
  return rewriteSyntax(condition, (node) =>
    node.kind === "unary" && node.operator === "outer_join" ? node.operand : undefined,
  );
}

/** The items without a mark side by side, and behind them each marked one in a LEFT JOIN. */
function joined(items: readonly FromItem[], marked: readonly Marked[]): readonly FromItem[] {
  const isOptional = (item: FromItem): boolean =>
    marked.some((mark) => mark.optional === itemName(item));
  const [first, ...rest] = items.filter((item) => !isOptional(item));
  if (first === undefined) return items;
  const start = rest.reduce((left, right) => join("cross", left, right, undefined), first);
  return [
    items.filter(isOptional).reduce((left, right) => {
      const name = itemName(right);
      const on = marked.filter((mark) => mark.optional === name).map((mark) => mark.condition);
      return join("left", left, right, must(conjunction(on)));
    }, start),
  ];
}

function join(
  type: "left" | "cross",
  left: FromItem,
  right: FromItem,
  on: Expression | undefined,
): FromItem {
  const span = left.span;
  return { kind: "join", type, natural: false, lateral: false, left, right, on, using: [], span };
}

function itemName(item: FromItem): string | undefined {
  if (item.kind === "join") return undefined;
  if ("alias" in item && item.alias !== undefined) return item.alias.name.name;
  if (item.kind !== "table" || item.name.kind !== "name") return undefined;
  return item.name.parts.at(-1)?.name;
}
