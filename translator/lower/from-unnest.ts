/**
 * FLATTEN and its like over a column of an item before it: `FROM t, LATERAL FLATTEN(t.v)`. As a lateral subquery DuckDB would
 * collect the different values of `t.v` and join by them; so the expansion becomes part of `t` instead, which DuckDB
 * streams, in order. The number of the input row (SEQ) comes from there too.
 */

import { must } from "../base/assert.ts";
import type { BoundExpression, BoundFrom, BoundOrderItem, BoundSelect } from "../bind/bound.ts";
import { childrenOf } from "../bind/query-walk.ts";
import { type Expansion, expansionOf } from "../functions/table.ts";
import { lowerItem } from "./from.ts";
import { tableFunctionCall } from "./from-call.ts";
import { parenthesize } from "./layout.ts";
import type { LoweringState } from "./state.ts";

/** A SELECT with the ORDER BY around it. */
export type OrderedSelect = {
  readonly body: BoundSelect;
  readonly orderBy: readonly BoundOrderItem[];
};

type Item = Exclude<BoundFrom, { kind: "join" }>;
type TableFunction = Extract<BoundFrom, { kind: "table_function" }>;

/** The SELECT with each table function merged into the one item that its arguments come from. */
export function mergeExpansions(select: OrderedSelect, state: LoweringState): OrderedSelect {
  let current = select;
  for (const { alias } of select.body.from.flatMap(preservedItems)) {
    const items = current.body.from.flatMap(preservedItems);
    const item = must(items.find((candidate) => candidate.alias === alias));
    if (item.kind !== "table_function" || !item.lateral) continue;
    const expansion = expansionOf(item.entry);
    const source = items.find((candidate) => candidate.alias === sourceOf(item));
    if (expansion === undefined || source === undefined) continue;
    current = merge(current, item, expansion, source, state);
  }
  return current;
}

function merge(
  select: OrderedSelect,
  item: TableFunction,
  expansion: Expansion,
  source: Item,
  state: LoweringState,
): OrderedSelect {
  const read = new Set<string>();
  const renamed = rewriteTree(select, (node) => {
    if (node.relation !== item.alias) return undefined;
    read.add(node.physical);
    return { ...node, relation: source.alias, physical: `${item.alias}_${node.physical}` };
  });
  const merged: BoundFrom = {
    kind: "table",
    alias: source.alias,
    table: { database: "", schema: "", name: "" },
    physical: expandedSql(item, expansion, source, read, state),
  };
  const from = renamed.body.from.flatMap(
    (part) => replaceItems(part, item.alias, source.alias, merged) ?? [],
  );
  return { ...renamed, body: { ...renamed.body, from } };
}

/** The source with a row for each element, and the columns that are read of the function. */
function expandedSql(
  item: TableFunction,
  expansion: Expansion,
  source: Item,
  read: ReadonlySet<string>,
  state: LoweringState,
): string {
  const { alias } = source;
  const last = `c${expansion.columns.length + 1}`;
  const list = expansion.list(tableFunctionCall(item, state), !read.has(last));
  const [listName, seqName] = [`${item.alias}_list`, `${item.alias}_c1`];
  const added = [`${list} AS ${listName}`];
  if (read.has("c1")) {
    added.push(`CAST(row_number() OVER () AS DECIMAL(38,0)) AS ${seqName}`);
  }
  const listed = `SELECT ${alias}.*, ${added.join(", ")}\nFROM ${lowerItem(source, state).replace(/^LATERAL /, "")}`;
  const element = `${item.alias}_e`;
  const unnested = `SELECT *, unnest(${listName}) AS ${element}\nFROM ${parenthesize(listed)} AS ${alias}`;
  const columns = expansion.columns.flatMap((column, index) =>
    read.has(`c${index + 2}`) ? [`${column(element)} AS ${item.alias}_c${index + 2}`] : [],
  );
  const query = `SELECT ${[`* EXCLUDE (${element})`, ...columns].join(", ")}\nFROM ${parenthesize(unnested)} AS ${alias}`;
  return parenthesize(query);
}

/** The items whose rows no outer join makes up. */
function preservedItems(from: BoundFrom): readonly Item[] {
  if (from.kind !== "join") return [from];
  if (from.type === "full") return [];
  const left = from.type === "right" ? [] : preservedItems(from.left);
  const isBoth = from.type === "inner" || from.type === "cross" || from.type === "right";
  return isBoth ? [...left, ...preservedItems(from.right)] : left;
}

/** The FROM part without the function and with the source replaced; undefined when nothing is left of it. */
function replaceItems(
  from: BoundFrom,
  removed: string,
  replaced: string,
  by: BoundFrom,
): BoundFrom | undefined {
  if (from.kind !== "join") {
    if (from.alias === removed) return undefined;
    return from.alias === replaced ? by : from;
  }
  const left = replaceItems(from.left, removed, replaced, by);
  const right = replaceItems(from.right, removed, replaced, by);
  if (left === undefined || right === undefined) return left ?? right;
  return { ...from, left, right };
}

/** The one item whose columns the arguments use. */
function sourceOf(item: TableFunction): string | undefined {
  const relations = new Set<string>();
  const visit = (expression: BoundExpression): void => {
    if (expression.kind === "column") relations.add(expression.relation);
    // A subquery may read anything: two names make the source undecided.
    if ("query" in expression) relations.add("").add("?");
    for (const child of childrenOf(expression)) visit(child);
  };
  for (const argument of item.arguments.values()) visit(argument);
  return relations.size === 1 ? must([...relations][0]) : undefined;
}

type ColumnNode = Extract<BoundExpression, { kind: "column" }>;

function isColumn(node: object): node is ColumnNode {
  return "kind" in node && node.kind === "column" && "relation" in node;
}

/** A copy of a bound tree with the columns that `replace` answers for replaced, in subqueries too. */
function rewriteTree<T>(node: T, replace: (column: ColumnNode) => ColumnNode | undefined): T {
  if (Array.isArray(node)) return node.map((item) => rewriteTree(item, replace)) as T;
  if (node instanceof Map) {
    const entries = [...node].map(([key, value]) => [key, rewriteTree(value, replace)] as const);
    return new Map(entries) as T;
  }
  if (typeof node !== "object" || node === null) return node;
  if (isColumn(node)) return (replace(node) ?? node) as T;
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    key === "entry" || key === "signature" || key === "type" ? value : rewriteTree(value, replace),
  ]);
  return Object.fromEntries(entries) as T;
}
