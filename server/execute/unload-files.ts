/** Writes the files of COPY INTO a location. */

import { rm, stat } from "node:fs/promises";
import { must } from "../../translator/base/assert.ts";
import type { OutputColumn } from "../../translator/bind/bound.ts";
import type { FileFormat } from "../stages/file-format.ts";
import type { StageLocation } from "../stages/staged-files.ts";
import { csvLine } from "../stages/unload/csv-line.ts";
import { type NamePlan, unloadedPath } from "../stages/unload/file-names.ts";
import { TextFile } from "../stages/unload/text-file.ts";
import type { UnloadOptions } from "../stages/unload/unload-options.ts";
import type { Column } from "../storage/columns.ts";
import { exportParquet } from "../storage/export.ts";
import type { ColumnChunk } from "../storage/storage.ts";
import type { Execution } from "./execution.ts";
import { parquetSelect } from "./unload-parquet.ts";
import { textSelect, type UnloadQuery } from "./unload-query.ts";
import { place, type UnloadedFile } from "./unload-target.ts";

export type UnloadPlan = {
  readonly query: UnloadQuery;
  readonly location: StageLocation;
  readonly format: FileFormat;
  readonly options: UnloadOptions;
  readonly names: NamePlan;
};

type Partition = string | null | undefined;

/** Characters that are gathered at most before they go to the file. */
const PIECE_LENGTH = 65_536;

/** Lines of CSV or JSON files. */
export async function unloadText(plan: UnloadPlan, execution: Execution): Promise<UnloadedFile[]> {
  const writer = new TextUnload(plan, execution);
  const sql = textSelect(plan.query, plan.format, execution);
  const stream = await execution.session.transactions.stream(sql);
  try {
    for (let chunk = await stream.next(); chunk !== undefined; chunk = await stream.next()) {
      await writer.take(chunk);
    }
    return await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error;
  } finally {
    await stream.close();
  }
}

/** The fields of all rows, as files would have them. */
export async function fieldTexts(plan: UnloadPlan, execution: Execution): Promise<string[][]> {
  const { columns } = plan.query;
  const field = fieldWriter(columns, plan.format);
  const rows: string[][] = [];
  const stream = await execution.session.transactions.stream(
    textSelect(plan.query, plan.format, execution),
  );
  try {
    for (let chunk = await stream.next(); chunk !== undefined; chunk = await stream.next()) {
      const texts = chunk.columns.slice(0, columns.length).map(textReader);
      for (let row = 0; row < chunk.rowCount; row++) {
        rows.push(texts.map((text, index) => field(text(row), index)));
      }
    }
    return rows;
  } finally {
    await stream.close();
  }
}

/** The values of a row as one line. */
type LineWriter = {
  readonly header: string;
  readonly line: (values: readonly (string | null)[]) => string;
};

const BARE: ReadonlySet<string> = new Set(["number", "float", "boolean", "decfloat", "null"]);

function lineWriter(columns: readonly OutputColumn[], format: FileFormat): LineWriter {
  const field = fieldWriter(columns, format);
  if (format.type !== "CSV")
    return { header: "", line: ([value = null]) => `${field(value, 0)}\n` };
  const csv = csvLine(format);
  return {
    header: csv.line(columns.map(({ name }) => csv.field(name, true))),
    line: (values) => csv.line(values.map(field)),
  };
}

/** The text of a value by the number of its column. */
function fieldWriter(
  columns: readonly OutputColumn[],
  format: FileFormat,
): (value: string | null, column: number) => string {
  if (format.type !== "CSV") return (value) => value ?? "null";
  const { field } = csvLine(format);
  const enclosed = columns.map(({ type }) => !BARE.has(type.kind));
  return (value, column) => field(value, must(enclosed[column]));
}

class TextUnload {
  readonly #plan: UnloadPlan;
  readonly #execution: Execution;
  readonly #lines: LineWriter;
  readonly #files: UnloadedFile[] = [];
  #file: TextFile | undefined;
  #number = 0;
  #partition: Partition;

  constructor(plan: UnloadPlan, execution: Execution) {
    this.#plan = plan;
    this.#execution = execution;
    this.#lines = lineWriter(plan.query.columns, plan.format);
  }

