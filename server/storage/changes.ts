/**
 * Changes of rows (design: every table keeps its history). UPDATE, DELETE and MERGE first compute a change set once, check it, copy
 * the rows that end into the history, and then apply it. Each function is one statement's work inside
 * `Transactions.write` and answers its row counts.
 */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { ROW_ID_SEQUENCE } from "./database.ts";
import { describeRow } from "./row-values.ts";
import { historyOf, type Table } from "./tables.ts";
import type { ScratchColumn, StatementWriter } from "./writer.ts";

export type InsertChange = {
  readonly table: Table;
  /** Physical names of the target columns; the others become NULL. */
  readonly columns: readonly string[];
  /** DuckDB SELECT whose columns stand for them, by position. */
  readonly select: string;
};

export type UpdateChange = {
  readonly table: Table;
  /** Physical names of the columns that get new values. */
  readonly columns: readonly string[];
  /** DuckDB SELECT of `_id` and then a new value for each column, by position. */
  readonly select: string;
  /** False when no target row can come more than once: an UPDATE without FROM. */
  readonly mayRepeat: boolean;
  /** ERROR_ON_NONDETERMINISTIC_UPDATE. */
  readonly errorOnRepeat: boolean;
};

export type DeleteChange = {
  readonly table: Table;
  /** DuckDB SELECT of the `_id` of the rows that go; repeats are fine. */
  readonly select: string;
};

export type MergeChange = {
  readonly table: Table;
  /** Physical names of all target columns, in the order of the SELECT. */
  readonly columns: readonly string[];
  /**
   * DuckDB SELECT of `_id` (NULL for an insert), `_action` ('insert', 'update', 'delete') and then, by position, the row's
   * value for each column: of an update the unchanged ones too, of a delete anything.
   */
  readonly select: string;
  /** ERROR_ON_NONDETERMINISTIC_MERGE. */
  readonly errorOnRepeat: boolean;
};

export type ChangeCounts = {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  /** Target rows of an UPDATE that several source rows matched. */
  readonly multiJoined: number;
};

const NONE: ChangeCounts = { inserted: 0, updated: 0, deleted: 0, multiJoined: 0 };
const ID: ScratchColumn = { physical: "_id", duckType: "BIGINT" };

/** Appends the rows of a query. A statement may do so several times, also to the same table. */
export async function insertRows(
  writer: StatementWriter,
  { table, columns, select }: InsertChange,
): Promise<ChangeCounts> {
  const list = columns.join(", ");
  const { version } = writer;
  const mark = writer.journals ? await nextRowId(writer) : 0;
  const inserted = await writer.run(
    `INSERT INTO ${table.physical} (_id, _from, ${list})
     SELECT nextval('${ROW_ID_SEQUENCE}'), ${version}, s.* FROM (${select}) AS s`,
  );
  if (writer.journals) {
    await writer.noteRows(
      `${table.physical} WHERE _from = ${version} AND _id > ${mark}`,
      [ID, ...columnsOf(table, columns)],
      (rows) => [insertSql(table, columns, version, rows)],
    );
  }
  return { ...NONE, inserted };
}

async function nextRowId(writer: StatementWriter): Promise<number> {
  const [row] = await writer.rows(`SELECT nextval('${ROW_ID_SEQUENCE}') AS id`);
  return Number(row?.id);
}

/** Replaces all rows by those of a query, which may read the table itself: INSERT OVERWRITE. */
export async function overwriteRows(
  writer: StatementWriter,
  change: InsertChange,
): Promise<ChangeCounts> {
  const { relation } = await writer.materialize(change.select);
  await truncateRows(writer, change.table);
  const counts = await insertRows(writer, { ...change, select: `SELECT * FROM ${relation}` });
  await writer.cleanUp();
  return counts;
}

/** Ends all rows. */
export async function truncateRows(writer: StatementWriter, table: Table): Promise<ChangeCounts> {
  const statements = [...endAllSql(table, writer.version), `DELETE FROM ${table.physical}`];
  const deleted = await writer.run(statements.join("; "));
  writer.note(statements);
  return { ...NONE, deleted };
}

