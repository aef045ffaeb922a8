/**
 * A table at another time. A point in time is a set of versions: those committed by then. A row stood at a point when the
 * version that wrote it belongs to the point and the one that ended it, if any, does not.
 * Docs: data-time-travel, constructs/at-before, constructs/changes, streams-intro.
 */

import { unreachable } from "../../translator/base/assert.ts";
import type { HistoryPoint } from "../../translator/bind/catalog.ts";
import type { Connection } from "./storage.ts";
import { historyOf, type Table } from "./tables.ts";

/** METADATA$ columns of CHANGES and of streams, under the physical names that they have in the SQL. */
export const METADATA_COLUMNS = {
  action: '"metadata$action"',
  isUpdate: '"metadata$isupdate"',
  rowId: '"metadata$row_id"',
} as const;

/**
 * A parenthesised SELECT of the table's rows at a point: `_id`, `_from` and its columns.
 * @param versions a SELECT of the versions that belong to the point: `versionsAt`, `versionsBehind`
 */
export function relationAt(table: Table, versions: string): string {
  const list = selectList(table, "t");
  const current = `SELECT ${list} FROM ${table.physical} AS t WHERE t._from IN (${versions})`;
  if (!table.keepsHistory) return `(${current})`;
  return `(${current}
    UNION ALL SELECT ${list} FROM ${historyOf(table.physical)} AS t
    WHERE t._from IN (${versions}) AND t._to NOT IN (${versions}))`;
}

/**
 * A parenthesised SELECT of what changed between two points (to now when `to` is undefined): the table's columns and
 * METADATA$ACTION, METADATA$ISUPDATE, METADATA$ROW_ID.
 * `default` nets: a row changed and changed back several times shows as one DELETE and one INSERT. `append_only` lists inserted
 * rows as they were inserted, whatever became of them.
 * @param from SELECTs of the versions that belong to the points, as in `relationAt`
 */
export function changesBetween(
  table: Table,
  information: "default" | "append_only",
  from: string,
  to: string | undefined,
): string {
  if (information === "append_only") return appendedBetween(table, from, to);
  const before = `(${from})`;
  const after = to === undefined ? undefined : `(${to})`;
  const list = selectList(table, "t");
  const history = historyOf(table.physical);
  const written = (alias: string) => within(`${alias}._from`, before, after);
  const added =
    table.keepsHistory && after !== undefined
      ? `SELECT ${list} FROM ${table.physical} AS t WHERE ${written("t")}
       UNION ALL SELECT ${list} FROM ${history} AS t WHERE ${written("t")} AND t._to NOT IN ${after}`
      : `SELECT ${list} FROM ${table.physical} AS t WHERE ${written("t")}`;
  const removed = table.keepsHistory
    ? `SELECT ${list} FROM ${history} AS t
       WHERE t._from IN ${before} AND ${within("t._to", before, after)}`
    : `SELECT ${list} FROM ${table.physical} AS t WHERE FALSE`;
  return `(WITH added AS (${added}), removed AS (${removed})
    ${changeRows(table, "added", "removed", "INSERT")}
    UNION ALL ${changeRows(table, "removed", "added", "DELETE")})`;
}

/** The rows at a point as if they had just been inserted: what SHOW_INITIAL_ROWS gives. */
export function insertedAt(table: Table, versions: string): string {
  const rows = relationAt(table, versions);
  return `(SELECT ${metadataList(table, "t", "INSERT", "FALSE")} FROM ${rows} AS t)`;
}

function appendedBetween(table: Table, from: string, to: string | undefined): string {
  return `(SELECT ${metadataList(table, "t", "INSERT", "FALSE")}
    FROM ${appendedRows(table, from, to)} AS t)`;
}

/** A parenthesised SELECT of the rows inserted between two points, as they were inserted: `_id`, `_from` and its columns. */
export function appendedRows(table: Table, from: string, to: string | undefined): string {
  const before = `(${from})`;
  const after = to === undefined ? undefined : `(${to})`;
  const list = selectList(table, "t");
  const history = historyOf(table.physical);
  const condition = within("t._from", before, after);
  const rows = [`SELECT ${list} FROM ${table.physical} AS t WHERE ${condition}`];
  if (table.keepsHistory) rows.push(`SELECT ${list} FROM ${history} AS t WHERE ${condition}`);
  const first = table.keepsHistory
    ? `WHERE NOT EXISTS (SELECT 1 FROM ${history} AS h WHERE h._id = t._id AND h._to = t._from)`
    : "";
  return `(SELECT * FROM (${rows.join(" UNION ALL ")}) AS t ${first})`;
}

