/** Array binds: a batch is one statement, whatever its size. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Account, openAccount } from "./account.ts";
import type { BatchBinding } from "./bindings.ts";
import { constantAt } from "./read-values.ts";

type Login = Awaited<ReturnType<Account["login"]>>;
let account: Account;
let session: Login;

const run = (text: string, batch?: BatchBinding) =>
  account.submit(session, { text, binds: batch && { single: new Map(), batch } }).done;

/** The one value of a query as text. */
async function value(text: string): Promise<unknown> {
  const { inline } = await run(text);
  const column = inline.kind === "cells" ? undefined : inline.chunks[0]?.columns[0];
  return column && constantAt(column, 0);
}

function batchOf(
  columns: readonly (readonly [string, readonly (string | null)[]])[],
): BatchBinding {
  return {
    rowCount: columns[0]?.[1].length ?? 0,
    columns: columns.map(([type, values], index) => ({ key: String(index + 1), type, values })),
  };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

beforeAll(async () => {
  account = await openAccount();
  session = await account.login({
    user: "tester",
    account: "test",
    client: { application: "test", version: "0", environment: {} },
  });
  await run("CREATE DATABASE batches");
});

afterAll(() => account.close());

describe("a batch of many rows", () => {
  it("keeps values of every type", async () => {
    await run(
      "CREATE TABLE typed (n NUMBER(9,2), s VARCHAR, b BOOLEAN, f FLOAT, d DATE, z TIMESTAMP_TZ, x BINARY, e INT)",
    );
    const of = (text: string | null) =>
      Array.from({ length: 1_500 }, (_, i) => (i === 7 ? null : text));
    const batch = batchOf([
      ["FIXED", of("-1.5")],
      ["TEXT", of("it's")],
      ["BOOLEAN", of("true")],
      ["REAL", of("0.25")],
      ["DATE", of("86400000")],
      ["TIMESTAMP_TZ", of("1000000000 1500")],
      ["BINARY", of("0a")],
      ["FIXED", of("20")],
    ]);
    await run("INSERT INTO typed VALUES (?, UPPER(?), ?, ?, ?, ?, ?, ? + 1)", batch);
    expect(
      await value(
        "SELECT COUNT(n) FROM typed WHERE n = -1.5 AND s = 'IT''S' AND b AND f = 0.25 AND d = '1970-01-02' AND TO_CHAR(z, 'HH24:MI:SS TZHTZM') = '01:00:01 +0100' AND x = TO_BINARY('0a') AND e = 21",
      ),
    ).toBe("1499");
    expect(await value("SELECT COUNT(*) FROM typed WHERE n IS NULL AND z IS NULL")).toBe("1");
  });

  it("is inserted wholly or not at all inside a transaction", async () => {
    await run("CREATE TABLE whole (a NUMBER(4,0))");
    await run("BEGIN");
    await run("INSERT INTO whole VALUES (1)");
    await expect(
      run("INSERT INTO whole VALUES (?)", batchOf([["FIXED", numbers(12_000)]])),
    ).rejects.toMatchObject({ code: "100046" });
    await run("COMMIT");
    expect(await value("SELECT COUNT(*) FROM whole")).toBe("1");
  });

  it("is kept by the commit of a transaction", async () => {
    await run("CREATE TABLE kept (a INT, b VARCHAR, c FLOAT)");
    await run("BEGIN");
    const rows = numbers(100_000);
    await run(
      "INSERT INTO kept VALUES (?, ?, ?)",
      batchOf([
        ["FIXED", rows],
        ["TEXT", rows],
        ["REAL", rows],
      ]),
    );
    await run("COMMIT");
    expect(await value("SELECT SUM(a) || ' ' || COUNT(DISTINCT b) FROM kept")).toBe(
      "4999950000 100000",
    );
  });

  it("refuses what VALUES may not hold", async () => {
    await run("CREATE TABLE semi (v VARIANT)");
    const batch = batchOf([["TEXT", numbers(2_000)]]);
    await expect(run("INSERT INTO semi VALUES (PARSE_JSON(?))", batch)).rejects.toMatchObject({
      code: "002014",
    });
  });
});

describe("what the drivers ask of binds and rows", () => {
  it.each([2, 200])("reads staged values as text, also into BINARY: %i rows", async (count) => {
    await run("CREATE OR REPLACE TABLE staged (i INT, x BINARY)");
    const columns = [
      ["TEXT", numbers(count)],
      ["TEXT", Array.from({ length: count }, () => "0aff")],
    ] as const;
    await run("INSERT INTO staged VALUES (?, ?)", { ...batchOf(columns), isStaged: true });
    expect(await value("SELECT COUNT(*) FROM staged WHERE x = TO_BINARY('0AFF')")).toBe(
      String(count),
    );
    await expect(run("INSERT INTO staged VALUES (?, ?)", batchOf(columns))).rejects.toMatchObject({
      code: "002023",
    });
  });

  it("does not set several rows of binds outside of INSERT VALUES; a single row it does", async () => {
    const rows = batchOf([["FIXED", ["1", "2"]]]);
    const notSet = { code: "002049", message: expect.stringContaining("Bind variable ? not set.") };
    await expect(run("SELECT ?", rows)).rejects.toMatchObject(notSet);
    await run("CREATE OR REPLACE TABLE singles (i INT)");
    await expect(run("INSERT INTO singles SELECT ?", rows)).rejects.toMatchObject(notSet);
    await run("INSERT INTO singles SELECT ? + 1", batchOf([["FIXED", ["1"]]]));
    expect(await value("SELECT SUM(i) FROM singles")).toBe("2");
  });

  it("gives the values of a request to the ? of its statements in turn", async () => {
    await run("CREATE OR REPLACE TABLE turns (i INT)");
    const single = new Map(
      numbers(4).map((number, index) => [String(index + 1), { type: "FIXED", value: number }]),
    );
    const several = (text: string) =>
      account.submit(session, {
        text,
        binds: { single, batch: undefined },
        parameters: new Map([["MULTI_STATEMENT_COUNT", 0]]),
      }).done;
    await several("INSERT INTO turns VALUES (?), (?); SELECT 1; INSERT INTO turns VALUES (?), (?)");
    expect(await value("SELECT LISTAGG(i) WITHIN GROUP (ORDER BY i) FROM turns")).toBe("0123");
    // Numbered markers mean the same in every statement.
    await several("DELETE FROM turns WHERE i = :4; DELETE FROM turns WHERE i = :1");
    expect(await value("SELECT LISTAGG(i) WITHIN GROUP (ORDER BY i) FROM turns")).toBe("12");
  });

  it("describes an INSERT whose binds are not known yet, into a column of any type", async () => {
    await run("CREATE OR REPLACE TABLE described (x BINARY, v VARIANT, a ARRAY)");
    const text = "INSERT INTO described VALUES (?, ?, ?)";
    const described = account.submit(session, { text, describeOnly: true });
    await described.done;
    expect([described.numberOfBinds, described.arrayBindSupported]).toEqual([3, true]);
  });

  it.each(["SELECT column1 FROM VALUES (3), (1), (2) ORDER BY 1", "SHOW PARAMETERS IN SESSION"])(
    "gives ROWS_PER_RESULTSET rows at most: %s",
    async (text) => {
      const parameters = new Map([["ROWS_PER_RESULTSET", 2]]);
      const limited = await account.submit(session, { text, parameters }).done;
      expect(limited.rowCount).toBe(2);
      expect((await run(text)).rowCount).toBeGreaterThan(2);
    },
  );
});
