/** What the tests of this folder share: a database with a table, and short ways to change it. */

import type { DuckConnection } from "./connection.ts";
import { type DuckDatabase, openDatabase } from "./database.ts";
import type { LockMode } from "./locks.ts";
import { createTable, physicalTableName, type Table } from "./tables.ts";
import { Transactions, type WriteStatement } from "./transactions.ts";

/** A session of a test. */
export type TestSession = {
  readonly connection: DuckConnection;
  readonly transactions: Transactions;
};

export async function openTestSession(database: DuckDatabase): Promise<TestSession> {
  const connection = await database.connect();
  return { connection, transactions: new Transactions(database, connection) };
}

export function openTestDatabase(directory?: string | undefined): Promise<DuckDatabase> {
  return openDatabase({ directory, hostFunctions: [], threads: 2 });
}

/** A table `(k DECIMAL(38,0) NOT NULL, v VARCHAR)`. */
export function testTable(id: number, keepsHistory = true): Table {
  return {
    id,
    name: `T${id}`,
    physical: physicalTableName(id, `T${id}`),
    keepsHistory,
    columns: [
      { physical: "k", duckType: "DECIMAL(38,0)", nullable: false },
      { physical: "v", duckType: "VARCHAR", nullable: true },
    ],
  };
}

let lastQuery = 0;

export function writing(
  tables: readonly Table[],
  mode: LockMode,
  options: Partial<Pick<WriteStatement, "queryId" | "lockTimeoutSeconds">> = {},
): WriteStatement {
  return {
    queryId: options.queryId ?? `query-${++lastQuery}`,
    locks: tables.map(({ id, name }) => ({ table: id, name, mode })),
    lockTimeoutSeconds: options.lockTimeoutSeconds ?? 60,
  };
}

export async function createTestTable(session: TestSession, table: Table): Promise<void> {
  await session.transactions.ddl(writing([table], "exclusive"), (writer) =>
    createTable(writer, table),
  );
}
