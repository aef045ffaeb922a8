/**
 * The scheduler of the account's alerts: their runs, what each leaves on the alert, and the suspension of one that fails again and
 * again. https://docs.snowflake.com/en/user-guide/alerts
 */

import { must } from "../../../translator/base/assert.ts";
import type { AlertObject } from "../../catalog/alert-object.ts";
import { objectParameter } from "../../catalog/object-parameters.ts";
import { reachable } from "../../catalog/reachable.ts";
import type { AccountState } from "../../execute/execution.ts";
import { systemEdit } from "../../execute/system-edit.ts";
import type { Clock, ScheduleHost } from "../schedules/host.ts";
import { Timetable } from "../schedules/timetable.ts";
import { type OngoingRun, runAlert } from "./alert-run.ts";
import { ALERT_TIMES } from "./alert-times.ts";
import { AlertHistory, type AlertRecord, isFailure, isSuccess } from "./history.ts";

/** The parameter that says how many failures in a row suspend an alert; 0 is no limit. */
export const FAILURES_LIMIT = "SUSPEND_ALERT_AFTER_NUM_FAILURES";

type From = AlertRecord["scheduledFrom"];

export class AlertScheduler {
  readonly history = new AlertHistory();
  readonly #clock: Clock;
  readonly #timetable: Timetable<AlertObject>;
  /** The runs that have not ended, by the alert's id; an alert has one at a time. */
  readonly #running = new Map<number, OngoingRun>();
  /** Runs that failed one after the other, by the alert's id. */
  readonly #failures = new Map<number, number>();
  /** The last commit that an alert on new data looked at without finding new rows, by the alert's id. */
  readonly #seen = new Map<number, number>();
  #account: { readonly state: AccountState; readonly host: ScheduleHost } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#timetable = new Timetable(clock, ALERT_TIMES, (alert, at) => this.#begin(alert, at));
  }

  /** Begins to run what is due. */
  start(state: AccountState, host: ScheduleHost): void {
    this.#account = { state, host };
    this.#timetable.start(state.catalog, host.failed);
  }

  /** Runs an alert once, after the run that goes on. */
  execute({ id }: AlertObject): void {
    const now = this.#clock.now();
    this.#timetable.line(id, () => this.#run(id, now, "EXECUTE ALERT"));
  }

  /** SUSPEND and RESUME: a run that goes on is stopped by the first, and failures count from the beginning. */
  changed(id: number, suspended: boolean): void {
    this.#failures.delete(id);
    const ongoing = this.#running.get(id);
    if (suspended && ongoing !== undefined) this.#stop(ongoing);
  }

  /** When an alert is evaluated next; undefined when it is suspended, or waits for new data. */
  nextRun({ id, schedule }: AlertObject): number | undefined {
    return schedule === undefined ? undefined : this.#timetable.nextTime(id);
  }

  /** Resolves when nothing runs any more. */
  idle(): Promise<void> {
    return this.#timetable.idle();
  }

  /** Stops what runs, and begins nothing more. */
  async close(): Promise<void> {
    this.#timetable.close();
    for (const ongoing of this.#running.values()) this.#stop(ongoing);
    await this.idle();
  }

  #stop(ongoing: OngoingRun): void {
    ongoing.canceled = true;
    if (ongoing.statement !== undefined) {
      must(this.#account).state.control.abort(ongoing.statement);
    }
  }

  /** A time that comes while the alert still runs is left out. */
  #begin({ id }: AlertObject, at: number): void {
    const { state } = must(this.#account);
    const alert = reachable(state.catalog.snapshot, id, "alert");
    if (alert === undefined || this.#running.has(id)) return;
    if (alert.schedule !== undefined) {
      this.#timetable.line(id, () => this.#run(id, at, "SCHEDULE"));
    } else if (this.#seenBy(alert) < state.database.commits.current) {
      this.#timetable.line(id, () => this.#run(id, at, "TRIGGER"));
    }
  }

  #seenBy({ id, seenCommit = 0 }: AlertObject): number {
    return Math.max(seenCommit, this.#seen.get(id) ?? 0);
  }

  async #run(id: number, scheduledAt: number, scheduledFrom: From): Promise<void> {
    const { state, host } = must(this.#account);
    const alert = reachable(state.catalog.snapshot, id, "alert");
    if (this.#timetable.closed || alert === undefined) return;
    const ongoing: OngoingRun = {
      record: this.#newRecord(alert, scheduledAt, scheduledFrom),
      commits:
        scheduledFrom === "TRIGGER"
          ? { after: this.#seenBy(alert), until: state.database.commits.current }
          : undefined,
      statement: undefined,
      canceled: false,
    };
    const { record } = ongoing;
    const { history } = this;
    this.#running.set(id, ongoing);
    try {
      if (await runAlert(ongoing, { state, host, history })) await this.#leave(ongoing);
      else if (ongoing.commits !== undefined) this.#seen.set(id, ongoing.commits.until);
    } finally {
      record.completedAt = this.#clock.now();
      this.#running.delete(id);
    }
  }

  #newRecord(alert: AlertObject, scheduledAt: number, scheduledFrom: From): AlertRecord {
    const { state } = must(this.#account);
    return {
      alert,
      ...state.catalog.snapshot.qualify(alert.schemaId),
      scheduledAt,
      scheduledFrom,
      state: "EXECUTING",
      conditionQueryId: undefined,
      actionQueryId: undefined,
      completedAt: undefined,
      errorCode: undefined,
      errorMessage: undefined,
      wasAutoSuspended: false,
    };
  }

  /** Puts on the alert what the next run must know, and suspends it when it failed too often in a row. */
  async #leave({ record, commits, canceled }: OngoingRun): Promise<void> {
    const { alert } = record;
    const { state } = must(this.#account);
    if (isSuccess(record.state)) this.#failures.delete(alert.id);
    if (isFailure(record.state)) {
      this.#failures.set(alert.id, (this.#failures.get(alert.id) ?? 0) + 1);
    }
    await systemEdit(state, (snapshot) => {
      const current = reachable(snapshot, alert.id, "alert");
      if (current === undefined) return { changes: [] };
      record.wasAutoSuspended = isFailure(record.state) && this.#failsTooOften(current);
      const object: AlertObject = {
        ...current,
        lastSuccessAt: isSuccess(record.state) ? record.scheduledAt : current.lastSuccessAt,
        // What was resumed meanwhile begins with the data that came after that.
        seenCommit:
          canceled || commits === undefined
            ? current.seenCommit
            : Math.max(commits.until, current.seenCommit ?? 0),
        ...(record.wasAutoSuspended && { state: "suspended", autoSuspended: true }),
      };
      return { changes: [{ kind: "put", object }] };
    });
    if (record.wasAutoSuspended) this.#failures.delete(alert.id);
  }

  #failsTooOften(alert: AlertObject): boolean {
    const { state } = must(this.#account);
    const limit = Number(objectParameter(alert, FAILURES_LIMIT, state.catalog.snapshot).value);
    const failures = this.#failures.get(alert.id) ?? 0;
    return limit > 0 && failures >= limit && alert.state === "started";
  }
}
