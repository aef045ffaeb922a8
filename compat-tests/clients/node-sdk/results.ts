/** Large results, streams, results by query id, asynchronous statements, describing without running. */

import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import { type Connection, failure, run, type Statement, value, values } from "./session.ts";

const ROWS = 300_000;
const LARGE = `select n, 'row ' || n as name, (n / 4)::number(12,2) as quarter, to_timestamp_ntz(n) as at
  from (select seq4() as n from table(generator(rowcount => ${ROWS})))`;

export async function checkResults(checks: Checks, connection: Connection): Promise<void> {
  await checkLarge(checks, connection);
  await checkByQueryId(checks, connection);
  await checkDescribe(checks, connection);
}

async function checkLarge(checks: Checks, connection: Connection): Promise<void> {
  await checks.check(`a stream of ${ROWS} rows`, async () => {
    const statement = await new Promise<Statement>((resolve, reject) => {
      connection.execute({
        sqlText: LARGE,
        streamResult: true,
        complete: (error, done) => (error ? reject(error) : resolve(done)),
      });
    });
    equal(statement.getNumRows(), ROWS);
    let [count, sum, quarters] = [0, 0, 0];
    for await (const row of statement.streamRows()) {
      count++;
      sum += row.N;
      quarters += row.QUARTER;
      if (row.NAME !== `row ${row.N}`) throw new Error(`row ${row.N} is called ${row.NAME}`);
      if (row.AT.getTime() !== row.N * 1_000) throw new Error(`row ${row.N} is of ${row.AT}`);
    }
    deepEqual([count, sum], [ROWS, (ROWS * (ROWS - 1)) / 2]);
    // Quarters of a second decimal are exact; only their sum is a float.
    equal(Math.round(quarters), Math.round((ROWS * (ROWS - 1)) / 8));
  });
  await checks.check("a range of a large result", async () => {
    const { statement } = await run(connection, `${LARGE} order by n`, { streamResult: true });
    const seen: number[] = [];
    for await (const row of statement.streamRows({ start: 149_998, end: 150_002 }))
      seen.push(row.N);
    deepEqual(seen, [149_998, 149_999, 150_000, 150_001, 150_002]);
  });
  await checks.check("all rows of a large result at once", async () => {
    const { rows } = await run(connection, `select n from (${LARGE}) order by n`);
    equal(rows.length, ROWS);
    deepEqual([rows[0]?.N, rows[ROWS - 1]?.N], [0, ROWS - 1]);
  });
}

async function checkByQueryId(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("the result of an earlier statement", async () => {
    const { statement } = await run(connection, "select 1 as a, 'x' as b");
    const { rows } = await fetched(connection, statement.getQueryId());
    deepEqual(rows, [{ A: 1, B: "x" }]);
    const scanned = `select b from table(result_scan('${statement.getQueryId()}'))`;
    equal(await value(connection, scanned), "x");
    equal(await connection.getQueryStatus(statement.getQueryId()), "SUCCESS");
  });
  await checks.check("a result of another statement after a large one", async () => {
    const { statement } = await run(connection, "insert into n values (100, 'hundred')");
    const { rows } = await fetched(connection, statement.getQueryId());
    deepEqual(rows, [{ "number of rows inserted": 1 }]);
  });
  await checks.check("an asynchronous statement", async () => {
    const { statement } = await run(
      connection,
      "select count(*) as c from table(generator(rowcount => 100000)) where hash(seq4()) != 0",
      { asyncExec: true },
    );
    const queryId = statement.getQueryId();
    notEqual(queryId, undefined);
    const { rows } = await fetched(connection, queryId);
    deepEqual(rows, [{ C: 100_000 }]);
  });
  await checks.check("an asynchronous statement that fails", async () => {
    const { statement } = await run(
      connection,
      "select 1 / (seq4() * 0) from table(generator(rowcount => 5))",
      {
        asyncExec: true,
      },
    );
    const error = await fetched(connection, statement.getQueryId()).then(
      () => undefined,
      (failed: unknown) => failed as Error,
    );
    notEqual(error, undefined);
    equal(await connection.getQueryStatus(statement.getQueryId()), "FAILED_WITH_ERROR");
  });
  await checks.check("a result fetched by its id, and one that is not there", async () => {
    const { statement } = await run(connection, "select 5 as five");
    const fetch = (queryId: string) =>
      new Promise<unknown>((resolve, reject) => {
        const complete = (error: unknown, _: unknown, rows: unknown) =>
          error ? reject(error) : resolve(rows);
        connection.fetchResult({ queryId, complete });
      });
    deepEqual(await fetch(statement.getQueryId()), [{ FIVE: 5 }]);
    const nobodys = "01b00000-0000-0000-0000-000000000000";
    equal(await connection.getQueryStatus(nobodys), "NO_QUERY_DATA");
    await rejects(fetch(nobodys), { code: "000709" });
  });
  await checks.check("the state of an asynchronous statement", async () => {
    const { statement } = await run(connection, "call system$wait(1)", { asyncExec: true });
    const status = await connection.getQueryStatus(statement.getQueryId());
    equal(connection.isStillRunning(status as never), true);
    await fetched(connection, statement.getQueryId());
    equal(await connection.getQueryStatusThrowIfError(statement.getQueryId()), "SUCCESS");
    const failing = await run(connection, "select * from no_such_table", { asyncExec: true });
    await rejects(connection.getQueryStatusThrowIfError(failing.statement.getQueryId()), {
      message: /Object 'NO_SUCH_TABLE' does not exist or not authorized/,
    });
  });
  await checks.check("the result of a request, by its id alone", async () => {
    const { statement } = await run(connection, "select 'once' as t");
    const requestId = statement.getRequestId();
    const { rows } = await run(connection, undefined as never, { requestId });
    deepEqual(rows, [{ T: "once" }]);
  });
  await checks.check("the same requestId runs once", async () => {
    await run(connection, "create or replace table once (a int)");
    const requestId = crypto.randomUUID();
    const first = await run(connection, "insert into once values (1)", { requestId });
    const again = await run(connection, "insert into once values (1)", { requestId });
    equal(again.statement.getQueryId(), first.statement.getQueryId());
    equal(await value(connection, "select count(*) from once"), 1);
  });
}

async function fetched(connection: Connection, queryId: string): Promise<{ rows: unknown[] }> {
  const statement = await connection.getResultsFromQueryId({ queryId });
  const rows: unknown[] = [];
  for await (const row of statement.streamRows()) rows.push(row);
  return { rows };
}

async function checkDescribe(checks: Checks, connection: Connection): Promise<void> {
  await checks.check("describeOnly gives columns and runs nothing", async () => {
    const { rows, statement } = await run(
      connection,
      "select 1::number(5,2) as a, 'x'::varchar(7) as b, current_timestamp() as c",
      { describeOnly: true },
    );
    deepEqual(rows, []);
    deepEqual(
      (statement.getColumns() ?? []).map((column) => `${column.getName()} ${column.getType()}`),
      ["A fixed", "B text", "C timestamp_ltz"],
    );
    await run(connection, "insert into once values (2)", { describeOnly: true });
    equal(await value(connection, "select count(*) from once"), 1);
    const error = await failure(connection, "select nope from once", { describeOnly: true });
    equal(error.code, "000904");
  });
  await checks.check("an empty result has columns", async () => {
    const { rows, statement } = await run(connection, "select a, 'x' as b from once where false");
    deepEqual(rows, []);
    deepEqual(
      (statement.getColumns() ?? []).map((column) => column.getName()),
      ["A", "B"],
    );
    deepEqual(await values(connection, "select a from once where a > 1000"), []);
  });
}
