/** Retries, abort, time-outs, asynchronous runs, several statements, binds, and the end of a session. */

import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type Client,
  expectAlive,
  sleep,
  startServer,
  type TestServer,
} from "./test-kit.ts";

const GENERATOR = "table(generator(rowcount => 10000000))";
/** Minutes of work, as an aggregate, in a join, and as a result that is written while it comes. */
const LONG = [
  `select count(*) from ${GENERATOR} a, ${GENERATOR} b`,
  `select a.x from (select seq4() as x from ${GENERATOR}) a, (select seq4() as x from ${GENERATOR}) b where a.x + b.x = -1`,
  `select a.x, b.x from (select seq4() as x from ${GENERATOR}) a, (select seq4() as x from ${GENERATOR}) b`,
];

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = await server.login();
  await client.rows("create database d");
  await client.rows("create table t (a int, b varchar(10))");
});
afterAll(() => server.close());
afterEach(() => expectAlive(server));

async function inDatabase(): Promise<Client> {
  const session = await server.login();
  await session.rows("use schema d.public");
  return session;
}

describe("retries", () => {
  it("a repeated request id executes once, one after the other and at the same time", async () => {
    await client.rows("create or replace table once (a int)");
    const id = randomUUID();
    const sql = "insert into once values (1)";
    const first = await client.query(sql, {}, id);
    const second = await client.query(sql, {}, id);
    expect(second.data?.queryId).toBe(first.data?.queryId);
    const shared = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.query(sql, {}, shared)),
    );
    expect(new Set(answers.map(({ data }) => data?.queryId)).size).toBe(1);
    expect(answers.every(({ data }) => String(data?.rowset) === "1")).toBe(true);
    expect(await client.rows("select count(*) from once")).toEqual([["2"]]);
  });

  it("a failure is repeated as it was, and other sessions' ids are their own", async () => {
    const id = randomUUID();
    const first = await client.query("select * from nowhere", {}, id);
    expect(await client.query("select 1", {}, id)).toEqual(first);
    const other = await inDatabase();
    expect((await other.query("select 1", {}, id)).success).toBe(true);
  });
});

describe("abort", () => {
  it.each(LONG)("ends %s", async (sql) => {
    const session = await inDatabase();
    const requestId = randomUUID();
    const running = session.query(sql, {}, requestId);
    await server.reached(requestId, "running");
    const body = JSON.stringify({ requestId });
    const path = "/queries/v1/abort-request";
    expect(await server.call(path, { token: session.token, body })).toMatchObject({
      success: true,
    });
    expect(await running).toMatchObject({ success: false, code: "000604" });
    expect(await server.call(path, { token: session.token, body })).toMatchObject({
      success: false,
      code: "000605",
    });
    expect(await session.rows("select 1")).toEqual([["1"]]);
  });

  it("in a transaction undoes only its own statement", async () => {
    const session = await inDatabase();
    await session.rows("create or replace table kept (a int)");
    await session.rows("begin");
    await session.rows("insert into kept values (1), (2)");
    const requestId = randomUUID();
    const sql = `insert into kept select seq4() from ${GENERATOR} a, ${GENERATOR} b`;
    const running = session.query(sql, {}, requestId);
    await server.reached(requestId, "running");
    const abort = { token: session.token, body: JSON.stringify({ requestId }) };
    await server.call("/queries/v1/abort-request", abort);
    expect(await running).toMatchObject({ success: false, code: "000604" });
    await session.rows("insert into kept values (3)");
    await session.rows("commit");
    expect(await client.rows("select count(*) from kept")).toEqual([["3"]]);
  });

  it("at any moment of small statements leaves a session that works", async () => {
    const session = await inDatabase();
    await session.rows("create or replace table busy (a int)");
    await session.rows("begin");
    let done = 0;
    for (let round = 0; round < 60; round++) {
      const requestId = randomUUID();
      const running = session.query(`insert into busy values (${round})`, {}, requestId);
      await sleep(round % 6);
      const abort = { token: session.token, body: JSON.stringify({ requestId }) };
      await server.call("/queries/v1/abort-request", abort);
      const answer = await running;
      if (answer.success) done++;
      else expect(answer.code).toBe("000604");
      expect(await session.rows("select count(*) from busy")).toEqual([[`${done}`]]);
    }
    await session.rows("commit");
    expect(await client.rows("select count(*) from busy")).toEqual([[`${done}`]]);
  });

  it("of a queued statement leaves the running one alone", async () => {
    const session = await inDatabase();
    const long = await session.query(LONG[0] ?? "", { asyncExec: true });
    const requestId = randomUUID();
    const queued = session.query("select 2", {}, requestId);
    await server.reached(requestId, "queued");
    const { token } = session;
    await server.call("/queries/v1/abort-request", { token, body: JSON.stringify({ requestId }) });
    // It does not wait for its turn to say so.
    expect(await queued).toMatchObject({ success: false, code: "000604" });
    expect(await statusOf(session, long)).toBe("RUNNING");
    const path = `/queries/${long.data?.queryId}`;
    await server.call(`${path}/abort-request`, { token });
    const ended = await server.call(`${path}/result`, { method: "GET", token });
    expect(ended).toMatchObject({ success: false, code: "000604" });
    expect(await statusOf(session, long)).toBe("ABORTED");
  });
});

