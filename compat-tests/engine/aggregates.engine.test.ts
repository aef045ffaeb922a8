/** Aggregates and windows over rows. Expected values are worked out by hand from Snowflake's documented rules. */

import { beforeAll, describe, expect, it } from "vitest";
import { typeText } from "../../translator/types/names.ts";
import { SmallAccount } from "./small-account.ts";

let account: SmallAccount;

beforeAll(async () => {
  account = await SmallAccount.open();
  await account.run("CREATE TABLE t (g INT, k INT, n NUMBER(10,2), s VARCHAR, v VARIANT)");
  for (const row of [
    "1, 1, 10, 'a', PARSE_JSON('null')",
    "1, 2, 14, 'b', TO_VARIANT(5)",
    "1, 3, 6, 'b', TO_VARIANT(5)",
    "1, 4, 6, NULL, TO_VARIANT(10)",
    "2, 5, NULL, 'c', NULL",
  ]) {
    await account.run(`INSERT INTO t SELECT ${row}`);
  }
});

async function column(sql: string): Promise<(string | null)[]> {
  const { rows } = await account.run(sql);
  return rows.map(([cell]) => cell ?? null);
}

async function typeOf(expression: string): Promise<string> {
  const { types } = await account.run(`SELECT ${expression} FROM t`);
  return types.map(typeText).join();
}

describe("types of aggregates", () => {
  it.each([
    ["SUM(n)", "NUMBER(38,2)"],
    ["AVG(n)", "NUMBER(38,8)"],
    ["AVG(n) OVER ()", "NUMBER(38,5)"],
    ["MEDIAN(n)", "NUMBER(13,5)"],
    ["PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n)", "NUMBER(13,5)"],
    ["VAR_POP(n)", "NUMBER(38,10)"],
    ["STDDEV(n)", "FLOAT"],
    ["COUNT(*)", "NUMBER(18,0)"],
    ["RATIO_TO_REPORT(n) OVER ()", "NUMBER(18,8)"],
    ["MODE(n)", "NUMBER(10,2)"],
  ])("%s is %s", async (expression, type) => {
    expect(await typeOf(expression)).toBe(type);
  });
});

describe("aggregates", () => {
  it.each([
    ["AVG(n)", "9.00000000"],
    ["COUNT(v)", "3"],
    ["COUNT(DISTINCT v)", "2"],
    ["COUNT(DISTINCT g, s)", "3"],
    ["COUNT(s, n)", "3"],
    ["MIN(v)::INT", "5"],
    ["VAR_POP(n)", "11.0000000000"],
    ["PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY n DESC)", "10.00"],
    ["LISTAGG(DISTINCT s, '|') WITHIN GROUP (ORDER BY s DESC)", "c|b|a"],
    ["LISTAGG(k, ',') WITHIN GROUP (ORDER BY n, k DESC)", "4,3,1,2,5"],
    ["ARRAY_AGG(DISTINCT n) WITHIN GROUP (ORDER BY n)::VARCHAR", "[6,10,14]"],
    ["MAX_BY(k, n)", "2"],
    ["MIN_BY(k, n, 2)::VARCHAR", "[3,4]"],
    ["BITOR_AGG(k)", "7"],
    ["BOOLXOR_AGG(n > 10)::VARCHAR", "true"],
    ["APPROX_TOP_K(n, 1)::VARCHAR", "[[6,2]]"],
  ])("%s gives %s", async (expression, value) => {
    expect(await column(`SELECT ${expression} FROM t`)).toEqual([value]);
  });

  it("gives empty containers and NULLs for no rows", async () => {
    const list =
      "COUNT(n), SUM(n), AVG(n), ARRAY_AGG(n), OBJECT_AGG(s, n), LISTAGG(s), VARIANCE(n)";
    const { rows } = await account.run(`SELECT ${list} FROM t WHERE k > 100`);
    expect(rows).toEqual([["0", null, null, "[]", "{}", "", null]]);
  });
});

describe("windows", () => {
  it("cuts the average of a frame off", async () => {
    const average = "AVG(k) OVER (ORDER BY k ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)";
    expect(await column(`SELECT ${average} FROM t WHERE k <> 4 ORDER BY k`)).toEqual([
      "1.000",
      "1.500",
      "2.000",
      "3.333",
    ]);
  });

  it("counts events row by row, also among equals", async () => {
    const sql = (call: string): string =>
      `SELECT ${call} OVER (ORDER BY n, k) FROM t ORDER BY n, k`;
    expect(await column(sql("CONDITIONAL_TRUE_EVENT(n < 14)"))).toEqual(["1", "2", "3", "3", "3"]);
    expect(await column(sql("CONDITIONAL_CHANGE_EVENT(n)"))).toEqual(["0", "0", "1", "2", "2"]);
  });

  it("sees the whole partition in LAST_VALUE and NTH_VALUE", async () => {
    const last = "SELECT LAST_VALUE(k) OVER (ORDER BY k) FROM t ORDER BY k";
    expect(await column(last)).toEqual(["5", "5", "5", "5", "5"]);
    const nth = "SELECT NTH_VALUE(k, 2) FROM LAST OVER (ORDER BY k) FROM t ORDER BY k";
    expect(await column(nth)).toEqual(["4", "4", "4", "4", "4"]);
  });

  it("interpolates between neighbours only", async () => {
    const value = "IFF(k IN (1, 3, 4), NULL, k * 10)";
    const sql = `SELECT INTERPOLATE_LINEAR(${value}) OVER (ORDER BY k) FROM t ORDER BY k`;
    expect(await column(sql)).toEqual([null, "20", "30", "40", "50"]);
  });
});
