/** INSERT, UPDATE, DELETE, MERGE, TRUNCATE: translated to change sets, applied by storage. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { LoweredDml, LoweredMerge, LoweredMultiInsert } from "../../translator/lower/dml.ts";
import type { TableObject } from "../catalog/objects.ts";
import { forgetLoads } from "../stages/load/load-history.ts";
import { applyDml, type DmlOutcome, type DmlSettings, locksOf } from "../storage/apply-dml.ts";
import { truncateRows } from "../storage/changes.ts";
import type { WriteStatement } from "../storage/transactions.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { type BatchTable, readBatchFrom } from "./batch-table.ts";
import { enforceChecks } from "./check-constraints.ts";
import { childrenOf, enforceKeys, keyLocks } from "./enforced-keys.ts";
import type { Execution, Handler, StatementOf, StatementResult } from "./execution.ts";
import { findMember, memberName, shownQualified } from "./names.ts";
import { lockedTable } from "./outdated.ts";
import { storageTable } from "./physical-table.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { translateFor, translateWhole } from "./query-plan.ts";
import {
  DELETE_STATEMENT,
  INSERT_STATEMENT,
  MERGE_STATEMENT,
  MULTI_INSERT_STATEMENT,
  UPDATE_STATEMENT,
} from "./statement-types.ts";
import { counts, executed } from "./status.ts";
import { streamLocks } from "./stream-range.ts";

type DmlKind = "insert" | "multi_insert" | "update" | "delete" | "merge";

export async function dml(
  statement: StatementOf<DmlKind>,
  execution: Execution,
): Promise<StatementResult> {
  const translated = await translateWhole(statement, execution);
  if (translated.kind !== "dml") throw new Error("a DML statement translates to DML");
  const { lowered, features } = translated;
  if (execution.describeOnly) return resultOf(lowered, NOTHING);
  const outcome = await writing(
    locksOf(lowered),
    execution,
    // What streams give is known once nobody else can consume them.
    (writer) => applied(writer, filled(lowered, execution), execution),
    [...features.streams],
  );
  return resultOf(lowered, outcome);
}

/** Runs an INSERT whose SELECT reads from a batch: its rows are put into a table for as long as the statement runs. */
export async function insertFromBatch(
  statement: StatementOf<"insert">,
  execution: Execution,
  batch: BatchTable,
): Promise<StatementResult> {
  const translated = await translateFor(statement, execution.text, execution);
  const lowered = translated.kind === "dml" ? translated.lowered : undefined;
  if (lowered?.kind !== "insert") throw new Error("an INSERT translates to an insert");
  const work = async (writer: StatementWriter) => {
    const { relation } = await writer.values(batch.columns);
    const select = readBatchFrom(fillPlaceholders(lowered.select, execution), relation);
    const done = await applied(writer, { ...lowered, select }, execution);
    await writer.cleanUp();
    return done;
  };
  const streams = [...translated.features.streams];
  return resultOf(lowered, await writing(locksOf(lowered), execution, work, streams));
}

/** The statement's changes, which leave the keys of hybrid tables in order and break no CHECK. */
async function applied(
  writer: StatementWriter,
  lowered: LoweredDml,
  execution: Execution,
): Promise<DmlOutcome> {
  const outcome = await applyDml(writer, lowered, settingsOf(execution));
  const ids = locksOf(lowered).map(({ table }) => table);
  const tables = ids.map((id) => lockedTable(id, execution));
  await enforceKeys(writer, tables, execution.account.catalog.snapshot);
  for (const table of tables) await enforceChecks(writer, table, execution);
  return outcome;
}

function settingsOf(execution: Execution): DmlSettings {
  const { parameters } = execution;
  return {
    table: (id) => storageTable(lockedTable(id, execution)),
    errorOnNondeterministicUpdate: parameters.get("ERROR_ON_NONDETERMINISTIC_UPDATE") === true,
    errorOnNondeterministicMerge: parameters.get("ERROR_ON_NONDETERMINISTIC_MERGE") === true,
  };
}

/**
 * Runs work that writes: in the open transaction, or alone; with AUTOCOMMIT off it opens one.
 * @param consumes the streams that the work reads and, once it is committed, has consumed
 */
