/**
 * Rows that the server itself makes while a statement runs: a table in an in-memory database of its own, which every connection
 * can read, also in the middle of a transaction. The engine writes it to disk when memory is short.
 */

import type { DuckConnection } from "./connection.ts";
import type { DuckDatabase } from "./database.ts";
import type { AppendColumn, PlainRow } from "./storage.ts";

export type SpoolColumn = { readonly name: string; readonly duckType: string };

export class Spool {
  /** The table, as SQL. */
  readonly relation: string;
  rowCount = 0;
  readonly #catalog: string;
  readonly #connection: DuckConnection;
  readonly #duckTypes: readonly string[];

  private constructor(connection: DuckConnection, catalog: string, duckTypes: readonly string[]) {
    this.#connection = connection;
    this.#catalog = catalog;
    this.#duckTypes = duckTypes;
    this.relation = `${catalog}.main.rows`;
  }

  /** The caller closes it when the statement has ended. */
  static async create(database: DuckDatabase, columns: readonly SpoolColumn[]): Promise<Spool> {
    const connection = await database.connect();
    const catalog = `spool_${connection.id}`;
    const definitions = columns.map(({ name, duckType }) => `${name} ${duckType}`);
    const types = columns.map(({ duckType }) => duckType);
    const spool = new Spool(connection, catalog, types);
    await connection.run(
      `ATTACH ':memory:' AS ${catalog}; CREATE TABLE ${spool.relation} (${definitions.join(", ")})`,
    );
    return spool;
  }

  /**
   * A spool of the rows of a query, run on the spool's own connection: what fails here undoes nothing elsewhere.
   * @param timeZone in which the engine converts TIMESTAMPTZ
   */
  static async ofQuery(database: DuckDatabase, select: string, timeZone: string): Promise<Spool> {
    const connection = await database.connect();
    const catalog = `spool_${connection.id}`;
    const spool = new Spool(connection, catalog, []);
    try {
      await connection.setTimeZone(timeZone);
      await connection.run(`ATTACH ':memory:' AS ${catalog}`);
      spool.rowCount = await connection.run(`CREATE TABLE ${spool.relation} AS ${select}`);
      return spool;
    } catch (error) {
      await spool.close().catch(() => undefined);
      throw error;
    }
  }

  /** Asks something on the spool's own connection. */
  rows(sql: string): Promise<readonly PlainRow[]> {
    return this.#connection.rows(sql);
  }

  /** Adds the rows of a query, all or none. */
  async insert(select: string): Promise<void> {
    this.rowCount += await this.#connection.run(`INSERT INTO ${this.relation} ${select}`);
  }

  /** Appends rows, column by column in the order of the columns. */
  async append(values: readonly AppendColumn["values"][]): Promise<void> {
    const columns = this.#duckTypes.map((duckType, i) => ({ duckType, values: values[i] ?? [] }));
    const target = { catalog: this.#catalog, schema: "main", name: "rows" };
    this.rowCount += await this.#connection.append(target, columns);
  }

  async close(): Promise<void> {
    await this.#connection.run(`DETACH ${this.#catalog}`);
    await this.#connection.close();
  }
}
