import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "../execute/show/test-kit.ts";
import { INFORMATION_VIEWS } from "./information-schema.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE shop");
  await session.run(
    "CREATE TABLE t (id INT AUTOINCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL, at TIMESTAMP_NTZ DEFAULT '2024-01-01'::TIMESTAMP_NTZ, v VARIANT) COMMENT = 'it''s'",
  );
  await session.run("CREATE TABLE child (t INT REFERENCES t (id))");
  await session.run("INSERT INTO t (name) VALUES ('a'), ('b'), ('c')");
  await session.run("CREATE VIEW w AS SELECT name FROM t");
  await session.run("CREATE SEQUENCE s START 10");
  await session.run("CREATE ROLE analyst");
  await session.run("GRANT SELECT ON TABLE t TO ROLE analyst");
});

afterAll(async () => {
  await session.close();
});

const table = async (sql: string) => (await session.result(sql)).rows;

describe("INFORMATION_SCHEMA", () => {
  it.each([...INFORMATION_VIEWS.keys()])("can be read: %s", async (view) => {
    const { columns } = await session.result(`SELECT * FROM information_schema.${view}`);
    expect(columns.map(({ name }) => name)).toEqual(
      INFORMATION_VIEWS.get(view)?.map(({ name }) => name.toUpperCase()),
    );
  });

  it("lists tables with their rows at the time of the query", async () => {
    const sql =
      "SELECT table_name, table_type, row_count, comment FROM information_schema.tables WHERE table_schema = 'PUBLIC' ORDER BY 1";
    const before = await table(sql);
    expect(before).toEqual([
      ["CHILD", "BASE TABLE", "0", null],
      ["T", "BASE TABLE", "3", "it's"],
      ["W", "VIEW", null, null],
    ]);
    await session.run("INSERT INTO t (name) VALUES ('d')");
    expect((await table(sql))[1]?.[2]).toBe("4");
  });

  it("lists columns with types and defaults", async () => {
    expect(
      await table(
        `SELECT column_name, ordinal_position, data_type, is_nullable, character_maximum_length,
           numeric_precision, is_identity, column_default
         FROM shop.information_schema.columns WHERE table_name = 'T' ORDER BY ordinal_position`,
      ),
    ).toEqual([
      ["ID", "1", "NUMBER", "NO", null, "38", "YES", null],
      ["NAME", "2", "TEXT", "NO", "20", null, "NO", null],
      ["AT", "3", "TIMESTAMP_NTZ", "YES", null, null, "NO", expect.stringContaining("2024-01-01")],
      ["V", "4", "VARIANT", "YES", null, null, "NO", null],
    ]);
  });

  it("lists itself, schemas, constraints, sequences and privileges", async () => {
    expect(
      await table(
        "SELECT count(*) > 30 FROM information_schema.views WHERE table_schema = 'INFORMATION_SCHEMA'",
      ),
    ).toEqual([[true]]);
    expect(await table("SELECT schema_name FROM information_schema.schemata ORDER BY 1")).toEqual([
      ["INFORMATION_SCHEMA"],
      ["PUBLIC"],
    ]);
    expect(
      await table(
        "SELECT table_name, constraint_type FROM information_schema.table_constraints ORDER BY 1",
      ),
    ).toEqual([
      ["CHILD", "FOREIGN KEY"],
      ["T", "PRIMARY KEY"],
    ]);
    expect(
      await table(
        `SELECT count(*) FROM information_schema.referential_constraints r
         JOIN information_schema.table_constraints t ON r.unique_constraint_name = t.constraint_name`,
      ),
    ).toEqual([["1"]]);
    await session.run("SELECT s.NEXTVAL");
    expect(await table('SELECT next_value, "INCREMENT" FROM information_schema.sequences')).toEqual(
      [["11", "1"]],
    );
    expect(
      await table(
        "SELECT grantee, privilege_type FROM information_schema.table_privileges WHERE table_name = 'T' ORDER BY 1",
      ),
    ).toEqual([
      ["ACCOUNTADMIN", "OWNERSHIP"],
      ["ANALYST", "SELECT"],
    ]);
  });

  it("shows the queries of the history", async () => {
    await session.run("SELECT 4711");
    expect(
      await table(
        `SELECT query_text, execution_status FROM TABLE(information_schema.query_history(result_limit => 2))
         WHERE query_text LIKE 'SELECT 4711%'`,
      ),
    ).toEqual([["SELECT 4711", "SUCCESS"]]);
    expect(await table("SELECT * FROM TABLE(information_schema.task_history())")).toEqual([]);
  });
});
