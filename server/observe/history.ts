/** Query history: one record per statement, kept in memory up to a limit, newest last. */

import { QUERY_HISTORY_LIMIT } from "../limits.ts";

export type QueryStatus = "RUNNING" | "SUCCESS" | "FAILED_WITH_ERROR" | "ABORTED";

export type QueryRecord = {
  readonly queryId: string;
  readonly sessionId: number;
  readonly requestId: string | undefined;
  readonly text: string;
  readonly user: string;
  readonly role: string;
  readonly warehouse: string | undefined;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly queryTag: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  status: QueryStatus;
  endedAt: number | undefined;
  /** Snowflake's word for the statement (SELECT, CREATE_TABLE …). */
  statementKind: string;
  rowsProduced: number;
  errorCode: string;
  errorMessage: string;
};

export class QueryHistory {
  readonly #records = new Map<string, QueryRecord>();

  add(record: QueryRecord): void {
    this.#records.set(record.queryId, record);
    if (this.#records.size <= QUERY_HISTORY_LIMIT) return;
    const oldest = this.#records.keys().next();
    if (!oldest.done) this.#records.delete(oldest.value);
  }

  get(queryId: string): QueryRecord | undefined {
    return this.#records.get(queryId);
  }

  /** Oldest first. */
  all(): IterableIterator<QueryRecord> {
    return this.#records.values();
  }
}
