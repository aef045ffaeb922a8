/**
 * The engine as the rest of the server sees it. Everything here is implemented on DuckDB in this folder, the only
 * one that knows the engine's client; another engine is another implementation of these interfaces.
 */

import type { HostFunction } from "../../translator/base/host.ts";
import type { Column } from "./columns.ts";

export type DatabaseOptions = {
  /** Data directory. Undefined keeps everything in memory. */
  readonly directory?: string | undefined;
  /** Registered once per database; every connection can call them. */
  readonly hostFunctions: readonly HostFunction[];
  readonly threads?: number | undefined;
  /** As DuckDB writes sizes: `4GB`. */
  readonly memoryLimit?: string | undefined;
  /** Where large intermediate results spill. */
  readonly tempDirectory?: string | undefined;
};

/** A batch of rows, column by column. Valid until the next batch is asked for. */
export type ColumnChunk = {
  readonly rowCount: number;
  readonly columns: readonly Column[];
};

/** A small result, read completely. */
export type QueryResult = {
  readonly names: readonly string[];
  readonly chunks: readonly ColumnChunk[];
  readonly rowCount: number;
};

/** A result read in batches. The connection is busy until it is read to the end or closed. */
export type QueryStream = {
  readonly names: readonly string[];
  next(): Promise<ColumnChunk | undefined>;
  /** Stops the query when it still runs. Safe to call twice. */
  close(): Promise<void>;
};

/** Plain values of a row by column name, for catalog tables; not for results of users. */
export type PlainValue = string | number | bigint | boolean | null;
export type PlainRow = Readonly<Record<string, PlainValue>>;

/** Values for `$1`, `$2` … of internal statements. */
export type Parameter = string | number | bigint | boolean | null;

/**
 * One connection, used by one session. Calls queue up and run in order. All errors are SnowflakeErrors: those of
 * DuckDB are translated, with the original as `cause`.
 */
export interface Connection {
  readonly id: number;
  /** Runs one or several statements and answers how many rows the last one changed. */
  run(sql: string, parameters?: readonly Parameter[]): Promise<number>;
  /** Runs a query and reads all of its rows into memory. */
  query(sql: string): Promise<QueryResult>;
  /** The same as plain rows: for the server's own tables. */
  rows(sql: string, parameters?: readonly Parameter[]): Promise<readonly PlainRow[]>;
  /** Starts a query whose rows are produced while they are read. */
  stream(sql: string): Promise<QueryStream>;
  /** Stops what runs on this connection; that statement fails with 000604. */
  interrupt(): void;
  /** The zone in which DuckDB converts TIMESTAMPTZ; an IANA name. */
  setTimeZone(zone: string): Promise<void>;
  /** Appends rows column by column to a table, in the current transaction. */
  append(table: AppendTarget, columns: readonly AppendColumn[]): Promise<number>;
  close(): Promise<void>;
}

export type AppendTarget = {
  /** `temp` for a temporary table; undefined for the database. */
  readonly catalog?: string | undefined;
  readonly schema: string;
  readonly name: string;
};

/** The values of one column, in the form of its DuckDB type (`HostValue`s, decimals as scaled bigint). */
export type AppendColumn = {
  readonly duckType: string;
  readonly values: readonly (string | Uint8Array | boolean | bigint | number | null)[];
};

export interface Database {
  /** A new connection; the caller closes it. */
  connect(): Promise<Connection>;
  /** Path of the data directory; undefined in memory. */
  readonly directory: string | undefined;
  /** Writes the log into the database file. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}
