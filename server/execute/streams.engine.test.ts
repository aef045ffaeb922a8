/** Streams between sessions, over restarts and crashes, and when time passes. Docs: user-guide/streams-intro. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAccount } from "./account.ts";
import { openTestSession, type TestSession, testSession } from "./show/test-kit.ts";

const CHILD = fileURLToPath(new URL("./streams-crash-child.ts", import.meta.url));
const DAY_MS = 86_400_000;

/** The values of the first column as text. */
async function values(session: TestSession, sql: string): Promise<string[]> {
  return (await session.result(sql)).rows.map((row) => String(row[0]));
}

const SETUP = [
  "CREATE DATABASE d",
  "CREATE TABLE source (id INT)",
  "CREATE TABLE sink (id INT)",
  "CREATE STREAM s ON TABLE source",
];

async function setUp(session: TestSession): Promise<void> {
  for (const sql of SETUP) await session.run(sql);
}

describe("two sessions", () => {
  let one: TestSession;
  let other: TestSession;
  beforeEach(async () => {
    const account = await openAccount();
    one = await testSession(account);
    await setUp(one);
    other = await testSession(account);
    await other.run("USE SCHEMA d.public");
  });
  afterEach(() => one.close());

  it("consume a change once: the second waits for the first", async () => {
    await one.run("INSERT INTO source VALUES (1)");
    await one.run("BEGIN");
    await one.run("INSERT INTO sink SELECT id FROM s");
    const waiting = other.run("INSERT INTO sink SELECT id FROM s");
    await one.run("COMMIT");
    await waiting;
    expect(await values(one, "SELECT id FROM sink")).toEqual(["1"]);
  });

  it("consume what the first gave back", async () => {
    await one.run("INSERT INTO source VALUES (1)");
    await one.run("BEGIN");
    await one.run("INSERT INTO sink SELECT id FROM s");
    const waiting = other.run("CREATE TABLE taken AS SELECT id FROM s");
    await one.run("ROLLBACK");
    await waiting;
    expect(await values(one, "SELECT id FROM taken")).toEqual(["1"]);
    expect(await values(one, "SELECT id FROM sink")).toEqual([]);
  });

  it("see the same rows until their transaction ends, and leave what came later", async () => {
    await one.run("INSERT INTO source VALUES (1)");
    await one.run("BEGIN");
    await other.run("INSERT INTO source VALUES (2)");
    expect(await values(one, "SELECT id FROM source ORDER BY id")).toEqual(["1", "2"]);
    expect(await values(one, "SELECT id FROM s")).toEqual(["1"]);
    await one.run("INSERT INTO sink SELECT id FROM s");
    await other.run("INSERT INTO source VALUES (3)");
    expect(await values(one, "SELECT id FROM s")).toEqual(["1"]);
    await one.run("COMMIT");
    expect(await values(one, "SELECT id FROM s ORDER BY id")).toEqual(["2", "3"]);
  });

  it("do not move a stream back: what another consumed meanwhile stays consumed", async () => {
    await one.run("BEGIN");
    await one.run("INSERT INTO sink VALUES (0)");
    await other.run("INSERT INTO source VALUES (1)");
    await other.run("INSERT INTO sink SELECT id FROM s");
    expect(await values(one, "SELECT id FROM s")).toEqual([]);
    await one.run("INSERT INTO sink SELECT id FROM s");
    await one.run("COMMIT");
    expect(await values(one, "SELECT id FROM s")).toEqual([]);
    expect(await values(one, "SELECT id FROM sink ORDER BY id")).toEqual(["0", "1"]);
  });

  it("wait with DROP STREAM for whoever consumes it", async () => {
    await one.run("INSERT INTO source VALUES (1)");
    await one.run("BEGIN");
    await one.run("INSERT INTO sink SELECT id FROM s");
    const waiting = other.run("DROP STREAM s");
    await one.run("COMMIT");
    await waiting;
    expect(await values(one, "SELECT id FROM sink")).toEqual(["1"]);
    await expect(one.run("SELECT * FROM s")).rejects.toMatchObject({ code: "002003" });
  });
});

