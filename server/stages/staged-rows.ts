/**
 * The rows of staged files for queries: read into a spool, or from Parquet files where they lie.
 * https://docs.snowflake.com/en/user-guide/querying-stage
 */

import { quoteText } from "../../translator/lower/sql.ts";
import type { DuckConnection } from "../storage/connection.ts";
import type { DuckDatabase } from "../storage/database.ts";
import { Spool } from "../storage/spool.ts";
import type { VectorValue } from "../storage/vector-writer.ts";
import { contentKey } from "./content-key.ts";
import type { FileFormat } from "./file-format.ts";
import { type CsvRow, readCsv } from "./formats/csv.ts";
import { readJson } from "./formats/json.ts";
import { parquetColumns, parquetRows, rowVariant } from "./formats/parquet.ts";
import type { FileProblem } from "./formats/problem.ts";
import { refuseFormat } from "./formats/refused.ts";
import { readXml } from "./formats/xml.ts";
import { columnText, loadError, QUERIED_FILES } from "./load-error.ts";
import type { StagedFile } from "./staged-files.ts";

export type StagedRequest = {
  readonly files: readonly StagedFile[];
  readonly format: FileFormat;
  /** The columns that are wanted, by number from 1. */
  readonly columns: readonly number[];
  /** Milliseconds since the epoch: METADATA$START_SCAN_TIME. */
  readonly startedAt: number;
  /** Asked between pieces of a file; throws when the statement is to end. */
  readonly checkRunning: () => void;
  /** Told of records that cannot be read, which are left out; without it they are an error. */
  readonly onProblem?: ((problem: FileProblem) => void) | undefined;
};

export type StagedRows = {
  /** A parenthesised SELECT of c1, c2, … and the METADATA$ columns, with `_file`, `_row` and `_line` beside. */
  readonly sql: string;
  /** Records that were read or left out. */
  readonly parsed: number;
  readonly close: () => Promise<void>;
};

/** Rows that are gathered before they are handed to the engine. */
const BATCH_ROWS = 20_000;

/** Whether a row is one VARIANT. */
export function isSemiStructured({ type }: FileFormat): boolean {
  return type !== "CSV";
}

/**
 * Reads the files.
 * @throws what is wrong with a file, and where; 000002 for AVRO and ORC
 */
export async function readStaged(
  database: DuckDatabase,
  request: StagedRequest,
): Promise<StagedRows> {
  const metadata = await metadataColumns(request);
  if (request.format.type === "PARQUET") {
    // A file that is broken fails here, and not in the session's transaction.
    const connection = await database.connect();
    try {
      const rows = await parquetUnion(connection, request);
      const sql = withMetadata(rows, request, metadata);
      // Only COPY asks how many there were.
      const parsed = request.onProblem === undefined ? 0 : await countRows(connection, rows);
      return { sql, parsed, close: async () => undefined };
    } finally {
      await connection.close();
    }
  }
  const columns = request.columns.map((number) => ({ name: `c${number}`, duckType: "VARCHAR" }));
  const spool = await Spool.create(database, [
    { name: "_file", duckType: "INTEGER" },
    { name: "_row", duckType: "BIGINT" },
    { name: "_line", duckType: "BIGINT" },
    ...columns,
  ]);
  try {
    const gathered = new Gathered(spool, columns.length);
    let parsed = 0;
    for (const [index, file] of request.files.entries()) {
      parsed += await readFile(file, index + 1, request, gathered);
    }
    await gathered.write();
    return {
      sql: withMetadata(spool.relation, request, metadata),
      parsed,
      close: () => spool.close(),
    };
  } catch (error) {
    await spool.close();
    throw error;
  }
}

async function readFile(
  file: StagedFile,
  number: number,
  { format, columns, onProblem, checkRunning }: StagedRequest,
  gathered: Gathered,
): Promise<number> {
  const sourceFile = { name: file.path, localPath: file.localPath };
  const flush = () => {
    checkRunning();
    return gathered.flush();
  };
  if (format.type === "CSV") {
    const record = (row: CsvRow) => {
      const problem = row.fault(Number.POSITIVE_INFINITY);
      if (problem !== undefined && onProblem !== undefined) {
        onProblem(problem);
        return;
      }
      if (problem !== undefined) {
        const name = `$${problem.column}`;
        throw loadError(problem, file.name, columnText(QUERIED_FILES, name, problem.column));
      }
      gathered.add(
        number,
        row.number,
        row.line,
        columns.map((column) => row.values[column - 1] ?? null),
      );
    };
    return readCsv(sourceFile, format, format.count("SKIP_HEADER"), { record, flush });
  }
  if (format.type !== "JSON" && format.type !== "XML") throw refuseFormat(format.type);
  const document = (value: string | null, row: number) => {
    gathered.add(
      number,
      row,
      row,
      columns.map((column) => (column === 1 ? value : null)),
    );
  };
  const read = format.type === "JSON" ? readJson : readXml;
  const { problem, count } = await read(sourceFile, format, { document, flush });
  if (problem === undefined) return count;
  if (onProblem === undefined) {
    throw loadError(problem, file.name, columnText(QUERIED_FILES, "$1", 1));
  }
  onProblem(problem);
  return count;
}

