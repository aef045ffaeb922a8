/** Log messages, events and span attributes that statements recorded: kept in memory up to a limit, newest last. */

import { EVENT_LIMIT } from "../limits.ts";

export type EventRecord = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: "LOG" | "SPAN" | "SPAN_EVENT";
  readonly queryId: string;
  readonly sessionId: number;
  readonly user: string;
  readonly role: string;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly warehouse: string | undefined;
  /** What the record is: a log's severity, an event's name. */
  readonly record: Readonly<Record<string, string>>;
  /** JSON text of an object. */
  readonly attributes: string | undefined;
  /** A log's message. */
  readonly value: string | undefined;
};

export class EventLog {
  readonly #records: EventRecord[] = [];

  add(record: EventRecord): void {
    this.#records.push(record);
    if (this.#records.length > EVENT_LIMIT) this.#records.shift();
  }

  /** Oldest first. */
  all(): readonly EventRecord[] {
    return this.#records;
  }
}
