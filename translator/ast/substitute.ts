/** Names of variables and binds in expressions, replaced by what stands for them. */

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

function rebuild(value: unknown, visit: Visit, inQueries: boolean): unknown {
  if (Array.isArray(value)) return rebuildArray(value, visit, inQueries);
  if (typeof value !== "object" || value === null) return value;
  if ("kind" in value) {
    if (value.kind === "query" && !inQueries) return value;
    const replaced = visit(value as Expression);
    if (replaced !== undefined) return replaced;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const rebuilt = rebuild(inner, visit, inQueries);
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
