/** What alerts did: one record for each run. https://docs.snowflake.com/en/sql-reference/functions/alert_history */

import type { AlertObject } from "../../catalog/alert-object.ts";
import { ALERT_HISTORY_LIMIT } from "../../limits.ts";

export type AlertState =
  | "SCHEDULED"
  | "EXECUTING"
  | "FAILED"
  | "CANCELLED"
  | "CONDITION_FALSE"
  | "CONDITION_FAILED"
  | "ACTION_FAILED"
  | "TRIGGERED";

/** A run of an alert. Times are milliseconds since the epoch. */
export type AlertRecord = {
  /** As it was when the run began. */
  readonly alert: AlertObject;
  readonly database: string;
  readonly schema: string;
  readonly scheduledAt: number;
  readonly scheduledFrom: "SCHEDULE" | "EXECUTE ALERT" | "TRIGGER";
  state: AlertState;
  conditionQueryId: string | undefined;
  actionQueryId: string | undefined;
  completedAt: number | undefined;
  errorCode: string | undefined;
  errorMessage: string | undefined;
  wasAutoSuspended: boolean;
};

export class AlertHistory {
  /** Oldest first. */
  readonly #records: AlertRecord[] = [];

  /** A record that is there already stays where it is. */
  add(record: AlertRecord): void {
    if (this.#records.at(-1) === record || this.#records.includes(record)) return;
    this.#records.push(record);
    if (this.#records.length > ALERT_HISTORY_LIMIT) this.#records.shift();
  }

  /** Takes a run out again: new data that the condition does not hold for. */
  forget(record: AlertRecord): void {
    const index = this.#records.indexOf(record);
    if (index >= 0) this.#records.splice(index, 1);
  }

  /** Newest first. */
  records(): AlertRecord[] {
    return [...this.#records].reverse();
  }
}

/** Whether the condition could be evaluated, and the action was not due or succeeded. */
export function isSuccess(state: AlertState): boolean {
  return state === "CONDITION_FALSE" || state === "TRIGGERED";
}

/** Whether the run counts as a failure of the alert's own SQL. */
export function isFailure(state: AlertState): boolean {
  return state === "CONDITION_FAILED" || state === "ACTION_FAILED";
}
