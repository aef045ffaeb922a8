/** The results of an account: bounded in count, memory and disk; the oldest go first. */

import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { STORED_FILE_BYTES_MAX, STORED_MEMORY_BYTES_MAX, STORED_RESULTS_LIMIT } from "../limits.ts";
import { chunkBytes } from "./compact.ts";
import type { StoredResult } from "./stored.ts";

type Entry = {
  readonly result: StoredResult;
  readonly memoryBytes: number;
  readonly fileBytes: number;
  /** Part of the URLs of its chunks: who has not seen the answer cannot guess them. */
  readonly token: string;
  /** Downloads that read the file right now. */
  readers: number;
  evicted: boolean;
};

export type StoreLimits = {
  readonly results: number;
  readonly memoryBytes: number;
  readonly fileBytes: number;
};

const LIMITS: StoreLimits = {
  results: STORED_RESULTS_LIMIT,
  memoryBytes: STORED_MEMORY_BYTES_MAX,
  fileBytes: STORED_FILE_BYTES_MAX,
};

/** Bytes that a row of cells takes, roughly. */
const CELL_BYTES = 64;

export class ResultStore {
  readonly #parent: string | undefined;
  readonly #limits: StoreLimits;
  /** In the order of their arrival. */
  readonly #entries = new Map<string, Entry>();
  #directory: string | undefined;
  #nextFile = 1;
  #memoryBytes = 0;
  #fileBytes = 0;

  /** @param directory the account's data directory; undefined puts files below the system's temporary one */
  constructor(directory: string | undefined, limits: StoreLimits = LIMITS) {
    this.#parent = directory;
    this.#limits = limits;
  }

  /** Keeps a result, and drops old ones where a limit is passed. The newest stays in any case. */
  put(result: StoredResult): void {
    this.#drop(result.queryId);
    const memoryBytes = inlineBytes(result);
    const fileBytes = result.exported?.bytes ?? 0;
    const token = randomBytes(16).toString("hex");
    this.#entries.set(result.queryId, {
      result,
      memoryBytes,
      fileBytes,
      token,
      readers: 0,
      evicted: false,
    });
    this.#memoryBytes += memoryBytes;
    this.#fileBytes += fileBytes;
    this.#evict(result.queryId);
  }

  get(queryId: string): StoredResult | undefined {
    return this.#entries.get(queryId)?.result;
  }

  /** The secret of a result's chunk URLs. */
  token(queryId: string): string | undefined {
    return this.#entries.get(queryId)?.token;
  }

  /**
   * Works with a result whose file stays until the work has ended, evicted or not.
   * @returns undefined when there is no such result, or the token is not its own
   */
  async use<T>(
    queryId: string,
    token: string,
    work: (result: StoredResult) => Promise<T>,
  ): Promise<T | undefined> {
    const entry = this.#entries.get(queryId);
    if (entry === undefined || entry.token !== token) return undefined;
    entry.readers++;
    try {
      return await work(entry.result);
    } finally {
      entry.readers--;
      if (entry.evicted && entry.readers === 0) this.#deleteFile(entry);
    }
  }

  /** The path for a new file. */
  async newFile(): Promise<string> {
    this.#directory ??= this.#makeDirectory();
    return join(this.#directory, `${this.#nextFile++}.parquet`);
  }

  /** Removes a file that belongs to no result. */
  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** Forgets everything and removes all files. */
  async close(): Promise<void> {
    this.#entries.clear();
    this.#memoryBytes = 0;
    this.#fileBytes = 0;
    if (this.#directory === undefined) return;
    await rm(this.#directory, { recursive: true, force: true });
    this.#directory = undefined;
  }

  #makeDirectory(): string {
    if (this.#parent === undefined) return mkdtempSync(join(tmpdir(), "mockhaus-results-"));
    const directory = join(this.#parent, "results");
    // Files of a process that was killed belong to results that nobody can ask for any more.
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  #evict(newest: string): void {
    const { results, memoryBytes, fileBytes } = this.#limits;
    for (const queryId of this.#entries.keys()) {
      const fits =
        this.#entries.size <= results &&
        this.#memoryBytes <= memoryBytes &&
        this.#fileBytes <= fileBytes;
      if (fits || queryId === newest) return;
      this.#drop(queryId);
    }
  }

  #drop(queryId: string): void {
    const entry = this.#entries.get(queryId);
    if (entry === undefined) return;
    this.#entries.delete(queryId);
    this.#memoryBytes -= entry.memoryBytes;
    this.#fileBytes -= entry.fileBytes;
    entry.evicted = true;
    if (entry.readers === 0) this.#deleteFile(entry);
  }

  #deleteFile(entry: Entry): void {
    const path = entry.result.exported?.path;
    if (path !== undefined) rmSync(path, { force: true });
  }
}

function inlineBytes({ inline, columns }: StoredResult): number {
  if (inline.kind === "cells") return inline.rows.length * columns.length * CELL_BYTES;
  return inline.chunks.reduce((sum, chunk) => sum + chunkBytes(chunk), 0);
}
