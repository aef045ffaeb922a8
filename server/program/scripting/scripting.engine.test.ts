// Values of the documentation's examples: developer-guide/snowflake-scripting (variables, branch, loops, cursors, resultsets,
// exceptions), where no other place is named.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../../execute/show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE d");
  await session.run("CREATE TABLE invoices (price NUMBER(12, 2))");
  await session.run("INSERT INTO invoices VALUES (11.11), (22.22)");
});
afterAll(() => session.close());

/** What a block returns. */
async function returned(block: string): Promise<unknown> {
  const { columns, rows } = await session.result(block);
  expect(columns.map(({ name }) => name)).toEqual(["anonymous block"]);
  return rows[0]?.[0];
}

async function failure(sql: string): Promise<string> {
  return session.run(sql).then(
    () => "no error",
    (error: { code: string; sqlState: string; message: string }) =>
      `${error.code} (${error.sqlState}): ${error.message}`,
  );
}

describe("variables", () => {
  test("declared, computed, returned", async () => {
    const block = `DECLARE profit NUMBER(38, 2) DEFAULT 0.0;
      BEGIN
        LET cost NUMBER(38, 2) := 100.0;
        LET revenue NUMBER(38, 2) DEFAULT 110.0;
        profit := revenue - cost;
        RETURN profit;
      END`;
    expect(await returned(block)).toBe("10.00");
  });

  test("without RETURN the result is NULL", async () => {
    expect(await returned("BEGIN NULL; END")).toBeNull();
  });

  test("an inner name hides the outer one", async () => {
    const block = `DECLARE x INTEGER DEFAULT 0;
      BEGIN LET y := 1; BEGIN LET x := 5; y := x; END; RETURN x || ',' || y; END`;
    expect(await returned(block)).toBe("0,5");
  });

  test("SELECT INTO takes one row", async () => {
    const block = `DECLARE a FLOAT; b FLOAT;
      BEGIN SELECT MIN(price), MAX(price) INTO :a, :b FROM invoices; RETURN a + b; END`;
    expect(await returned(block)).toBeCloseTo(33.33);
    const two = "DECLARE a FLOAT; BEGIN SELECT price INTO :a FROM invoices; END";
    expect(await failure(two)).toContain("exactly 1 returned row, but got 2");
  });

  // As user-guide/alerts writes it.
  test("SELECT INTO may stand in parentheses", async () => {
    const block = `BEGIN LET a FLOAT; (SELECT MAX(price) INTO :a FROM invoices); RETURN a > 20; END`;
    expect(await returned(block)).toBe(true);
    expect(await failure("(SELECT 1 INTO :a)")).toContain("SELECT INTO outside of a block");
  });

  test("a variable is a bind in SQL, also as a name", async () => {
    const block = `BEGIN LET t := 'invoices'; LET low := 20;
      RETURN (SELECT COUNT(*) FROM IDENTIFIER(:t) WHERE price > :low); END`;
    expect(await returned(block)).toBe("1");
  });

  test("an initializer without meaning gives no type", async () => {
    expect(await failure("BEGIN\n  LET x := nope + 1;\nEND")).toBe(
      "092228 (P0000): Uncaught exception of type 'EXPRESSION_ERROR' on line 2 at position 2 : " +
        "SQL compilation error: error line 2 at position 6\n" +
        "variable 'X' cannot have its type inferred from initializer",
    );
  });
});

