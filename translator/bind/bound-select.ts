/** SELECTs that the binder makes itself, for constructs it explains by simpler ones. */

import { must } from "../base/assert.ts";
import type { BoundExpression, BoundFrom, BoundSelect, OutputColumn } from "./bound.ts";

/** `SELECT expressions AS columns FROM from WHERE where`; the two lists go together by position. */
export function selectOf(
  expressions: readonly BoundExpression[],
  columns: readonly OutputColumn[],
  from: readonly BoundFrom[],
  where: BoundExpression | undefined,
): BoundSelect {
  const items = expressions.map((expression, index) => ({
    expression,
    physical: must(columns[index]).physical,
  }));
  return {
    kind: "select",
    distinct: false,
    items,
    columns,
    from,
    where,
    grouping: undefined,
    having: undefined,
    qualify: undefined,
  };
}

/** Output columns c1, c2, … for named expressions. */
export function columnsOf(
  items: readonly { readonly name: string; readonly expression: BoundExpression }[],
): readonly OutputColumn[] {
  return items.map(({ name, expression: { type, nullable } }, index) => ({
    name,
    type,
    nullable,
    physical: `c${index + 1}`,
  }));
}
