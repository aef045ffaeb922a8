/** GET /monitoring/queries over HTTP. */

import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type Client,
  startServer,
  type TestServer,
} from "../../compat-tests/robustness/test-kit.ts";

let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await startServer();
  client = await server.login();
  await client.rows("create database q_db");
  await client.rows("create table q_db.public.t as select 1 a");
  await client.rows("select 'first'");
  expect(await client.code("select nothing")).toBe("000904");
  await client.rows("select 'last'");
});

afterAll(async () => {
  await server.close();
});

async function listed(query: string): Promise<{ texts: unknown[]; code: string | null }> {
  const path = `/monitoring/queries?_dc=1&includeDDL=false&${query}`;
  const { data, code } = await server.call(path, { method: "GET", token: client.token });
  const queries = (data?.["queries"] ?? []) as { sqlText: string }[];
  return { texts: queries.map(({ sqlText }) => sqlText), code };
}

it("lists the newest first", async () => {
  expect((await listed("max=2")).texts).toEqual(["select 'last'", "select nothing"]);
  expect((await listed("max=25")).texts).toEqual([
    "select 'last'",
    "select nothing",
    "select 'first'",
    "create table q_db.public.t as select 1 a",
    "create database q_db",
  ]);
});

it("gives what one statement's own path gives", async () => {
  const all = await server.call("/monitoring/queries?max=1", {
    method: "GET",
    token: client.token,
  });
  const queries = (all.data?.["queries"] ?? []) as { id: string }[];
  const one = await server.call(`/monitoring/queries/${queries[0]?.id}`, {
    method: "GET",
    token: client.token,
  });
  expect(one.data).toEqual(all.data);
});

it("filters by status, type, user and time", async () => {
  expect((await listed("subset=FAILED")).texts).toEqual(["select nothing"]);
  expect((await listed("subset=RUNNING")).texts).toEqual([]);
  expect((await listed("stmt_type=CREATE")).texts).toHaveLength(2);
  expect((await listed("stmt_type=SELECT&subset=SUCCEEDED")).texts).toEqual([
    "select 'last'",
    "select 'first'",
  ]);
  expect((await listed("user=tester&max=1")).texts).toEqual(["select 'last'"]);
  expect((await listed("user=nobody")).texts).toEqual([]);
  expect((await listed("wh=nowhere")).texts).toEqual([]);
  expect((await listed("end=1")).texts).toEqual([]);
  expect((await listed("start=1&max=1")).texts).toEqual(["select 'last'"]);
  expect((await listed("min_duration=99999999")).texts).toEqual([]);
});

it("filters by session", async () => {
  const other = await server.login();
  await other.rows("select 'other'");
  expect((await listed("max=1")).texts).toEqual(["select 'other'"]);
  const [[id]] = (await client.rows("select current_session()")) as [[string]];
  expect((await listed(`session_id=${id}&max=2`)).texts).toEqual([
    "select current_session()",
    "select 'last'",
  ]);
});

it.each(["max=many", "session_id=x", "subset=SLOW", "start=-1"])("refuses %s", async (query) => {
  expect((await listed(query)).code).toBe("390400");
});

it("needs a token", async () => {
  const answer = await server.call("/monitoring/queries", { method: "GET" });
  expect(answer.code).toBe("390101");
});