/** Gives rows new values. */
export async function updateRows(
  writer: StatementWriter,
  { table, columns, select, mayRepeat, errorOnRepeat }: UpdateChange,
): Promise<ChangeCounts> {
  const names = ["_id", ...columns];
  const { relation, rowCount } = await writer.materialize(
    `SELECT * FROM (${select}) AS s(${names.join(", ")})`,
  );
  let multiJoined = 0;
  let updated = rowCount;
  if (mayRepeat && rowCount > 1) {
    const { targets, repeated } = await countRepeats(writer, relation);
    if (repeated > 0 && errorOnRepeat) await failOnRepeat(writer, table, relation, "TRUE");
    if (repeated > 0) await keepFirst(writer, relation);
    multiJoined = repeated;
    updated = targets;
  }
  if (updated > 0) {
    const statements = (rows: string) => [
      ...endSql(table, writer.version, rows),
      updateSql(table, columns, writer.version, rows),
    ];
    await applyChanges(writer, relation, [ID, ...columnsOf(table, columns)], statements);
  }
  await writer.cleanUp();
  return { ...NONE, updated, multiJoined };
}

/** Removes rows. */
export async function deleteRows(
  writer: StatementWriter,
  { table, select }: DeleteChange,
): Promise<ChangeCounts> {
  const { relation, rowCount } = await writer.materialize(
    `SELECT DISTINCT _id FROM (${select}) AS s(_id)`,
  );
  if (rowCount > 0) {
    const statements = (rows: string) => [
      ...endSql(table, writer.version, rows),
      `DELETE FROM ${table.physical} WHERE _id IN (SELECT _id FROM ${rows})`,
    ];
    await applyChanges(writer, relation, [ID], statements);
  }
  await writer.cleanUp();
  return { ...NONE, deleted: rowCount };
}

/** Inserts, updates and deletes at once. Throws 100090 when a row would be changed twice. */
export async function mergeRows(
  writer: StatementWriter,
  { table, columns, select, errorOnRepeat }: MergeChange,
): Promise<ChangeCounts> {
  const list = columns.join(", ");
  const { relation } = await writer.materialize(
    `SELECT CASE WHEN _action = 'insert' THEN nextval('${ROW_ID_SEQUENCE}') ELSE _id END AS _id,
       _action, ${list}
     FROM (${select}) AS s(_id, _action, ${list})`,
  );
  await checkMerge(writer, table, relation, errorOnRepeat);
  const counts = await countActions(writer, relation);
  const matched = (rows: string) => `(SELECT * FROM ${rows} WHERE _action <> 'insert')`;
  const only = (rows: string, action: string) =>
    `(SELECT * FROM ${rows} WHERE _action = '${action}')`;
  const statements = (rows: string) => {
    const result: string[] = [];
    if (counts.updated + counts.deleted > 0) {
      result.push(...endSql(table, writer.version, matched(rows)));
    }
    if (counts.deleted > 0) {
      result.push(
        `DELETE FROM ${table.physical} WHERE _id IN (SELECT _id FROM ${only(rows, "delete")})`,
      );
    }
    if (counts.updated > 0) {
      result.push(updateSql(table, columns, writer.version, only(rows, "update")));
    }
    if (counts.inserted > 0) {
      result.push(insertSql(table, columns, writer.version, only(rows, "insert")));
    }
    return result;
  };
  if (counts.inserted + counts.updated + counts.deleted > 0) {
    const kept = [ID, { physical: "_action", duckType: "VARCHAR" }, ...columnsOf(table, columns)];
    await applyChanges(writer, relation, kept, statements);
  }
  await writer.cleanUp();
  return { ...NONE, ...counts };
}

async function applyChanges(
  writer: StatementWriter,
  relation: string,
  columns: readonly ScratchColumn[],
  statements: (rows: string) => readonly string[],
): Promise<void> {
  await writer.run(statements(relation).join("; "));
  await writer.noteRows(relation, columns, statements);
}

