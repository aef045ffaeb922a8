/** Alerts as catalog objects. */

import type { Base } from "./object-base.ts";

/** An alert. SUSPEND_ALERT_AFTER_NUM_FAILURES, where it is the alert's own, is in `options`. */
export type AlertObject = Base<"alert"> & {
  readonly schemaId: number;
  /** The account's name as its maker saw it. */
  readonly account: string;
  /** Undefined for an alert without a warehouse of its own. */
  readonly warehouse?: string | undefined;
  /** As written; undefined for an alert on new data. */
  readonly schedule?: string | undefined;
  /** JSON text. */
  readonly config?: string | undefined;
  readonly runbook?: string | undefined;
  /** The statement within EXISTS (…). */
  readonly condition: string;
  /** The statement or block after THEN. */
  readonly action: string;
  readonly state: "started" | "suspended";
  /** The last RESUME, and the start of its intervals. */
  readonly resumedAt?: number | undefined;
  /** Suspended because it failed too often. */
  readonly autoSuspended?: true | undefined;
  /** The scheduled time of the last run whose condition could be evaluated and whose action, if it was due, succeeded. */
  readonly lastSuccessAt?: number | undefined;
  /** Of an alert on new data: the number of the last commit that it has seen. */
  readonly seenCommit?: number | undefined;
};
