/** What runs on schedules needs of the account and of the time. */

import type { LoginRequest, StatementRequest, StatementRun } from "../../execute/account.ts";
import type { Session } from "../../session/session.ts";

/** Opens and closes the sessions of tasks and alerts, and runs statements there. */
export type ScheduleHost = {
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

/** Who runs tasks and alerts: histories name this user. */
const SYSTEM_USER = "SYSTEM";

/** Something that a schedule makes run, as far as its session is concerned. */
type Runnable = {
  readonly account: string;
  readonly owner: string;
  readonly warehouse?: string | undefined;
};

/**
 * A session in the place of what runs there, with the rights of its owner.
 * @param application what the session says that it is: `TASK`
 */
export function openOwnSession(
  host: ScheduleHost,
  application: string,
  { account, owner, warehouse }: Runnable,
  place: { readonly database: string; readonly schema: string },
  parameters: LoginRequest["parameters"],
): Promise<Session> {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  return host.open({
    user: SYSTEM_USER,
    account,
    client: { application, version: "", environment: {} },
    database: quoted(place.database),
    schema: quoted(place.schema),
    warehouse: warehouse === undefined ? undefined : quoted(warehouse),
    role: quoted(owner),
    parameters,
  });
}