describe("control", () => {
  test("FOR counts with both bounds", async () => {
    const block = `DECLARE counter INTEGER DEFAULT 0; maximum_count INTEGER DEFAULT 5;
      BEGIN FOR i IN 1 TO maximum_count DO counter := counter + 1; END FOR; RETURN counter; END`;
    expect(await returned(block)).toBe("5");
  });

  test("FOR REVERSE counts down; a range that is empty runs no turn", async () => {
    const block = `BEGIN LET t := '';
      FOR i IN REVERSE 1 TO 3 DO t := t || i; END FOR;
      FOR i IN 3 TO 1 DO t := t || 'x'; END FOR;
      RETURN t; END`;
    expect(await returned(block)).toBe("321");
  });

  test("BREAK and CONTINUE with labels", async () => {
    const block = `BEGIN LET inner_counter := 0; LET outer_counter := 0;
      LOOP LOOP
          IF (inner_counter < 5) THEN inner_counter := inner_counter + 1; CONTINUE outer_loop; ELSE BREAK outer_loop; END IF;
        END LOOP inner_loop;
        outer_counter := outer_counter + 1;
      END LOOP outer_loop;
      RETURN ARRAY_CONSTRUCT(outer_counter, inner_counter)::VARCHAR; END`;
    expect(await returned(block)).toBe("[0,5]");
  });

  test("WHILE, REPEAT, CASE", async () => {
    const block = `BEGIN LET i := 0;
      WHILE (i < 3) DO i := i + 1; END WHILE;
      REPEAT i := i + 10; UNTIL (i > 20) END REPEAT;
      CASE (i) WHEN 23 THEN RETURN 'twenty-three'; ELSE RETURN i; END CASE; END`;
    expect(await returned(block)).toBe("twenty-three");
  });

  test("BREAK needs a loop", async () => {
    expect(await failure("BEGIN BREAK; END")).toContain("BREAK is only allowed in a loop");
  });

  test("a loop that never ends can be stopped", async () => {
    await session.run("ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1");
    const endless =
      "BEGIN LET i := 0; LOOP i := i + 1; END LOOP; EXCEPTION WHEN OTHER THEN RETURN 1; END";
    const error = await failure(endless);
    await session.run("ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS");
    expect(error).toContain("000630");
  });
});

describe("cursors and RESULTSETs", () => {
  test("FOR over a cursor", async () => {
    const block = `DECLARE total_price FLOAT; c1 CURSOR FOR SELECT price FROM invoices;
      BEGIN total_price := 0.0;
        FOR record IN c1 DO total_price := total_price + record.price; END FOR;
        RETURN total_price; END`;
    expect(await returned(block)).toBeCloseTo(33.33);
  });

  test("OPEN USING, FETCH past the end, CLOSE", async () => {
    const block = `DECLARE x NUMBER; y NUMBER; c CURSOR FOR SELECT price FROM invoices WHERE price > ?;
      BEGIN OPEN c USING (20); FETCH c INTO x; FETCH c INTO y; CLOSE c; RETURN x || ' ' || (y IS NULL); END`;
    expect(await returned(block)).toBe("22 true");
  });

  test("RETURN TABLE of a RESULTSET and of a cursor", async () => {
    const block = `DECLARE r RESULTSET; c CURSOR FOR r;
      BEGIN r := (SELECT price FROM invoices ORDER BY price); OPEN c;
      RETURN TABLE(RESULTSET_FROM_CURSOR(c)); END`;
    expect(await session.rows(block)).toEqual([{ PRICE: "11.11" }, { PRICE: "22.22" }]);
  });

  test("EXECUTE IMMEDIATE with USING", async () => {
    const block = `DECLARE rs RESULTSET; query VARCHAR DEFAULT 'SELECT * FROM invoices WHERE price > ? AND price < ?';
      minimum_price NUMBER(12,2) DEFAULT 20; maximum_price NUMBER(12,2) DEFAULT 30;
      BEGIN rs := (EXECUTE IMMEDIATE :query USING (minimum_price, maximum_price)); RETURN TABLE(rs); END`;
    expect(await session.rows(block)).toEqual([{ PRICE: "22.22" }]);
  });

  test("an ASYNC job is awaited", async () => {
    const block = `BEGIN LET res RESULTSET := ASYNC (SELECT 1);
      LET status VARCHAR := SYSTEM$GET_RESULTSET_STATUS(res);
      AWAIT res;
      RETURN [status, SYSTEM$GET_RESULTSET_STATUS(res)]::VARCHAR; END`;
    expect(await returned(block)).toBe('["RUNNING","SUCCESS"]');
  });

  test("SQLROWCOUNT, SQLFOUND", async () => {
    await session.run("CREATE TABLE counted (a INT)");
    const block = `BEGIN INSERT INTO counted VALUES (1), (2); RETURN SQLROWCOUNT || ' ' || SQLFOUND || ' ' || SQLNOTFOUND; END`;
    expect(await returned(block)).toBe("2 true false");
  });
});

