/**
 * The data directory: `account.duckdb` (and its log), `FORMAT` with the layout's number, `LOCK` with who has it
 * open, `tmp/` for spilled results. DuckDB's own lock on the file decides who may open it; the operating system releases that
 * one however the process ends. LOCK only lets the refusal name the other process.
 */

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** Layout of the directory and of mockhaus' own tables in it. */
export const FORMAT_VERSION = 1;

export class DataDirectoryError extends Error {
  override readonly name = "DataDirectoryError";
}

export type DataDirectory = {
  readonly path: string;
  readonly databaseFile: string;
  readonly tempDirectory: string;
  /** Call when DuckDB has the file open. */
  markOpen(): void;
  release(): void;
};

/** The file that makes a directory an account's. */
export function databaseFileOf(directory: string): string {
  return join(directory, "account.duckdb");
}

/** Directories open in this process: DuckDB's lock is between processes and would not notice a second time. */
const open = new Set<string>();

/**
 * Prepares the directory and checks its format.
 * @throws DataDirectoryError when it belongs to a newer version or is open already
 */
export function prepareDataDirectory(path: string): DataDirectory {
  mkdirSync(path, { recursive: true });
  const real = realpathSync(path);
  if (open.has(real)) throw new DataDirectoryError(`${path} is already open in this process`);
  checkFormat(real);
  const tempDirectory = join(real, "tmp");
  // What a killed process spilled is of no use any more; the same holds for its lock note.
  const lock = join(real, "LOCK");
  return {
    path: real,
    databaseFile: databaseFileOf(real),
    tempDirectory,
    markOpen() {
      open.add(real);
      rmSync(tempDirectory, { recursive: true, force: true });
      writeDurably(lock, `${process.pid}\n`);
    },
    release() {
      open.delete(real);
      rmSync(lock, { force: true });
    },
  };
}

/** The refusal when DuckDB could not lock the file. */
export function lockedError(directory: DataDirectory, cause: unknown): DataDirectoryError {
  const owner = readText(join(directory.path, "LOCK"))?.trim();
  const who = owner === undefined ? "another process" : `process ${owner}`;
  return new DataDirectoryError(`${directory.path} is in use by ${who}`, { cause });
}

function checkFormat(directory: string): void {
  const file = join(directory, "FORMAT");
  const text = readText(file);
  if (text === undefined) {
    writeDurably(file, `${FORMAT_VERSION}\n`);
    return;
  }
  const found = Number(text.trim());
  if (found !== FORMAT_VERSION) {
    throw new DataDirectoryError(
      `${directory} has format ${text.trim()}, and this version of mockhaus reads format ${FORMAT_VERSION}`,
    );
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, "w");
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
