/** What a statement's answer says of the session's parameters: drivers take them over. */

import { afterAll, beforeAll, expect, it } from "vitest";
import type { Session } from "../session/session.ts";
import { type Account, openAccount, type StatementRequest } from "./account.ts";

let account: Account;
let session: Session;

beforeAll(async () => {
  account = await openAccount();
  const client = { application: "test", version: "1", environment: {} };
  session = await account.login({ user: "tester", account: "test", client });
});
afterAll(() => account.close());

async function ran(request: StatementRequest) {
  const run = account.submit(session, request);
  await run.done;
  return run;
}

it("ALTER SESSION answers with what it has set and unset", async () => {
  const { parameters } = await ran({ text: "ALTER SESSION SET WEEK_START = 3" });
  expect(parameters.get("WEEK_START")).toBe(3);
  const unset = await ran({ text: "ALTER SESSION UNSET WEEK_START" });
  expect(unset.parameters.get("WEEK_START")).toBe(0);
});

it("the request's own parameters stay on top, and do not stay in the session", async () => {
  const parameters = new Map([["WEEK_START", 5]]);
  const run = await ran({ text: "ALTER SESSION SET WEEK_OF_YEAR_POLICY = 1", parameters });
  expect(run.parameters.get("WEEK_START")).toBe(5);
  expect(run.parameters.get("WEEK_OF_YEAR_POLICY")).toBe(1);
  expect(session.parameters.get("WEEK_START")).toBe(0);
});

it("each of several statements sees what those before it have set", async () => {
  const parameters = new Map([["MULTI_STATEMENT_COUNT", 0]]);
  const text = "SELECT 1; ALTER SESSION SET TIMEZONE = 'Asia/Tokyo'; SELECT 2";
  const parent = await ran({ text, parameters });
  const zones = String(parent.extraData["resultIds"])
    .split(",")
    .map((id) => account.run(id)?.parameters.get("TIMEZONE"));
  expect(zones).toEqual(["America/Los_Angeles", "Asia/Tokyo", "Asia/Tokyo"]);
  expect(parent.parameters.get("TIMEZONE")).toBe("Asia/Tokyo");
});
