/** What one session can do to others: stop their statements, end their transactions, close them. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { SessionManager } from "../session/manager.ts";
import type { Session } from "../session/session.ts";
import type { StatementRun } from "./account.ts";
import type { Runs } from "./runs.ts";

export class AccountControl {
  readonly runs: Runs;
  readonly #sessions: SessionManager;
  /** Ends what a session holds beside its statements: its temporary objects. */
  readonly #leave: (session: Session) => Promise<void>;
  /** The end of each session's queue: its statements run one after the other. */
  readonly #queues = new Map<number, Promise<unknown>>();

  constructor(runs: Runs, sessions: SessionManager, leave: (session: Session) => Promise<void>) {
    this.runs = runs;
    this.#sessions = sessions;
    this.#leave = leave;
  }

  /** Puts work behind everything that the session was asked for before. */
  enqueue<Result>(session: Session, work: () => Promise<Result>): Promise<Result> {
    const result = this.#idle(session).then(work);
    this.#queues.set(
      session.id,
      result.catch(() => undefined),
    );
    return result;
  }

  #idle(session: Session): Promise<unknown> {
    return this.#queues.get(session.id) ?? Promise.resolve();
  }

  /** True while a statement of the session runs, or waits for its turn. */
  isBusy(session: Session): boolean {
    return this.runs.unfinished(session.id).length > 0;
  }

  /** Interrupts a statement, or ends a queued one at once. False when it has ended already. */
  abort({ stop, sessionId }: StatementRun): boolean {
    if (stop.state === "ended") return false;
    stop.reason ??= snowflakeError("canceled");
    if (stop.state === "running") {
      this.#sessions.get(sessionId)?.connection.interrupt();
    } else {
      stop.state = "ended";
      stop.refuse?.(stop.reason);
    }
    return true;
  }

  /**
   * Stops the statements of a session, but not the one that asks.
   * @param isOwn whether the statement that asks is the one whose turn it is there
   * @param queryId of the statement that asks
   * @returns how many there were
   */
  abortAll(session: Session, isOwn: boolean, queryId: string): number {
    const others = this.runs
      .unfinished(session.id)
      .filter((run) => run.queryId !== queryId && (!isOwn || run.stop.state === "queued"));
    return others.filter((run) => this.abort(run)).length;
  }

  /**
   * Rolls back a session's open transaction; a statement that runs in it is stopped.
   * @param isOwn whether the statement that asks runs in it
   */
  async abortTransaction(session: Session, isOwn: boolean): Promise<void> {
    if (isOwn) {
      await session.transactions.rollback();
      return;
    }
    const id = session.transactions.current?.id;
    for (const run of this.runs.unfinished(session.id)) {
      if (run.stop.state === "running") this.abort(run);
    }
    await this.enqueue(session, async () => {
      if (session.transactions.current?.id === id) await session.transactions.rollback();
    });
  }

  /**
   * Closes a session: what it runs is stopped, then it ends.
   * @param queryId of the statement that asks, when it runs aside in that session
   */
  async closeSession(session: Session, queryId = ""): Promise<void> {
    if (session.closed) return;
    this.abortAll(session, false, queryId);
    this.#sessions.remove(session);
    session.connection.interrupt();
    await this.#idle(session);
    await this.#end(session);
  }

  /** Closes a session from within: after the statement that it runs. */
  closeAfterwards(session: Session): void {
    if (session.closed) return;
    this.#sessions.remove(session);
    this.enqueue(session, () => this.#end(session)).catch(() => undefined);
  }

  /** Rolls back what is open, drops the session's temporary objects, gives its connection back. */
  async #end(session: Session): Promise<void> {
    this.#queues.delete(session.id);
    await session.transactions.rollback();
    await this.#leave(session);
    await session.connection.close();
  }
}
