import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE shop");
  await session.run(
    "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR COLLATE 'fr' DEFAULT 'a' COMMENT 'called', code INT UNIQUE)",
  );
  await session.run("CREATE VIEW v AS SELECT name FROM t");
  await session.run("CREATE SEQUENCE s");
});

afterAll(async () => {
  await session.close();
});

const table = async (sql: string) => (await session.result(sql)).rows;

describe("DESCRIBE", () => {
  it("describes tables and views in twelve columns", async () => {
    const { columns, rows } = await session.result("DESC TABLE t");
    expect(columns.map(({ name }) => name)).toEqual([
      "name",
      "type",
      "kind",
      "null?",
      "default",
      "primary key",
      "unique key",
      "check",
      "expression",
      "comment",
      "policy name",
      "privacy domain",
    ]);
    const none = [null, null];
    expect(rows).toEqual([
      ["ID", "NUMBER(38,0)", "COLUMN", "N", null, "Y", "N", ...none, null, ...none],
      [
        "NAME",
        "VARCHAR(16777216) COLLATE 'fr'",
        "COLUMN",
        "Y",
        "'a'",
        "N",
        "N",
        ...none,
        "called",
        ...none,
      ],
      ["CODE", "NUMBER(38,0)", "COLUMN", "Y", null, "N", "Y", ...none, null, ...none],
    ]);
    expect((await table("DESCRIBE VIEW v")).map((row) => row[0])).toEqual(["NAME"]);
    expect((await table("DESC information_schema.schemata")).map((row) => row[0])).toContain(
      "SCHEMA_NAME",
    );
  });

  it("describes containers, sequences, warehouses and results", async () => {
    expect((await table("DESC DATABASE shop")).map((row) => row.slice(1))).toEqual([
      ["INFORMATION_SCHEMA", "SCHEMA"],
      ["PUBLIC", "SCHEMA"],
    ]);
    expect((await table("DESC SCHEMA public")).map((row) => row.slice(1))).toEqual([
      ["T", "TABLE"],
      ["V", "VIEW"],
      ["S", "SEQUENCE"],
    ]);
    expect((await table("DESC SEQUENCE s"))[0]?.slice(0, 5)).toEqual([
      "S",
      "SHOP",
      "PUBLIC",
      "1",
      "1",
    ]);
    expect((await table("DESC WAREHOUSE compute_wh"))[0]?.slice(1)).toEqual([
      "COMPUTE_WH",
      "WAREHOUSE",
    ]);
    await session.run("SELECT 1 AS one, 'a' AS two");
    expect((await table("DESC RESULT LAST_QUERY_ID()")).map((row) => row.slice(0, 2))).toEqual([
      ["ONE", "NUMBER(1,0)"],
      ["TWO", "VARCHAR(1)"],
    ]);
  });

  it("fails for what does not exist", async () => {
    await expect(session.run("DESC TABLE nothing")).rejects.toMatchObject({
      code: "002003",
      message: expect.stringContaining("Table 'SHOP.PUBLIC.NOTHING' does not exist"),
    });
    await expect(session.run("DESC STAGE nothing")).rejects.toMatchObject({ code: "002003" });
  });
});
