/**
 * FLATTEN and its like over a column of an item before it: `FROM t, LATERAL FLATTEN(t.v)`. Computed inside the
 * lateral subquery, DuckDB would join by the value of `t.v`; so the list becomes a column of `t`, which DuckDB unnests as it
 * reads, in order. The number of the row (SEQ) comes from there too.
 */

import { must } from "../base/assert.ts";
import type { BoundExpression, BoundFrom, BoundSelect } from "../bind/bound.ts";
import { childrenOf } from "../bind/query-walk.ts";
import { expansionOf } from "../functions/table.ts";
import { tableFunctionCall } from "./from-call.ts";
import type { LoweringState } from "./state.ts";

/** What the FROM items of one SELECT need from each other. */
export type UnnestPlan = {
  /** Columns to add to an item, by its alias. */
  readonly added: ReadonlyMap<string, readonly string[]>;
  /** The list (and SEQ) that a table function reads, by its alias. */
  readonly lists: ReadonlyMap<string, { readonly list: string; readonly seq: string }>;
};

type TableFunction = Extract<BoundFrom, { kind: "table_function" }>;

/** Finds the table functions of a SELECT whose list can stand beside the column it is made from. */
export function planUnnest(select: BoundSelect, state: LoweringState): UnnestPlan {
  const added = new Map<string, string[]>();
  const lists = new Map<string, { list: string; seq: string }>();
  const items = select.from.flatMap(preservedItems);
  const lateral = new Set<string>();
  for (const item of items) {
    if (item.kind !== "table_function" || !item.lateral) continue;
    lateral.add(item.alias);
    const expansion = expansionOf(item.entry);
    const source = sourceOf(item);
    if (expansion === undefined || source === undefined) continue;
    if (!items.some((other) => "alias" in other && other.alias === source)) continue;
    const last = `c${expansion.columns.length + 1}`;
    const isLean = !mentions(select, item.alias, last);
    const list = expansion.list(tableFunctionCall(item, state), isLean);
    const columns = [`${list} AS ${item.alias}_list`];
    const numbered = !lateral.has(source) && mentions(select, item.alias, "c1");
    if (numbered) columns.push(`row_number() OVER () AS ${item.alias}_seq`);
    added.set(source, [...(added.get(source) ?? []), ...columns]);
    const seq = numbered ? `${source}.${item.alias}_seq` : "1";
    lists.set(item.alias, { list: `${source}.${item.alias}_list`, seq });
  }
  return { added, lists };
}

/** The items whose rows no outer join makes up. */
function preservedItems(from: BoundFrom): readonly BoundFrom[] {
  if (from.kind !== "join") return [from];
  if (from.type === "full") return [];
  const left = from.type === "right" ? [] : preservedItems(from.left);
  const both = from.type === "inner" || from.type === "cross" || from.type === "right";
  return both ? [...left, ...preservedItems(from.right)] : left;
}

/** The one item whose columns the arguments use. */
function sourceOf(item: TableFunction): string | undefined {
  const relations = new Set<string>();
  const visit = (expression: BoundExpression): void => {
    if (expression.kind === "column") relations.add(expression.relation);
    if ("query" in expression) relations.add("").add("?");
    for (const child of childrenOf(expression)) visit(child);
  };
  for (const argument of item.arguments.values()) visit(argument);
  return relations.size === 1 ? must([...relations][0]) : undefined;
}

/** True when the tree reads that column. */
function mentions(node: unknown, relation: string, physical: string): boolean {
  if (Array.isArray(node)) return node.some((item) => mentions(item, relation, physical));
  if (node instanceof Map) return mentions([...node.values()], relation, physical);
  if (typeof node !== "object" || node === null) return false;
  if ("relation" in node && "physical" in node) {
    return node.relation === relation && node.physical === physical;
  }
  return Object.entries(node).some(
    ([key, value]) =>
      key !== "entry" &&
      key !== "signature" &&
      key !== "type" &&
      mentions(value, relation, physical),
  );
}
