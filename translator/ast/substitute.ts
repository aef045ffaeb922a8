/** Names of variables in expressions, replaced by what stands for them. */

import type { CallExpression, ColumnReference, Expression } from "./expressions.ts";

/** Gives what stands for a reference or a call, undefined to leave it. */
export type Replacement = (node: ColumnReference | CallExpression) => Expression | undefined;

/** The expression with names replaced. Queries inside are left alone: there a variable needs its colon. */
export function substituteNames(expression: Expression, replace: Replacement): Expression {
  return rebuild(expression, replace) as Expression;
}

function rebuild(value: unknown, replace: Replacement) {
  if (Array.isArray(value)) return rebuildArray(value, replace);
  if (typeof value !== "object" || value === null) return value;
  if ("kind" in value) {
    if (value.kind === "query") return value;
    if (value.kind === "column" || value.kind === "call") {
      const replaced = replace(value as ColumnReference | CallExpression);
      if (replaced !== undefined) return replaced;
    }
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const rebuilt: unknown = rebuild(inner, replace);
    if (rebuilt === inner) continue;
    copy ??= { ...value };
    copy[key] = rebuilt;
  }
  return copy ?? value;
}

function rebuildArray(values: readonly unknown[], replace: Replacement): readonly unknown[] {
  const rebuilt = values.map((value) => rebuild(value, replace) as unknown);
  return rebuilt.some((value, index) => value !== values[index]) ? rebuilt : values;
}
