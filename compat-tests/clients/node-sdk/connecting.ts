/** Ways to log in, what a connection says of itself, options that hold for all its statements, pools. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import snowflake from "snowflake-sdk";
import type { Checks } from "../kit/checks.ts";
import { type Connection, close, connect, type Failure, run, value, values } from "./session.ts";

/** What the driver has and its types leave out. */
type Whole = Connection & {
  isTokenValid(): boolean;
  heartbeatAsync(): Promise<unknown>;
  getClientSessionKeepAlive(): unknown;
  getClientSessionKeepAliveHeartbeatFrequency(): unknown;
};

const PLACE = { database: "node_sdk", schema: "public" };

export async function checkConnecting(checks: Checks, url: string): Promise<void> {
  await checkCredentials(checks, url);
  await checkLoginErrors(checks, url);
  await checkStates(checks, url);
  await checkValues(checks, url);
  await checkSharing(checks, url);
}

async function checkCredentials(checks: Checks, url: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const ways: readonly (readonly [string, Partial<snowflake.ConnectionOptions>])[] = [
    ["a password and a passcode", { authenticator: "USERNAME_PASSWORD_MFA", passcode: "123456" }],
    ["a key pair", { authenticator: "SNOWFLAKE_JWT", privateKey }],
    ["an OAuth token", { authenticator: "OAUTH", token: "opaque" }],
    ["an access token", { authenticator: "PROGRAMMATIC_ACCESS_TOKEN", token: "opaque" }],
  ];
  for (const [name, options] of ways) {
    await checks.check(`a login with ${name}`, async () => {
      const connection = await connect(url, { username: "ann.lee", ...options });
      equal(await value(connection, "select current_user()"), "ANN.LEE");
      await close(connection);
    });
  }
}

async function loginFailure(
  url: string,
  options: Partial<snowflake.ConnectionOptions>,
): Promise<Failure> {
  try {
    await close(await connect(url, options));
  } catch (error) {
    return error as Failure;
  }
  throw new Error("the login did not fail");
}

async function checkLoginErrors(checks: Checks, url: string): Promise<void> {
  await checks.check("a login with a role that is not there", async () => {
    const { code, sqlState, message } = await loginFailure(url, { role: "never_made" });
    deepEqual([code, sqlState], ["390189", "08001"]);
    match(message, /^Role 'NEVER_MADE' specified in the connect string does not exist/);
  });
  await checks.check("a login of a user that is disabled", async () => {
    const admin = await connect(url);
    await run(admin, "create or replace user locked disabled = true");
    equal((await loginFailure(url, { username: "locked" })).code, "390102");
    await run(admin, "drop user locked");
    await close(admin);
  });
  await checks.check("an OAuth token that says nobody's name", async () => {
    const options = { authenticator: "OAUTH", token: "opaque" };
    // The driver's types want a user for every authenticator; the driver does not.
    const connection = await connect(url, { ...options, username: undefined } as object);
    equal(await value(connection, "select current_user()"), "MOCKHAUS");
    await close(connection);
  });
}

async function checkStates(checks: Checks, url: string): Promise<void> {
  await checks.check("what a connection says of itself", async () => {
    const connection = (await connect(url, {
      clientSessionKeepAlive: true,
      clientSessionKeepAliveHeartbeatFrequency: 1_000,
    })) as Whole;
    deepEqual([connection.isUp(), connection.isTokenValid()], [true, true]);
    equal(connection.getId().length, 36);
    deepEqual(await connection.heartbeatAsync(), [{ 1: 1 }]);
    equal(connection.getClientSessionKeepAlive(), true);
    equal(connection.getClientSessionKeepAliveHeartbeatFrequency(), 1_000);
    await close(connection);
    equal(connection.isUp(), false);
  });
  await checks.check("a connection that is not there yet, or not any more", async () => {
    const options = { accessUrl: url, account: "mockhaus", username: "me", password: "any" };
    const early = snowflake.createConnection(options);
    equal((await refused(() => run(early, "select 1"))).sqlState, "08003");
    const late = await connect(url);
    await close(late);
    equal((await refused(() => run(late, "select 1"))).sqlState, "08003");
    equal((await refused(() => close(late))).message, "Already disconnected.");
  });
}

async function refused(work: () => Promise<unknown>): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    return error as Failure;
  }
  throw new Error("it was not refused");
}

