/** A session's connection to DuckDB: calls in order, results as column chunks, errors as Snowflake's. */

import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBResult,
  type DuckDBType,
  VARCHAR,
} from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { readColumn } from "./columns.ts";
import { Interruption } from "./interruption.ts";
import { type LogicalType, logicalType } from "./logical-types.ts";
import { plainRows } from "./plain-rows.ts";
import type {
  AppendColumn,
  AppendTarget,
  ColumnChunk,
  Connection,
  Parameter,
  PlainRow,
  QueryResult,
  QueryStream,
} from "./storage.ts";
import { translateError } from "./translate-error.ts";
import { writeVector } from "./vector-writer.ts";

type RawChunk = Parameters<typeof duckdb.data_chunk_get_size>[0];

const BATCH_ROWS = duckdb.vector_size();

export class DuckConnection implements Connection {
  readonly id: number;
  readonly #duck: DuckDBConnection;
  readonly #interruption: Interruption;
  /** The end of the queue: every call waits for the one before it. */
  #tail: Promise<unknown> = Promise.resolve();
  #running = false;
  #interrupted = false;
  #statementDepth = 0;
  #closed = false;
  #timeZone = "";
  #stream: QueryStream | undefined;
  /** Told of interrupts while the statement waits for something that DuckDB knows nothing of: a lock. */
  onInterrupt: (() => void) | undefined;

  readonly #onClose: () => void;

  constructor(id: number, duck: DuckDBConnection, onClose: () => void = () => undefined) {
    this.id = id;
    this.#duck = duck;
    this.#interruption = new Interruption(() => duck.interrupt());
    this.#onClose = onClose;
  }

  run(sql: string, parameters?: readonly Parameter[]): Promise<number> {
    return this.#enqueue(async () => {
      return changedRows(await this.#execute(sql, parameters));
    });
  }

  query(sql: string): Promise<QueryResult> {
    return this.#enqueue(async () => readAll(await this.#execute(sql)));
  }

  async rows(sql: string, parameters?: readonly Parameter[]): Promise<readonly PlainRow[]> {
    return this.#enqueue(async () =>
      plainRows(await readAll(await this.#execute(sql, parameters))),
    );
  }

  stream(sql: string): Promise<QueryStream> {
    return new Promise((resolve, reject) => {
      // The queue moves on when the stream has ended, not when it has started.
      const whole = this.#enqueue(async () => {
        const result = await this.#duck.stream(sql);
        await new Promise<void>((done) => {
          const stream = this.#streamOf(sql, result, () => {
            this.#stream = undefined;
            done();
          });
          this.#stream = stream;
          resolve(stream);
        });
      });
      whole.catch(reject);
    });
  }

  interrupt(): void {
    if (!this.#running && this.#statementDepth === 0) return;
    this.#interrupted = true;
    this.onInterrupt?.();
    if (this.#running) this.#interruption.begin();
  }

  /**
   * Marks the begin and end of a statement that takes several calls: an interrupt that falls between two of them
   * stops the next one. A statement within a statement is part of it.
   */
  statement(open: boolean): void {
    this.#statementDepth += open ? 1 : -1;
    if (this.#statementDepth === (open ? 1 : 0)) this.#interrupted = false;
  }

  /** Runs SQL that must not be left out when the statement is interrupted: the way back from a failure. */
  async restore(sql: string): Promise<void> {
    await this.#enqueue(() => this.#execute(sql), false);
  }

  async setTimeZone(zone: string): Promise<void> {
    if (zone === this.#timeZone) return;
    await this.run(`SET TimeZone = '${zone.replaceAll("'", "''")}'`);
    this.#timeZone = zone;
  }

  append(table: AppendTarget, columns: readonly AppendColumn[]): Promise<number> {
    return this.#enqueue(async () => {
      const types = columns.map((column) => logicalType(column.duckType));
      const rowCount = columns[0]?.values.length ?? 0;
      const appender = await this.#appender(table);
      try {
        for (let from = 0; from < rowCount; from += BATCH_ROWS) {
          appender.appendDataChunk(
            chunkOf(types, columns, from, Math.min(from + BATCH_ROWS, rowCount)),
          );
        }
      } finally {
        appender.closeSync();
      }
      return rowCount;
    });
  }

  /** Copies a query's rows of another connection into a table here, without converting a value. */
  appendFrom(source: DuckConnection, sql: string, table: AppendTarget): Promise<number> {
    return this.#enqueue(async () => {
      const appender = await this.#appender(table);
      let count = 0;
      try {
        await source.#enqueue(async () => {
          const result = await source.#execute(sql);
          for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; ) {
            appender.appendDataChunk(chunk);
            count += chunk.rowCount;
            chunk = await result.fetchChunk();
          }
        });
      } finally {
        appender.closeSync();
      }
      return count;
    });
  }

  /** Closes the stream that is being read, if any: nobody may be left to read it to its end. */
  async endStream(): Promise<void> {
    await this.#stream?.close();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.interrupt();
    await this.endStream();
    await this.#tail.catch(() => undefined);
    this.#closed = true;
    this.#duck.disconnectSync();
    this.#onClose();
  }

  #appender(table: AppendTarget): Promise<DuckDBAppender> {
    return this.#duck.createAppender(table.name, table.schema, table.catalog);
  }

  async #execute(sql: string, parameters?: readonly Parameter[]): Promise<DuckDBResult> {
    if (parameters === undefined) return this.#duck.run(sql);
    return this.#duck.run(sql, [...parameters], parameters.map(parameterType));
  }

  #enqueue<T>(work: () => Promise<T>, interruptible = true): Promise<T> {
    const result = this.#tail.then(async () => {
      if (this.#closed) throw snowflakeError("internal", { detail: "connection is closed" });
      if (!interruptible) return attempt(work);
      if (this.#interrupted) {
        this.#interrupted = false;
        throw snowflakeError("canceled");
      }
      this.#running = true;
      try {
        return await work();
      } catch (error) {
        this.#interrupted = false;
        throw translateError(error);
      } finally {
        this.#running = false;
        this.#interruption.end();
        if (this.#statementDepth === 0) this.#interrupted = false;
      }
    });
    this.#tail = result.catch(() => undefined);
    return result;
  }

  #streamOf(sql: string, result: DuckDBResult, done: () => void): QueryStream {
    const types = columnTypes(result);
    let ended = false;
    let fetching = false;
    let reading: Promise<unknown> = Promise.resolve();
    const end = () => {
      ended = true;
      done();
    };
    const read = async (): Promise<ColumnChunk | undefined> => {
      if (ended) return undefined;
      fetching = true;
      try {
        const chunk = await result.fetchChunk();
        if (chunk && chunk.rowCount > 0) return columnChunk(chunk.chunk, types);
        // The client reports no error here; a broken result only ceases to call itself a stream.
        if (!result.isStreaming) throw await this.#brokenStream(sql);
        end();
        return undefined;
      } catch (error) {
        end();
        throw translateError(error);
      } finally {
        fetching = false;
      }
    };
    return {
      names: result.columnNames(),
      next: () => {
        const next = reading.then(read);
        reading = next.catch(() => undefined);
        return next;
      },
      close: async () => {
        if (fetching) this.#interruption.begin();
        await reading;
        this.#interruption.end();
        if (ended) return;
        // The next statement on the connection is what ends a query that still has rows to give.
        await this.#duck.run("SELECT 1").catch(() => undefined);
        end();
      },
    };
  }

  /** The error that a stream ended with: asked for again, because the client does not hand it out. */
  async #brokenStream(sql: string): Promise<Error> {
    if (this.#interrupted) return snowflakeError("canceled");
    try {
      await this.#duck.run(sql);
    } catch (error) {
      if (!/transaction is aborted/.test(String(error))) return translateError(error);
    }
    const lost = snowflakeError("internal", { detail: "the result could not be read to its end" });
    lost.cause = new BrokenStreamError(sql);
    return lost;
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateError(error);
  }
}

