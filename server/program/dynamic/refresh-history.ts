/** What refreshes of dynamic tables did: one record for each table of each refresh. */

import type { SnowflakeError } from "../../../translator/base/errors.ts";
import type { DynamicTable } from "../../catalog/dynamic-table.ts";
import { REFRESH_HISTORY_LIMIT } from "../../limits.ts";

export type RefreshTrigger = "SCHEDULED" | "MANUAL" | "CREATION";

export type RefreshState =
  | "SCHEDULED"
  | "EXECUTING"
  | "SUCCEEDED"
  | "FAILED"
  | "CANCELLED"
  | "UPSTREAM_FAILED";

export type RefreshAction = "NO_DATA" | "FULL" | "INCREMENTAL";

export type RefreshRecord = {
  readonly table: DynamicTable;
  readonly database: string;
  readonly schema: string;
  /** As the graph names it: each part quoted where it needs to be. */
  readonly qualifiedName: string;
  readonly trigger: RefreshTrigger;
  readonly queryId: string;
  /** All times in milliseconds since the epoch. */
  readonly dataTimestamp: number;
  readonly startedAt: number;
  /** The data timestamp before this refresh. */
  readonly previous: number | undefined;
  /** In seconds; undefined when nothing makes the table refresh. */
  readonly lagSeconds: number | undefined;
  /** The table above it that was refreshed last before it. */
  readonly dependency: { readonly name: string; readonly dataTimestamp: number } | undefined;
  state: RefreshState;
  endedAt: number | undefined;
  error: SnowflakeError | undefined;
  action: RefreshAction | undefined;
  inserted: number;
  deleted: number;
};

export class RefreshHistory {
  /** Oldest first. */
  readonly #records: RefreshRecord[] = [];

  add(record: RefreshRecord): void {
    this.#records.push(record);
    if (this.#records.length > REFRESH_HISTORY_LIMIT) this.#records.shift();
  }

  /** Newest first. */
  all(): RefreshRecord[] {
    return [...this.#records].reverse();
  }

  /** Of one table, newest first. */
  of(id: number): RefreshRecord[] {
    return this.all().filter(({ table }) => table.id === id);
  }
}

/** Whether it ended and did not succeed. */
export function isFailure({ state }: Pick<RefreshRecord, "state">): boolean {
  return state === "FAILED" || state === "UPSTREAM_FAILED" || state === "CANCELLED";
}
