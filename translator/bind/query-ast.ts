/** Syntax nodes that the binder makes itself, for constructs it explains by simpler ones (PIVOT, CONNECT BY, joins). */

import type { BinaryOperator, ColumnReference, Expression } from "../ast/expressions.ts";
import type { Select, SelectItem } from "../ast/queries.ts";
import type { Span } from "../base/source.ts";

export function columnNode(name: string, span: Span): Expression {
  return { kind: "column", parts: [{ name, quoted: true, span }], span };
}

export function textNode(value: string, span: Span): Expression {
  return { kind: "string_literal", value, dollarQuoted: false, span };
}

export function numberNode(text: string, span: Span): Expression {
  return { kind: "number_literal", text, span };
}

export function binaryNode(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  span: Span,
): Expression {
  return { kind: "binary", operator, left, right, span };
}

export function callNode(name: string, args: readonly Expression[], span: Span): Expression {
  return {
    kind: "call",
    name: { kind: "name", parts: [{ name, quoted: false, span }], span },
    bare: false,
    arguments: args.map((value) => ({ value })),
    distinct: false,
    withinGroup: [],
    fromLast: false,
    span,
  };
}

export function itemNode(expression: Expression, alias: string, span: Span): SelectItem {
  return { kind: "expression", expression, alias: { name: alias, quoted: true, span }, span };
}

/** A SELECT of items with nothing around; FROM is given to the binder beside it. */
export function selectNode(items: readonly SelectItem[], span: Span): Select {
  return { kind: "select", distinct: false, items, into: [], from: [], windows: [], span };
}

/** All nodes of a syntax tree in no particular order, the tree's root among them, found without recursing. */
export function* syntaxNodes(root: unknown): Generator<object> {
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== "object" || node === null) continue;
    if (!Array.isArray(node)) yield node;
    for (const inner of Object.values(node)) if (typeof inner === "object") stack.push(inner);
  }
}

/** The names of the columns mentioned in a syntax tree. */
export function mentionedColumns(root: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of syntaxNodes(root)) {
    if (!("kind" in node) || node.kind !== "column") continue;
    names.add((node as ColumnReference).parts.at(-1)?.name ?? "");
  }
  return names;
}
