import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Account, openAccount } from "./account.ts";
import { type TestSession, testSession } from "./show/test-kit.ts";

let account: Account;
let first: TestSession;
let second: TestSession;
const put = (path: string, content: string) =>
  account.state.stages.write("user:TESTER", path, Readable.from([Buffer.from(content)]));

beforeAll(async () => {
  account = await openAccount();
  first = await testSession(account);
  second = await testSession(account);
  await first.run("CREATE DATABASE d");
  await first.run("CREATE TABLE t (a INT)");
  await second.run("USE SCHEMA d.public");
});
afterAll(() => first.close());

const count = async () => (await first.rows("SELECT count(*)::TEXT AS n FROM d.public.t"))[0]?.N;

it("a file is loaded once by sessions that load it at the same time", async () => {
  await put("once/1.csv", "1\n2\n");
  const load = "COPY INTO d.public.t FROM @~/once/";
  await Promise.all([first.run(load), second.run(load), first.run(load)]);
  expect(await count()).toBe("2");
});

it("a load waits for a transaction that has loaded, and sees what it did", async () => {
  await put("wait/1.csv", "3\n");
  await first.run("BEGIN");
  await first.run("COPY INTO d.public.t FROM @~/wait/");
  const waiting = second.rows("COPY INTO d.public.t FROM @~/wait/");
  await first.run("COMMIT");
  expect(await waiting).toEqual([{ status: "Copy executed with 0 files processed." }]);
  expect(await count()).toBe("3");
});

it("an error leaves the transaction as it was", async () => {
  await put("error/1.csv", "4\nx\n");
  await first.run("BEGIN");
  await first.run("INSERT INTO d.public.t VALUES (10)");
  await expect(first.run("COPY INTO d.public.t FROM @~/error/")).rejects.toThrow("not recognized");
  await first.run("COPY INTO d.public.t FROM @~/error/ ON_ERROR = CONTINUE");
  await first.run("COMMIT");
  expect(await count()).toBe("5");
});

it("a load that is canceled loads nothing", async () => {
  const rows = Array.from({ length: 400_000 }, (_, i) => String(i));
  await put("cancel/1.csv", rows.join("\n"));
  const before = await count();
  const session = await account.login({
    user: "tester",
    account: "test",
    client: { application: "test", version: "0", environment: {} },
  });
  const run = account.submit(session, { text: "COPY INTO d.public.t FROM @~/cancel/" });
  setTimeout(() => account.abort(run), 20);
  await expect(run.done).rejects.toMatchObject({ code: "000604" });
  expect(await count()).toBe(before);
});

it("what a load reads is gone when it has ended", async () => {
  const spools = () =>
    first.rows("SELECT 1").then(async () => {
      const rows = await account.state.database.scratch.rows(
        "SELECT database_name AS name FROM duckdb_databases() WHERE database_name LIKE 'spool%'",
      );
      return rows.length;
    });
  await first.run("SELECT $1 FROM @~/once/");
  await first.run("CREATE OR REPLACE TABLE d.public.u AS SELECT $1 AS a FROM @~/once/");
  await first.run("SELECT $1::DATE FROM @~/once/").catch(() => undefined);
  expect(await spools()).toBe(0);
});
