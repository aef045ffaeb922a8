/** Copies of syntax trees with some expressions replaced: variables and binds by what stands for them. */

import type { BindReference, CallExpression, ColumnReference, Expression } from "./expressions.ts";

/** Gives what stands for a reference or a call, undefined to leave it. */
export type Replacement = (node: ColumnReference | CallExpression) => Expression | undefined;

type Visit = (node: Expression) => Expression | undefined;

/** The expression with names replaced. Queries inside are left alone: there a variable needs its colon. */
export function substituteNames(expression: Expression, replace: Replacement): Expression {
  const visit: Visit = (node) =>
    node.kind === "column" || node.kind === "call" ? replace(node) : undefined;
  return rebuild(expression, visit, false) as Expression;
}

/** The expression with bind variables replaced, those in queries inside too; undefined leaves one. */
export function substituteBinds(
  expression: Expression,
  replace: (bind: BindReference) => Expression | undefined,
): Expression {
  const visit: Visit = (node) => (node.kind === "bind" ? replace(node) : undefined);
  return rebuild(expression, visit, true) as Expression;
}

/**
 * A copy of a syntax tree in which each expression that `replace` answers for is replaced (outermost first), in queries too.
 * What needs no change is not copied.
 */
export function rewriteSyntax<T>(
  node: T,
  replace: (expression: Expression) => Expression | undefined,
): T {
  return rebuild(node, replace, true) as T;
}

type Fields = Record<string, unknown>;

function isNode(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Goes down the left sides of chains (`a + b + c …`) without recursing: they are as deep as they are long. */
function rebuild(value: unknown, visit: Visit, inQueries: boolean): unknown {
  const chain: Fields[] = [];
  let current = value;
  let answer: unknown;
  while (isNode(current)) {
    if (current["kind"] === "query" && !inQueries) break;
    answer = "kind" in current ? visit(current as Expression) : undefined;
    if (answer !== undefined || !isNode(current["left"])) break;
    chain.push(current);
    current = current["left"];
  }
  let result = answer ?? rebuildFields(current, visit, inQueries);
  for (const node of chain.reverse()) result = rebuildFields(node, visit, inQueries, result);
  return result;
}

/** The value with its parts rebuilt; `left` stands for its left side when that was rebuilt before. */
function rebuildFields(value: unknown, visit: Visit, inQueries: boolean, left?: unknown): unknown {
  if (Array.isArray(value)) return rebuildArray(value, visit, inQueries);
  if (!isNode(value) || (value["kind"] === "query" && !inQueries)) return value;
  let copy: Fields | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const isLeft = key === "left" && left !== undefined;
    const rebuilt = isLeft ? left : rebuild(inner, visit, inQueries);
    if (rebuilt === inner) continue;
    copy ??= { ...value };
    copy[key] = rebuilt;
  }
  return copy ?? value;
}

function rebuildArray(
  values: readonly unknown[],
  visit: Visit,
  inQueries: boolean,
): readonly unknown[] {
  const rebuilt = values.map((value) => rebuild(value, visit, inQueries));
  return rebuilt.some((value, index) => value !== values[index]) ? rebuilt : values;
}