/** The cause of an internal error whose own error DuckDB gives only when the query runs again. */
export class BrokenStreamError extends Error {
  override readonly name = "BrokenStreamError";
}

function parameterType(value: Parameter): DuckDBType {
  if (typeof value === "boolean") return BOOLEAN;
  if (typeof value === "bigint") return BIGINT;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
  return VARCHAR;
}

/** DuckDB tells the rows of INSERT, UPDATE and DELETE apart from those of CREATE TABLE AS and COPY. */
async function changedRows(result: DuckDBResult): Promise<number> {
  if (result.rowsChanged > 0) return result.rowsChanged;
  if (result.columnCount !== 1 || result.columnName(0) !== "Count") return 0;
  const [column] = (await readAll(result)).chunks[0]?.columns ?? [];
  return column?.kind === "bigint" ? Number(column.values[0]) : 0;
}

async function readAll(result: DuckDBResult): Promise<QueryResult> {
  const types = columnTypes(result);
  const chunks: ColumnChunk[] = [];
  let rowCount = 0;
  for (const chunk of await result.fetchAllChunks()) {
    rowCount += chunk.rowCount;
    chunks.push(columnChunk(chunk.chunk, types));
  }
  return { names: result.columnNames(), chunks, rowCount };
}

function columnTypes(result: DuckDBResult): LogicalType[] {
  return Array.from(
    { length: result.columnCount },
    (_, i) => result.columnLogicalType(i).logical_type,
  );
}

/** Keeps the engine's chunk reachable for as long as its columns are: they read its memory. */
class ResultChunk implements ColumnChunk {
  readonly rowCount: number;
  readonly columns: ColumnChunk["columns"];
  readonly source: RawChunk;

  constructor(source: RawChunk, types: readonly LogicalType[]) {
    this.source = source;
    this.rowCount = duckdb.data_chunk_get_size(source);
    this.columns = types.map((type, i) =>
      readColumn(duckdb.data_chunk_get_vector(source, i), this.rowCount, type),
    );
  }
}

function columnChunk(source: RawChunk, types: readonly LogicalType[]): ColumnChunk {
  return new ResultChunk(source, types);
}

function chunkOf(
  types: readonly LogicalType[],
  columns: readonly AppendColumn[],
  from: number,
  to: number,
): DuckDBDataChunk {
  const raw = duckdb.create_data_chunk([...types]);
  duckdb.data_chunk_set_size(raw, to - from);
  columns.forEach((column, i) => {
    const vector = duckdb.data_chunk_get_vector(raw, i);
    writeVector(vector, must(types[i]), column.values.slice(from, to));
  });
  return new DuckDBDataChunk(raw);
}
