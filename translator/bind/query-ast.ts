/** Syntax nodes that the binder makes itself, for constructs it explains by simpler ones (PIVOT, CONNECT BY, joins). */

import type { BinaryOperator, Expression } from "../ast/expressions.ts";
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

/** Nodes with a kind and a place; what is no expression has a kind that `replace` does not answer for. */
function isSyntaxNode(node: object): node is Expression {
  return "kind" in node && "span" in node;
}

/** A copy of a syntax tree in which each expression that `replace` answers for is replaced (outermost first). */
export function rewriteSyntax<T>(
  node: T,
  replace: (expression: Expression) => Expression | undefined,
): T {
  if (Array.isArray(node)) return node.map((item) => rewriteSyntax(item, replace)) as T;
  if (typeof node !== "object" || node === null) return node;
  if (isSyntaxNode(node)) {
    const replaced = replace(node);
    if (replaced !== undefined) return replaced as T;
  }
  const entries = Object.entries(node).map(([key, value]) => [key, rewriteSyntax(value, replace)]);
  return Object.fromEntries(entries) as T;
}

/** The names of the columns mentioned in a syntax tree. */
export function mentionedColumns(node: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  rewriteSyntax(node, (expression) => {
    if (expression.kind === "column") names.add(expression.parts.at(-1)?.name ?? "");
    return undefined;
  });
  return names;
}
