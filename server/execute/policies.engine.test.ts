import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccount } from "./account.ts";
import { openTestSession, type TestSession, testSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await runAll(session, SETUP);
});

afterAll(async () => {
  await session.close();
});

const SETUP = [
  "CREATE DATABASE shop",
  "CREATE ROLE clerk",
  "CREATE TABLE map (role_name VARCHAR, area VARCHAR)",
  "CREATE TABLE orders (id INT, area VARCHAR, card VARCHAR)",
  "INSERT INTO orders VALUES (1, 'N', 'card-1'), (2, 'S', 'card-2')",
  "INSERT INTO map VALUES ('CLERK', 'N')",
  "CREATE TAG pii",
  "CREATE MASKING POLICY hide AS (v VARCHAR) RETURNS VARCHAR -> IFF(CURRENT_ROLE() = 'ACCOUNTADMIN', v, '*')",
  "CREATE ROW ACCESS POLICY mine AS (a VARCHAR) RETURNS BOOLEAN -> CURRENT_ROLE() = 'ACCOUNTADMIN' OR EXISTS (SELECT 1 FROM map WHERE role_name = CURRENT_ROLE() AND area = a)",
  "ALTER TABLE orders MODIFY COLUMN card SET MASKING POLICY hide",
  "ALTER TABLE orders MODIFY COLUMN card SET TAG pii = 'card'",
  "ALTER TABLE orders ADD ROW ACCESS POLICY mine ON (area)",
  "USE ROLE ACCOUNTADMIN",
];

async function runAll({ run }: TestSession, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await run(statement);
}

const ORDERS = "SELECT id, card FROM orders ORDER BY id";

describe("policies", () => {
  it("apply to the same text under another role", async () => {
    expect((await session.result(ORDERS)).rows).toEqual([
      ["1", "card-1"],
      ["2", "card-2"],
    ]);
    await session.run("USE ROLE clerk");
    expect((await session.result(ORDERS)).rows).toEqual([["1", "*"]]);
    await session.run("USE ROLE ACCOUNTADMIN");
  });

  it("keep EXPLAIN from telling of the policy, of its tables and of hidden rows", async () => {
    await session.run("USE ROLE clerk");
    const rows = await session.rows("EXPLAIN SELECT card FROM orders WHERE id > 1");
    const told = rows.map(({ operation, objects }) => [operation, objects]);
    expect(told).toContainEqual(["DynamicSecureView", '"ORDERS (+ RowAccessPolicy)"']);
    expect(JSON.stringify(rows)).not.toMatch(/MAP|CLERK|card-|'\*'/);
    await session.run("USE ROLE ACCOUNTADMIN");
  });

  it("show in DESCRIBE TABLE and GET_DDL", async () => {
    const columns = await session.rows("DESCRIBE TABLE orders");
    expect(columns.map((column) => column["policy name"])).toEqual([
      null,
      null,
      "SHOP.PUBLIC.HIDE",
    ]);
    const { rows } = await session.result("SELECT GET_DDL('table', 'orders')");
    expect(String(rows[0])).toContain(
      "CARD VARCHAR(16777216) WITH MASKING POLICY SHOP.PUBLIC.HIDE WITH TAG (SHOP.PUBLIC.PII='card')",
    );
    expect(String(rows[0])).toContain("WITH ROW ACCESS POLICY SHOP.PUBLIC.MINE ON (AREA)");
  });

  it("keep their schema from being dropped while another schema uses them", async () => {
    await runAll(session, [
      "CREATE SCHEMA rules",
      "CREATE MASKING POLICY gone AS (v VARCHAR) RETURNS VARCHAR -> '*'",
      "CREATE TABLE shop.public.used (v VARCHAR WITH MASKING POLICY gone)",
    ]);
    await expect(session.run("DROP SCHEMA rules")).rejects.toMatchObject({ code: "003531" });
    await session.run("ALTER TABLE shop.public.used MODIFY COLUMN v UNSET MASKING POLICY");
    await session.run("DROP SCHEMA rules");
    await session.run("USE SCHEMA shop.public");
  });

  it("protect a dropped table that comes back after its policy went", async () => {
    await runAll(session, [
      "CREATE MASKING POLICY late AS (v VARCHAR) RETURNS VARCHAR -> '*'",
      "CREATE TABLE back (v VARCHAR WITH MASKING POLICY late)",
      "INSERT INTO back VALUES ('secret')",
      "DROP TABLE back",
      "DROP MASKING POLICY late",
      "UNDROP TABLE back",
    ]);
    await expect(session.run("SELECT v FROM back")).rejects.toMatchObject({ code: "003537" });
    await session.run("ALTER TABLE back MODIFY COLUMN v UNSET MASKING POLICY");
    expect((await session.result("SELECT v FROM back")).rows).toEqual([["secret"]]);
  });

  it("go with the clone of their schema", async () => {
    await runAll(session, [
      "CREATE SCHEMA first_one",
      "CREATE MASKING POLICY own AS (v VARCHAR) RETURNS VARCHAR -> 'first'",
      "CREATE TABLE t (v VARCHAR WITH MASKING POLICY own)",
      "INSERT INTO t VALUES ('x')",
      "CREATE SCHEMA second_one CLONE first_one",
      "ALTER MASKING POLICY second_one.own SET BODY -> 'second'",
    ]);
    const read = "SELECT a.v, b.v FROM first_one.t a, second_one.t b";
    expect((await session.result(read)).rows).toEqual([["first", "second"]]);
    await session.run("USE SCHEMA shop.public");
  });
});

describe("tags", () => {
  it("are fifty to an object", async () => {
    await session.run("CREATE TABLE many (a INT)");
    for (let n = 1; n <= 51; n++) await session.run(`CREATE TAG tag_${n}`);
    const set = (n: number) => session.run(`ALTER TABLE many SET TAG tag_${n} = 'x'`);
    for (let n = 1; n <= 50; n++) await set(n);
    await expect(set(51)).rejects.toMatchObject({ code: "003525" });
    await session.run("ALTER TABLE many SET TAG tag_50 = 'another'");
  });
});

describe("after a restart", () => {
  it("policies and tags are as they were", async () => {
    const directory = mkdtempSync(join(tmpdir(), "mockhaus-policies-"));
    try {
      const before = await testSession(await openAccount({ directory }));
      await runAll(before, SETUP);
      await before.close();
      const after = await testSession(await openAccount({ directory }));
      await runAll(after, ["USE DATABASE shop", "USE ROLE clerk"]);
      expect((await after.result(ORDERS)).rows).toEqual([["1", "*"]]);
      const tag = "SELECT SYSTEM$GET_TAG('pii', 'orders.card', 'column')";
      expect((await after.result(tag)).rows).toEqual([["card"]]);
      await after.close();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
