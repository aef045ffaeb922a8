/** What counts as one value: groups of equal values, and values drawn once per row. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;
const rowsOf = async (sql: string): Promise<unknown[][]> => (await session.result(sql)).rows;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE v");
  await session.run("CREATE TABLE t (z TIMESTAMP_TZ, c VARCHAR COLLATE 'en-ci')");
  await session.run(
    "INSERT INTO t VALUES ('2020-01-01 00:00:00 +0000', 'a'), ('2020-01-01 01:00:00 +0100', 'A')",
  );
  await session.run("CREATE SEQUENCE s");
});

afterAll(async () => {
  await session.close();
});

describe("equal values that are stored differently", () => {
  it("are one group", async () => {
    expect(await rowsOf("SELECT COUNT(*) FROM t GROUP BY z")).toEqual([["2"]]);
    expect(await rowsOf("SELECT LOWER(c), COUNT(*) FROM t GROUP BY c")).toEqual([["a", "2"]]);
    expect(await rowsOf("SELECT LOWER(c), COUNT(*) FROM t GROUP BY ROLLUP (c) ORDER BY 1")).toEqual(
      [
        ["a", "2"],
        [null, "2"],
      ],
    );
  });

  it("are one row of DISTINCT and of set operations", async () => {
    expect(await rowsOf("SELECT DISTINCT z FROM t ORDER BY z")).toHaveLength(1);
    expect(await rowsOf("SELECT c FROM t UNION SELECT c FROM t")).toHaveLength(1);
    const other = "SELECT '2020-01-01 02:00:00 +0200'::TIMESTAMP_TZ";
    expect(await rowsOf(`SELECT z FROM t INTERSECT ${other}`)).toHaveLength(1);
    expect(await rowsOf(`SELECT z FROM t EXCEPT ${other}`)).toEqual([]);
  });
});

describe("values drawn once per row", () => {
  it("are shared by the references to an alias", async () => {
    expect(await rowsOf("SELECT RANDOM() AS r, r = r AS same, r + 1 - r AS one")).toEqual([
      [expect.any(String), true, "1"],
    ]);
    const [[n, m] = []] = await rowsOf("SELECT s.NEXTVAL AS n, n + 0 AS m");
    expect(m).toBe(n);
  });

  it("differ for each NEXTVAL that is written, but not for GETNEXTVAL", async () => {
    const [[a, b] = []] = await rowsOf("SELECT s.NEXTVAL, s.NEXTVAL");
    expect(a).not.toBe(b);
    const [[c, d] = []] = await rowsOf("SELECT n.NEXTVAL, n.NEXTVAL FROM TABLE(GETNEXTVAL(s)) n");
    expect(c).toBe(d);
  });
});

describe("clauses", () => {
  it("QUALIFY needs a window function", async () => {
    await expect(session.run("SELECT c FROM t QUALIFY c = 'a'")).rejects.toMatchObject({
      code: "001100",
    });
  });

  it("a MERGE clause behind one without a condition is never reached", async () => {
    const sql =
      "MERGE INTO t USING (SELECT 'a' AS c) q ON t.c = q.c WHEN MATCHED THEN DELETE WHEN MATCHED THEN UPDATE SET c = 'b'";
    await expect(session.run(sql)).rejects.toThrow("Unreachable WHEN MATCHED clause");
  });

  it("VALUES of INSERT holds a scalar subquery", async () => {
    await session.run("CREATE OR REPLACE TABLE selected (n INT, c VARCHAR)");
    await session.run("INSERT INTO selected VALUES (1, (SELECT 'a' || 'b'))");
    expect(await rowsOf("SELECT * FROM selected")).toEqual([["1", "ab"]]);
  });

  it("window functions nest", async () => {
    const sql =
      "SELECT SUM(LAG(column1) OVER (ORDER BY column1)) OVER (ORDER BY column1) FROM VALUES (1), (2), (3) ORDER BY 1 NULLS FIRST";
    expect(await rowsOf(sql)).toEqual([[null], ["1"], ["3"]]);
  });

  it("a second ON belongs to the earlier join", async () => {
    const sql =
      "SELECT a.column1 FROM VALUES (1), (2) a LEFT JOIN VALUES (1) b JOIN VALUES (1) c ON b.column1 = c.column1 ON a.column1 = b.column1 ORDER BY 1";
    expect(await rowsOf(sql)).toEqual([["1"], ["2"]]);
  });
});

describe("QUOTED_IDENTIFIERS_IGNORE_CASE", () => {
  it("makes quoted identifiers mean the same as unquoted ones", async () => {
    await session.run("ALTER SESSION SET QUOTED_IDENTIFIERS_IGNORE_CASE = TRUE");
    const { columns } = await session.result('SELECT "c" AS "mixedCase" FROM "T"');
    expect(columns.map(({ name }) => name)).toEqual(["MIXEDCASE"]);
    await session.run("ALTER SESSION UNSET QUOTED_IDENTIFIERS_IGNORE_CASE");
    await expect(session.run('SELECT "c" FROM t')).rejects.toThrow("invalid identifier");
  });
});