describe("AUTOCOMMIT off and procedures", () => {
  let session: TestSession;
  beforeEach(async () => {
    session = await openTestSession();
    await setUp(session);
    await session.run("INSERT INTO source VALUES (1)");
  });
  afterEach(() => session.close());

  it("consumes at COMMIT only", async () => {
    await session.run("ALTER SESSION SET AUTOCOMMIT = FALSE");
    await session.run("INSERT INTO sink SELECT id FROM s");
    expect(await values(session, "SELECT id FROM s")).toEqual(["1"]);
    await session.run("ROLLBACK");
    await session.run("INSERT INTO sink SELECT id FROM s");
    await session.run("COMMIT");
    expect(await values(session, "SELECT id FROM s")).toEqual([]);
    expect(await values(session, "SELECT id FROM sink")).toEqual(["1"]);
  });

  it("commits and consumes before DDL", async () => {
    await session.run("BEGIN");
    await session.run("INSERT INTO sink SELECT id FROM s");
    await session.run("CREATE TABLE taken AS SELECT id FROM s");
    expect(await values(session, "SELECT id FROM sink")).toEqual(["1"]);
    expect(await values(session, "SELECT id FROM taken")).toEqual([]);
  });

  it("consumes inside a block", async () => {
    await session.run(`BEGIN
      INSERT INTO sink SELECT id FROM s;
      INSERT INTO sink SELECT id FROM s;
    END`);
    expect(await values(session, "SELECT id FROM sink")).toEqual(["1"]);
  });

  it("consumes nothing by being explained, described or shown", async () => {
    await session.run("EXPLAIN INSERT INTO sink SELECT id FROM s");
    await session.run("CREATE VIEW v AS SELECT id FROM s");
    await session.run("SHOW STREAMS");
    await session.run("CREATE TABLE likewise LIKE source");
    expect(await values(session, "SELECT id FROM s")).toEqual(["1"]);
  });
});

describe("a data directory", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "mockhaus-streams-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  async function reopened(now?: (() => number) | undefined): Promise<TestSession> {
    const session = await testSession(await openAccount({ directory, now }));
    await session.run("USE SCHEMA d.public");
    return session;
  }

  it("keeps offsets over a restart", async () => {
    const first = await testSession(await openAccount({ directory }));
    await setUp(first);
    await first.run("CREATE STREAM initial ON TABLE source SHOW_INITIAL_ROWS = TRUE");
    await first.run("INSERT INTO source VALUES (1)");
    await first.run("INSERT INTO sink SELECT id FROM s");
    await first.run("INSERT INTO sink SELECT id FROM initial");
    await first.run("INSERT INTO source VALUES (2)");
    await first.close();
    const second = await reopened();
    expect(await values(second, "SELECT id FROM s")).toEqual(["2"]);
    expect(await values(second, "SELECT id FROM initial ORDER BY id")).toEqual(["1", "2"]);
    await second.run("INSERT INTO sink SELECT id FROM s");
    await second.close();
    const third = await reopened();
    expect(await values(third, "SELECT id FROM s")).toEqual([]);
    await third.close();
  });

  it("has stale streams after MAX_DATA_EXTENSION_TIME_IN_DAYS", async () => {
    const first = await testSession(await openAccount({ directory }));
    await setUp(first);
    await first.run("CREATE TABLE short (id INT) MAX_DATA_EXTENSION_TIME_IN_DAYS = 2");
    await first.run("CREATE STREAM short_s ON TABLE short");
    await first.close();
    const later = await reopened(() => Date.now() + 3 * DAY_MS);
    expect(await values(later, "SELECT id FROM s")).toEqual([]);
    await expect(later.run("SELECT * FROM short_s")).rejects.toMatchObject({
      code: "092118",
      sqlState: "22000",
      message: "SQL execution error: Stream SHORT_S is stale.",
    });
    await expect(later.run("INSERT INTO sink SELECT id FROM short_s")).rejects.toMatchObject({
      code: "092118",
    });
    const shown = await later.rows("SHOW STREAMS IN SCHEMA d.public");
    expect(shown.map(({ name, stale }) => [name, stale])).toEqual([
      ["S", "false"],
      ["SHORT_S", "true"],
    ]);
    await later.close();
    const muchLater = await reopened(() => Date.now() + 15 * DAY_MS);
    await expect(muchLater.run("SELECT * FROM s")).rejects.toMatchObject({ code: "092118" });
    await muchLater.close();
  });

  /** Runs the consumer and kills it after so many consumptions. */
  function consumeAndKill(consumptions: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ["--import", "tsx", CHILD, directory], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let output = "";
      child.stdout.on("data", (data: Buffer) => {
        output += data.toString();
        if (output.split("\n").length > consumptions) child.kill("SIGKILL");
      });
      child.on("error", reject);
      child.on("close", (code, signal) => {
        if (signal === "SIGKILL") resolve();
        else reject(new Error(`the consumer ended by itself: ${code}`));
      });
    });
  }

  it("loses no change and gives none twice when the process is killed", async () => {
    for (const consumptions of [1, 7]) {
      await consumeAndKill(consumptions);
      const session = await reopened();
      const consumed = await values(session, "SELECT id FROM sink");
      const left = await values(session, "SELECT id FROM s");
      const all = await values(session, "SELECT id FROM source ORDER BY id");
      expect(all.length).toBeGreaterThanOrEqual(consumptions);
      expect([...consumed, ...left].map(Number).sort((a, b) => a - b)).toEqual(all.map(Number));
      await session.close();
    }
  });
});
