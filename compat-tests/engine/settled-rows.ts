/** Rows in an order that a test may rely on: SQL leaves rows that tie in their ORDER BY in any order. */

import type { RowOrder } from "../runner/order.ts";

type Row = readonly (string | null)[];

/** @returns the rows, those that the order leaves open sorted among themselves */
export function settledRows(rows: readonly Row[], order: RowOrder): Row[] {
  if (order === "strict") return [...rows];
  const keys = order === "any" ? [] : order;
  const keyOf = (row: Row) => JSON.stringify(keys.map((key) => row[key]));
  const settled: Row[] = [];
  let ties: Row[] = [];
  for (const [index, row] of rows.entries()) {
    ties.push(row);
    const next = rows[index + 1];
    if (next !== undefined && keyOf(next) === keyOf(row)) continue;
    settled.push(...ties.sort(byText));
    ties = [];
  }
  return settled;
}

function byText(a: Row, b: Row): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
