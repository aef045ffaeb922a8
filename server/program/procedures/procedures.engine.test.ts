// Values of the documentation's examples: sql-reference/sql/call, developer-guide/stored-procedure (calling, usage,
// snowflake-scripting, transactions).

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../../execute/show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE d");
});
afterAll(() => session.close());

async function failure(sql: string): Promise<string> {
  return session.run(sql).then(
    () => "no error",
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
}

describe("calls", () => {
  test("arguments by position and by name, defaults", async () => {
    await session.run(`CREATE PROCEDURE build_string_proc(word VARCHAR, prefix VARCHAR DEFAULT 'pre-', suffix VARCHAR DEFAULT '-post')
      RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN prefix || word || suffix; END; $$`);
    const call = (args: string) => session.rows(`CALL build_string_proc(${args})`);
    expect(await call("'hello'")).toEqual([{ BUILD_STRING_PROC: "pre-hello-post" }]);
    expect(await call("'hello', 'before-'")).toEqual([{ BUILD_STRING_PROC: "before-hello-post" }]);
    expect(await call("word => 'hello', suffix => '-after'")).toEqual([
      { BUILD_STRING_PROC: "pre-hello-after" },
    ]);
  });

  test("a body without quotes, a table as the result", async () => {
    await session.run("CREATE TABLE invoices (id INTEGER, price NUMBER(12, 2))");
    await session.run("INSERT INTO invoices VALUES (1, 11.11), (2, 22.22)");
    await session.run(`CREATE PROCEDURE find_invoice(id VARCHAR) RETURNS TABLE (invoice INTEGER, price NUMBER(12, 2)) AS
      DECLARE res RESULTSET DEFAULT (SELECT * FROM invoices WHERE id = :id);
      BEGIN RETURN TABLE(res); END`);
    expect(await session.rows("CALL find_invoice('2')")).toEqual([
      { INVOICE: "2", PRICE: "22.22" },
    ]);
  });

  test("overloads by type and by number of arguments", async () => {
    for (const [parameter, answer] of [
      ["", "none"],
      ["a NUMBER", "number"],
      ["a VARCHAR", "text"],
    ]) {
      await session.run(
        `CREATE PROCEDURE over(${parameter}) RETURNS VARCHAR AS $$ BEGIN RETURN '${answer}'; END $$`,
      );
    }
    const call = async (args: string) => (await session.rows(`CALL over(${args})`))[0]?.["OVER"];
    expect(await call("")).toBe("none");
    expect(await call("1.5")).toBe("number");
    expect(await call("'x'")).toBe("text");
    expect(await call("CURRENT_DATE")).toBe("text");
    expect(await failure("CALL over(1, 2)")).toContain("001044");
    expect(await failure("CALL no_such_procedure()")).toContain("Unknown user-defined function");
  });

  test("OUT arguments, INTO, nested and anonymous procedures", async () => {
    await session.run(
      "CREATE PROCEDURE doubled(a INT, b OUT INT) RETURNS INT AS $$ BEGIN b := a * 2; RETURN a; END $$",
    );
    const { rows } = await session.result(`DECLARE
        plus PROCEDURE(n INT) RETURNS INT AS BEGIN RETURN n + 1; END;
        out_value INT; result INT; next INT;
      BEGIN
        CALL doubled(21, :out_value) INTO :result;
        CALL plus(out_value) INTO :next;
        RETURN result || ' ' || out_value || ' ' || next;
      END`);
    expect(rows).toEqual([["21 42 43"]]);
    expect(
      await session.rows(`WITH anonymous_output_message AS PROCEDURE (message VARCHAR)
        RETURNS VARCHAR NOT NULL LANGUAGE SQL AS $$ BEGIN RETURN message; END; $$
        CALL anonymous_output_message('Hello World')`),
    ).toEqual([{ ANONYMOUS_OUTPUT_MESSAGE: "Hello World" }]);
  });

  test("an error names the place in the body, also through two procedures", async () => {
    await session.run(
      "CREATE PROCEDURE fails() RETURNS INT AS $$\nBEGIN\n  SELECT * FROM no_such_table;\nEND $$",
    );
    await session.run("CREATE PROCEDURE calls() RETURNS INT AS $$\nBEGIN\n  CALL fails();\nEND $$");
    const inner =
      "Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : " +
      "SQL compilation error:\nObject 'NO_SUCH_TABLE' does not exist or not authorized.";
    expect(await failure("CALL fails()")).toBe(`002003: ${inner}`);
    expect(await failure("CALL calls()")).toBe(
      `002003: Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : ${inner}`,
    );
  });

  test("recursion has a limit", async () => {
    await session.run(
      "CREATE PROCEDURE down(n INT) RETURNS INT AS $$ BEGIN CALL down(:n + 1); END $$",
    );
    expect(await failure("CALL down(1)")).toContain("nested deeper than 16 levels");
  });

  test("other languages are refused by name", async () => {
    const sql =
      "CREATE PROCEDURE py() RETURNS INT LANGUAGE PYTHON RUNTIME_VERSION = '3.11' HANDLER = 'f' AS 'def f(s): return 1'";
    expect(await failure(sql)).toContain("Unsupported feature 'procedures in PYTHON'");
  });
});

describe("rights", () => {
  test("an owner's rights procedure works in its own schema and sees no session variables", async () => {
    await session.run("SET session_var1 = 50");
    await session.run("CREATE SCHEMA other");
    const body = "LANGUAGE SQL EXECUTE AS OWNER AS $$ BEGIN RETURN CURRENT_SCHEMA(); END $$";
    await session.run(`CREATE PROCEDURE other.place() RETURNS VARCHAR ${body}`);
    await session.run("USE SCHEMA public");
    expect(await session.rows("CALL other.place()")).toEqual([{ PLACE: "OTHER" }]);
    expect(await session.result("SELECT CURRENT_SCHEMA()")).toMatchObject({ rows: [["PUBLIC"]] });
    const reading = (rights: string) =>
      session.run(
        `CREATE OR REPLACE PROCEDURE reading() RETURNS INT EXECUTE AS ${rights} AS $$ BEGIN RETURN $session_var1 + 1; END $$`,
      );
    await reading("CALLER");
    expect(await session.rows("CALL reading()")).toEqual([{ READING: "51" }]);
    await reading("OWNER");
    expect(await failure("CALL reading()")).toContain(
      "Use of session variable '$SESSION_VAR1' is not allowed in owners rights stored procedure",
    );
  });
});

describe("transactions", () => {
  beforeAll(async () => {
    await session.run("CREATE TABLE tracker_1 (id INT)");
    await session.run("CREATE TABLE tracker_2 (id INT)");
  });

  const ids = async (table: string) =>
    (await session.rows(`SELECT id FROM ${table} ORDER BY id`)).map((row) => row["ID"]);

  test("one begun in a procedure is its own; the caller's goes on around it", async () => {
    await session.run(`CREATE PROCEDURE p1() RETURNS INT AS $$ BEGIN
      INSERT INTO tracker_1 VALUES (11);
      BEGIN TRANSACTION; INSERT INTO tracker_2 VALUES (12); COMMIT;
      INSERT INTO tracker_1 VALUES (13);
      END $$`);
    await session.run("BEGIN TRANSACTION");
    await session.run("INSERT INTO tracker_1 VALUES (0)");
    await session.run("CALL p1()");
    await session.run("ROLLBACK");
    expect(await ids("tracker_1")).toEqual([]);
    expect(await ids("tracker_2")).toEqual(["12"]);
  });

  test("the caller's cannot be ended, and one's own has to be", async () => {
    await session.run("CREATE PROCEDURE ends() RETURNS INT AS $$ BEGIN COMMIT; END $$");
    await session.run("BEGIN TRANSACTION");
    expect(await failure("CALL ends()")).toContain(
      "Modifying a transaction that has started at a different scope is not allowed.",
    );
    await session.run("ROLLBACK");
    await session.run(
      "CREATE PROCEDURE leaves() RETURNS INT AS $$ BEGIN BEGIN TRANSACTION; INSERT INTO tracker_1 VALUES (1); END $$",
    );
    expect(await failure("CALL leaves()")).toContain(
      "Scoped transaction started in stored procedure is incomplete and it was rolled back.",
    );
    expect(await ids("tracker_1")).toEqual([]);
  });
});

describe("procedures as objects", () => {
  test("SHOW, DESCRIBE, DROP go by name and argument types", async () => {
    await session.run(
      "CREATE PROCEDURE area_of_circle(radius FLOAT) RETURNS FLOAT LANGUAGE JAVASCRIPT EXECUTE AS OWNER AS 'return 1'",
    );
    const [row] = await session.rows("SHOW PROCEDURES LIKE 'area_of_%'");
    expect(row).toMatchObject({
      name: "AREA_OF_CIRCLE",
      arguments: "AREA_OF_CIRCLE(FLOAT) RETURN FLOAT",
      description: "user-defined procedure",
      min_num_arguments: "1",
      is_builtin: "N",
    });
    const { rows } = await session.result("DESC PROCEDURE area_of_circle(FLOAT)");
    expect(rows.slice(0, 3)).toEqual([
      ["signature", "(RADIUS FLOAT)"],
      ["returns", "FLOAT"],
      ["language", "JAVASCRIPT"],
    ]);
    await session.run("ALTER PROCEDURE area_of_circle(FLOAT) SET COMMENT = 'round'");
    await session.run("GRANT USAGE ON PROCEDURE area_of_circle(FLOAT) TO ROLE public");
    const listed =
      "SELECT argument_signature, data_type, comment FROM information_schema.procedures WHERE procedure_name = 'AREA_OF_CIRCLE'";
    expect((await session.result(listed)).rows).toEqual([["(RADIUS FLOAT)", "FLOAT", "round"]]);
    const ddl = await session.result("SELECT GET_DDL('procedure', 'area_of_circle(float)')");
    expect(ddl.rows[0]?.[0]).toBe(
      "CREATE OR REPLACE PROCEDURE AREA_OF_CIRCLE(RADIUS FLOAT)\nRETURNS FLOAT\nLANGUAGE JAVASCRIPT\n" +
        "COMMENT='round'\nEXECUTE AS OWNER\nAS 'return 1';",
    );
    expect(await failure("DROP PROCEDURE area_of_circle")).toContain("090208");
    expect(await failure("DROP PROCEDURE area_of_circle(VARCHAR)")).toContain("does not exist");
    const dropped = await session.result("DROP PROCEDURE area_of_circle(FLOAT)");
    expect(dropped.rows).toEqual([["AREA_OF_CIRCLE successfully dropped."]]);
  });
});
