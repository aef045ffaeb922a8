/**
 * The scheduler of the account: one timer for whatever is due next, and all the work that nobody waits for. Tasks and dynamic
 * tables say what is due.
 */

import type { Catalog } from "../catalog/catalog.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import { TIMER_MS_MAX } from "../limits.ts";
import type { Clock } from "./host.ts";

/** Work that comes due. */
export type DueWork = {
  /** Whether changes of the catalog may make other work due. */
  readonly concerns: (changes: readonly CatalogChange[]) => boolean;
  /** The earliest time at which something is due, by the catalog as it is. */
  readonly earliest: (snapshot: Snapshot, now: number) => number | undefined;
  /** Begins what is due by now. */
  readonly begin: (snapshot: Snapshot, now: number) => void;
  /** Stops what runs. */
  readonly stop: () => void;
};

export class Scheduler {
  readonly clock: Clock;
  readonly #sources: DueWork[] = [];
  readonly #work = new Set<Promise<void>>();
  #catalog: Pick<Catalog, "snapshot"> | undefined;
  #failed: (error: unknown) => void = () => undefined;
  #stopTimer = (): void => undefined;
  #closed = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get closed(): boolean {
    return this.#closed;
  }

  join(source: DueWork): void {
    this.#sources.push(source);
  }

  /**
   * Begins to look at the time.
   * @param failed is told of failures that nobody waits for
   */
  start(catalog: Catalog, failed: (error: unknown) => void): void {
    this.#catalog = catalog;
    this.#failed = failed;
    catalog.onChange((changes) => {
      if (this.#sources.some((source) => source.concerns(changes))) this.#arm();
    });
    this.#arm();
  }

  /** Work that goes on beside the statements. @returns its end, which never fails */
  track(work: Promise<void>): Promise<void> {
    const settled: Promise<void> = work
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#work.delete(settled));
    this.#work.add(settled);
    return settled;
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  /** Stops what runs, and begins nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer();
    for (const source of this.#sources) source.stop();
    await this.idle();
  }

  #arm(): void {
    this.#stopTimer();
    const { snapshot } = this.#catalog ?? {};
    if (this.#closed || snapshot === undefined) return;
    const now = this.clock.now();
    const times = this.#sources.flatMap((source) => source.earliest(snapshot, now) ?? []);
    if (times.length === 0) return;
    const wait = Math.min(Math.max(0, Math.min(...times) - now), TIMER_MS_MAX);
    this.#stopTimer = this.clock.after(wait, () => this.#tick());
  }

  #tick(): void {
    const { snapshot } = this.#catalog ?? {};
    if (this.#closed || snapshot === undefined) return;
    const now = this.clock.now();
    for (const source of this.#sources) source.begin(snapshot, now);
    this.#arm();
  }
}
