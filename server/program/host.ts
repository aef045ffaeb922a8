/** What work without a client needs of the account and of the time. */

import type { LoginRequest, StatementRequest, StatementRun } from "../execute/account.ts";
import type { Session } from "../session/session.ts";

/** Opens and closes sessions of the system, and runs statements there. */
export type SystemHost = {
  readonly open: (request: LoginRequest) => Promise<Session>;
  readonly submit: (session: Session, request: StatementRequest) => StatementRun;
  readonly close: (session: Session) => Promise<void>;
  /** Is told of failures that nobody waits for. */
  readonly failed: (error: unknown) => void;
};

/** The time and its timers, which tests turn by hand. */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Does the work after so many milliseconds. @returns what keeps it from being done */
  readonly after: (milliseconds: number, work: () => void) => () => void;
};

/** Timers that keep no process alive. */
export function realTimer(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
}
