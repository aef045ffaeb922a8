/**
 * The files that pipes have been sent and have yet to load. They are rows of the account's own database: a row is taken away in
 * the transaction that loads its file, so that a file is loaded once, also when the server is killed in between.
 * https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro
 */

import { quoteText } from "../../../translator/lower/sql.ts";
import type { StageIndex } from "../stage-store.ts";
import { pipedFiles } from "./load-history.ts";

export type QueuedFile = {
  readonly pipe: number;
  /** Numbers the files of all pipes. */
  readonly number: number;
  /** From the stage's root. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
};

/** A file that a pipe is sent. */
export type SentFile = {
  readonly path: string;
  readonly size: number;
  /** Tells it apart from all others, as the load history does. */
  readonly key: string;
};

const TABLE = "mockhaus.pipe_queue";

export class PipeQueue {
  readonly #index: StageIndex;
  readonly #files = new Map<number, QueuedFile[]>();
  #next = 1;
  /** Writes take turns: the engine refuses two that meet. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(index: StageIndex) {
    this.#index = index;
  }

  /** @param isKnown whether a pipe still exists: files of others are forgotten */
  static async open(index: StageIndex, isKnown: (pipe: number) => boolean): Promise<PipeQueue> {
    const queue = new PipeQueue(index);
    await queue.#load(isKnown);
    return queue;
  }

  async #load(isKnown: (pipe: number) => boolean): Promise<void> {
    await this.#index.run(
      `CREATE TABLE IF NOT EXISTS ${TABLE} (pipe BIGINT, number BIGINT, path VARCHAR, size BIGINT, received_at BIGINT)`,
    );
    for (const row of await this.#index.rows(`SELECT * FROM ${TABLE} ORDER BY number`)) {
      const pipe = Number(row["pipe"]);
      if (!isKnown(pipe)) {
        await this.#index.run(`DELETE FROM ${TABLE} WHERE pipe = ${pipe}`);
        continue;
      }
      this.#remember({
        pipe,
        number: Number(row["number"]),
        path: String(row["path"]),
        size: Number(row["size"]),
        receivedAt: Number(row["received_at"]),
      });
    }
    const [last] = await this.#index.rows(
      `SELECT greatest((SELECT coalesce(max(number), 0) FROM ${TABLE}),
        (SELECT coalesce(max(pipe_number), 0) FROM mockhaus.load_history)) AS number`,
    );
    this.#next = Number(last?.["number"] ?? 0) + 1;
  }

  /** What a pipe has yet to load, in the order in which it was sent. */
  pending(pipe: number): readonly QueuedFile[] {
    return this.#files.get(pipe) ?? [];
  }

  /** The pipes that have something to load. */
  pipes(): readonly number[] {
    return [...this.#files.keys()];
  }

  /**
   * Queues files, but for those that the pipe has loaded or is about to. When this has ended, they survive a crash.
   * @returns those that are queued now
   */
  async add(
    pipe: number,
    files: readonly SentFile[],
    receivedAt: number,
  ): Promise<readonly QueuedFile[]> {
    if (files.length === 0) return [];
    return this.#inTurn(async () => {
      // In this order: a file whose load ends meanwhile is in the one or in the other.
      const waiting = new Set(this.pending(pipe).map(({ path }) => path));
      const loaded = await pipedFiles(this.#index, pipe);
      const added = files
        .filter(({ path, key }) => !waiting.has(path) && !loaded.has(key))
        .map(({ path, size }) => ({ pipe, number: this.#next++, path, size, receivedAt }));
      if (added.length === 0) return [];
      await this.#index.run(`INSERT INTO ${TABLE} VALUES ${added.map(valuesOf).join(", ")}`);
      for (const file of added) this.#remember(file);
      return added;
    });
  }

  /** The statement that takes a file away, for the transaction that loads it. */
  doneSql({ pipe, number }: QueuedFile): string {
    return `DELETE FROM ${TABLE} WHERE pipe = ${pipe} AND number = ${number}`;
  }

  /** That transaction is durable. */
  done({ pipe, number }: QueuedFile): void {
    const left = this.pending(pipe).filter((file) => file.number !== number);
    if (left.length === 0) this.#files.delete(pipe);
    else this.#files.set(pipe, left);
  }

  /** Forgets the files of a pipe that is gone. */
  async forget(pipe: number): Promise<void> {
    this.#files.delete(pipe);
    await this.#inTurn(() => this.#index.run(`DELETE FROM ${TABLE} WHERE pipe = ${pipe}`));
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#index.close();
  }

  #remember(file: QueuedFile): void {
    this.#files.set(file.pipe, [...this.pending(file.pipe), file]);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function valuesOf({ pipe, number, path, size, receivedAt }: QueuedFile): string {
  return `(${pipe}, ${number}, ${quoteText(path)}, ${size}, ${Math.round(receivedAt)})`;
}
