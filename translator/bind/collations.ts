/**
 * The one collation that texts are compared by: one that is written (or made by a function) wins over a column's own.
 * https://docs.snowflake.com/en/sql-reference/collation#collation-precedence-in-multi-string-operations
 */

import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";

function collationOf({ type }: BoundExpression): string | undefined {
  return type.kind === "text" ? type.collation : undefined;
}

/**
 * @returns the texts with the collation that counts
 * @throws 002322 when two count alike
 */
export function oneCollation(
  items: readonly BoundExpression[],
  binder: Binder,
): readonly BoundExpression[] {
  const collated = items.filter((item) => collationOf(item) !== undefined);
  const written = collated.filter((item) => item.kind !== "column");
  const [first, ...others] = written.length > 0 ? written : collated;
  const collation = first && collationOf(first);
  if (collation === undefined) return items;
  for (const other of others.map(collationOf)) {
    if (other?.toLowerCase() === collation.toLowerCase()) continue;
    throw binder.error("incompatibleCollations", { left: collation, right: other ?? "" });
  }
  if (written.length === 0 || written.length === collated.length) return items;
  return items.map((item) =>
    item.type.kind === "text" ? { ...item, type: { ...item.type, collation } } : item,
  );
}
