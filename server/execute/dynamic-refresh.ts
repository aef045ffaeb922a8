/**
 * Refreshes of dynamic tables. All tables of one refresh are written in one transaction, those above before those that read them, so
 * their rows are of one moment: the data timestamp. What fails is left out, with all that reads it, and the others
 * are written without it.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table
 */

import { type SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { type DynamicTable, liveDynamicTable } from "../catalog/dynamic-table.ts";
import { DynamicGraph } from "../program/dynamic/graph.ts";
import {
  isFailure,
  type RefreshAction,
  type RefreshRecord,
  type RefreshTrigger,
} from "../program/dynamic/refresh-history.ts";
import { refreshedSql } from "../storage/refreshes.ts";
import { replaceRows } from "../storage/replace-rows.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { planRefresh, type RefreshPlan } from "./dynamic-query.ts";
import { fullName } from "./dynamic-reads.ts";
import { asSnowflakeError } from "./errors.ts";
import type { Execution } from "./execution.ts";
import { storageTable } from "./physical-table.ts";
import { exclusiveLocks } from "./stream-range.ts";

export type RefreshRequest = {
  readonly wanted: readonly DynamicTable[];
  readonly trigger: RefreshTrigger;
  /** Milliseconds since the epoch. */
  readonly dataTimestamp: number;
};

/** What a refresh did to a table. */
export type Change = Pick<RefreshRecord, "inserted" | "deleted"> & {
  readonly action: RefreshAction;
};

const CANCELED: ReadonlySet<string> = new Set(["000604", "000630"]);
/** So many changes of the catalog while one refresh tries to run are a defect rather than bad luck. */
const ATTEMPTS_MAX = 20;

/**
 * Refreshes tables and all that they read. Failures are in the records, which are in the history too.
 * @returns a record for each table, those above first
 */
export async function refreshTables(
  request: RefreshRequest,
  execution: Execution,
): Promise<readonly RefreshRecord[]> {
  const { catalog, refreshes } = execution.account;
  const graph = new DynamicGraph(catalog.snapshot);
  const order = graph.upstreamFirst(request.wanted);
  const records = order.map((table) => newRecord(table, request, graph, execution));
  for (const record of records) refreshes.history.add(record);
  const open = () => records.filter(({ state }) => state === "EXECUTING");
  for (let attempt = 1; open().length > 0; attempt++) {
    const { snapshot } = catalog;
    try {
      await writeAll(open(), execution.refreshed(), request.dataTimestamp);
    } catch (error) {
      // Another session's DDL came between the plan and its locks.
      if (catalog.snapshot !== snapshot && attempt < ATTEMPTS_MAX) continue;
      if (!(error instanceof FailedRefresh)) {
        for (const record of open()) fail(record, asSnowflakeError(error), execution);
        break;
      }
      fail(error.record, error.reason, execution);
      failBelow(error.record, open(), graph, execution);
    }
  }
  return records;
}

/** The refresh of one table failed, and with it the transaction. */
class FailedRefresh extends Error {
  override readonly name = "FailedRefresh";
  readonly record: RefreshRecord;
  readonly reason: SnowflakeError;

  constructor(record: RefreshRecord, error: unknown) {
    super("a dynamic table could not be refreshed");
    this.record = record;
    this.reason = asSnowflakeError(error);
  }
}

async function writeAll(
  records: readonly RefreshRecord[],
  execution: Execution,
  dataTimestamp: number,
): Promise<void> {
  const { account, queryId, parameters, session, snapshot } = execution;
  const refreshing = new Set(records.map(({ table }) => table.id));
  const plans = new Map<RefreshRecord, RefreshPlan>();
  for (const record of records) {
    const plan = await attempt(record, async () => {
      const table = liveDynamicTable(snapshot, record.table.id);
      if (table === undefined) throw snowflakeError("objectMissing");
      return planRefresh(table, execution, refreshing);
    });
    plans.set(record, plan);
  }
  const statement = {
    queryId,
    locks: exclusiveLocks(refreshing, snapshot),
    lockTimeoutSeconds: Number(parameters.get("LOCK_TIMEOUT")),
  };
  const changes = new Map<RefreshRecord, Change>();
  await session.transactions.write(statement, async (writer) => {
    if (account.catalog.snapshot !== snapshot) throw new Error("the catalog has changed");
    for (const [record, plan] of plans) {
      const change = await attempt(record, () =>
        writeRefresh(writer, plan, dataTimestamp, account),
      );
      changes.set(record, change);
    }
  });
  for (const [record, change] of changes) succeed(record, change, execution);
}

async function attempt<Result>(
  record: RefreshRecord,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new FailedRefresh(record, error);
  }
}

