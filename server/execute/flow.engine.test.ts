/** https://docs.snowflake.com/en/sql-reference/operators-flow */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE f");
});

afterAll(async () => {
  await session.close();
});

describe("the flow operator", () => {
  it("reads earlier results, counted back from the statement", async () => {
    const { columns, rows } = await session.result(
      "SELECT 1 AS x ->> SELECT x + 1 AS y FROM $1 ->> SELECT y, q.x FROM $1, $2 AS q",
    );
    expect(columns.map(({ name }) => name)).toEqual(["Y", "X"]);
    expect(rows).toEqual([["2", "1"]]);
  });

  it("runs statements of every kind, each seeing what those before it made", async () => {
    const rows = await session.rows(
      'CREATE TABLE t (a INT) ->> INSERT INTO t VALUES (1), (2) ->> SHOW TABLES ->> SELECT "name", "rows" FROM $1',
    );
    expect(rows).toEqual([{ name: "T", rows: "2" }]);
    const counts = await session.rows("DELETE FROM t ->> SELECT * FROM $1");
    expect(counts).toEqual([{ "number of rows deleted": "2" }]);
  });

  it("has no result before the first statement", async () => {
    await expect(session.run("SELECT 1 ->> SELECT * FROM $2")).rejects.toThrow(
      "invalid identifier '$2'",
    );
    await expect(session.run("SELECT * FROM $1")).rejects.toThrow("invalid identifier '$1'");
  });
});

describe("EXPLAIN", () => {
  const COLUMNS = [
    "step",
    "id",
    "parentOperators",
    "operation",
    "objects",
    "alias",
    "expressions",
    "partitionsTotal",
    "partitionsAssigned",
    "bytesAssigned",
  ];

  it("gives the documented columns, the statistics first and the result next", async () => {
    await session.run("CREATE OR REPLACE TABLE e (a INT)");
    const { columns, rows } = await session.result("EXPLAIN SELECT a FROM e");
    expect(columns.map(({ name }) => name)).toEqual(COLUMNS);
    expect(rows.map((row) => row.slice(1, 7))).toEqual([
      [null, null, "GlobalStats", null, null, null],
      ["0", null, "Result", null, null, "E.A"],
      ["1", "[0]", "TableScan", "F.PUBLIC.E", null, expect.any(String)],
    ]);
  });

  it("has the forms TEXT and JSON, and runs nothing", async () => {
    const [text] = (await session.result("EXPLAIN USING TEXT DELETE FROM e")).rows;
    expect(text).toEqual(["GlobalStats:"]);
    const [json] = (await session.result("EXPLAIN USING JSON SELECT a FROM e")).rows;
    expect(JSON.parse(String(json))).toHaveProperty("Operations");
    await expect(session.run("EXPLAIN SELECT nothing")).rejects.toThrow("invalid identifier");
    await expect(session.run("EXPLAIN SHOW TABLES")).rejects.toThrow("Unsupported feature");
  });
});