function changeRows(table: Table, rows: string, other: string, action: string): string {
  return `SELECT ${metadataList(table, "t", action, "o._id IS NOT NULL")}
    FROM ${rows} AS t LEFT JOIN ${other} AS o ON o._id = t._id`;
}

function metadataList(table: Table, alias: string, action: string, isUpdate: string): string {
  const columns = table.columns.map((column) => `${alias}.${column.physical}`);
  return [
    ...columns,
    `'${action}' AS ${METADATA_COLUMNS.action}`,
    `${isUpdate} AS ${METADATA_COLUMNS.isUpdate}`,
    // Opaque, 40 characters, the same for all versions of a row.
    `sha1('${table.id}:' || ${alias}._id) AS ${METADATA_COLUMNS.rowId}`,
  ].join(", ");
}

function selectList(table: Table, alias: string): string {
  const columns = ["_id", "_from", ...table.columns.map((column) => column.physical)];
  return columns.map((column) => `${alias}.${column}`).join(", ");
}

/** Not yet at the first point, already at the second; without a second one all that this transaction sees. */
function within(version: string, before: string, after: string | undefined): string {
  const late = `${version} NOT IN ${before}`;
  return after === undefined ? late : `${version} IN ${after} AND ${late}`;
}

/** A SELECT of the versions that a condition on `mockhaus.commits` holds for. */
export function versionsWhere(condition: string): string {
  return `SELECT version FROM mockhaus.commits WHERE ${condition}`;
}

/**
 * A SELECT of the versions that belong to the point. `timestamp` takes text that DuckDB reads as an instant, `offset` seconds
 * (negative), `statement` the query id of a committed change, `version` a commit number, `stream` the id of a stream.
 */
export function versionsAt({ clause, by, value }: HistoryPoint): string {
  const upTo = clause === "at" ? "<=" : "<";
  const from = "SELECT version FROM mockhaus.commits WHERE";
  switch (by) {
    case "timestamp":
      return `${from} committed_at ${upTo} ${quote(value)}::TIMESTAMPTZ`;
    case "offset":
      return `${from} committed_at ${upTo} now() + to_microseconds(${microseconds(value)})`;
    case "statement":
      // Statements of one transaction share its commit number; the version tells them apart.
      return `${from} (commit_number, version) ${upTo} (
        SELECT (max(commit_number), max(version)) FROM mockhaus.commits WHERE query_id = ${quote(value)})`;
    case "stream":
      return `${from} (commit_number, version) ${upTo} (
        SELECT (commit_number, version) FROM mockhaus.stream_offsets WHERE stream = ${BigInt(value)})`;
    case "version":
      return `${from} commit_number ${upTo} ${BigInt(value)}`;
    default:
      return unreachable(by);
  }
}

function microseconds(seconds: string): bigint {
  return BigInt(Math.round(Number(seconds) * 1_000_000));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether a statement changed rows and committed: only then can a point be named by it. */
export async function statementCommitted(
  connection: Pick<Connection, "rows">,
  queryId: string,
): Promise<boolean> {
  const [row] = await connection.rows(
    "SELECT count(*) AS n FROM mockhaus.commits WHERE query_id = $1",
    [queryId],
  );
  return row?.n !== 0;
}

/**
 * Forgets the rows that ended before an instant: they are past the table's retention.
 * @returns how many rows went
 */
export async function purgeHistory(
  connection: Pick<Connection, "run">,
  table: Pick<Table, "physical">,
  beforeMicros: bigint,
): Promise<number> {
  return connection.run(
    `DELETE FROM ${historyOf(table.physical)} WHERE _to IN (
       SELECT version FROM mockhaus.commits WHERE committed_at < make_timestamptz(${beforeMicros}::BIGINT))`,
  );
}
