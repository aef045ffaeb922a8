/**
 * Tickets: signed permissions to move files to or from a place on a stage. They are the authorization of URLs that
 * drivers and browsers use without a session. Nothing is kept of a ticket; the signature says that this process gave it.
 */

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export type Ticket = {
  readonly action: "read" | "write";
  /** The key of the stage: `stage:12`, `table:7`, `user:ME`. */
  readonly stage: string;
  /** A file, or the beginning of the names of files that the request completes. */
  readonly path: string;
  readonly isPrefix: boolean;
  /** Whether an upload may replace a file. */
  readonly overwrite: boolean;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

const KEY_BYTES = 32;

export class Tickets {
  readonly #key = randomBytes(KEY_BYTES);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The ticket as text that can stand in a URL. */
  issue(ticket: Omit<Ticket, "expiresAt">, seconds: number): string {
    const signed: Ticket = { ...ticket, expiresAt: this.#now() + seconds * 1_000 };
    const payload = Buffer.from(JSON.stringify(signed)).toString("base64url");
    return `${payload}.${this.#signature(payload)}`;
  }

  /** The ticket of a text; undefined when it was not given here, or is over. */
  verify(text: string): Ticket | undefined {
    const [payload = "", signature = ""] = text.split(".");
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.#signature(payload));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const ticket = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Ticket;
    return ticket.expiresAt > this.#now() ? ticket : undefined;
  }

  #signature(payload: string): string {
    return createHmac("sha256", this.#key).update(payload).digest("base64url");
  }
}