/** A target row may meet several source rows only when all of them delete it. */
async function checkMerge(
  writer: StatementWriter,
  table: Table,
  relation: string,
  errorOnRepeat: boolean,
): Promise<void> {
  const matched = `(SELECT * FROM ${relation} WHERE _action <> 'insert')`;
  const { repeated } = await countRepeats(writer, matched);
  if (repeated === 0) return;
  const mixed = "NOT bool_and(_action = 'delete')";
  if (errorOnRepeat) await failOnRepeat(writer, table, matched, mixed);
  await keepFirst(writer, relation);
}

async function countRepeats(
  writer: StatementWriter,
  relation: string,
): Promise<{ targets: number; repeated: number }> {
  const [row] = await writer.rows(
    `SELECT count(*) AS targets, count(*) FILTER (n > 1) AS repeated
     FROM (SELECT count(*) AS n FROM ${relation} AS r GROUP BY _id)`,
  );
  return { targets: Number(row?.targets), repeated: Number(row?.repeated) };
}

async function countActions(
  writer: StatementWriter,
  relation: string,
): Promise<Pick<ChangeCounts, "inserted" | "updated" | "deleted">> {
  const [row] = await writer.rows(
    `SELECT count(*) FILTER (_action = 'insert') AS inserted,
       count(*) FILTER (_action = 'update') AS updated,
       count(*) FILTER (_action = 'delete') AS deleted FROM ${relation}`,
  );
  const number = (name: string) => Number(row?.[name]);
  return { inserted: number("inserted"), updated: number("updated"), deleted: number("deleted") };
}

/** Throws 100090 with the values of a target row whose group meets the condition, if there is one. */
async function failOnRepeat(
  writer: StatementWriter,
  table: Table,
  relation: string,
  condition: string,
): Promise<void> {
  const columns = table.columns.map((column) => `t.${column.physical}`).join(", ");
  const result = await writer.query(
    `SELECT ${columns} FROM ${table.physical} AS t WHERE _id IN (
       SELECT _id FROM ${relation} AS r GROUP BY _id HAVING count(*) > 1 AND ${condition})
     ORDER BY _id LIMIT 1`,
  );
  if (result.rowCount === 0) return;
  const values = describeRow(must(result.chunks[0]), 0);
  throw snowflakeError("duplicateRow", { values });
}

/** One row of each target's: which one is open, as there; the first, so that it is repeatable. */
async function keepFirst(writer: StatementWriter, relation: string): Promise<void> {
  await writer.run(
    `DELETE FROM ${relation} WHERE rowid NOT IN (SELECT min(rowid) FROM ${relation} GROUP BY _id)`,
  );
}

function columnsOf(table: Table, names: readonly string[]): ScratchColumn[] {
  return names.map((name) =>
    must(
      table.columns.find(({ physical }) => physical === name),
      `no column ${name}`,
    ),
  );
}

function insertSql(
  table: Table,
  columns: readonly string[],
  version: number,
  rows: string,
): string {
  const list = columns.join(", ");
  return `INSERT INTO ${table.physical} (_id, _from, ${list}) SELECT _id, ${version}, ${list} FROM ${rows} AS r`;
}

function updateSql(
  table: Table,
  columns: readonly string[],
  version: number,
  rows: string,
): string {
  const sets = columns.map((column) => `${column} = r.${column}`);
  return `UPDATE ${table.physical} AS t SET _from = ${version}, ${sets.join(", ")} FROM ${rows} AS r WHERE t._id = r._id`;
}

function endSql(table: Table, version: number, rows: string): string[] {
  return table.keepsHistory
    ? [historySql(table, version, `WHERE _id IN (SELECT _id FROM ${rows} AS r)`)]
    : [];
}

function endAllSql(table: Table, version: number): string[] {
  return table.keepsHistory ? [historySql(table, version, "")] : [];
}

function historySql(table: Table, version: number, where: string): string {
  const list = table.columns.map((column) => column.physical).join(", ");
  return `INSERT INTO ${historyOf(table.physical)} (_id, _from, _to, ${list}) SELECT _id, _from, ${version}, ${list} FROM ${table.physical} ${where}`;
}
