/** Open sessions by token: login, renewal, expiry, close. */

import { snowflakeError } from "../../translator/base/errors.ts";
import { MASTER_TOKEN_SECONDS, SESSION_TOKEN_SECONDS, SESSIONS_MAX } from "../limits.ts";
import { newToken } from "./ids.ts";
import type { Session } from "./session.ts";

const SECOND_MS = 1_000;

export class SessionManager {
  readonly #byToken = new Map<string, Session>();
  readonly #byMaster = new Map<string, Session>();
  readonly #byId = new Map<number, Session>();
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<Session> {
    return this.#byId.values();
  }

  get(id: number): Session | undefined {
    return this.#byId.get(id);
  }

  add(session: Session): void {
    if (this.#byId.size >= SESSIONS_MAX) {
      throw snowflakeError("tooManySessions", { limit: SESSIONS_MAX });
    }
    session.tokenExpiresAt = this.#now() + SESSION_TOKEN_SECONDS * SECOND_MS;
    session.masterExpiresAt = this.#now() + MASTER_TOKEN_SECONDS * SECOND_MS;
    this.#byId.set(session.id, session);
    this.#byToken.set(session.token, session);
    this.#byMaster.set(session.masterToken, session);
  }

  /** The session of a session token. Errors: 390104 for a token nobody has, 390112 for an expired one. */
  authenticate(token: string): Session {
    const session = this.#byToken.get(token);
    if (session === undefined) {
      if (this.#byMaster.has(token)) throw snowflakeError("sessionTokenInvalid");
      throw snowflakeError("sessionGone");
    }
    if (this.#now() > session.tokenExpiresAt) throw snowflakeError("sessionExpired");
    session.masterExpiresAt = this.#now() + MASTER_TOKEN_SECONDS * SECOND_MS;
    return session;
  }

  /** New tokens for the session of a master token; the session's state stays. Errors: 390113, 390114. */
  renew(masterToken: string): Session {
    const session = this.#byMaster.get(masterToken);
    if (session === undefined) throw snowflakeError("masterTokenNotFound");
    if (this.#now() > session.masterExpiresAt) throw snowflakeError("masterTokenExpired");
    this.#byToken.delete(session.token);
    this.#byMaster.delete(session.masterToken);
    session.token = newToken();
    session.masterToken = newToken();
    session.tokenExpiresAt = this.#now() + SESSION_TOKEN_SECONDS * SECOND_MS;
    session.masterExpiresAt = this.#now() + MASTER_TOKEN_SECONDS * SECOND_MS;
    this.#byToken.set(session.token, session);
    this.#byMaster.set(session.masterToken, session);
    return session;
  }

  /** Makes the session token expire at once; the driver has to renew it. */
  expire(session: Session): void {
    session.tokenExpiresAt = 0;
  }

  remove(session: Session): void {
    this.#byId.delete(session.id);
    this.#byToken.delete(session.token);
    this.#byMaster.delete(session.masterToken);
    session.closed = true;
  }

  /** Sessions whose master token has run out: nobody can use them again. */
  abandoned(): Session[] {
    return [...this.#byId.values()].filter((session) => session.masterExpiresAt < this.#now());
  }
}
