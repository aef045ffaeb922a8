/** Logging in, many sessions, temporary objects, heartbeat, renewal of expired tokens, end of a session. */

import { deepEqual, equal, ok } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import type { ExpiringProxy } from "../kit/expiring-proxy.ts";
import { close, connect, failure, run, value, values } from "./session.ts";

export async function checkSessions(
  checks: Checks,
  url: string,
  proxy: ExpiringProxy,
): Promise<void> {
  await checkLogin(checks, url);
  await checkIsolation(checks, url);
  await checkRenewal(checks, proxy);
}

async function checkLogin(checks: Checks, url: string): Promise<void> {
  await checks.check("names at login", async () => {
    const first = await connect(url, {});
    await values(first, "create warehouse if not exists wh");
    await close(first);
    const options = { database: "node_sdk", schema: "public", warehouse: "wh", role: "sysadmin" };
    const connection = await connect(url, { ...options, username: "Some.One@example.com" });
    const sql = "select current_database(), current_schema(), current_warehouse(), current_user()";
    deepEqual(await values(connection, sql), [
      ["NODE_SDK", "PUBLIC", "WH", "SOME.ONE@EXAMPLE.COM"],
    ]);
    await close(connection);
  });
  await checks.check("a database that is not there leaves the session without one", async () => {
    const connection = await connect(url, { database: "never_made" });
    equal(await value(connection, "select current_database()"), null);
    const error = await failure(connection, "create table t (a int)");
    equal(error.code, "090105");
    await close(connection);
  });
  await checks.check("a heartbeat", async () => {
    const connection = await connect(url, { clientSessionKeepAlive: true });
    equal(await connection.isValidAsync(), true);
    await close(connection);
    equal(await connection.isValidAsync(), false);
  });
}

async function checkIsolation(checks: Checks, url: string): Promise<void> {
  await checks.check("ten sessions side by side", async () => {
    const connections = await Promise.all(
      Array.from({ length: 10 }, () => connect(url, { database: "node_sdk", schema: "public" })),
    );
    await Promise.all(
      connections.map(async (connection, i) => {
        await run(connection, `create temporary table mine as select ${i} as i`);
        await run(connection, `set me = ${i}`);
        equal(await value(connection, "select i * 100 + $me from mine"), i * 101);
      }),
    );
    await Promise.all(connections.map(close));
  });
  await checks.check("temporary objects end with their session", async () => {
    const connection = await connect(url, { database: "node_sdk", schema: "public" });
    equal((await failure(connection, "select * from mine")).code, "002003");
    await close(connection);
  });
}

async function checkRenewal(checks: Checks, proxy: ExpiringProxy): Promise<void> {
  await checks.check("an expired session is renewed, and keeps its state", async () => {
    const connection = await connect(proxy.url, { database: "node_sdk", schema: "public" });
    await run(connection, "create temporary table kept as select 7 as a");
    await run(connection, "set kept = 8");
    const id = await value(connection, "select current_session()");
    proxy.expire();
    deepEqual(await values(connection, "select a, $kept from kept"), [[7, 8]]);
    ok(proxy.seen.includes("/session/token-request"), "the driver asked for new tokens");
    equal(await value(connection, "select current_session()"), id);
    await close(connection);
    equal(proxy.seen.at(-1), "/session");
  });
}