export async function writing<Result>(
  locks: WriteStatement["locks"],
  { account, session, queryId, parameters }: Execution,
  work: (writer: StatementWriter) => Promise<Result>,
  consumes: readonly number[] = [],
): Promise<Result> {
  if (parameters.get("AUTOCOMMIT") === false) session.transactions.begin();
  const lockTimeoutSeconds = Number(parameters.get("LOCK_TIMEOUT"));
  const { snapshot } = account.catalog;
  const all = [...keyLocks(locks, snapshot), ...streamLocks(consumes, snapshot)];
  return session.transactions.write({ queryId, locks: all, lockTimeoutSeconds, consumes }, work);
}

/** The SQL of each part with its statement-time values in place. */
function filled(lowered: LoweredDml, execution: Execution): LoweredDml {
  if (lowered.kind !== "multi_insert") {
    return { ...lowered, select: fillPlaceholders(lowered.select, execution) };
  }
  return {
    ...lowered,
    source: fillPlaceholders(lowered.source, execution),
    inserts: lowered.inserts.map((insert) => ({
      ...insert,
      select: fillPlaceholders(insert.select, execution),
    })),
  };
}

const NOTHING: DmlOutcome = {
  inserted: 0,
  updated: 0,
  deleted: 0,
  multiJoined: 0,
  insertedByTarget: [],
};

function resultOf(lowered: LoweredDml, outcome: DmlOutcome): StatementResult {
  const { inserted, updated, deleted, multiJoined } = outcome;
  switch (lowered.kind) {
    case "insert":
      return counts(INSERT_STATEMENT, [["number of rows inserted", inserted]], { inserted });
    case "multi_insert":
      return multiInsertResult(lowered, outcome);
    case "update":
      return counts(
        UPDATE_STATEMENT,
        [
          ["number of rows updated", updated],
          ["number of multi-joined rows updated", multiJoined],
        ],
        { updated, duplicates: multiJoined },
      );
    case "delete":
      return counts(DELETE_STATEMENT, [["number of rows deleted", deleted]], { deleted });
    case "merge":
      return mergeResult(lowered, outcome);
  }
}

function multiInsertResult(lowered: LoweredMultiInsert, outcome: DmlOutcome): StatementResult {
  const byTable = new Map<string, number>();
  lowered.inserts.forEach(({ table }, index) => {
    const { name } = table.name;
    byTable.set(name, (byTable.get(name) ?? 0) + (outcome.insertedByTarget[index] ?? 0));
  });
  const columns = [...byTable].map(
    ([name, count]) => [`number of rows inserted into ${name}`, count] as const,
  );
  return counts(MULTI_INSERT_STATEMENT, columns, { inserted: outcome.inserted });
}

/** Only the counts of the kinds of clauses that the statement has. */
function mergeResult(
  merge: LoweredMerge,
  { inserted, updated, deleted }: DmlOutcome,
): StatementResult {
  const columns: (readonly [string, number])[] = [];
  if (merge.actions.includes("insert")) columns.push(["number of rows inserted", inserted]);
  if (merge.actions.includes("update")) columns.push(["number of rows updated", updated]);
  if (merge.actions.includes("delete")) columns.push(["number of rows deleted", deleted]);
  return counts(MERGE_STATEMENT, columns, { inserted, updated, deleted });
}

export const truncate: Handler<"truncate"> = async (statement, execution) => {
  const name = memberName(statement.name, execution, "TRUNCATE TABLE");
  const { snapshot } = execution.account.catalog;
  const found = findMember(snapshot, "relation", name, execution);
  if (found?.kind !== "table") {
    if (statement.ifExists && found === undefined) return executed();
    throw snowflakeError("tableNotFound", { name: shownQualified(name) });
  }
  await truncateTable(found, execution);
  return executed();
};

async function truncateTable(table: TableObject, execution: Execution): Promise<void> {
  if (table.hybrid === true && childrenOf(table, execution.account.catalog.snapshot).length > 0) {
    throw snowflakeError("hybridTruncate", { name: table.name });
  }
  const lock = { table: table.id, name: table.name, mode: "exclusive" } as const;
  await writing([lock], execution, async (writer) => {
    await truncateRows(writer, storageTable(lockedTable(table.id, execution)));
    await writer.apply(forgetLoads(table.id));
  });
}
