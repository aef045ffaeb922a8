/** https://docs.snowflake.com/en/sql-reference/sql/create-table */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "./show/test-kit.ts";

let session: TestSession;

beforeAll(async () => {
  session = await openTestSession();
  await session.run("CREATE DATABASE made");
});

afterAll(async () => {
  await session.close();
});

describe("CREATE TABLE … AS SELECT", () => {
  it("tells drivers how many rows it has written", async () => {
    const made = await session.run("CREATE TABLE three AS SELECT * FROM VALUES (1), (2), (3)");
    expect(made.stats).toEqual({ inserted: 3, updated: 0, deleted: 0, duplicates: 0 });
    const replaced = await session.run("CREATE OR REPLACE TABLE three AS SELECT 1 AS a");
    expect(replaced.stats?.inserted).toBe(1);
    const none = await session.run("CREATE TEMP TABLE none AS SELECT 1 AS a WHERE FALSE");
    expect(none.stats?.inserted).toBe(0);
  });

  it("tells nothing when it writes nothing", async () => {
    const kept = await session.run("CREATE TABLE IF NOT EXISTS three AS SELECT 1 AS a");
    expect(kept.stats).toBeUndefined();
    const empty = await session.run("CREATE TABLE empty (a INT)");
    expect(empty.stats).toBeUndefined();
  });
});
