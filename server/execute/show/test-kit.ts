/** One session of a fresh account in memory, for tests of statements whose results are made in JavaScript. */

import { assert } from "../../../translator/base/assert.ts";
import type { StoredResult } from "../../results/stored.ts";
import { type Account, openAccount } from "../account.ts";
import { constantAt } from "../read-values.ts";

export type TestRow = Readonly<Record<string, unknown>>;

export type TestSession = {
  run(sql: string): Promise<StoredResult>;
  /** Column names, and rows of plain values. */
  result(sql: string): Promise<Pick<StoredResult, "columns"> & { readonly rows: unknown[][] }>;
  rows(sql: string): Promise<TestRow[]>;
  close(): Promise<void>;
};

function plainRows({ inline, columns }: StoredResult): unknown[][] {
  if (inline.kind === "cells") return inline.rows.map((row) => [...row]);
  return inline.chunks.flatMap((chunk) =>
    Array.from({ length: chunk.rowCount }, (_, row) =>
      columns.map((_column, index) => {
        const column = chunk.columns[index];
        assert(column !== undefined, "column expected");
        return constantAt(column, row);
      }),
    ),
  );
}

export async function openTestSession(): Promise<TestSession> {
  return testSession(await openAccount());
}

/** A session of an account; closing it closes the account. */
export async function testSession(account: Account): Promise<TestSession> {
  const session = await account.login({
    user: "tester",
    account: "test",
    client: { application: "test", version: "0", environment: {} },
  });
  const run = async (sql: string) => {
    const { done } = account.submit(session, { text: sql });
    return done;
  };
  const result = async (sql: string) => {
    const stored = await run(sql);
    return { columns: stored.columns, rows: plainRows(stored) };
  };
  return {
    run,
    result,
    rows: async (sql) => {
      const { columns, rows } = await result(sql);
      return rows.map((row) =>
        Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])),
      );
    },
    close: () => account.close(),
  };
}
