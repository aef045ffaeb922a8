// Values of the documentation's examples: developer-guide/stored-procedure/stored-procedures-javascript and
// stored-procedures-api.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../../execute/show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE d");
});
afterAll(() => session.close());

async function define(head: string, body: string): Promise<void> {
  await session.run(`CREATE OR REPLACE PROCEDURE ${head} LANGUAGE JAVASCRIPT AS $$${body}$$`);
}

async function called(call: string): Promise<unknown> {
  const { rows } = await session.result(`CALL ${call}`);
  return rows[0]?.[0];
}

async function failure(sql: string): Promise<string> {
  return session.run(sql).then(
    () => "no error",
    (error: { code: string; sqlState: string; message: string }) =>
      `${error.code} (${error.sqlState}): ${error.message}`,
  );
}

describe("JavaScript procedures", () => {
  test("statements with binds, rows, recursion", async () => {
    await session.run("CREATE TABLE stproc_test_table2 (col1 FLOAT)");
    await define(
      "recursive_stproc(counter FLOAT) RETURNS VARCHAR NOT NULL",
      `
      var counter1 = COUNTER;
      var returned_value = "";
      var stmt = snowflake.createStatement({sqlText: "INSERT INTO stproc_test_table2 (col1) VALUES (?);", binds: [counter1]});
      stmt.execute();
      if (COUNTER > 0) {
        var res = snowflake.execute({sqlText: "call recursive_stproc (?);", binds: [counter1 - 1]});
        res.next();
        returned_value = res.getColumnValue(1);
      }
      return counter1 + ":" + returned_value;`,
    );
    expect(await called("recursive_stproc(4.0::FLOAT)")).toBe("4:3:2:1:0:");
    expect((await session.rows("SELECT * FROM stproc_test_table2")).length).toBe(5);
  });

  test("what a statement and its rows know", async () => {
    await session.run("CREATE TABLE t3 (n10 NUMERIC(10, 0), n12 NUMERIC(12, 4), v1 VARCHAR(19))");
    await define(
      "facts() RETURNS VARIANT",
      `
      var stmt = snowflake.createStatement({sqlText: "INSERT INTO t3 VALUES (1, 2.5, 'x'), (2, 3.5, NULL)"});
      stmt.execute();
      var inserted = stmt.getNumRowsInserted();
      stmt = snowflake.createStatement({sqlText: "SELECT n10, n12, v1 FROM t3 ORDER BY n10"});
      var rs = stmt.execute();
      var rows = [];
      while (rs.next()) rows.push([rs.getColumnValue(1), rs.N12, rs.getColumnValue("V1")]);
      return {inserted, scale: stmt.getColumnScale(2), name: stmt.getColumnName(1), text: stmt.isColumnText(3), count: stmt.getRowCount(), rows};`,
    );
    expect(JSON.parse(String(await called("facts()")))).toEqual({
      inserted: 2,
      scale: 4,
      name: "N10",
      text: true,
      count: 2,
      rows: [
        [1, 2.5, "x"],
        [2, 3.5, null],
      ],
    });
  });

  test("an error of SQL is an exception with code, state, message and place", async () => {
    await define(
      "broken() RETURNS VARCHAR NOT NULL",
      `
      var result = "";
      try {
          snowflake.execute( {sqlText: "Invalid Command!;"} );
          result = "Succeeded";
          }
      catch (err)  {
          result =  "Failed: Code: " + err.code + "\\n  State: " + err.state;
          result += "\\n  Message: " + err.message;
          result += "\\nStack Trace:\\n" + err.stackTraceTxt;
          }
      return result;`,
    );
    expect(await called("broken()")).toBe(
      "Failed: Code: 1003\n  State: 42000\n  Message: SQL compilation error:\n" +
        "syntax error line 1 at position 0 unexpected 'Invalid'.\n" +
        "Stack Trace:\nSnowflake.execute, line 4 position 20",
    );
  });

  test("an exception nobody catches", async () => {
    await define("thrown() RETURNS INT", '\n  throw new Error("it broke");');
    expect(await failure("CALL thrown()")).toContain(
      "100183 (P0000): Execution error in store procedure THROWN:\nError: it broke",
    );
  });

  test("a loop that never ends is stopped by the statement's time-out", async () => {
    await define("endless() RETURNS INT", "try { for (;;) {} } catch (e) { return 1; }");
    await session.run("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1");
    const error = await failure("CALL endless()");
    await session.run("ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS");
    expect(error).toContain("000630");
  });

  test("timestamps are SfDate", async () => {
    await define(
      "seconds(tsv VARCHAR) RETURNS FLOAT",
      `var rs = snowflake.execute({sqlText: "SELECT '" + TSV + "'::TIMESTAMP_NTZ;"}); rs.next();
       return rs.getColumnValue(1).getEpochSeconds();`,
    );
    expect(await called("seconds('1970-01-01 00:00:01.987654321')")).toBe(1);
    expect(await called("seconds('1971-01-01 00:00:00')")).toBe(31_536_000);
  });

  test("a transaction of its own is rolled back after an error", async () => {
    await session.run("CREATE TABLE child (id INT)");
    await session.run("INSERT INTO child VALUES (1)");
    await define(
      "cleanup(force_failure VARCHAR) RETURNS VARCHAR NOT NULL",
      `
      snowflake.execute( {sqlText: "BEGIN WORK;"} );
      try {
          snowflake.execute( {sqlText: "DELETE FROM child;"} );
          if (FORCE_FAILURE === "fail") snowflake.execute( {sqlText: "DELETE FROM no_such_table;"} );
          snowflake.execute( {sqlText: "COMMIT WORK;"} );
          return "Succeeded";
      } catch (err) {
          snowflake.execute( {sqlText: "ROLLBACK WORK;"} );
          return "Failed: " + err;
      }`,
    );
    expect(await called("cleanup('fail')")).toBe(
      "Failed: SQL compilation error:\nObject 'NO_SUCH_TABLE' does not exist or not authorized.",
    );
    expect((await session.rows("SELECT * FROM child")).length).toBe(1);
    expect(await called("cleanup('do not fail')")).toBe("Succeeded");
    expect((await session.rows("SELECT * FROM child")).length).toBe(0);
  });
});