async function checkValues(checks: Checks, url: string): Promise<void> {
  const rowsOf = async (options: Partial<snowflake.ConnectionOptions>, sql: string) => {
    const connection = await connect(url, { ...PLACE, ...options });
    const { rows } = await run(connection, sql);
    await close(connection);
    return rows as unknown[];
  };
  await checks.check("rows of a connection as it wants them", async () => {
    const sql = "select 1 as a, 2 as a";
    deepEqual(await rowsOf({ rowMode: "array" }, sql), [[1, 2]]);
    deepEqual(await rowsOf({ rowMode: "object" }, sql), [{ A: 2 }]);
    const renamed = "object_with_renamed_duplicated_columns";
    deepEqual(await rowsOf({ rowMode: renamed }, sql), [{ A: 1, A_2: 2 }]);
  });
  await checks.check("types as text, and NULL as text or not", async () => {
    const fetchAsString: snowflake.DataType[] = ["Number", "Date", "Boolean", "JSON", "Buffer"];
    const sql = `select 1.50::number(5,2) as n, true as b, '2024-01-02'::date as d, to_binary('ff') as x,
      to_variant(7) as v, null::int as missing`;
    const row = { N: "1.50", B: "TRUE", D: "2024-01-02", X: "FF", V: "7" };
    // The second option holds for all connections of the process: the last one leaves it as it was.
    const plain = { fetchAsString, representNullAsStringNull: false };
    deepEqual(await rowsOf(plain, sql), [{ ...row, MISSING: null }]);
    const named = { fetchAsString, representNullAsStringNull: true };
    deepEqual(await rowsOf(named, sql), [{ ...row, MISSING: "NULL" }]);
  });
  await checks.check("whole numbers as BigInt, by option and by parameter", async () => {
    const sql = "select 12345678901234567890 as a, 1.5 as b";
    const [row] = (await rowsOf({ jsTreatIntegerAsBigInt: true }, sql)) as {
      A: object;
      B: number;
    }[];
    deepEqual([String(row?.A), row?.B], ["12345678901234567890", 1.5]);
    const connection = await connect(url);
    await run(connection, "alter session set js_treat_integer_as_bigint = true");
    equal(String(await value(connection, "select 9007199254740993")), "9007199254740993");
    await close(connection);
  });
  await checks.check("a query tag", async () => {
    const connection = await connect(url, { ...PLACE, queryTag: "nightly" });
    await run(connection, "select 'tagged' as t");
    const sql = `select query_tag from table(information_schema.query_history())
      where query_text = 'select ''tagged'' as t'`;
    equal(await value(connection, sql), "nightly");
    await close(connection);
  });
}

async function checkSharing(checks: Checks, url: string): Promise<void> {
  await checks.check("a session handed to another connection", async () => {
    const connection = await connect(url, PLACE);
    await run(connection, "set handed = 5");
    const options = { accessUrl: url, account: "mockhaus" };
    const other = snowflake.deserializeConnection(options, connection.serialize());
    const sql = "select $handed, current_session()";
    deepEqual(await values(other, sql), await values(connection, sql));
    await close(connection);
  });
  await checks.check("a statement that goes on after its connection", async () => {
    const connection = await connect(url, { ...PLACE, serverSessionKeepAlive: true } as object);
    const { statement } = await run(connection, "call system$wait(1)", { asyncExec: true });
    await close(connection);
    const reader = await connect(url);
    const result = await reader.getResultsFromQueryId({ queryId: statement.getQueryId() });
    const rows: unknown[] = [];
    for await (const row of result.streamRows()) rows.push(row);
    deepEqual(rows, [{ SYSTEM$WAIT: "waited 1 seconds" }]);
    await close(reader);
  });
  await checks.check("a pool of connections", async () => {
    const options = { accessUrl: url, account: "mockhaus", username: "me", password: "any" };
    const pool = snowflake.createPool({ ...options, ...PLACE }, { max: 3, testOnBorrow: true });
    const sessions = await Promise.all(
      Array.from({ length: 9 }, (_, i) =>
        pool.use(async (connection) => {
          equal(await value(connection, "select ?", { binds: [i] }), i);
          return value(connection, "select current_session()");
        }),
      ),
    );
    ok(new Set(sessions).size <= 3, `${new Set(sessions).size} sessions`);
    const one = await pool.acquire();
    equal(pool.borrowed, 1);
    await pool.release(one);
    await pool.drain();
    await pool.clear();
    equal(pool.size, 0);
    equal(one.isUp(), false);
  });
}
