/** Names of variables in expressions, replaced by what stands for them. */

import type { ColumnReference, Expression } from "./expressions.ts";

/**
 * The expression with column references replaced. Queries inside are left alone: there a variable needs its colon.
 * @param replace gives what stands for a reference, undefined to leave it
 */
export function substituteColumns(
  expression: Expression,
  replace: (column: ColumnReference) => Expression | undefined,
): Expression {
  return rebuild(expression, replace) as Expression;
}

function rebuild(value: unknown, replace: (column: ColumnReference) => Expression | undefined) {
  if (Array.isArray(value)) return rebuildArray(value, replace);
  if (typeof value !== "object" || value === null) return value;
  if ("kind" in value) {
    if (value.kind === "query") return value;
    if (value.kind === "column") return replace(value as ColumnReference) ?? value;
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

function rebuildArray(
  values: readonly unknown[],
  replace: (column: ColumnReference) => Expression | undefined,
): readonly unknown[] {
  const rebuilt = values.map((value) => rebuild(value, replace) as unknown);
  return rebuilt.some((value, index) => value !== values[index]) ? rebuilt : values;
}
