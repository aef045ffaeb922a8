/**
 * Rows that the server itself makes while a statement runs: a table in an in-memory database of its own, which every connection
 * can read, also in the middle of a transaction. The engine writes it to disk when memory is short.
 */

import type { DuckConnection } from "./connection.ts";
import type { DuckDatabase } from "./database.ts";
import type { AppendColumn, AppendTarget, PlainRow } from "./storage.ts";

export type SpoolColumn = { readonly name: string; readonly duckType: string };

export class Spool {
  /** The table, as SQL. */
  readonly relation: string;
  rowCount = 0;
  #timeZone = "";
  readonly #database: DuckDatabase;
  readonly #catalog: string;
  readonly #connection: DuckConnection;
  readonly #duckTypes: readonly string[];

  private constructor(
    database: DuckDatabase,
    connection: DuckConnection,
    duckTypes: readonly string[],
  ) {
    const catalog = `spool_${connection.id}`;
    this.#database = database;
    this.#connection = connection;
    this.#catalog = catalog;
    this.#duckTypes = duckTypes;
    this.relation = `${catalog}.main.rows`;
  }

  /** The caller closes it when the statement has ended. */
  static async create(database: DuckDatabase, columns: readonly SpoolColumn[]): Promise<Spool> {
    const connection = await database.connect();
    const definitions = columns.map(({ name, duckType }) => `${name} ${duckType}`);
    const types = columns.map(({ duckType }) => duckType);
    const spool = new Spool(database, connection, types);
    await connection.run(
      `ATTACH ':memory:' AS ${spool.#catalog}; CREATE TABLE ${spool.relation} (${definitions.join(", ")})`,
    );
    return spool;
  }

  /**
   * An empty spool for the rows of queries that `insert` runs: outside of any session's transaction, so that what fails there
   * undoes nothing.
   * @param timeZone in which the engine converts TIMESTAMPTZ
   */
  static async forQueries(
    database: DuckDatabase,
    columns: readonly SpoolColumn[],
    timeZone: string,
  ): Promise<Spool> {
    const spool = await Spool.create(database, columns);
    spool.#timeZone = timeZone;
    await spool.#connection.setTimeZone(timeZone);
    return spool;
  }

  /** Stops what runs on the spool. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  /** Asks something on the spool's own connection. */
  rows(sql: string): Promise<readonly PlainRow[]> {
    return this.#connection.rows(sql);
  }

  /** Adds the rows of a query, all or none. */
  async insert(select: string): Promise<void> {
    if (!select.includes("nextval(")) {
      this.rowCount += await this.#connection.run(`INSERT INTO ${this.relation} ${select}`);
      return;
    }
    // A sequence is of the account's database, and the engine writes one database at a time.
    const source = await this.#database.connect();
    try {
      await source.setTimeZone(this.#timeZone);
      this.rowCount += await this.#connection.appendFrom(source, select, this.#target());
    } finally {
      await source.close();
    }
  }

  #target(): AppendTarget {
    return { catalog: this.#catalog, schema: "main", name: "rows" };
  }

  /** Appends rows, column by column in the order of the columns. */
  async append(values: readonly AppendColumn["values"][]): Promise<void> {
    const columns = this.#duckTypes.map((duckType, i) => ({ duckType, values: values[i] ?? [] }));
    this.rowCount += await this.#connection.append(this.#target(), columns);
  }

  async close(): Promise<void> {
    await this.#connection.run(`DETACH ${this.#catalog}`);
    await this.#connection.close();
  }
}