/** File, row and line. */
const OWN_COLUMNS = 3;

/** Rows on their way into the spool. */
class Gathered {
  readonly #spool: Spool;
  readonly #width: number;
  #values: VectorValue[][];

  constructor(spool: Spool, width: number) {
    this.#spool = spool;
    this.#width = width;
    this.#values = this.#empty();
  }

  add(file: number, row: number, line: number, values: readonly (string | null)[]): void {
    const columns = this.#values;
    columns[0]?.push(file);
    columns[1]?.push(BigInt(row));
    columns[2]?.push(BigInt(line));
    for (let i = 0; i < values.length; i++) columns[i + OWN_COLUMNS]?.push(values[i] ?? null);
  }

  async flush(): Promise<void> {
    if ((this.#values[0]?.length ?? 0) >= BATCH_ROWS) await this.write();
  }

  async write(): Promise<void> {
    const values = this.#values;
    this.#values = this.#empty();
    if ((values[0]?.length ?? 0) > 0) await this.#spool.append(values as Flat[]);
  }

  #empty(): VectorValue[][] {
    return Array.from({ length: this.#width + OWN_COLUMNS }, () => []);
  }
}

type Flat = Exclude<VectorValue, VectorValue[]>[];

async function countRows(connection: DuckConnection, rows: string): Promise<number> {
  const [row] = await connection.rows(`SELECT count(*) AS n FROM ${rows}`);
  return Number(row?.n);
}

/** All Parquet files as one table expression. */
async function parquetUnion(
  connection: DuckConnection,
  { files, format, columns }: StagedRequest,
): Promise<string> {
  const parts: string[] = [];
  for (const [index, file] of files.entries()) {
    const sourceFile = { name: file.path, localPath: file.localPath };
    const found = await parquetColumns(connection, sourceFile, format);
    const variant = rowVariant(found, format.flag("BINARY_AS_TEXT"));
    const items = columns.map(
      (number) => `${number === 1 ? variant : "CAST(NULL AS VARCHAR)"} AS c${number}`,
    );
    parts.push(
      `SELECT ${[`${index + 1} AS _file`, "file_row_number + 1 AS _row", "file_row_number + 1 AS _line", ...items].join(", ")} FROM ${parquetRows(sourceFile)}`,
    );
  }
  if (parts.length === 0) {
    const items = columns.map((number) => `CAST(NULL AS VARCHAR) AS c${number}`);
    parts.push(
      `SELECT ${["1 AS _file", "1 AS _row", "1 AS _line", ...items].join(", ")} WHERE FALSE`,
    );
  }
  return `(${parts.join(" UNION ALL ")})`;
}

/** The METADATA$ columns as SQL, of the file's number and the row's. */
async function metadataColumns({ files, startedAt }: StagedRequest): Promise<string[]> {
  const keys: string[] = [];
  for (const file of files) keys.push(await contentKey(file));
  const pick = (values: readonly string[], type: string) =>
    `CAST(list_extract([${values.join(", ")}], _file) AS ${type})`;
  return [
    `${pick(
      files.map(({ path }) => quoteText(path)),
      "VARCHAR",
    )} AS m_filename`,
    "CAST(_row AS DECIMAL(38,0)) AS m_file_row_number",
    `${pick(keys.map(quoteText), "VARCHAR")} AS m_file_content_key`,
    `${pick(
      files.map(({ modifiedAt }) => timestampText(modifiedAt)),
      "TIMESTAMP",
    )} AS m_file_last_modified`,
    `CAST('${new Date(startedAt).toISOString()}' AS TIMESTAMPTZ) AS m_start_scan_time`,
  ];
}

function timestampText(milliseconds: number): string {
  return `'${new Date(milliseconds).toISOString().slice(0, -1)}'`;
}

function withMetadata(
  rows: string,
  { columns }: StagedRequest,
  metadata: readonly string[],
): string {
  const names = columns.map((number) => `c${number}`);
  return `(SELECT ${["_file", "_row", "_line", ...names, ...metadata].join(", ")} FROM ${rows})`;
}
