/** A clock that stands still until a test moves it. */

import type { Account } from "../../execute/account.ts";

type Timer = { readonly at: number; readonly work: () => void };

export class HandClock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  readonly now = (): number => this.#now;

  readonly after = (milliseconds: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, work };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  get timers(): number {
    return this.#timers.size;
  }

  /** Moves on to a time from timer to timer, without waiting for what they begin. */
  jump(minutes: number): void {
    const target = this.#now + minutes * 60_000;
    for (let timer = this.#take(target); timer !== undefined; timer = this.#take(target)) {
      this.#now = timer.at;
      timer.work();
    }
    this.#now = target;
  }

  /** The same, but every timer's tasks and alerts end before time goes on. */
  async pass(account: Account, minutes: number): Promise<void> {
    const target = this.#now + minutes * 60_000;
    for (let timer = this.#take(target); timer !== undefined; timer = this.#take(target)) {
      this.#now = timer.at;
      timer.work();
      await account.state.tasks.idle();
      await account.state.alerts.idle();
    }
    this.#now = target;
  }

  #take(until: number): Timer | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    const [first] = due;
    if (first !== undefined) this.#timers.delete(first);
    return first;
  }
}
