/** INSERT … VALUES with array binds: all rows of the batch in one statement (wire.md 1.7). */

import type { Expression } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { BatchBinding } from "./bindings.ts";
import { typedValue } from "./binds.ts";
import { dml } from "./dml.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";

/** Rows put into one INSERT; a larger batch becomes several inside one statement's answer. */
const ROWS_PER_INSERT = 1_000;

/**
 * Runs the insert for every row of the batch and answers with the sum. Values keep the types of their binding.
 * @throws 000002 for an INSERT that is not VALUES with one row
 */
export async function insertBatch(
  statement: StatementOf<"insert">,
  execution: Execution,
  batch: BatchBinding,
): Promise<StatementResult> {
  const { source } = statement;
  const [row] = source.kind === "values" ? source.rows : [];
  if (source.kind !== "values" || row === undefined || source.rows.length !== 1) {
    throw snowflakeError("unsupportedFeature", { feature: "array binds outside of INSERT VALUES" });
  }
  const { transactions } = execution.session;
  // Several inserts are one statement: all of its rows or none.
  const own = transactions.current === undefined && batch.rowCount > ROWS_PER_INSERT;
  if (!own) return insertAll(statement, row, execution, batch);
  transactions.begin();
  try {
    const result = await insertAll(statement, row, execution, batch);
    await transactions.commit();
    return result;
  } catch (error) {
    await transactions.rollback();
    throw error;
  }
}

async function insertAll(
  statement: StatementOf<"insert">,
  row: readonly Expression[],
  execution: Execution,
  batch: BatchBinding,
): Promise<StatementResult> {
  let last: StatementResult | undefined;
  let inserted = 0;
  for (let from = 0; from < batch.rowCount; from += ROWS_PER_INSERT) {
    const to = Math.min(from + ROWS_PER_INSERT, batch.rowCount);
    last = await dml(...insertOf(statement, row, execution, batch, from, to));
    inserted += last.stats?.inserted ?? 0;
  }
  if (last === undefined) throw snowflakeError("badRequest", { detail: "an empty batch" });
  return {
    ...last,
    rows: { kind: "cells", rows: [[String(inserted)]] },
    stats: { inserted, updated: 0, deleted: 0, duplicates: 0 },
  };
}

/** The insert with rows `from` to `to` of the batch, each bind under a number of its own. */
function insertOf(
  statement: StatementOf<"insert">,
  row: readonly Expression[],
  execution: Execution,
  batch: BatchBinding,
  from: number,
  to: number,
): [StatementOf<"insert">, Execution] {
  const width = batch.columns.length;
  const byKey = new Map(batch.columns.map((column, index) => [column.key, index]));
  const rows: Expression[][] = [];
  for (let at = from; at < to; at++) {
    rows.push(row.map((cell) => shifted(cell, (at - from) * width, byKey)));
  }
  const bind = (key: number | string) => {
    const number = Number(key) - 1;
    if (!(number >= 0)) return undefined;
    const column = batch.columns[number % width];
    const value = column?.values[from + Math.floor(number / width)];
    if (column === undefined || value === undefined) return undefined;
    return typedValue({ type: column.type, value });
  };
  const context = { ...execution.context, bind };
  return [
    { ...statement, source: { kind: "values", rows } },
    { ...execution, context, batch: undefined },
  ];
}

/** The cell with its binds renumbered for one row of the batch. */
function shifted(cell: Expression, offset: number, byKey: ReadonlyMap<string, number>): Expression {
  if (cell.kind === "bind") {
    const key = cell.name?.name ?? String(cell.index);
    const column = byKey.get(key);
    // Left as it is, beyond all numbers in use, so that the binder says which one is not set.
    if (column === undefined) return { ...cell, index: -1 };
    return { ...cell, name: undefined, index: offset + column + 1 };
  }
  if (cell.kind === "parenthesized") {
    return { ...cell, inner: shifted(cell.inner, offset, byKey) };
  }
  if (cell.kind === "cast") return { ...cell, operand: shifted(cell.operand, offset, byKey) };
  if (cell.kind === "call") {
    const args = cell.arguments.map((argument) => ({
      ...argument,
      value: shifted(argument.value, offset, byKey),
    }));
    return { ...cell, arguments: args };
  }
  return cell;
}
