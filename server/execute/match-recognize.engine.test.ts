/** https://docs.snowflake.com/en/sql-reference/constructs/match_recognize */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE m");
  await session.run("CREATE TABLE prices (k VARCHAR, t INT, p INT)");
  // A falls and rises twice; B only falls.
  await session.run(
    "INSERT INTO prices VALUES ('A', 1, 10), ('A', 2, 8), ('A', 3, 6), ('A', 4, 9), ('A', 5, 12), ('A', 6, 11), ('A', 7, 13), ('B', 1, 3), ('B', 2, 2)",
  );
});

afterAll(async () => {
  await session.close();
});

const SHAPE = "PATTERN (strt down+ up+) DEFINE down AS p < LAG(p), up AS p > LAG(p)) ORDER BY k, m";

const rowsOf = async (sql: string): Promise<unknown[][]> => (await session.result(sql)).rows;

describe("ONE ROW PER MATCH", () => {
  it("gives the partition's columns and final measures", async () => {
    const { columns, rows } = await session.result(
      `SELECT * FROM prices MATCH_RECOGNIZE (PARTITION BY k ORDER BY t MEASURES MATCH_NUMBER() AS m, FIRST(t) AS f, LAST(t) AS l, COUNT(*) AS n, COUNT(up.*) AS u, SUM(up.p) AS s, down.p AS lowest, LAST(CLASSIFIER()) AS c AFTER MATCH SKIP TO LAST up ${SHAPE}`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      "K",
      "M",
      "F",
      "L",
      "N",
      "U",
      "S",
      "LOWEST",
      "C",
    ]);
    expect(rows).toEqual([
      ["A", "1", "1", "5", "5", "2", "21", "6", "UP"],
      ["A", "2", "5", "7", "3", "1", "13", "11", "UP"],
    ]);
  });

  it("numbers empty matches, which count no rows", async () => {
    const rows = await rowsOf(
      "SELECT * FROM prices MATCH_RECOGNIZE (PARTITION BY k ORDER BY t MEASURES MATCH_NUMBER() AS m, COUNT(*) AS n, MAX(p) AS x PATTERN (big*) DEFINE big AS p > 10) WHERE k = 'A' ORDER BY m",
    );
    expect(rows).toEqual([
      ["A", "1", "0", null],
      ["A", "2", "0", null],
      ["A", "3", "0", null],
      ["A", "4", "0", null],
      ["A", "5", "3", "13"],
    ]);
  });

  it("needs a column", async () => {
    const sql = "SELECT * FROM prices MATCH_RECOGNIZE (ORDER BY t PATTERN (a+))";
    await expect(session.run(sql)).rejects.toThrow("SELECT with no columns");
  });
});

describe("ALL ROWS PER MATCH", () => {
  it("gives running measures, and final ones where it says so", async () => {
    const rows = await rowsOf(
      `SELECT t, q, c, n, fn, s, after FROM prices MATCH_RECOGNIZE (PARTITION BY k ORDER BY t MEASURES MATCH_NUMBER() AS m, MATCH_SEQUENCE_NUMBER() AS q, CLASSIFIER() AS c, COUNT(*) AS n, FINAL COUNT(*) AS fn, SUM(down.p) AS s, NEXT(p) AS after ALL ROWS PER MATCH ${SHAPE}, t`,
    );
    expect(rows).toEqual([
      ["1", "1", "STRT", "1", "5", null, "8"],
      ["2", "2", "DOWN", "2", "5", "8", "6"],
      ["3", "3", "DOWN", "3", "5", "14", "9"],
      ["4", "4", "UP", "4", "5", "14", "12"],
      ["5", "5", "UP", "5", "5", "14", null],
    ]);
  });

  it("leaves out excluded rows, and adds unmatched ones when asked", async () => {
    const excluded = await rowsOf(
      "SELECT t, c FROM prices MATCH_RECOGNIZE (ORDER BY t MEASURES CLASSIFIER() AS c ALL ROWS PER MATCH PATTERN (strt {- down+ -} up+) DEFINE down AS p < LAG(p), up AS p > LAG(p)) WHERE k = 'A' ORDER BY t".replace(
        "FROM prices",
        "FROM (SELECT * FROM prices WHERE k = 'A')",
      ),
    );
    expect(excluded).toEqual([
      ["1", "STRT"],
      ["4", "UP"],
      ["5", "UP"],
    ]);
    const unmatched = await rowsOf(
      "SELECT t, m, n FROM prices MATCH_RECOGNIZE (PARTITION BY k ORDER BY t MEASURES MATCH_NUMBER() AS m, COUNT(*) AS n ALL ROWS PER MATCH WITH UNMATCHED ROWS PATTERN (big+) DEFINE big AS p > 11) WHERE k = 'A' ORDER BY t",
    );
    expect(unmatched).toEqual([
      ["1", null, null],
      ["2", null, null],
      ["3", null, null],
      ["4", null, null],
      ["5", "1", "1"],
      ["6", null, null],
      ["7", "2", "1"],
    ]);
  });
});

describe("errors", () => {
  it.each([
    ["y AS p < PREV(p)", "PREV(P) in DEFINE"],
    ["y AS p < x.p", "X.P in DEFINE"],
    ["y AS p < AVG(p)", "AVG(P) in DEFINE"],
  ])("refuses %s by name", async (definition, feature) => {
    const sql = `SELECT * FROM prices MATCH_RECOGNIZE (ORDER BY t MEASURES 1 AS c PATTERN (x y) DEFINE ${definition})`;
    await expect(session.run(sql)).rejects.toThrow(`Unsupported feature '${feature}'`);
  });

  it("does not skip to a row that is not there, or to the first", async () => {
    const sql = (skip: string): string =>
      `SELECT * FROM prices MATCH_RECOGNIZE (ORDER BY t MEASURES 1 AS c AFTER MATCH SKIP TO ${skip} PATTERN (x y?) DEFINE y AS p < 0)`;
    await expect(session.run(sql("FIRST x"))).rejects.toThrow("first row of the match");
    await expect(session.run(sql("y"))).rejects.toThrow("no row of the match");
  });
});