  async take(chunk: ColumnChunk): Promise<void> {
    const { columns, partition } = this.#plan.query;
    const texts = chunk.columns.slice(0, columns.length).map(textReader);
    const partitions = partition === undefined ? undefined : chunk.columns.at(-1);
    const partitionOf = partitions === undefined ? () => undefined : textReader(partitions);
    let piece = this.#pieceLength();
    let gathered = "";
    let count = 0;
    const flush = async (next: Partition) => {
      if (count > 0) await this.#write(gathered, count);
      gathered = "";
      count = 0;
      if (next !== this.#partition && this.#file !== undefined) await this.#close(true);
      this.#partition = next;
      piece = this.#pieceLength();
    };
    for (let row = 0; row < chunk.rowCount; row++) {
      const own = partitionOf(row);
      if (own !== this.#partition || gathered.length >= piece) await flush(own);
      gathered += this.#lines.line(texts.map((text) => text(row)));
      count++;
    }
    await flush(this.#partition);
  }

  /** Characters to gather before the next write; no more than the file has room for. */
  #pieceLength(): number {
    const { maxFileSize, single } = this.#plan.options;
    if (single) return PIECE_LENGTH;
    return Math.min(PIECE_LENGTH, maxFileSize - (this.#file?.outputBytes ?? 0));
  }

  async #write(text: string, rows: number): Promise<void> {
    const { options, format } = this.#plan;
    if (this.#file === undefined) {
      const path = this.#execution.account.stages.newFile("unload");
      this.#file = new TextFile(path, format.text("COMPRESSION") ?? "NONE");
      if (options.header && format.type === "CSV") await this.#file.write(this.#lines.header, 0);
    }
    await this.#file.write(text, rows);
    const isFull = this.#file.outputBytes >= options.maxFileSize;
    if (isFull && !options.single) await this.#close(false);
  }

  /** @param isLast the next file begins to count from 0 */
  async #close(isLast: boolean): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file === undefined) return;
    await file.finish();
    const { location, names } = this.#plan;
    const path = unloadedPath(names, this.#number, this.#partition);
    const { name, size } = await place(location, path, file.localPath, this.#execution);
    this.#files.push({ name, size, inputBytes: file.inputBytes, rows: file.rows });
    this.#number = isLast ? 0 : this.#number + 1;
  }

  async finish(): Promise<UnloadedFile[]> {
    await this.#close(true);
    return this.#files;
  }

  async discard(): Promise<void> {
    await this.#file?.discard();
  }
}

function textReader(column: Column): (row: number) => string | null {
  if (column.kind === "null") return () => null;
  if (column.kind !== "text") throw new Error(`text expected, not ${column.kind}`);
  return (row) => (column.isNull(row) ? null : column.text(row));
}

/** Parquet files, written by the engine. */
export async function unloadParquet(
  plan: UnloadPlan,
  execution: Execution,
): Promise<UnloadedFile[]> {
  const { query, options } = plan;
  const files: UnloadedFile[] = [];
  for (const partition of await partitionsOf(query, execution)) {
    const select = parquetSelect(query, options.header, partition);
    files.push(...(await parquetFiles(plan, select, partition, execution)));
  }
  return files;
}

/** The values of PARTITION BY, in order; one that is undefined when there is none. */
async function partitionsOf(
  { sql, partition }: UnloadQuery,
  { session }: Execution,
): Promise<Partition[]> {
  if (partition === undefined) return [undefined];
  const rows = await session.transactions.read((connection) =>
    connection.rows(`SELECT DISTINCT q.${partition} AS p FROM (${sql}) AS q ORDER BY 1`),
  );
  return rows.map(({ p }) => (p === null || p === undefined ? null : String(p)));
}

/** One file, or as many as MAX_FILE_SIZE makes of its rows. */
async function parquetFiles(
  plan: UnloadPlan,
  select: string,
  partition: Partition,
  execution: Execution,
): Promise<UnloadedFile[]> {
  const { location, names, options } = plan;
  const whole = await writeParquet(plan, select, execution);
  if (whole.rows === 0) return [];
  const count = options.single
    ? 1
    : Math.min(whole.rows, Math.ceil(whole.size / options.maxFileSize));
  const files: UnloadedFile[] = [];
  const share = Math.ceil(whole.rows / count);
  for (let number = 0; number * share < whole.rows; number++) {
    const part =
      count === 1
        ? whole
        : await writeParquet(
            plan,
            `SELECT * FROM read_parquet('${whole.path}') LIMIT ${share} OFFSET ${number * share}`,
            execution,
          );
    const path = unloadedPath(names, number, partition);
    const { name, size } = await place(location, path, part.path, execution);
    files.push({ name, size, inputBytes: size, rows: part.rows });
  }
  if (count > 1) await rm(whole.path, { force: true });
  return files;
}

async function writeParquet(
  { format }: UnloadPlan,
  select: string,
  { account, session }: Execution,
): Promise<{ readonly path: string; readonly rows: number; readonly size: number }> {
  const path = account.stages.newFile("unload.parquet");
  const compression = format.text("COMPRESSION") === "NONE" ? "uncompressed" : "snappy";
  const rows = await session.transactions.read((connection) =>
    exportParquet(connection, select, path, { compression }),
  );
  return { path, rows, size: (await stat(path)).size };
}
