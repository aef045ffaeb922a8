/** Statements that are long but not nested: chains of thousands of operators, lists, branches and set operations. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

const LENGTH = 2_000;

let session: TestSession;
const scalar = async (sql: string): Promise<unknown> => (await session.result(sql)).rows[0]?.[0];

/** That many pieces, made from their number, with a separator between. */
function pieces(separator: string, piece: (index: number) => string, length = LENGTH): string {
  return Array.from({ length }, (_, index) => piece(index)).join(separator);
}

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE chains");
  await session.run(
    "CREATE TABLE t (id INT, a NUMBER(10,2), f FLOAT, s VARCHAR, d DATE, n INT, v VARIANT)",
  );
  await session.run("INSERT INTO t SELECT 1, 1.5, 1, 'x', '2024-01-01', NULL, 2");
});

afterAll(async () => {
  await session.close();
});

describe(`chains of ${LENGTH} operators`, () => {
  it.each([
    ["numbers", pieces(" + ", () => "a"), "3000.00"],
    [
      "integers, added and taken away",
      `id ${pieces(" ", (i) => (i % 4 === 0 ? "- 2" : "+ id"))}`,
      "501",
    ],
    ["numbers of more and more digits", `id + ${pieces(" + ", () => "a")} + 0.125`, "3001.125"],
    ["a product", pieces(" * ", () => "id"), "1"],
    ["text", `LENGTH(${pieces(" || ", () => "s")})`, String(LENGTH)],
    [
      "text of numbers",
      `LENGTH(${pieces(" || ", (i) => (i % 2 === 0 ? "id" : "s"))})`,
      String(LENGTH),
    ],
    ["text with NULL", `${pieces(" || ", () => "s")} || n || 'z'`, null],
    ["NULL", `${pieces(" + ", () => "id")} + n + 1`, null],
    ["days", `(d ${pieces(" ", (i) => (i % 2 === 0 ? "+ 2" : "- id"))})::VARCHAR`, "2026-09-27"],
    ["conditions", pieces(" AND ", (i) => `id <> ${i + 5}`), true],
    ["alternatives", pieces(" OR ", (i) => `id = ${i + 5}`), false],
    ["a list", `id IN (${pieces(", ", (i) => String(LENGTH - i))})`, true],
    ["branches", `CASE ${pieces(" ", (i) => `WHEN id = ${i - 1_500} THEN ${i}`)} END`, "1501"],
    [
      "branches of a value",
      `CASE id ${pieces(" ", (i) => `WHEN ${i + 9} THEN 'v'`)} ELSE 'z' END`,
      "z",
    ],
  ])("%s", async (_what, expression, expected) => {
    expect(await scalar(`SELECT ${expression} FROM t`)).toBe(expected);
  });

  it("keep the type that every single operator would give", async () => {
    const type = await scalar(`SELECT SYSTEM$TYPEOF(${pieces(" + ", () => "a")}) FROM t`);
    expect(type).toMatch(/^NUMBER\(38,2\)/);
  });

  it("add floats from left to right: a small one after a large one is lost each time", async () => {
    const large = `1e16::FLOAT + ${pieces(" + ", () => "f")}`;
    expect(await scalar(`SELECT (${large}) = 1e16::FLOAT FROM t`)).toBe(true);
    const small = `${pieces(" + ", () => "f")} + 1e16::FLOAT`;
    expect(await scalar(`SELECT (${small}) = 1e16::FLOAT + ${LENGTH}::FLOAT FROM t`)).toBe(true);
    const product = pieces(" * ", () => "2::FLOAT", 500);
    expect(await scalar(`SELECT (${product}) = POWER(2, 500)`)).toBe(true);
  });

  it("add VARIANTs as floats", async () => {
    expect(await scalar(`SELECT (${pieces(" + ", () => "v")}) = ${LENGTH * 2} FROM t`)).toBe(true);
  });

  it("overflow as one addition does", async () => {
    const nines = "9".repeat(38);
    const sum = `${nines} + ${pieces(" + ", () => "id")}`;
    const message = (sql: string): Promise<string> =>
      session.result(sql).then(() => "no error", String);
    const short = await message(`SELECT ${nines} + id FROM t`);
    expect(short).toMatch(/out of/i);
    expect(await message(`SELECT ${sum} FROM t`)).toBe(short);
  });

  it("stand beside aggregates and groups", async () => {
    const sum = pieces(" + ", (i) => (i % 2 === 0 ? "SUM(a)" : "id"));
    expect(await scalar(`SELECT ${sum} FROM t GROUP BY id`)).toBe("2500.00");
    const where = pieces(" + ", () => "id");
    expect(await scalar(`SELECT COUNT(*) FROM t WHERE ${where} = ${LENGTH}`)).toBe("1");
  });

  it("are equal to the same chain elsewhere in the query", async () => {
    const sum = pieces(" + ", (i) => (i % 2 === 0 ? "a" : "id"), 300);
    const grouped = `SELECT ${sum} AS x, COUNT(*) FROM t GROUP BY ${sum} ORDER BY ${sum}`;
    expect((await session.result(grouped)).rows).toEqual([["375.00", "1"]]);
    const windowed = `SELECT SUM(${sum}) OVER (PARTITION BY ${sum}) FROM t QUALIFY ${sum} > 1`;
    expect(await scalar(windowed)).toBe("375.00");
    const correlated = `SELECT (SELECT MAX(u.id) FROM t u WHERE ${sum} = t.a) IS NULL FROM t`;
    expect(await scalar(correlated)).toBe(true);
  });

  it("are numbers of a set operation's branches", async () => {
    const union = pieces(" UNION ALL ", (i) => `SELECT ${i} AS x`);
    expect(await scalar(`SELECT COUNT(*) FROM (${union})`)).toBe(String(LENGTH));
    const distinct = pieces(" UNION ", (i) => `SELECT ${i % 7} AS x`, 500);
    expect(await scalar(`SELECT COUNT(*) FROM (${distinct})`)).toBe("7");
    const mixed = "SELECT 1 AS x UNION SELECT 1 UNION ALL SELECT 1 EXCEPT SELECT 2";
    expect((await session.result(mixed)).rows).toEqual([["1"]]);
  });
});

describe("nesting", () => {
  it("of 10,000 levels is an error, and the session goes on", async () => {
    const deep = `SELECT ${"(".repeat(10_000)}1${")".repeat(10_000)}`;
    await expect(session.result(deep)).rejects.toThrow("compilation memory exhausted");
    expect(await scalar("SELECT 1")).toBe("1");
  });

  it("of a chain that cannot be made flat is an error too", async () => {
    const deep = `SELECT ${pieces(" / ", () => "id", 10_000)} FROM t`;
    await expect(session.result(deep)).rejects.toThrow("compilation memory exhausted");
  });
});
