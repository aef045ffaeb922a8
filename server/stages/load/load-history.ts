/**
 * What is known of loads: which files a table has, and what was wrong with them. Rows of the account's own database, written
 * in the transaction of the load, by the id of the table: a load that is undone was never there, and a table that is
 * gone takes its history along.
 * https://docs.snowflake.com/en/user-guide/data-load-considerations-load
 */

import { quoteText } from "../../../translator/lower/sql.ts";
import type { StatementWriter } from "../../storage/writer.ts";
import type { FileProblem } from "../formats/problem.ts";

export type LoadStatus = "LOADED" | "LOAD_FAILED" | "PARTIALLY_LOADED";

export type LoadProblem = FileProblem & { readonly columnText: string };

export type LoadRecord = {
  readonly tableId: number;
  readonly queryId: string;
  readonly sessionId: string;
  /** Tells the file apart from all others: its stage and path. */
  readonly fileKey: string;
  /** As COPY's result prints it. */
  readonly file: string;
  readonly stageLocation: string;
  readonly contentKey: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly loadedAt: number;
  readonly status: LoadStatus;
  readonly parsed: number;
  readonly loaded: number;
  readonly errorLimit: number;
  readonly errorCount: number;
  readonly problems: readonly LoadProblem[];
  readonly pipe?: PipeOrigin | undefined;
};

/** The pipe that has loaded a file. */
export type PipeOrigin = {
  readonly id: number;
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  /** Numbers all files that pipes were sent, in their order. */
  readonly number: number;
  /** When the pipe was sent the file; milliseconds since the epoch. */
  readonly receivedAt: number;
};

/** Problems of one file that are kept for VALIDATE. */
export const PROBLEMS_KEPT_MAX = 10_000;

/** Part of the database's set-up. */
export const LOAD_HISTORY_SETUP = `
  CREATE TABLE IF NOT EXISTS mockhaus.load_history (
    table_id BIGINT, query_id VARCHAR, session_id VARCHAR, file_key VARCHAR, file VARCHAR, stage_location VARCHAR,
    content_key VARCHAR, file_size BIGINT, loaded_at TIMESTAMPTZ, status VARCHAR, row_parsed BIGINT, row_count BIGINT,
    error_limit BIGINT, error_count BIGINT, first_error VARCHAR, first_error_line BIGINT,
    first_error_character BIGINT, first_error_column VARCHAR
  );
  ALTER TABLE mockhaus.load_history ADD COLUMN IF NOT EXISTS pipe_id BIGINT;
  ALTER TABLE mockhaus.load_history ADD COLUMN IF NOT EXISTS pipe_catalog_name VARCHAR;
  ALTER TABLE mockhaus.load_history ADD COLUMN IF NOT EXISTS pipe_schema_name VARCHAR;
  ALTER TABLE mockhaus.load_history ADD COLUMN IF NOT EXISTS pipe_name VARCHAR;
  ALTER TABLE mockhaus.load_history ADD COLUMN IF NOT EXISTS pipe_number BIGINT;
  ALTER TABLE mockhaus.load_history ADD COLUMN IF NOT EXISTS pipe_received_time TIMESTAMPTZ;
  CREATE TABLE IF NOT EXISTS mockhaus.load_errors (
    table_id BIGINT, query_id VARCHAR, error VARCHAR, file VARCHAR, line BIGINT, character BIGINT, byte_offset BIGINT,
    category VARCHAR, code BIGINT, sql_state VARCHAR, column_name VARCHAR, row_number BIGINT, row_start_line BIGINT,
    rejected_record VARCHAR
  );
`;

/** Who reads rows of the account's own database. */
export type Rows = {
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
};

/**
 * The content keys of the files that COPY has loaded into a table, by file. A file that failed counts as not loaded. What pipes
 * have loaded is in a history of its own.
 */
