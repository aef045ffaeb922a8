/**
 * The scheduler of the account's dynamic tables: refreshes that keep the rows within their target lags, and the suspension
 * of a table whose refreshes fail again and again.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/target-lag
 */

import { must } from "../../../translator/base/assert.ts";
import { type DynamicTable, liveDynamicTable } from "../../catalog/dynamic-table.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";
import type { StatementRun } from "../../execute/account.ts";
import type { AccountState } from "../../execute/execution.ts";
import { systemEdit } from "../../execute/system-edit.ts";
import { REFRESH_FAILURES_MAX } from "../../limits.ts";
import type { DueItem } from "../schedules/due.ts";
import type { Clock, ScheduleHost } from "../schedules/host.ts";
import { Timetable } from "../schedules/timetable.ts";
import { Descriptions } from "./descriptions.ts";
import { DynamicGraph, pipelines } from "./graph.ts";
import { RefreshHistory, type RefreshRecord } from "./refresh-history.ts";
import { type Lagging, REFRESH_TIMES } from "./refresh-times.ts";
import { suspensionChanges } from "./suspension.ts";

/** Who refreshes: histories name this user. */
const REFRESH_USER = "SYSTEM";

export class RefreshScheduler {
  readonly history = new RefreshHistory();
  readonly descriptions = new Descriptions();
  readonly #clock: Clock;
  readonly #timetable: Timetable<Lagging>;
  /** Tables that a scheduled refresh is busy with. */
  readonly #busy = new Set<number>();
  readonly #runs = new Set<StatementRun>();
  /** Scheduled refreshes that failed one after the other, by the table's id. */
  readonly #failures = new Map<number, number>();
  #account: { readonly state: AccountState; readonly host: ScheduleHost } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#timetable = new Timetable(clock, REFRESH_TIMES, (due) => this.#begin(due));
  }

  /** Begins to refresh what is due. */
  start(state: AccountState, host: ScheduleHost): void {
    this.#account = { state, host };
    const { catalog } = state;
    this.descriptions.load(catalog.snapshot);
    catalog.onChange((changes) => {
      this.descriptions.update(catalog.snapshot, changes, state.now());
    });
    this.#timetable.start(catalog, host.failed);
  }

  /** Resolves when nothing is refreshed any more. */
  idle(): Promise<void> {
    return this.#timetable.idle();
  }

  /** Stops what runs, and begins nothing more. */
  async close(): Promise<void> {
    this.#timetable.close();
    for (const run of this.#runs) this.#account?.state.control.abort(run);
    await this.idle();
  }

  /** Counts failures of scheduled refreshes, and suspends a table when there were too many in a row. */
  async count(records: readonly RefreshRecord[]): Promise<void> {
    for (const { table, state, trigger } of records) {
      if (state === "SUCCEEDED") this.#failures.delete(table.id);
      if (state !== "FAILED" || trigger !== "SCHEDULED") continue;
      const failures = (this.#failures.get(table.id) ?? 0) + 1;
      this.#failures.set(table.id, failures);
      if (failures >= REFRESH_FAILURES_MAX) await this.#suspend(table);
    }
  }

  async #suspend({ id }: DynamicTable): Promise<void> {
    const { state } = must(this.#account);
    this.#failures.delete(id);
    await systemEdit(state, (newest) => {
      const table = liveDynamicTable(newest, id);
      if (table === undefined || table.dynamic.suspended !== undefined) return { changes: [] };
      const reason = "SUSPENDED_DUE_TO_ERRORS";
      return { changes: suspensionChanges(table, reason, newest, state.now()) };
    });
  }

  #begin(items: readonly DueItem<Lagging>[]): void {
    const { state } = must(this.#account);
    const { snapshot } = state.catalog;
    const now = this.#clock.now();
    const due = items.flatMap(({ item }) => liveDynamicTable(snapshot, item.id) ?? []);
    const graph = new DynamicGraph(snapshot);
    for (const tables of pipelines(due, graph)) {
      const ids = graph.upstreamFirst(tables).map(({ id }) => id);
      // A refresh that still runs is not overtaken: its tables wait for the next time.
      if (ids.some((id) => this.#busy.has(id))) continue;
      for (const id of ids) this.#busy.add(id);
      const free = () => {
        for (const id of ids) this.#busy.delete(id);
      };
      this.#timetable.track(() => this.#refresh(tables, snapshot, now).finally(free));
    }
  }

  /** One scheduled refresh. What fails is in the history. */
  async #refresh(
    tables: readonly DynamicTable[],
    snapshot: Snapshot,
    dataTimestamp: number,
  ): Promise<void> {
    if (this.#timetable.closed) return;
    const { host } = must(this.#account);
    const [first] = tables;
    if (first === undefined) return;
    const session = await host.open({
      user: REFRESH_USER,
      account: "",
      client: { application: "DYNAMIC TABLE", version: "", environment: {} },
      warehouse: quoted(first.dynamic.warehouse),
      role: quoted(first.owner),
    });
    session.scheduledRefresh = { dataTimestamp };
    const names = tables.map((table) => {
      const { database, schema } = snapshot.qualify(table.schemaId);
      return [database, schema, table.name].map(quoted).join(".");
    });
    try {
      const run = host.submit(session, { text: `ALTER DYNAMIC TABLE ${names.join(", ")} REFRESH` });
      this.#runs.add(run);
      await run.done.then(
        () => undefined,
        () => undefined,
      );
      this.#runs.delete(run);
    } finally {
      await host.close(session).catch(host.failed);
    }
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
