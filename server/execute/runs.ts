/**
 * The statements that run or ran: looked up by query id, and by request id for retries. Those that ended are let go with
 * their results, so that a long session holds no more memory than the result store allows.
 */

import { REQUEST_MEMORY_MS, STORED_RESULTS_LIMIT } from "../limits.ts";
import type { ResultStore } from "../results/store.ts";
import type { StoredResult } from "../results/stored.ts";
import type { StatementRun } from "./account.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

type Entry = {
  readonly run: StatementRun;
  readonly key: string | undefined;
  /** Undefined while the statement runs, and when it failed. */
  result: StoredResult | undefined;
};

export class Runs {
  readonly #results: Pick<ResultStore, "get">;
  readonly #byId = new Map<string, StatementRun>();
  readonly #byKey = new Map<string, StatementRun>();
  /** In the order in which they ended. */
  readonly #ended = new Map<string, Entry>();

  constructor(results: Pick<ResultStore, "get">) {
    this.#results = results;
  }

  get(queryId: string): StatementRun | undefined {
    return this.#byId.get(queryId);
  }

  /** The statements of a session that run or wait for their turn. */
  unfinished(sessionId: number): readonly StatementRun[] {
    return [...this.#byId.values()].filter(
      (run) => run.sessionId === sessionId && run.stop.state !== "ended",
    );
  }

  /** The run of a session's request. */
  ofRequest(sessionId: number, requestId: string): StatementRun | undefined {
    return this.#byKey.get(keyOf(sessionId, requestId));
  }

  /** The run of a request of any session: drivers abort from a session of their own. */
  ofAnyRequest(requestId: string): StatementRun | undefined {
    for (const run of this.#byKey.values()) {
      if (run.requestId === requestId) return run;
    }
    return undefined;
  }

  /** @param retriable false for the statements of a multi-statement request, which share its request id */
  add(run: StatementRun, retriable: boolean): void {
    const { requestId, queryId, sessionId } = run;
    const key = retriable && requestId !== undefined ? keyOf(sessionId, requestId) : undefined;
    this.#byId.set(queryId, run);
    if (key !== undefined) this.#byKey.set(key, run);
    const entry: Entry = { run, key, result: undefined };
    run.done.then(
      (result) => {
        entry.result = result;
        this.#end(entry);
      },
      () => this.#end(entry),
    );
  }

  #end(entry: Entry): void {
    const { run, key } = entry;
    this.#ended.set(run.queryId, entry);
    if (key !== undefined) {
      const forget = () => {
        if (this.#byKey.get(key) === run) this.#byKey.delete(key);
      };
      setTimeout(forget, REQUEST_MEMORY_MS).unref();
    }
    this.#trim();
  }

  #trim(): void {
    for (const [queryId, { run, key, result }] of this.#ended) {
      const lost = result !== undefined && this.#results.get(queryId) === undefined;
      // Metadata of a describe is never stored; it goes with the count.
      const gone = lost && !run.describeOnly && result.statementType === SELECT_STATEMENT;
      if (!gone && this.#ended.size <= STORED_RESULTS_LIMIT) continue;
      this.#ended.delete(queryId);
      this.#byId.delete(queryId);
      // A retry may run a query again, but never what changes something.
      if (gone && key !== undefined) this.#byKey.delete(key);
    }
  }
}

function keyOf(sessionId: number, requestId: string): string {
  return `${sessionId}:${requestId}`;
}
