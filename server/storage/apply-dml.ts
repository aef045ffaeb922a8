/** Runs what the translator made of a DML statement: one call for all kinds. */

import type {
  LoweredDml,
  LoweredInsert,
  LoweredMerge,
  LoweredMultiInsert,
} from "../../translator/lower/dml.ts";
import {
  type ChangeCounts,
  deleteRows,
  insertRows,
  mergeRows,
  overwriteRows,
  truncateRows,
  updateRows,
} from "./changes.ts";
import type { LockMode } from "./locks.ts";
import type { Table } from "./tables.ts";
import type { WriteStatement } from "./transactions.ts";
import type { StatementWriter } from "./writer.ts";

export type DmlSettings = {
  /** The target tables by catalog id. */
  readonly table: (id: number) => Table;
  /** ERROR_ON_NONDETERMINISTIC_UPDATE and …_MERGE. */
  readonly errorOnNondeterministicUpdate: boolean;
  readonly errorOnNondeterministicMerge: boolean;
};

export type DmlOutcome = ChangeCounts & {
  /** A multi-table INSERT: rows inserted by each of its inserts, in order. */
  readonly insertedByTarget: readonly number[];
};

/** The locks that a DML statement takes: a plain INSERT shares its table, everything else has it alone. */
export function locksOf(dml: LoweredDml): WriteStatement["locks"] {
  if (dml.kind !== "multi_insert") {
    const shared = dml.kind === "insert" && !dml.overwrite;
    return [lockOf(dml.table.id, dml.table.name.name, shared ? "share" : "exclusive")];
  }
  const names = new Map(dml.inserts.map(({ table }) => [table.id, table.name.name]));
  return [...names].map(([id, name]) => lockOf(id, name, dml.overwrite ? "exclusive" : "share"));
}

function lockOf(table: number, name: string, mode: LockMode): WriteStatement["locks"][number] {
  return { table, name, mode };
}

/**
 * Applies a lowered DML statement, inside `Transactions.write`.
 * @throws 100072 for a NULL in a NOT NULL column, 100090 for a row that would change twice, and whatever the SELECT throws
 */
export async function applyDml(
  writer: StatementWriter,
  dml: LoweredDml,
  settings: DmlSettings,
): Promise<DmlOutcome> {
  if (dml.kind === "multi_insert") return multiInsert(writer, dml, settings);
  return { ...(await applySingle(writer, dml, settings)), insertedByTarget: [] };
}

function applySingle(
  writer: StatementWriter,
  dml: Exclude<LoweredDml, LoweredMultiInsert>,
  settings: DmlSettings,
): Promise<ChangeCounts> {
  const table = settings.table(dml.table.id);
  switch (dml.kind) {
    case "insert": {
      const change = { table, columns: physicalNames(dml.columns), select: dml.select };
      return dml.overwrite ? overwriteRows(writer, change) : insertRows(writer, change);
    }
    case "update":
      return updateRows(writer, {
        table,
        columns: physicalNames(dml.columns),
        select: dml.select,
        mayRepeat: true,
        errorOnRepeat: settings.errorOnNondeterministicUpdate,
      });
    case "delete":
      return deleteRows(writer, { table, select: dml.select });
    case "merge":
      return mergeRows(writer, {
        table,
        columns: physicalNames(dml.columns),
        select: mergeSelect(dml),
        errorOnRepeat: settings.errorOnNondeterministicMerge,
      });
  }
}

async function multiInsert(
  writer: StatementWriter,
  dml: LoweredMultiInsert,
  settings: DmlSettings,
): Promise<DmlOutcome> {
  await writer.materialize(dml.source, dml.sourceTable);
  const targets = new Set(dml.inserts.map(({ table }) => table.id));
  if (dml.overwrite) {
    for (const id of targets) await truncateRows(writer, settings.table(id));
  }
  const insertedByTarget: number[] = [];
  for (const insert of dml.inserts) {
    insertedByTarget.push(await insertOne(writer, insert, settings));
  }
  await writer.cleanUp();
  const inserted = insertedByTarget.reduce((sum, count) => sum + count, 0);
  return { inserted, updated: 0, deleted: 0, multiJoined: 0, insertedByTarget };
}

async function insertOne(
  writer: StatementWriter,
  { table, columns, select }: LoweredInsert,
  settings: DmlSettings,
): Promise<number> {
  const change = { table: settings.table(table.id), columns: physicalNames(columns), select };
  return (await insertRows(writer, change)).inserted;
}

/** From clause numbers to actions, and to the order of columns that `mergeRows` takes. */
function mergeSelect({ actions, columns, select }: LoweredMerge): string {
  const branches = actions.map((action, clause) => `WHEN ${clause} THEN '${action}'`);
  const values = columns.map((_, i) => `c${i + 1}`);
  return `SELECT _id, CASE _clause ${branches.join(" ")} END, ${values.join(", ")} FROM (${select}) AS m`;
}

function physicalNames(columns: readonly { readonly physical: string }[]): string[] {
  return columns.map(({ physical }) => physical);
}