export async function loadedFiles(rows: Rows, tableId: number): Promise<Map<string, string>> {
  const found = await rows.rows(
    `SELECT file_key, content_key FROM mockhaus.load_history
     WHERE table_id = ${tableId} AND pipe_id IS NULL AND status <> 'LOAD_FAILED' ORDER BY loaded_at`,
  );
  return new Map(found.map((row) => [String(row.file_key), String(row.content_key)]));
}

/** The keys of the files that a pipe has loaded, for good: whatever the files hold by now. */
export async function pipedFiles(rows: Rows, pipeId: number): Promise<Set<string>> {
  const found = await rows.rows(
    `SELECT DISTINCT file_key FROM mockhaus.load_history
     WHERE pipe_id = ${pipeId} AND status <> 'LOAD_FAILED'`,
  );
  return new Set(found.map((row) => String(row.file_key)));
}

/** The file that a pipe loaded last. */
export async function lastIngested(
  rows: Rows,
  pipeId: number,
): Promise<{ readonly path: string; readonly loadedAt: number } | undefined> {
  const [found] = await rows.rows(
    `SELECT file[length(stage_location) + 1:] AS path, epoch_ms(loaded_at) AS loaded_at FROM mockhaus.load_history
     WHERE pipe_id = ${pipeId} AND status <> 'LOAD_FAILED' ORDER BY pipe_number DESC LIMIT 1`,
  );
  return found && { path: String(found["path"]), loadedAt: Number(found["loaded_at"]) };
}

/** Notes what a load did with a file. */
export async function recordLoad(writer: StatementWriter, record: LoadRecord): Promise<void> {
  const [first] = record.problems;
  const values = [
    record.tableId,
    quoteText(record.queryId),
    quoteText(record.sessionId),
    quoteText(record.fileKey),
    quoteText(record.file),
    quoteText(record.stageLocation),
    quoteText(record.contentKey),
    record.size,
    instant(record.loadedAt),
    quoteText(record.status),
    record.parsed,
    record.loaded,
    record.errorLimit,
    record.errorCount,
    first === undefined ? "NULL" : quoteText(first.message),
    first?.line ?? "NULL",
    first?.character ?? "NULL",
    first === undefined ? "NULL" : quoteText(first.columnText),
    ...pipeValues(record.pipe),
  ];
  await writer.apply(`INSERT INTO mockhaus.load_history VALUES (${values.join(", ")})`);
  const errors = record.problems.slice(0, PROBLEMS_KEPT_MAX).map((problem) => {
    return `(${record.tableId}, ${quoteText(record.queryId)}, ${problemValues(problem, record.file)})`;
  });
  if (errors.length === 0) return;
  await writer.apply(`INSERT INTO mockhaus.load_errors VALUES ${errors.join(", ")}`);
}

function instant(at: number): string {
  return `'${new Date(at).toISOString()}'::TIMESTAMPTZ`;
}

function pipeValues(pipe: PipeOrigin | undefined): (string | number)[] {
  if (pipe === undefined) return Array.from({ length: 6 }, () => "NULL");
  const names = [pipe.database, pipe.schema, pipe.name].map(quoteText);
  return [pipe.id, ...names, pipe.number, instant(pipe.receivedAt)];
}

function problemValues(problem: LoadProblem, file: string): string {
  return [
    quoteText(problem.message),
    quoteText(file),
    problem.line,
    problem.character,
    problem.byteOffset,
    quoteText(problem.category),
    Number(problem.code),
    quoteText(problem.sqlState),
    quoteText(problem.columnText),
    problem.row,
    problem.startLine,
    quoteText(problem.rejected),
  ].join(", ");
}

/** TRUNCATE TABLE forgets what was loaded: the same files may be loaded again, though not by the same pipe. */
export function forgetLoads(tableId: number): string {
  return `DELETE FROM mockhaus.load_history WHERE table_id = ${tableId} AND pipe_id IS NULL`;
}
