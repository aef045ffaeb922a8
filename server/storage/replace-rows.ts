/**
 * Gives a table the rows of a query by the smallest change that does it: rows that the table has already stay as they are, with
 * their identities, so history and streams show what has really changed. Rows that are alike are counted.
 */

import { type ChangeCounts, insertRows, mergeRows } from "./changes.ts";
import type { Table } from "./tables.ts";
import type { StatementWriter } from "./writer.ts";

/**
 * @param select a DuckDB SELECT of the table's columns, by position and in their physical types
 * @returns how many rows were inserted and how many deleted
 */
export async function replaceRows(
  writer: StatementWriter,
  table: Table,
  select: string,
): Promise<Pick<ChangeCounts, "inserted" | "deleted">> {
  const columns = table.columns.map(({ physical }) => physical);
  const list = columns.join(", ");
  const [stored] = await writer.rows(
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${table.physical} LIMIT 1)`,
  );
  if (Number(stored?.n) === 0) return insertRows(writer, { table, columns, select });
  const { relation } = await writer.materialize(`SELECT * FROM (${select}) AS s(${list})`);
  const same = columns.map((column) => `o.${column} IS NOT DISTINCT FROM w.${column}`);
  const old = columns.map((column) => `o.${column}`).join(", ");
  const change = `
    SELECT o._id, 'delete', ${old} FROM (
      SELECT _id, ${list}, row_number() OVER (PARTITION BY ${list} ORDER BY _id) AS _nth
      FROM ${table.physical}) AS o
    LEFT JOIN (SELECT ${list}, count(*) AS _wanted FROM ${relation} GROUP BY ${list}) AS w
      ON ${same.join(" AND ")}
    WHERE o._nth > coalesce(w._wanted, 0)
    UNION ALL
    SELECT NULL, 'insert', * FROM (
      SELECT ${list} FROM ${relation} EXCEPT ALL SELECT ${list} FROM ${table.physical})`;
  return mergeRows(writer, { table, columns, select: change, errorOnRepeat: true });
}
