/** When what has a schedule is due. */

import type { Snapshot } from "../../catalog/snapshot.ts";

/** A kind of object that runs on schedules. */
export type Timed<Item extends { readonly id: number }> = {
  /** Those that run by themselves. */
  readonly items: (snapshot: Snapshot) => readonly Item[];
  /** The schedule as text: with another one the next time is found anew. */
  readonly key: (item: Item) => string;
  /** The next time after `now`; undefined when there is none. */
  readonly next: (item: Item, snapshot: Snapshot, now: number) => number | undefined;
};

type Entry<Item> = { item: Item; readonly key: string; at: number };

export class DueTimes<Item extends { readonly id: number }> {
  readonly #timed: Timed<Item>;
  readonly #entries = new Map<number, Entry<Item>>();

  constructor(timed: Timed<Item>) {
    this.#timed = timed;
  }

  /** Takes up new and changed items, and forgets those that are gone or suspended. */
  update(snapshot: Snapshot, now: number): void {
    const items = this.#timed.items(snapshot);
    const known = new Set(items.map(({ id }) => id));
    for (const id of this.#entries.keys()) if (!known.has(id)) this.#entries.delete(id);
    for (const item of items) {
      const key = this.#timed.key(item);
      const entry = this.#entries.get(item.id);
      if (entry?.key === key) {
        entry.item = item;
        continue;
      }
      const at = this.#timed.next(item, snapshot, now);
      if (at === undefined) this.#entries.delete(item.id);
      else this.#entries.set(item.id, { item, key, at });
    }
  }

  /** The earliest time of all. */
  earliest(): number | undefined {
    const times = [...this.#entries.values()].map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** When an item is due next. */
  of(id: number): number | undefined {
    return this.#entries.get(id)?.at;
  }

  /** The items that are due, with their times; each is due again at the next time after `now`. */
  take(snapshot: Snapshot, now: number): { readonly item: Item; readonly at: number }[] {
    const taken: { item: Item; at: number }[] = [];
    for (const [id, entry] of this.#entries) {
      const { item } = entry;
      if (entry.at > now) continue;
      taken.push({ item, at: entry.at });
      const next = this.#timed.next(item, snapshot, now);
      if (next === undefined) this.#entries.delete(id);
      else entry.at = next;
    }
    return taken.sort((a, b) => a.at - b.at);
  }
}
