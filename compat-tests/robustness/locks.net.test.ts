/** Sessions that want the same table. https://docs.snowflake.com/en/sql-reference/transactions */

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type Client,
  expectAlive,
  sleep,
  startServer,
  type TestServer,
} from "./test-kit.ts";

let server: TestServer;
let one: Client;
let two: Client;
beforeAll(async () => {
  server = await startServer();
  const setUp = await server.login();
  await setUp.rows("create database d");
  one = await session();
  two = await session();
});
afterAll(() => server.close());
afterEach(async () => {
  for (const client of [one, two]) await client.rows("rollback");
  await expectAlive(server);
});

async function session(): Promise<Client> {
  const client = await server.login();
  await client.rows("use schema d.public");
  return client;
}

async function table(name: string): Promise<void> {
  await one.rows(`create or replace table ${name} (a int, b int) as select 1, 0`);
}

async function waits(answer: Promise<Answer>): Promise<boolean> {
  return (await Promise.race([answer, sleep(400)])) === undefined;
}

describe("two sessions", () => {
  it("that update one table: the second waits, and works on what the first left", async () => {
    await table("t");
    await one.rows("begin");
    await one.rows("update t set b = b + 1");
    const second = two.query("update t set b = b + 10");
    expect(await waits(second)).toBe(true);
    await one.rows("commit");
    expect((await second).success).toBe(true);
    expect(await one.rows("select b from t")).toEqual([["11"]]);
  });

  it("read without waiting, and do not see what is not committed", async () => {
    await table("t");
    await one.rows("begin");
    await one.rows("delete from t");
    expect(await two.rows("select count(*) from t")).toEqual([["1"]]);
    await one.rows("rollback");
  });

  it("insert side by side", async () => {
    await table("t");
    for (const client of [one, two]) {
      await client.rows("begin");
      await client.rows("insert into t values (2, 2)");
    }
    for (const client of [one, two]) await client.rows("commit");
    expect(await one.rows("select count(*) from t")).toEqual([["3"]]);
  });

  it("LOCK_TIMEOUT ends the waiting with 000625", async () => {
    await table("t");
    await one.rows("begin");
    await one.rows("update t set b = 1");
    for (const [seconds, atLeast] of [
      [1, 900],
      [0, 0],
    ] as const) {
      await two.rows(`alter session set lock_timeout = ${seconds}`);
      const started = Date.now();
      const answer = await two.query("update t set b = 2");
      expect(answer).toMatchObject({ success: false, code: "000625" });
      expect(answer.message).toContain("has locked table 'T' in transaction");
      expect(Date.now() - started).toBeGreaterThanOrEqual(atLeast);
    }
    await two.rows("alter session unset lock_timeout");
  });

  it("a deadlock is found, and the other one goes on", async () => {
    await table("t");
    await table("u");
    await one.rows("begin");
    await two.rows("begin");
    await one.rows("update t set b = 1");
    await two.rows("update u set b = 2");
    const waiting = one.query("update u set b = 1");
    expect(await waits(waiting)).toBe(true);
    const victim = await two.query("update t set b = 2");
    expect(victim).toMatchObject({ success: false, code: "000625" });
    expect(victim.message).toContain("deadlock");
    await two.rows("rollback");
    expect((await waiting).success).toBe(true);
    await one.rows("commit");
    expect(await two.rows("select t.b, u.b from t join u using (a)")).toEqual([["1", "1"]]);
  });

  it("an abort ends the waiting for a lock", async () => {
    await table("t");
    await one.rows("begin");
    await one.rows("update t set b = 1");
    const requestId = "11111111-1111-4111-8111-111111111111";
    const second = two.query("update t set b = 2", {}, requestId);
    expect(await waits(second)).toBe(true);
    const abort = { token: two.token, body: JSON.stringify({ requestId }) };
    await server.call("/queries/v1/abort-request", abort);
    expect(await second).toMatchObject({ success: false, code: "000604" });
  });
});

describe("DDL while another session has a transaction open", () => {
  const DDL = [
    "alter table t add column c int",
    "alter table t drop column b",
    "alter table t rename to t2",
    "alter table t rename column b to c",
    "alter table t modify column a comment 'x'",
    "truncate table t",
    "drop table t",
    "create or replace table t (z int)",
    "create table unrelated (a int)",
    "comment on table t is 'x'",
    "drop schema d.public",
    "create or replace schema d.public",
  ];

  for (const change of ["insert into t values (5, 5)", "update t set b = 7", "delete from t"]) {
    it.each(DDL)(`${change}, then %s`, { timeout: 20_000 }, async (ddl) => {
      await one.rows("create or replace database d");
      await table("t");
      await two.rows("use schema d.public");
      await one.rows("begin");
      await one.rows(change);
      const second = two.query(ddl);
      const waited = await waits(second);
      const seen = await one.query("select count(*) from d.public.t");
      const commit = await one.query("commit");
      expect(commit, commit.message ?? "").toMatchObject({ success: true });
      const outcome = await second;
      expect(outcome, outcome.message ?? "").toMatchObject({ success: true });
      // Whoever waited did so for a change that it must not lose.
      if (waited) expect(seen.success).toBe(true);
      const after = await one.query("select count(*) from d.public.t");
      if (ddl.startsWith("alter table t add")) {
        expect(after.data?.rowset).toEqual([
          [change.startsWith("insert") ? "2" : change.startsWith("delete") ? "0" : "1"],
        ]);
      }
    });
  }

  it("queries and inserts that meet a change of columns see the table before or after it", async () => {
    await one.rows("create or replace schema d.public");
    await two.rows("use schema d.public");
    await table("t");
    const readers = [one, await session()];
    let running = true;
    const working = readers.map(async (client) => {
      for (let i = 0; running; i++) {
        await client.rows("select * from t where a > 0");
        await client.rows(`insert into t select ${i}, 1 as b limit 1`).catch(() => undefined);
        await client.rows("update t set a = a + 1 where a = 1");
      }
    });
    for (let i = 0; i < 15; i++) {
      await two.rows(`alter table t add column c${i} int`);
      await two.rows(`alter table t rename column c${i} to e${i}`);
      if (i % 2 === 0) await two.rows(`alter table t drop column e${i}`);
    }
    running = false;
    await Promise.all(working);
  });

  it("an insert that waited while the table got a column gives the new column its default", async () => {
    await one.rows("create or replace schema d.public");
    await two.rows("use schema d.public");
    const three = await session();
    await three.rows("use schema d.public");
    await table("t");
    await one.rows("begin");
    await one.rows("update t set b = 5");
    const altering = two.query("alter table t add column c int default 7");
    const inserting = three.query("insert into t (a, b) values (9, 9)");
    expect(await waits(inserting)).toBe(true);
    await one.rows("commit");
    expect((await altering).success).toBe(true);
    expect((await inserting).success).toBe(true);
    expect(await one.rows("select c, count(*) from t group by c")).toEqual([["7", "2"]]);
  });

  it("the first one's own DDL commits, while the other waits", async () => {
    await one.rows("create or replace schema d.public");
    await two.rows("use schema d.public");
    await table("t");
    await one.rows("begin");
    await one.rows("update t set b = 5");
    const second = two.query("alter table t add column c int");
    await sleep(300);
    await one.rows("create table mine (a int)");
    expect((await second).success).toBe(true);
    expect(await two.rows("select a, b, c from t")).toEqual([["1", "5", null]]);
  });
});
