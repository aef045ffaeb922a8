/** Opens the one DuckDB database that holds an account: in memory, or in a data directory. */

import { availableParallelism } from "node:os";
import { DuckDBInstance } from "@duckdb/node-api";
import { Commits } from "./commits.ts";
import { DuckConnection } from "./connection.ts";
import { type DataDirectory, lockedError, prepareDataDirectory } from "./data-directory.ts";
import { registerHostFunctions } from "./host-functions.ts";
import { Locks } from "./locks.ts";
import { REFRESHES_SETUP, Refreshes } from "./refreshes.ts";
import type { Database, DatabaseOptions } from "./storage.ts";
import { OFFSETS_SETUP, StreamOffsets } from "./stream-offsets.ts";

/** Rows' identities. One sequence for all tables: a clone's rows stay distinct from its source's later ones. */
export const ROW_ID_SEQUENCE = "mockhaus.row_id";
/** An in-memory database beside the account: change sets of open transactions, kept for replay. */
export const SCRATCH = "scratch";

const SETUP = `
  CREATE SCHEMA IF NOT EXISTS data;
  CREATE SCHEMA IF NOT EXISTS mockhaus;
  CREATE SEQUENCE IF NOT EXISTS ${ROW_ID_SEQUENCE};
  CREATE TABLE IF NOT EXISTS mockhaus.commits (
    version BIGINT NOT NULL,
    commit_number BIGINT NOT NULL,
    transaction_id BIGINT NOT NULL,
    committed_at TIMESTAMPTZ NOT NULL,
    query_id VARCHAR NOT NULL
  );
  ${OFFSETS_SETUP}
  ${REFRESHES_SETUP}
  ATTACH IF NOT EXISTS ':memory:' AS ${SCRATCH};
`;

export class DuckDatabase implements Database {
  readonly directory: string | undefined;
  readonly commits: Commits;
  readonly streams: StreamOffsets;
  readonly refreshes: Refreshes;
  readonly locks = new Locks();
  /** Writes change sets into the scratch database, outside of any session's transaction. */
  readonly scratch: DuckConnection;
  readonly #instance: DuckDBInstance;
  readonly #home: DataDirectory | undefined;
  readonly #connections = new Set<DuckConnection>();
  #nextConnection = 1;
  #nextScratchTable = 1;
  #ddl: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(
    instance: DuckDBInstance,
    home: DataDirectory | undefined,
    scratch: DuckConnection,
    commits: Commits,
    streams: StreamOffsets,
    refreshes: Refreshes,
  ) {
    this.#instance = instance;
    this.#home = home;
    this.directory = home?.path;
    this.scratch = scratch;
    this.commits = commits;
    this.streams = streams;
    this.refreshes = refreshes;
  }

  async connect(): Promise<DuckConnection> {
    const duck = await this.#instance.connect();
    const connection = new DuckConnection(this.#nextConnection++, duck, () => {
      this.#connections.delete(connection);
    });
    this.#connections.add(connection);
    return connection;
  }

  /** Runs catalog changes one after the other: DuckDB fails a transaction that meets another's. */
  ddlTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#ddl.then(work);
    this.#ddl = turn.catch(() => undefined);
    return turn;
  }

  /** A new name in the scratch database. */
  scratchTable(): string {
    return `change_set_${this.#nextScratchTable++}`;
  }

  async checkpoint(): Promise<void> {
    await this.scratch.run("CHECKPOINT");
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    await this.scratch.close();
    this.#instance.closeSync();
    this.#home?.release();
  }
}

/**
 * Opens or creates the account's database.
 * @throws DataDirectoryError when the directory is in use or of another format
 */
export async function openDatabase(options: DatabaseOptions): Promise<DuckDatabase> {
  const home =
    options.directory === undefined ? undefined : prepareDataDirectory(options.directory);
  const instance = await openInstance(home, options);
  try {
    const duck = await instance.connect();
    registerHostFunctions(duck, options.hostFunctions);
    await duck.run(SETUP);
    const connection = new DuckConnection(0, duck);
    const commits = await Commits.load(connection);
    const streams = await StreamOffsets.load(connection);
    const refreshes = await Refreshes.load(connection);
    return new DuckDatabase(instance, home, connection, commits, streams, refreshes);
  } catch (error) {
    instance.closeSync();
    home?.release();
    throw error;
  }
}

async function openInstance(
  home: DataDirectory | undefined,
  options: DatabaseOptions,
): Promise<DuckDBInstance> {
  const settings: Record<string, string> = {
    threads: String(options.threads ?? availableParallelism()),
    // Nothing is fetched from the network behind the user's back.
    autoinstall_known_extensions: "false",
    allow_community_extensions: "false",
    // The text of an error is ours; DuckDB need not look for similar names.
    catalog_error_max_schemas: "0",
    // A constant may order an aggregate's rows; DuckDB warns of it by an error.
    order_by_non_integer_literal: "true",
    // A chain of + is as deep as it is long (about 500 terms), and binding it takes seconds: longer ones are refused. AND, OR and || stay flat, whatever their length.
    max_expression_depth: "1200",
  };
  if (options.memoryLimit !== undefined) settings.memory_limit = options.memoryLimit;
  const temp = options.tempDirectory ?? home?.tempDirectory;
  if (temp !== undefined) settings.temp_directory = temp;
  try {
    const instance = await DuckDBInstance.create(home?.databaseFile ?? ":memory:", settings);
    home?.markOpen();
    return instance;
  } catch (error) {
    if (home !== undefined && /lock/i.test(String(error))) throw lockedError(home, error);
    throw error;
  }
}
