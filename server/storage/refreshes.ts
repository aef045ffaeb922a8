/**
 * How fresh each dynamic table is. A row of `mockhaus.refreshes` is written in the transaction that changes the table's rows; this
 * is its copy in memory, which follows once the transaction is durable. A table without a row was never refreshed.
 */

import type { DuckConnection } from "./connection.ts";

export const REFRESHES_SETUP = `
  CREATE TABLE IF NOT EXISTS mockhaus.refreshes (
    dynamic_table BIGINT NOT NULL,
    data_timestamp BIGINT NOT NULL
  );
`;

const TABLE = "mockhaus.refreshes";

export class Refreshes {
  readonly #timestamps = new Map<number, number>();

  static async load(connection: Pick<DuckConnection, "rows">): Promise<Refreshes> {
    const refreshes = new Refreshes();
    for (const row of await connection.rows(`SELECT * FROM ${TABLE}`)) {
      refreshes.put(Number(row.dynamic_table), Number(row.data_timestamp));
    }
    return refreshes;
  }

  /** The data timestamp of a table's last refresh, in milliseconds since the epoch. */
  get(table: number): number | undefined {
    return this.#timestamps.get(table);
  }

  /** The transaction that wrote the row is durable. */
  put(table: number, dataTimestamp: number): void {
    this.#timestamps.set(table, dataTimestamp);
  }
}

/** The statements that write the data timestamp of a table. */
export function refreshedSql(table: number, dataTimestamp: number): string {
  return `DELETE FROM ${TABLE} WHERE dynamic_table = ${table};
    INSERT INTO ${TABLE} VALUES (${table}, ${Math.round(dataTimestamp)})`;
}
