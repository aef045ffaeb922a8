/**
 * What runs on schedules: one timer for the item that is due next, and the work that is under way. Tasks and alerts have one each.
 */

import type { Catalog } from "../../catalog/catalog.ts";
import { SCHEDULE_TIMER_MS_MAX } from "../../limits.ts";
import { DueTimes, type Timed } from "./due.ts";
import type { Clock } from "./host.ts";

export class Timetable<Item extends { readonly id: number }> {
  readonly #clock: Clock;
  readonly #due: DueTimes<Item>;
  /** The end of the line of what an item does one after the other, by the item's id. */
  readonly #lines = new Map<number, Promise<void>>();
  readonly #work = new Set<Promise<void>>();
  readonly #begin: (item: Item, at: number) => void;
  #catalog: Catalog | undefined;
  #failed: (error: unknown) => void = () => undefined;
  #stopTimer = (): void => undefined;
  #closed = false;

  /** @param begin is called for an item at its time, which is given */
  constructor(clock: Clock, timed: Timed<Item>, begin: (item: Item, at: number) => void) {
    this.#clock = clock;
    this.#due = new DueTimes(timed);
    this.#begin = begin;
  }

  /**
   * Begins to run what is due.
   * @param failed is told of failures that nobody waits for
   */
  start(catalog: Catalog, failed: (error: unknown) => void): void {
    this.#catalog = catalog;
    this.#failed = failed;
    catalog.onChange((changes) => {
      const concerned = changes.some(
        (change) => change.kind === "purge" || change.object.kind !== "table",
      );
      if (concerned) this.#arm();
    });
    this.#arm();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** When an item is due next; undefined when it does not run by itself. */
  nextTime(id: number): number | undefined {
    return this.#due.of(id);
  }

  /** Does the work behind what the item's line already has, or at once beside it. */
  line(id: number, work: () => Promise<void>, beside = false): void {
    const before = beside ? undefined : this.#lines.get(id);
    this.#lines.set(id, this.#track((before ?? Promise.resolve()).then(work)));
  }

  /** Does the work at once. */
  track(work: () => Promise<void>): void {
    this.#track(work());
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  /** Begins nothing more. */
  close(): void {
    this.#closed = true;
    this.#stopTimer();
  }

  #arm(): void {
    this.#stopTimer();
    if (this.#closed || this.#catalog === undefined) return;
    const now = this.#clock.now();
    this.#due.update(this.#catalog.snapshot, now);
    const at = this.#due.earliest();
    if (at === undefined) return;
    const wait = Math.min(Math.max(0, at - now), SCHEDULE_TIMER_MS_MAX);
    this.#stopTimer = this.#clock.after(wait, () => this.#tick());
  }

  #tick(): void {
    if (this.#closed || this.#catalog === undefined) return;
    const due = this.#due.take(this.#catalog.snapshot, this.#clock.now());
    for (const { item, at } of due) this.#begin(item, at);
    this.#arm();
  }

  #track(work: Promise<void>): Promise<void> {
    const settled: Promise<void> = work
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#work.delete(settled));
    this.#work.add(settled);
    return settled;
  }
}
