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
  // How many more of each row are wanted than there are; those of which there are enough are left out.
  const difference = await writer.materialize(`
    SELECT ${list}, sum(_each)::BIGINT AS _more FROM (
      SELECT ${list}, 1 AS _each FROM (${select}) AS s(${list})
      UNION ALL
      SELECT ${list}, -1 FROM ${table.physical})
    GROUP BY ${list} HAVING sum(_each) <> 0`);
  if (difference.rowCount === 0) return { inserted: 0, deleted: 0 };
  const same = columns.map((column) => `o.${column} IS NOT DISTINCT FROM d.${column}`);
  const old = columns.map((column) => `o.${column}`);
  const change = `
    SELECT _id, 'delete', ${list} FROM (
      SELECT o._id, ${old.join(", ")}, d._more,
        row_number() OVER (PARTITION BY ${old.join(", ")} ORDER BY o._id DESC) AS _nth
      FROM ${table.physical} AS o JOIN ${difference.relation} AS d ON ${same.join(" AND ")}
      WHERE d._more < 0)
    WHERE _nth <= -_more
    UNION ALL
    SELECT NULL, 'insert', ${list} FROM (
      SELECT ${list}, unnest(range(_more)) FROM ${difference.relation} WHERE _more > 0)`;
  return mergeRows(writer, { table, columns, select: change, errorOnRepeat: true });
}