/** Writes the rows of one refresh, and how fresh they are, in the writer's transaction. */
export async function writeRefresh(
  writer: StatementWriter,
  { table, sql }: RefreshPlan,
  dataTimestamp: number,
  { database }: Pick<Execution["account"], "database">,
): Promise<Change> {
  const { inserted, deleted } = await replaceRows(writer, storageTable(table), sql);
  await writer.apply(refreshedSql(table.id, dataTimestamp));
  const isFirst = database.refreshes.get(table.id) === undefined;
  const isSame = !isFirst && inserted === 0 && deleted === 0;
  return { inserted, deleted, action: isSame ? "NO_DATA" : table.dynamic.mode };
}

/** A record of a refresh that has begun. */
export function newRecord(
  table: DynamicTable,
  { trigger, dataTimestamp }: Omit<RefreshRequest, "wanted">,
  graph: DynamicGraph,
  execution: Execution,
): RefreshRecord {
  const { account, queryId } = execution;
  const place = account.catalog.snapshot.qualify(table.schemaId);
  const above = graph.above(table.id);
  const { lag } = table.dynamic;
  return {
    table,
    ...place,
    qualifiedName: fullName(table, execution),
    trigger,
    queryId,
    dataTimestamp,
    startedAt: account.now(),
    previous: account.database.refreshes.get(table.id),
    lagSeconds: lag?.kind === "time" ? lag.seconds : graph.lagSeconds(table.id),
    dependency: above
      .map((upstream) => ({ name: fullName(upstream, execution), dataTimestamp }))
      .at(-1),
    state: "EXECUTING",
    ...{ endedAt: undefined, error: undefined, action: undefined, inserted: 0, deleted: 0 },
  };
}

/** The transaction is durable: the record and the table's data timestamp say so. */
export function succeed(record: RefreshRecord, change: Change, { account }: Execution): void {
  account.database.refreshes.put(record.table.id, record.dataTimestamp);
  Object.assign(record, change, { state: "SUCCEEDED", endedAt: account.now() });
}

export function fail(record: RefreshRecord, error: SnowflakeError, { account }: Execution): void {
  record.state = CANCELED.has(error.code) ? "CANCELLED" : "FAILED";
  record.error = error;
  record.endedAt = account.now();
}

/** What reads a table that failed is not refreshed. */
function failBelow(
  failed: RefreshRecord,
  open: readonly RefreshRecord[],
  graph: DynamicGraph,
  execution: Execution,
): void {
  const below = new Set(graph.allBelow(failed.table.id).map(({ id }) => id));
  const error = snowflakeError("dynamicInputsFailed", { names: failed.qualifiedName });
  for (const record of open) {
    if (!below.has(record.table.id)) continue;
    fail(record, error, execution);
    record.state = "UPSTREAM_FAILED";
  }
}

/**
 * @throws what a refresh that somebody waits for failed with: its own error, or 002753 when that was above
 */
export function checkRefreshed(
  records: readonly RefreshRecord[],
  wanted: readonly DynamicTable[],
): void {
  const asked = new Set(wanted.map(({ id }) => id));
  const failed = records.find((record) => asked.has(record.table.id) && isFailure(record));
  if (failed === undefined) return;
  const isAbove = failed.state === "UPSTREAM_FAILED";
  throw (isAbove ? undefined : failed.error) ?? snowflakeError("dynamicUpstreamFailed");
}
