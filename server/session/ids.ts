/** Identifiers that drivers see. */

import { randomBytes, randomUUID } from "node:crypto";

/** A query id of the form drivers check (UUID, beginning with 01 as Snowflake's do). */
export function newQueryId(): string {
  return `01${randomUUID().slice(2)}`;
}

/** An opaque token, 256 bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

let lastSessionId = 0;

/** A session id: a JSON integer below 2^53 that grows, unique also across restarts. */
export function newSessionId(): number {
  lastSessionId = Math.max(Date.now() * 1000, lastSessionId + 1);
  return lastSessionId;
}
