/** DDL, DML and their counts, several statements at once, transactions, session parameters. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import { type Connection, close, connect, run, type Statement, value, values } from "./session.ts";

export async function checkStatements(
  checks: Checks,
  connection: Connection,
  url: string,
): Promise<void> {
  await checkDdl(checks, connection);
  await checkDml(checks, connection);
  await checkSeveral(checks, connection);
  await checkTransactions(checks, connection, url);
  await checkParameters(checks, connection);
}

async function status(connection: Connection, sql: string): Promise<unknown> {
  return (await run(connection, sql)).rows[0]?.status;
}

async function checkDdl(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("status lines of DDL", async () => {
    equal(
      await status(connection, "create or replace schema work"),
      "Schema WORK successfully created.",
    );
    equal(
      await status(connection, "create or replace table t (a int)"),
      "Table T successfully created.",
    );
    equal(
      await status(connection, "create table if not exists t (a int)"),
      "T already exists, statement succeeded.",
    );
    equal(
      await status(connection, "create or replace view v as select a from t"),
      "View V successfully created.",
    );
    equal(
      await status(connection, "alter table t add column b varchar"),
      "Statement executed successfully.",
    );
    equal(await status(connection, "drop view v"), "V successfully dropped.");
    equal(await status(connection, "drop table t"), "T successfully dropped.");
    equal(
      await status(connection, "drop table if exists t"),
      "Drop statement executed successfully (T already dropped).",
    );
  });
  await checks.check("USE moves the session", async () => {
    await run(connection, "use schema public");
    deepEqual(await values(connection, "select current_database(), current_schema()"), [
      ["NODE_SDK", "PUBLIC"],
    ]);
    await run(connection, "use schema work");
    equal(await value(connection, "select current_schema()"), "WORK");
  });
}

async function checkDml(checks: Checks, connection: Connection): Promise<void> {
  const counted = async (sql: string) => {
    const { rows, statement } = await run(connection, sql);
    return { row: rows[0], updated: statement.getNumUpdatedRows() };
  };
  await checks.check("row counts of DML", async () => {
    await run(connection, "create or replace table n (id int, v varchar)");
    deepEqual(await counted("insert into n values (1, 'a'), (2, 'b'), (3, 'c')"), {
      row: { "number of rows inserted": 3 },
      updated: 3,
    });
    deepEqual(await counted("update n set v = 'z' where id > 1"), {
      row: { "number of rows updated": 2, "number of multi-joined rows updated": 0 },
      updated: 2,
    });
    deepEqual(await counted("delete from n where id = 3"), {
      row: { "number of rows deleted": 1 },
      updated: 1,
    });
    const merge = `merge into n using (select column1 as id, column2 as v from values (2, 'm'), (9, 'new')) s on n.id = s.id
      when matched then update set v = s.v when not matched then insert values (s.id, s.v)`;
    deepEqual(await counted(merge), {
      row: { "number of rows inserted": 1, "number of rows updated": 1 },
      updated: 2,
    });
    deepEqual(await values(connection, "select * from n order by id"), [
      [1, "a"],
      [2, "m"],
      [9, "new"],
    ]);
  });
}

async function checkSeveral(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("several statements at once", async () => {
    const sql =
      "create or replace table m (a int); insert into m values (1), (2); select sum(a) as s from m;";
    const results = await several(connection, sql, 3);
    deepEqual(results, [
      [{ status: "Table M successfully created." }],
      [{ "number of rows inserted": 2 }],
      [{ S: 3 }],
    ]);
  });
  await checks.check("any number of statements", async () => {
    deepEqual(await several(connection, "select 1 as a; select 2 as b", 0), [
      [{ A: 1 }],
      [{ B: 2 }],
    ]);
  });
}

type Several = Statement & { hasNext: () => boolean; NextResult: () => void };

/** The rows of each statement of one text, as the driver hands them over one after the other. */
function several(connection: Connection, sqlText: string, count: number): Promise<unknown[][]> {
  const results: unknown[][] = [];
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      parameters: { MULTI_STATEMENT_COUNT: count },
      complete: (error, statement) => {
        if (error) {
          reject(error);
          return;
        }
        const rows: unknown[] = [];
        const next = statement as Several;
        statement
          .streamRows()
          .on("error", reject)
          .on("data", (row: unknown) => rows.push(row))
          .on("end", () => {
            results.push(rows);
            if (next.hasNext()) next.NextResult();
            else resolve(results);
          });
      },
    });
  });
}

