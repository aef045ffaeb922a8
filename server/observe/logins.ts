/** Logins: one record each, kept in memory up to a limit, newest last. */

import { LOGIN_HISTORY_LIMIT } from "../limits.ts";

export type LoginRecord = {
  readonly eventId: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly user: string;
  readonly clientType: string;
  readonly clientVersion: string;
};

export class LoginHistory {
  readonly #records: LoginRecord[] = [];
  #lastId = 0;

  add(record: Omit<LoginRecord, "eventId">): void {
    this.#records.push({ ...record, eventId: ++this.#lastId });
    if (this.#records.length > LOGIN_HISTORY_LIMIT) this.#records.shift();
  }

  /** Newest first. */
  newest(): LoginRecord[] {
    return this.#records.toReversed();
  }
}
