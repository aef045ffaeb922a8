/**
 * What is sent: every notification is recorded; one for a webhook of this machine is posted, and no other leaves the process.
 * https://docs.snowflake.com/en/sql-reference/functions/notification_history
 */

import { randomUUID } from "node:crypto";
import type { IntegrationObject, WebhookTarget } from "../../catalog/integration-object.ts";
import {
  NOTIFICATION_ERROR_LENGTH_MAX,
  NOTIFICATION_HISTORY_LIMIT,
  WEBHOOK_MS_MAX,
} from "../../limits.ts";
import { isLoopback } from "./webhook-url.ts";

/** An attempt to send a notification. Times are milliseconds since the epoch. */
export type NotificationRecord = {
  readonly id: string;
  readonly integration: string;
  /** The statement that sent it. */
  readonly queryId: string;
  readonly createdAt: number;
  processedAt: number | undefined;
  status: "QUEUED" | "SUCCESS" | "FAILURE";
  errorMessage: string | undefined;
};

/** Where the message goes in the body of a webhook's request. */
const MESSAGE_PLACEHOLDER = "SNOWFLAKE_WEBHOOK_MESSAGE";

export class Notifier {
  readonly #now: () => number;
  /** Oldest first. */
  readonly #records: NotificationRecord[] = [];
  readonly #work = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Newest first. */
  records(): NotificationRecord[] {
    return [...this.#records].reverse();
  }

  /** Sends a message by an integration. The statement does not wait for its arrival. */
  send({ name, target }: IntegrationObject, message: string, queryId: string): void {
    const record: NotificationRecord = {
      ...{ id: randomUUID(), integration: name, queryId, createdAt: this.#now() },
      ...{ processedAt: undefined, status: "QUEUED", errorMessage: undefined },
    };
    this.#records.push(record);
    if (this.#records.length > NOTIFICATION_HISTORY_LIMIT) this.#records.shift();
    if (target.kind === "WEBHOOK" && isLoopback(target.url)) {
      const work: Promise<void> = this.#post(record, target, message).finally(() =>
        this.#work.delete(work),
      );
      this.#work.add(work);
    } else {
      this.#end(record, undefined);
    }
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  /** Gives up what is on its way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.idle();
  }

  #end(record: NotificationRecord, failure: string | undefined): void {
    record.processedAt = this.#now();
    record.status = failure === undefined ? "SUCCESS" : "FAILURE";
    record.errorMessage = failure?.slice(0, NOTIFICATION_ERROR_LENGTH_MAX);
  }

  async #post(record: NotificationRecord, target: WebhookTarget, message: string): Promise<void> {
    try {
      const response = await fetch(target.url, {
        method: "POST",
        headers: target.headers,
        body: target.bodyTemplate?.replaceAll(MESSAGE_PLACEHOLDER, () => message) ?? message,
        // A redirection could lead away from this machine.
        redirect: "manual",
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(WEBHOOK_MS_MAX)]),
      });
      const body = await response.text();
      this.#end(record, response.ok ? undefined : body || `HTTP ${response.status}`);
    } catch (error) {
      this.#end(record, error instanceof Error ? error.message : String(error));
    }
  }
}