describe("exceptions", () => {
  const raising = (handlers: string) => `EXECUTE IMMEDIATE $$
DECLARE
  my_exception EXCEPTION (-20002, 'Raised MY_EXCEPTION.');
BEGIN
  LET counter := 0;
  LET should_raise_exception := true;
  IF (should_raise_exception) THEN
    RAISE my_exception;
  END IF;
  counter := counter + 1;
  RETURN counter;${handlers}
END;
$$`;

  test("nobody catches it", async () => {
    expect(await failure(raising(""))).toBe(
      "-20002 (P0001): Uncaught exception of type 'MY_EXCEPTION' on line 8 at position 4 : Raised MY_EXCEPTION.",
    );
  });

  test("the first clause that fits", async () => {
    const handlers = `
EXCEPTION
  WHEN STATEMENT_ERROR THEN RETURN 'statement';
  WHEN my_exception THEN RETURN SQLCODE || ' ' || SQLSTATE || ' ' || SQLERRM;
  WHEN OTHER THEN RETURN 'other';`;
    expect(await returned(raising(handlers))).toBe("-20002 P0001 Raised MY_EXCEPTION.");
  });

  test("a failing statement", async () => {
    const block = `BEGIN SELECT * FROM no_such_table; EXCEPTION WHEN STATEMENT_ERROR THEN RETURN SQLCODE || ' ' || SQLSTATE; END`;
    expect(await returned(block)).toBe("2003 42S02");
  });

  test("CONTINUE goes on: after the statement, and with the next turn of a loop", async () => {
    const block = `BEGIN LET n := 0; LET x := 0;
      SELECT 1 / 0;
      n := 100;
      FOR i IN 1 TO 5 DO x := 1 / (i - 3); n := n + 1; END FOR;
      RETURN n;
      EXCEPTION WHEN OTHER CONTINUE THEN x := -1; END`;
    expect(await returned(block)).toBe("104");
  });

  test("a handler may use a name whose LET the error came before", async () => {
    const block = `BEGIN SELECT * FROM no_such_table; LET res RESULTSET := (SELECT 0 AS a); RETURN TABLE(res);
      EXCEPTION WHEN STATEMENT_ERROR THEN res := (SELECT :sqlcode AS sql_code); RETURN TABLE(res); END`;
    expect(await session.rows(block)).toEqual([{ SQL_CODE: "2003" }]);
  });

  test("RAISE in a handler passes the error on to the outer block", async () => {
    const block = `DECLARE e EXCEPTION (-20003, 'inner');
      BEGIN
        BEGIN RAISE e; EXCEPTION WHEN e THEN RAISE; END;
      EXCEPTION WHEN e THEN RETURN 'outer ' || SQLERRM; END`;
    expect(await returned(block)).toBe("outer inner");
  });
});

describe("statements of a block in the session", () => {
  test("LAST_QUERY_ID is the block's afterwards; inside, the last statement's", async () => {
    const block = `BEGIN SELECT 41 + 1 AS answer; LET n := (SELECT answer FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))); RETURN n; END`;
    const { queryId } = await session.run(block);
    const { rows } = await session.result("SELECT LAST_QUERY_ID()");
    expect(rows).toEqual([[queryId]]);
  });
});
