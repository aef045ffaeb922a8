/**
 * Which dynamic tables read which. Everything is answered for one catalog snapshot.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/data-consistency
 */

import { type DynamicTable, liveDynamicTables, upstreamOf } from "../../catalog/dynamic-table.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";

export class DynamicGraph {
  readonly tables: readonly DynamicTable[];
  readonly #byId: ReadonlyMap<number, DynamicTable>;
  readonly #above: ReadonlyMap<number, readonly number[]>;
  readonly #below = new Map<number, number[]>();

  constructor(snapshot: Snapshot) {
    this.tables = liveDynamicTables(snapshot);
    this.#byId = new Map(this.tables.map((table) => [table.id, table]));
    const above = new Map<number, readonly number[]>();
    for (const table of this.tables) {
      const ids = upstreamOf(table, snapshot).map(({ id }) => id);
      above.set(table.id, ids);
      for (const id of ids) this.#below.set(id, [...(this.#below.get(id) ?? []), table.id]);
    }
    this.#above = above;
  }

  /** Those that a table reads itself, also through views. */
  above(id: number): DynamicTable[] {
    return this.#named(this.#above.get(id) ?? []);
  }

  /** Those that read a table themselves. */
  below(id: number): DynamicTable[] {
    return this.#named(this.#below.get(id) ?? []);
  }

  /** All that would see a change of a table. */
  allBelow(id: number): DynamicTable[] {
    const found = new Map<number, DynamicTable>();
    const look = (from: number): void => {
      for (const table of this.below(from)) {
        if (found.has(table.id)) continue;
        found.set(table.id, table);
        look(table.id);
      }
    };
    look(id);
    return [...found.values()];
  }

  /**
   * Tables behind all that they read, which are among them. What is above stops at a table that is out of the scheduler's
   * hands: who refreshes it decides when.
   */
  upstreamFirst(wanted: readonly DynamicTable[]): DynamicTable[] {
    const asked = new Set(wanted.map(({ id }) => id));
    const ordered: DynamicTable[] = [];
    const seen = new Set<number>();
    const visit = (table: DynamicTable): void => {
      if (seen.has(table.id)) return;
      seen.add(table.id);
      // Alone, such a table takes nobody along; among others it is still behind those that are asked for.
      const isAlone = table.dynamic.scheduler === "DISABLE";
      for (const upstream of this.above(table.id)) {
        const isFollowed = !isAlone && upstream.dynamic.scheduler !== "DISABLE";
        if (isFollowed || asked.has(upstream.id)) visit(upstream);
      }
      ordered.push(table);
    };
    for (const table of wanted) visit(this.#byId.get(table.id) ?? table);
    return ordered;
  }

  /**
   * How old the rows of a table may get, in seconds: its own lag, or the shortest that a table below it has.
   * Undefined when nothing makes it refresh.
   */
  lagSeconds(id: number, seen: ReadonlySet<number> = new Set()): number | undefined {
    const table = this.#byId.get(id);
    if (table === undefined || seen.has(id)) return undefined;
    const { lag, suspended } = table.dynamic;
    if (suspended !== undefined || lag === undefined) return undefined;
    if (lag.kind === "time") return lag.seconds;
    const path = new Set([...seen, id]);
    const needed = this.below(id).flatMap((below) => this.lagSeconds(below.id, path) ?? []);
    return needed.length === 0 ? undefined : Math.min(...needed);
  }

  #named(ids: readonly number[]): DynamicTable[] {
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }
}

/** Tables in groups that have no table above or below in common. */
export function pipelines(
  tables: readonly DynamicTable[],
  graph: DynamicGraph,
): readonly (readonly DynamicTable[])[] {
  const groups: { readonly ids: Set<number>; readonly tables: DynamicTable[] }[] = [];
  for (const table of tables) {
    const ids = new Set(graph.upstreamFirst([table]).map(({ id }) => id));
    const joined = groups.filter((group) => [...ids].some((id) => group.ids.has(id)));
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push({
      ids: new Set([...ids, ...joined.flatMap((group) => [...group.ids])]),
      tables: [...joined.flatMap((group) => group.tables), table],
    });
  }
  return groups.map((group) => group.tables);
}