async function checkTransactions(
  checks: Checks,
  connection: Connection,
  url: string,
): Promise<void> {
  await checks.check("a transaction is seen by others after its commit", async () => {
    const other = await connect(url, { database: "node_sdk", schema: "work" });
    await run(connection, "create or replace table tx (a int)");
    equal(await status(connection, "begin"), "Statement executed successfully.");
    await run(connection, "insert into tx values (1)");
    equal(await value(connection, "select count(*) from tx"), 1);
    equal(await value(other, "select count(*) from tx"), 0);
    await run(connection, "commit");
    equal(await value(other, "select count(*) from tx"), 1);
    await run(connection, "begin transaction");
    await run(connection, "delete from tx");
    await run(connection, "rollback");
    equal(await value(connection, "select count(*) from tx"), 1);
    await close(other);
  });
  await checks.check("closing a connection rolls back", async () => {
    const other = await connect(url, { database: "node_sdk", schema: "work" });
    await run(other, "begin");
    await run(other, "insert into tx values (99)");
    await close(other);
    equal(await value(connection, "select count(*) from tx where a = 99"), 0);
  });
}

async function checkParameters(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("session parameters change results", async () => {
    await run(
      connection,
      "alter session set timezone = 'Asia/Tokyo', date_output_format = 'DD.MM.YYYY'",
    );
    equal(await value(connection, "select to_char('2024-03-01'::date)"), "01.03.2024");
    equal(
      await value(
        connection,
        "select to_char('2024-03-01 00:00:00 +00:00'::timestamp_ltz, 'HH24:MI TZHTZM')",
      ),
      "09:00 +0900",
    );
    await run(connection, "alter session unset timezone");
    await run(connection, "alter session unset date_output_format");
    equal(await value(connection, "select to_char('2024-03-01'::date)"), "2024-03-01");
  });
  await checks.check("a parameter of one statement only", async () => {
    const sql = "select to_char('2024-03-01'::date)";
    const parameters = { DATE_OUTPUT_FORMAT: "MM/DD/YYYY" };
    equal(await value(connection, sql, { parameters }), "03/01/2024");
    equal(await value(connection, sql), "2024-03-01");
  });
  await checks.check("what ALTER SESSION and USE change, in the answers themselves", async () => {
    const alter = async (change: string) => {
      await run(connection, `alter session ${change}`);
      return (
        connection as unknown as { getClientSessionKeepAlive(): unknown }
      ).getClientSessionKeepAlive();
    };
    equal(await alter("set client_session_keep_alive = true"), true);
    equal(await alter("unset client_session_keep_alive"), false);
    const { statement } = await run(connection, "use role sysadmin");
    const state = statement.getSessionState() as Record<string, () => unknown>;
    deepEqual(
      ["Role", "Database", "Schema"].map((name) => state[`getCurrent${name}`]?.()),
      ["SYSADMIN", "NODE_SDK", "WORK"],
    );
    await run(connection, "use role accountadmin");
  });
  await checks.check(
    "parameters that a statement before it in the same request has set",
    async () => {
      const sql = `alter session set timezone = 'Asia/Tokyo', date_output_format = 'DD/MM/YYYY';
      select to_timestamp_ltz(0)::varchar as t, to_variant('2024-01-02'::date) as v;
      alter session unset timezone; alter session unset date_output_format`;
      const [, rows] = await several(connection, sql, 0);
      deepEqual(rows, [{ T: "1970-01-01 09:00:00.000 +0900", V: "02/01/2024" }]);
    },
  );
  await checks.check("session variables", async () => {
    await run(connection, "set (x, y) = (10, 'txt')");
    deepEqual(await values(connection, "select $x + 1, $y"), [[11, "txt"]]);
  });
  await checks.check("the session's names and version", async () => {
    match(String(await value(connection, "select current_version()")), /^\d+\.\d+\.\d+/);
    equal(await value(connection, "select current_user()"), "ANYBODY");
  });
}
