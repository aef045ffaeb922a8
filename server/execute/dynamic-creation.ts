/** A new dynamic table's first rows, written with the table itself and with the refreshes of what it reads. */

import type { DynamicTable } from "../catalog/dynamic-table.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { DynamicGraph } from "../program/dynamic/graph.ts";
import type { RefreshRecord } from "../program/dynamic/refresh-history.ts";
import type { StatementWriter } from "../storage/writer.ts";
import type { RefreshPlan } from "./dynamic-query.ts";
import { type Change, newRecord, succeed, writeRefresh } from "./dynamic-refresh.ts";
import type { Execution } from "./execution.ts";
import { createPhysicalTable } from "./physical-table.ts";

/** A dynamic table to be made, and what fills it. */
export type DynamicPlan = {
  readonly table: DynamicTable;
  /** Refreshed with it, those above first; empty for a table that waits for its schedule. */
  readonly fills: readonly RefreshPlan[];
  /** What else fills the new table: the rows of the one it is a clone of. */
  readonly copy?: ((writer: StatementWriter) => Promise<void>) | undefined;
};

export type Creation = {
  readonly write: (writer: StatementWriter) => Promise<void>;
  /** The ids of existing tables that `write` writes. */
  readonly writes: readonly number[];
  readonly done: Map<RefreshRecord, Change>;
};

/** @param snapshot the catalog before the table is in it */
export function beginCreation(
  { table, fills, copy }: DynamicPlan,
  snapshot: Snapshot,
  execution: Execution,
): Creation {
  const { account } = execution;
  const dataTimestamp = account.now();
  const graph = new DynamicGraph(snapshot);
  const done: Creation["done"] = new Map();
  const write = async (writer: StatementWriter) => {
    await createPhysicalTable(writer, table);
    await copy?.(writer);
    for (const plan of fills) {
      const request = { trigger: "CREATION", dataTimestamp } as const;
      const record = newRecord(plan.table, request, graph, execution);
      done.set(record, await writeRefresh(writer, plan, dataTimestamp, account));
    }
    // Nobody can name the table before the catalog shows it.
    if (fills.length > 0) account.database.refreshes.put(table.id, dataTimestamp);
  };
  const writes = fills.map((plan) => plan.table.id).filter((id) => id !== table.id);
  return { write, writes, done };
}

/** The creation is durable: the history gets its refreshes. */
export function recordCreation({ done }: Creation, execution: Execution): void {
  for (const [record, change] of done) {
    execution.account.refreshes.history.add(record);
    succeed(record, change, execution);
  }
}