async function statusOf(session: Client, { data }: Answer): Promise<unknown> {
  const path = `/monitoring/queries/${data?.queryId}`;
  const answer = await server.call(path, { method: "GET", token: session.token });
  return (answer.data as { queries: { status: string }[] }).queries[0]?.status;
}

describe("STATEMENT_TIMEOUT_IN_SECONDS", () => {
  const code = "000630";
  const message =
    "Statement reached its statement or warehouse timeout of 1 second(s) and was canceled.";

  it("of the session ends a long statement", async () => {
    const session = await inDatabase();
    await session.rows("alter session set statement_timeout_in_seconds = 1");
    expect(await session.query(LONG[0] ?? "")).toMatchObject({ success: false, code, message });
    expect(await session.rows("select 1")).toEqual([["1"]]);
    await session.rows("alter session unset statement_timeout_in_seconds");
    expect(await session.rows("select 1")).toEqual([["1"]]);
  });

  it("of the statement too", async () => {
    const session = await inDatabase();
    const parameters = { STATEMENT_TIMEOUT_IN_SECONDS: "1" };
    expect(await session.query(LONG[1] ?? "", { parameters })).toMatchObject({ code, message });
  });
});

describe("asynchronous", () => {
  it("answers at once, and the result when it is asked for", async () => {
    const session = await inDatabase();
    const sql = "select count(*) from table(generator(rowcount => 1000000)) where seq4() >= 0";
    const started = await session.query(sql, { asyncExec: true });
    expect(started).toMatchObject({ success: true, code: "333334" });
    const { getResultUrl } = started.data as { getResultUrl: string };
    const result = await server.call(getResultUrl, { method: "GET", token: session.token });
    expect(result.data?.rowset).toEqual([["1000000"]]);
    expect(await statusOf(session, started)).toBe("SUCCESS");
    const foreign = await inDatabase();
    const seen = await server.call(getResultUrl, { method: "GET", token: foreign.token });
    expect(seen.data?.rowset).toEqual([["1000000"]]);
  });

  it("shows a failure in the result and in the monitoring", async () => {
    const session = await inDatabase();
    const started = await session.query("select * from nowhere", { asyncExec: true });
    const { getResultUrl } = started.data as { getResultUrl: string };
    const result = await server.call(getResultUrl, { method: "GET", token: session.token });
    expect(result).toMatchObject({ success: false, code: "002003" });
    expect(await statusOf(session, started)).toBe("FAILED_WITH_ERROR");
  });
});

describe("several statements", () => {
  const parameters = (count: number) => ({ parameters: { MULTI_STATEMENT_COUNT: count } });

  it("run in order, each with a result of its own", async () => {
    const answer = await client.query("select 1; select 'x'", parameters(2));
    const { resultIds } = answer.data as { resultIds: string };
    const rows: unknown[] = [];
    for (const id of resultIds.split(",")) {
      const path = `/queries/${id}/result`;
      const child = await server.call(path, { method: "GET", token: client.token });
      rows.push(child.data?.rowset);
    }
    expect(rows).toEqual([[["1"]], [["x"]]]);
    expect((await client.query("select 1; select 2; select 3", parameters(0))).success).toBe(true);
  });

  it("must be as many as was said", async () => {
    for (const [text, count] of [
      ["select 1; select 2", 1],
      ["select 1; select 2", 3],
      ["select 1", 2],
    ] as const) {
      expect(await client.query(text, parameters(count)), text).toMatchObject({
        success: false,
        code: "000008",
      });
    }
  });

  it("stop at the first that fails, and keep what was done", async () => {
    await client.rows("create or replace table steps (a int)");
    const text =
      "insert into steps values (1); select * from nowhere; insert into steps values (2)";
    expect(await client.query(text, parameters(0))).toMatchObject({ code: "002003" });
    expect(await client.rows("select a from steps")).toEqual([["1"]]);
  });

  it("end when they are aborted, also between two", async () => {
    const session = await inDatabase();
    const text = Array.from({ length: 400 }, (_, i) => `select ${i}`).join(";");
    const requestId = randomUUID();
    const running = session.query(text, parameters(0), requestId);
    await server.reached(requestId, "running");
    const abort = { token: session.token, body: JSON.stringify({ requestId }) };
    await server.call("/queries/v1/abort-request", abort);
    expect(await running).toMatchObject({ success: false, code: "000604" });
  });
});

