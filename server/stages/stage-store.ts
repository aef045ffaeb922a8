/**
 * The files of internal stages. A file's bytes are one file on disk under a name of ours, so no path that a client
 * chooses ever becomes a path of the machine; which stage has it under which path is a row of the account's
 * database. The row comes last, so a killed process leaves no half file behind: bytes without a row are
 * removed at the next start.
 */

import { createHash, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync } from "node:fs";
import { constants, copyFile, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { quoteText } from "../../translator/lower/sql.ts";

/** What the store needs of the engine; server/storage has it. */
export interface StageIndex {
  run(sql: string): Promise<number>;
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

export type StoredFile = {
  /** From the stage's root, without a slash in front. */
  readonly path: string;
  readonly size: number;
  /** Of the bytes, in hexadecimal. */
  readonly md5: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Where the bytes are. They never change: a file that is overwritten gets another place. */
  readonly localPath: string;
};

export type StageStoreOptions = {
  readonly index: StageIndex;
  readonly directory: string | undefined;
  /** Whether a stage still exists; files of others are removed. */
  readonly isKnown: (stage: string) => boolean;
  readonly now: () => number;
  readonly localFiles?: string | undefined;
};

/** Is told of a file that has been staged. Whoever staged it waits for the end. */
export type Arrival = (stage: string, file: StoredFile) => Promise<void>;

const TABLE = "mockhaus.staged_files";
/** Characters of the staged name that the name on disk ends with, for people who look. */
const NAME_TAIL = 60;

export class StageStore {
  /** Directory below which stages may have `file://` URLs; undefined for none. */
  readonly localFiles: string | undefined;
  readonly #index: StageIndex;
  readonly #now: () => number;
  readonly #temporary: boolean;
  /** Undefined until the first file, when the account is in memory. */
  #directory: string | undefined;
  /** By stage, then by path. */
  readonly #files = new Map<string, Map<string, StoredFile>>();
  #arrival: Arrival = async () => undefined;
  /** Writes to the index take turns: the engine refuses two that meet. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: Omit<StageStoreOptions, "isKnown">) {
    this.#index = options.index;
    this.#directory = options.directory;
    this.#temporary = options.directory === undefined;
    this.#now = options.now;
    this.localFiles = options.localFiles;
  }

  /**
   * Opens the store below a data directory, or in a folder of the system's temporary one that goes with the account.
   */
  static async open(options: StageStoreOptions): Promise<StageStore> {
    const directory = options.directory && join(options.directory, "stages");
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
    const store = new StageStore({ ...options, directory });
    await store.#load(options.isKnown);
    return store;
  }

  async #load(isKnown: (stage: string) => boolean): Promise<void> {
    await this.#index.run(
      `CREATE TABLE IF NOT EXISTS ${TABLE} (stage VARCHAR, path VARCHAR, blob VARCHAR, size BIGINT, ` +
        "md5 VARCHAR, modified_at BIGINT, PRIMARY KEY (stage, path))",
    );
    const blobs = new Set<string>();
    const lost = new Set<string>();
    for (const row of await this.#index.rows(`SELECT * FROM ${TABLE}`)) {
      const stage = String(row["stage"]);
      if (!isKnown(stage)) {
        lost.add(stage);
        continue;
      }
      blobs.add(String(row["blob"]));
      this.#remember(stage, {
        path: String(row["path"]),
        size: Number(row["size"]),
        md5: String(row["md5"]),
        modifiedAt: Number(row["modified_at"]),
        localPath: join(this.#home(), String(row["blob"])),
      });
    }
    for (const stage of lost) await this.#forgetRows(stage);
    if (this.#directory === undefined) return;
    for (const name of await readdir(this.#directory)) {
      if (!blobs.has(name)) await rm(join(this.#directory, name), { force: true });
    }
  }

  /** Who is told of every file that is staged from now on. */
  onArrival(arrival: Arrival): void {
    this.#arrival = arrival;
  }

  /** The files of a stage in the order of their paths. */
  list(stage: string): readonly StoredFile[] {
    const files = [...(this.#files.get(stage)?.values() ?? [])];
    return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  get(stage: string, path: string): StoredFile | undefined {
    return this.#files.get(stage)?.get(path);
  }

  /** Where a file may be written before `adopt` makes it a staged one. @param name what its name ends with */
  newFile(name: string): string {
    const tail = name.replaceAll(/[^\w.-]/g, "_").slice(-NAME_TAIL);
    return join(this.#home(), `${randomBytes(12).toString("hex")}-${tail}`);
  }

  /**
   * Stages a file that was written to `newFile`; an older one of the same path is replaced. When this
   * has ended, the file survives a crash.
   */
  async adopt(stage: string, path: string, written: string): Promise<StoredFile> {
    const hash = createHash("md5");
    let size = 0;
    for await (const chunk of createReadStream(written)) {
      const bytes = chunk as Buffer;
      hash.update(bytes);
      size += bytes.length;
    }
    await flush(written);
    await flush(this.#home());
    const file = await this.#add(stage, {
      path,
      size,
      md5: hash.digest("hex"),
      modifiedAt: this.#now(),
      localPath: written,
    });
    await this.#arrival(stage, file);
    return file;
  }

  /** Stages the bytes of a stream. A stream that breaks leaves nothing. */
  async write(stage: string, path: string, source: Readable): Promise<StoredFile> {
    const target = this.newFile(path);
    try {
      await pipeline(source, createWriteStream(target, { flags: "wx" }));
      return await this.adopt(stage, path, target);
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  }

  /** Stages the bytes of another staged file once more. */
  async copy(
    { path: name, localPath }: StoredFile,
    stage: string,
    path: string,
  ): Promise<StoredFile> {
    const target = this.newFile(name);
    await copyFile(localPath, target, constants.COPYFILE_FICLONE);
    return this.adopt(stage, path, target);
  }

  async #add(stage: string, file: StoredFile): Promise<StoredFile> {
    const blob = basename(file.localPath);
    const values = [stage, file.path, blob].map(quoteText).join(", ");
    return this.#inTurn(async () => {
      await this.#index.run(
        `INSERT OR REPLACE INTO ${TABLE} VALUES (${values}, ${file.size}, '${file.md5}', ${file.modifiedAt})`,
      );
      const replaced = this.get(stage, file.path);
      this.#remember(stage, file);
      if (replaced !== undefined) await rm(replaced.localPath, { force: true });
      return file;
    });
  }

  /** @returns false when there was no such file */
  async remove(stage: string, path: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const file = this.get(stage, path);
      if (file === undefined) return false;
      await this.#index.run(
        `DELETE FROM ${TABLE} WHERE stage = ${quoteText(stage)} AND path = ${quoteText(path)}`,
      );
      this.#files.get(stage)?.delete(path);
      await rm(file.localPath, { force: true });
      return true;
    });
  }

  /** Removes all files of a stage that is gone. */
  async removeStage(stage: string): Promise<void> {
    if (!this.#files.has(stage)) return;
    await this.#inTurn(async () => {
      const files = this.list(stage);
      await this.#forgetRows(stage);
      this.#files.delete(stage);
      for (const { localPath } of files) await rm(localPath, { force: true });
    });
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#index.close();
    if (!this.#temporary || this.#directory === undefined) return;
    await rm(this.#directory, { recursive: true, force: true });
  }

  #home(): string {
    this.#directory ??= mkdtempSync(join(tmpdir(), "mockhaus-stages-"));
    return this.#directory;
  }

  async #forgetRows(stage: string): Promise<void> {
    await this.#index.run(`DELETE FROM ${TABLE} WHERE stage = ${quoteText(stage)}`);
  }

  #remember(stage: string, file: StoredFile): void {
    const files = this.#files.get(stage) ?? new Map<string, StoredFile>();
    files.set(file.path, file);
    this.#files.set(stage, files);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** Waits until the disk has a file's bytes, or a directory's names. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
