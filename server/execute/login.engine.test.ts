/** What a session starts with: the login's words, the user's defaults, the parameters of user and account. */

import { afterEach, beforeEach, expect, it } from "vitest";
import { type Account, type LoginRequest, openAccount } from "./account.ts";
import { type TestSession, testSession } from "./show/test-kit.ts";

const CLIENT = { application: "test", version: "0", environment: {} };

let account: Account;
let admin: TestSession;

beforeEach(async () => {
  account = await openAccount();
  admin = await testSession(account);
  await admin.run("CREATE DATABASE d");
  await admin.run("CREATE SCHEMA d.s");
  for (const name of ["wh", "other"]) await admin.run(`CREATE WAREHOUSE ${name}`);
  await admin.run(
    "CREATE USER ann PASSWORD = 'hidden' LOGIN_NAME = 'anna' DEFAULT_ROLE = SYSADMIN " +
      "DEFAULT_WAREHOUSE = wh DEFAULT_NAMESPACE = 'd.s' TIMEZONE = 'Europe/Berlin'",
  );
});
afterEach(() => account.close());

function login(parts: Partial<LoginRequest>) {
  return account.login({ user: "ann", account: "test", client: CLIENT, ...parts });
}

it("a user's defaults stand where the login says nothing", async () => {
  const { user, role, warehouse, database, schema } = await login({ user: "anna" });
  expect([user, role, warehouse, database, schema]).toEqual(["ANN", "SYSADMIN", "WH", "D", "S"]);
});

it("the login's own words come first; names that do not exist are left out", async () => {
  const named = await login({ user: "anna", database: "d", role: "PUBLIC", warehouse: "other" });
  expect([named.role, named.warehouse, named.database, named.schema]).toEqual([
    "PUBLIC",
    "OTHER",
    "D",
    "PUBLIC",
  ]);
  const missing = await login({ user: "anna", database: "nowhere", warehouse: "none" });
  const places = [missing.database, missing.schema, missing.warehouse];
  expect(places).toEqual([undefined, undefined, undefined]);
});

it("a role that does not exist does not get in", async () => {
  await expect(login({ role: "nobody" })).rejects.toMatchObject({
    code: "390189",
    sqlState: "08001",
    message:
      "Role 'NOBODY' specified in the connect string does not exist or not authorized. " +
      "Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.",
  });
});

it.each([
  ["database", { database: "nowhere" }],
  ["schema", { database: "d", schema: "nowhere" }],
  ["warehouse", { warehouse: "nowhere" }],
])(
  "a %s that does not exist does not get in when the login asks for validation",
  async (kind, names) => {
    const parameters = new Map([["CLIENT_VALIDATE_DEFAULT_PARAMETERS", true]]);
    await expect(login({ ...names, parameters })).rejects.toMatchObject({
      code: "390201",
      message: `The requested ${kind} does not exist or not authorized.`,
    });
    const there = { database: "d", schema: "s", warehouse: "wh", role: "sysadmin" };
    expect(await login({ ...there, parameters })).toMatchObject({ database: "D", warehouse: "WH" });
  },
);

it("a parameter's value is checked before there is a session", async () => {
  const before = account.sessions.size;
  await expect(login({ parameters: new Map([["TIMEZONE", "Mars/Base"]]) })).rejects.toMatchObject({
    code: "001008",
  });
  expect(account.sessions.size).toBe(before);
});

it("a user that nobody created has the account's defaults", async () => {
  const { role, warehouse, database } = await login({ user: "somebody" });
  expect([role, warehouse, database]).toEqual(["ACCOUNTADMIN", "COMPUTE_WH", undefined]);
});

it("a disabled user does not get in", async () => {
  await admin.run("ALTER USER ann SET DISABLED = TRUE");
  await expect(login({ user: "anna" })).rejects.toMatchObject({ code: "390102" });
  await admin.run("ALTER USER ann UNSET DISABLED");
  expect((await login({ user: "anna" })).role).toBe("SYSADMIN");
});

it("parameters: the session's above the user's above the account's", async () => {
  await admin.run("ALTER ACCOUNT SET TIMEZONE = 'UTC', WEEK_START = 3");
  const session = await login({ user: "anna", parameters: new Map([["WEEK_START", 5]]) });
  const of = (name: string) => [session.parameters.get(name), session.parameters.level(name)];
  expect(of("TIMEZONE")).toEqual(["Europe/Berlin", "USER"]);
  expect(of("WEEK_START")).toEqual([5, "SESSION"]);
  expect(await admin.rows("SELECT TO_VARCHAR(TO_TIMESTAMP_LTZ(0), 'HH24 TZH') AS t")).toEqual([
    { T: "00 +00" },
  ]);
  await admin.run("ALTER ACCOUNT UNSET TIMEZONE");
  expect(await admin.rows("SELECT TO_VARCHAR(TO_TIMESTAMP_LTZ(0), 'HH24 TZH') AS t")).toEqual([
    { T: "16 -08" },
  ]);
});

it("a password is not kept", async () => {
  await admin.run("ALTER USER ann SET PASSWORD = 'hidden'");
  expect(JSON.stringify(account.state.catalog.snapshot.find("user", 0, "ANN"))).not.toContain(
    "hidden",
  );
  const [user] = await admin.rows("SHOW USERS LIKE 'ann'");
  expect(user).toMatchObject({ has_password: "true", default_role: "SYSADMIN" });
});
