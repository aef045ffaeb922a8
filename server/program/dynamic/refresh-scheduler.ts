/**
 * The account's dynamic tables as work of its scheduler: refreshes that keep the rows within their target lags, and the suspension
 * of a table whose refreshes fail again and again.
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/target-lag
 */

import { must } from "../../../translator/base/assert.ts";
import { type DynamicTable, isDynamic, liveDynamicTable } from "../../catalog/dynamic-table.ts";
import type { CatalogChange, Snapshot } from "../../catalog/snapshot.ts";
import type { StatementRun } from "../../execute/account.ts";
import type { AccountState } from "../../execute/execution.ts";
import { systemEdit } from "../../execute/system-edit.ts";
import { REFRESH_FAILURES_MAX } from "../../limits.ts";
import type { SystemHost } from "../host.ts";
import type { Scheduler } from "../scheduler.ts";
import { Descriptions } from "./descriptions.ts";
import { DynamicGraph, pipelines } from "./graph.ts";
import { nextRefresh } from "./period.ts";
import { RefreshHistory, type RefreshRecord } from "./refresh-history.ts";
import { suspensionChanges } from "./suspension.ts";

/** Who refreshes: histories name this user. */
const REFRESH_USER = "SYSTEM";

type Due = { readonly lagSeconds: number; at: number };

export class RefreshScheduler {
  readonly history = new RefreshHistory();
  readonly descriptions = new Descriptions();
  readonly #scheduler: Scheduler;
  readonly #due = new Map<number, Due>();
  /** Tables that a scheduled refresh is busy with. */
  readonly #busy = new Set<number>();
  readonly #runs = new Set<StatementRun>();
  /** Scheduled refreshes that failed one after the other, by the table's id. */
  readonly #failures = new Map<number, number>();
  #account: { readonly state: AccountState; readonly host: SystemHost } | undefined;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Lets the scheduler run what is due. */
  start(state: AccountState, host: SystemHost): void {
    this.#account = { state, host };
    const { catalog } = state;
    this.descriptions.load(catalog.snapshot);
    catalog.onChange((changes) => {
      this.descriptions.update(catalog.snapshot, changes, state.now());
    });
    this.#scheduler.join({
      concerns: (changes) => changes.some(mayConcernRefreshes),
      earliest: (snapshot, now) => this.#earliest(snapshot, now),
      begin: (snapshot, now) => this.#begin(snapshot, now),
      stop: () => {
        for (const run of this.#runs) state.control.abort(run);
      },
    });
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

  #earliest(snapshot: Snapshot, now: number): number | undefined {
    const graph = new DynamicGraph(snapshot);
    const found = new Set<number>();
    for (const { id, dynamic } of graph.tables) {
      // A table without a lag of its own is refreshed along with those below it.
      if (dynamic.lag?.kind !== "time") continue;
      const lagSeconds = graph.lagSeconds(id);
      if (lagSeconds === undefined) continue;
      found.add(id);
      if (this.#due.get(id)?.lagSeconds === lagSeconds) continue;
      this.#due.set(id, { lagSeconds, at: nextRefresh(lagSeconds, now) });
    }
    for (const id of this.#due.keys()) if (!found.has(id)) this.#due.delete(id);
    const times = [...this.#due.values()].map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #begin(snapshot: Snapshot, now: number): void {
    const due: DynamicTable[] = [];
    for (const [id, entry] of this.#due) {
      if (entry.at > now) continue;
      entry.at = nextRefresh(entry.lagSeconds, now);
      const table = liveDynamicTable(snapshot, id);
      if (table !== undefined) due.push(table);
    }
    if (due.length === 0) return;
    const graph = new DynamicGraph(snapshot);
    for (const tables of pipelines(due, graph)) {
      const ids = graph.upstreamFirst(tables).map(({ id }) => id);
      // A refresh that still runs is not overtaken: its tables wait for the next time.
      if (ids.some((id) => this.#busy.has(id))) continue;
      for (const id of ids) this.#busy.add(id);
      const free = () => {
        for (const id of ids) this.#busy.delete(id);
      };
      this.#scheduler.track(this.#refresh(tables, snapshot, now).finally(free));
    }
  }

  /** One scheduled refresh. What fails is in the history. */
  async #refresh(
    tables: readonly DynamicTable[],
    snapshot: Snapshot,
    dataTimestamp: number,
  ): Promise<void> {
    if (this.#scheduler.closed) return;
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

/** Dynamic tables come and go, also with the schema or database that holds them. */
function mayConcernRefreshes(change: CatalogChange): boolean {
  if (change.kind === "purge") return true;
  const { object } = change;
  return isDynamic(object) || ["view", "schema", "database"].includes(object.kind);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
