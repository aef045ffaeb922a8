/** Users' functions. https://docs.snowflake.com/en/sql-reference/sql/create-function */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "../execute/show/test-kit.ts";

let session: TestSession;

const rows = async (sql: string) => (await session.result(sql)).rows;
const code = async (sql: string) => {
  try {
    await session.run(sql);
    return "none";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE functions_test");
});

afterAll(async () => {
  await session.close();
});

describe("SQL functions", () => {
  it("picks the overload by argument types and names", async () => {
    await session.run("CREATE FUNCTION add5 (n NUMBER) RETURNS NUMBER AS 'n + 5'");
    await session.run("CREATE FUNCTION add5 (s VARCHAR) RETURNS VARCHAR AS $$ s || '5' $$");
    const sql =
      "SELECT add5(1), add5('1'), add5(TO_DATE('2014-01-01')), add5(n => 1), add5(s => '1')";
    expect(await rows(sql)).toEqual([["6", "15", "2014-01-015", "6", "15"]]);
  });

  it("fills defaults in", async () => {
    await session.run(
      "CREATE FUNCTION total(a NUMBER, b NUMBER DEFAULT 10) RETURNS NUMBER AS 'a+b'",
    );
    expect(await rows("SELECT total(1), total(b => 2, a => 3)")).toEqual([["11", "5"]]);
    expect(await code("SELECT total(1, 2, 3)")).toBe("001044");
  });

  it("takes a query as its body", async () => {
    await session.run("CREATE TABLE purchases (sold NUMBER, price NUMBER(11,2)) AS SELECT 3, 2.5");
    await session.run(
      "CREATE FUNCTION profit() RETURNS NUMERIC(11,2) AS 'SELECT SUM(sold * price) FROM purchases'",
    );
    expect(await rows("SELECT profit()")).toEqual([["7.50"]]);
  });

  it("is not called for NULL when it is strict", async () => {
    await session.run("CREATE FUNCTION one(a NUMBER) RETURNS NUMBER STRICT AS '1'");
    expect(await rows("SELECT one(NULL), one(5)")).toEqual([[null, "1"]]);
  });

  it("checks the body at creation", async () => {
    expect(await code("CREATE FUNCTION f() RETURNS NUMBER AS 'missing + 1'")).toBe("000904");
    expect(await code("CREATE FUNCTION f() RETURNS NUMBER AS 'TO_DATE(''2020-01-01'')'")).toBe(
      "090207",
    );
  });

  it("gives rows", async () => {
    await session.run(
      "CREATE FUNCTION pairs(p NUMBER) RETURNS TABLE (a NUMBER, b VARCHAR) AS 'SELECT p, p + 1'",
    );
    expect(await rows("SELECT * FROM TABLE(pairs(3))")).toEqual([["3", "4"]]);
    const sql = "SELECT v, b FROM (VALUES (1), (2)) AS t(v), TABLE(pairs(v)) ORDER BY v";
    expect(await rows(sql)).toEqual([
      ["1", "2"],
      ["2", "3"],
    ]);
  });
});

describe("JavaScript functions", () => {
  it("sees upper-case names and gives its value", async () => {
    await session.run(
      "CREATE FUNCTION js5(n DOUBLE) RETURNS DOUBLE LANGUAGE JAVASCRIPT AS 'return N + 5;'",
    );
    expect(await rows("SELECT js5(1.5), js5(column1) FROM VALUES (2)")).toEqual([[6.5, 7]]);
  });

  it("tells SQL NULL from JSON null", async () => {
    await session.run(`CREATE FUNCTION nulls(v VARIANT) RETURNS VARCHAR LANGUAGE JAVASCRIPT AS
      'return V === undefined ? "sql" : V === null ? "json" : "value";'`);
    const sql = "SELECT nulls(NULL::VARIANT), nulls(PARSE_JSON('null')), nulls(3)";
    expect(await rows(sql)).toEqual([["sql", "json", "value"]]);
  });

  it("reports what the code throws", async () => {
    await session.run(
      "CREATE FUNCTION lower5(n DOUBLE) RETURNS DOUBLE LANGUAGE JAVASCRIPT AS 'return n + 5;'",
    );
    await expect(session.run("SELECT lower5(0.0)")).rejects.toThrow(
      "JavaScript execution error: Uncaught ReferenceError: n is not defined in LOWER5 at 'return n + 5;' position 7",
    );
  });

  it("is bounded in memory", async () => {
    await session.run(`CREATE FUNCTION hungry() RETURNS DOUBLE LANGUAGE JAVASCRIPT AS
      'var a = []; while (true) a.push(new Array(100000).fill(1));'`);
    await expect(session.run("SELECT hungry()")).rejects.toThrow("out of memory");
  });

  it("takes no fixed-point numbers", async () => {
    const sql = "CREATE FUNCTION i(a INT) RETURNS INT LANGUAGE JAVASCRIPT AS 'return A'";
    await expect(session.run(sql)).rejects.toThrow(
      "Language JAVASCRIPT does not support type 'NUMBER(38,0)'",
    );
  });

  it("gives rows", async () => {
    await session.run(`CREATE FUNCTION char_sum(ins STRING) RETURNS TABLE (num FLOAT)
      LANGUAGE JAVASCRIPT AS '{
        processRow: function (row, rowWriter, context) {
          this.sum = this.sum + row.INS.length;
          rowWriter.writeRow({NUM: row.INS.length});
        },
        finalize: function (rowWriter, context) { rowWriter.writeRow({NUM: this.sum}); },
        initialize: function (argumentInfo, context) { this.sum = 0; }}'`);
    expect(await rows("SELECT * FROM TABLE(char_sum('abc'))")).toEqual([[3], [3]]);
  });
});

describe("functions as objects", () => {
  it("are described, altered and dropped by their argument types", async () => {
    await session.run("CREATE FUNCTION area(r FLOAT) RETURNS FLOAT AS 'pi() * r * r'");
    expect(await rows("DESCRIBE FUNCTION area(FLOAT)")).toEqual([
      ["signature", "(R FLOAT)"],
      ["returns", "FLOAT"],
      ["language", "SQL"],
      ["body", "pi() * r * r"],
    ]);
    expect(await code("DROP FUNCTION area")).toBe("090208");
    await session.run("ALTER FUNCTION area(FLOAT) RENAME TO circle");
    expect(await rows("DROP FUNCTION circle(FLOAT)")).toEqual([["CIRCLE successfully dropped."]]);
    expect(await code("SELECT circle(1)")).toBe("002140");
    expect(await code("SELECT functions_test.public.circle(1)")).toBe("002141");
  });

  it("are refused by name in other languages", async () => {
    const sql =
      "CREATE FUNCTION p() RETURNS INT LANGUAGE PYTHON HANDLER = 'h' AS 'def h(): return 1'";
    await expect(session.run(sql)).rejects.toThrow("LANGUAGE PYTHON");
  });
});