describe("binds", () => {
  const bind = (type: unknown, value: unknown) => ({ bindings: { "1": { type, value } } });

  it("that are missing are named", async () => {
    for (const [sql, position] of [
      ["select ?", 7],
      ["select :1", 7],
      ["select :name", 7],
    ] as const) {
      const answer = await client.query(sql);
      expect(answer).toMatchObject({ success: false, code: "002049" });
      expect(answer.message).toContain(`error line 1 at position ${position}`);
      expect(answer.message).toMatch(/Bind variable \S+ not set\.$/);
    }
    const one = await client.query("select ?, ?", bind("FIXED", "1"));
    expect(one).toMatchObject({ success: false, code: "002049" });
  });

  it("of wrong shapes are refused or read, never an internal error", async () => {
    const types = "FIXED REAL TEXT BOOLEAN DATE TIME TIMESTAMP TIMESTAMP_NTZ TIMESTAMP_LTZ".split(
      " ",
    );
    types.push("TIMESTAMP_TZ", "BINARY", "VARIANT", "OBJECT", "ARRAY", "ANY", "MAP", "NOSUCH", "");
    const values = [
      "x",
      "",
      "1); drop table t; --",
      "1e400",
      "99999999999999999999",
      "{",
      "' or 1",
    ];
    const odd = [7, true, null, {}, [], [[]], ["1", "2"], "1 x", "-1", "\u0000", "\ud800", "0x1"];
    for (const type of types) {
      for (const value of [...values, ...odd]) await client.query("select ?", bind(type, value));
    }
    for (const bindings of [
      7,
      [],
      "x",
      null,
      { "1": 7 },
      { "1": [] },
      { "1": null },
      { "1": {} },
    ]) {
      await client.query("select ?", { bindings });
    }
    expect(await client.rows("select count(*) from t")).toEqual([["0"]]);
  });

  it("in batches that do not fit are refused", async () => {
    const sql = "insert into t values (?, ?)";
    const column = (type: string, ...value: unknown[]) => ({ type, value });
    const batches = [
      { "1": column("FIXED", "1", "2"), "2": column("TEXT", "a") },
      { "1": column("FIXED", "1", "x"), "2": column("TEXT", "a", "b") },
      { "1": column("FIXED", "1"), "2": column("TEXT", "longer than ten") },
      { "1": column("FIXED", "1") },
      { "1": column("TIMESTAMP_NTZ", "x"), "2": column("TIME", "y") },
    ];
    for (const bindings of batches)
      expect((await client.query(sql, { bindings })).success).toBe(false);
    expect(await client.rows("select count(*) from t")).toEqual([["0"]]);
    const good = { "1": column("FIXED", "1", null), "2": column("TEXT", "a", null) };
    expect((await client.query(sql, { bindings: good })).success).toBe(true);
    await client.rows("delete from t");
  });
});

describe("the end of a session", () => {
  it("drops its temporary tables, rolls back, and lets go of its locks", async () => {
    await client.rows("create or replace table shared (a int) as select 1");
    const session = await inDatabase();
    await session.rows("create temporary table own (a int)");
    await session.rows("begin");
    await session.rows("update shared set a = 2");
    await session.close();
    expect(await client.rows("select a from shared")).toEqual([["1"]]);
    expect(await client.rows("update shared set a = 3")).toEqual([["1", "0"]]);
    expect(await client.code("select * from own")).toBe("002003");
  });

  it("stops what it still runs", async () => {
    const session = await inDatabase();
    const requestId = randomUUID();
    const running = session.query(LONG[0] ?? "", {}, requestId);
    await server.reached(requestId, "running");
    await session.close();
    expect(await running).toMatchObject({ success: false, code: "000604" });
  });
});
