/** One session that stops another: its statements, its transaction, itself. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Session } from "../../session/session.ts";
import { type Account, openAccount } from "../account.ts";

let account: Account;

const CLIENT = { application: "test", version: "1", environment: {} };
/** Longer than any test may take. */
const LONG = "SELECT SYSTEM$WAIT(1, 'DAYS')";

function login(): Promise<Session> {
  return account.login({ user: "tester", account: "test", client: CLIENT });
}

async function text(session: Session, statement: string): Promise<string> {
  const { inline } = await account.submit(session, { text: statement }).done;
  if (inline?.kind === "cells") return String(inline.rows[0]?.[0]);
  const column = inline?.chunks[0]?.columns[0];
  return column?.kind === "text" ? String(column.text(0)) : "";
}

beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.close());

describe("control of other sessions", () => {
  it("stops a statement by its id", async () => {
    const [one, other] = [await login(), await login()];
    const run = account.submit(other, { text: LONG });
    await expect.poll(() => run.stop.state).toBe("running");
    expect(await text(one, `SELECT SYSTEM$CANCEL_QUERY('${run.queryId}')`)).toBe(
      `query [${run.queryId}] terminated.`,
    );
    await expect(run.done).rejects.toMatchObject({ code: "000604" });
  });

  it("stops all statements of a session, also those that wait", async () => {
    const [one, other] = [await login(), await login()];
    const runs = [LONG, LONG, LONG].map((statement) => account.submit(other, { text: statement }));
    await expect.poll(() => runs[0]?.stop.state).toBe("running");
    expect(await text(one, `SELECT SYSTEM$CANCEL_ALL_QUERIES(${other.id})`)).toBe("3 cancelled.");
    for (const run of runs) await expect(run.done).rejects.toMatchObject({ code: "000604" });
    expect(await text(other, "SELECT 'alive'")).toBe("alive");
  });

  it("stops what its own session runs, without waiting for its end", async () => {
    const one = await login();
    await text(one, "SET n = 41");
    const [long, waiting] = [LONG, "SELECT 1"].map((sql) => account.submit(one, { text: sql }));
    await expect.poll(() => long?.stop.state).toBe("running");
    expect(await text(one, `SELECT SYSTEM$CANCEL_QUERY('${waiting?.queryId}')`)).toBe(
      `query [${waiting?.queryId}] terminated.`,
    );
    await expect(waiting?.done).rejects.toMatchObject({ code: "000604" });
    expect(long?.stop.state).toBe("running");
    expect(await text(one, `SELECT SYSTEM$CANCEL_ALL_QUERIES(${one.id})`)).toBe("1 cancelled.");
    await expect(long?.done).rejects.toMatchObject({ code: "000604" });
    expect(await text(one, "SELECT ($n + 1)::VARCHAR")).toBe("42");
  });

  it("closes the session that is busy with something else", async () => {
    const one = await login();
    const long = account.submit(one, { text: LONG });
    await expect.poll(() => long.stop.state).toBe("running");
    expect(await text(one, `SELECT SYSTEM$ABORT_SESSION(${one.id})`)).toBe(
      `session [${one.id}] terminated.`,
    );
    await expect(long.done).rejects.toMatchObject({ code: "000604" });
    expect(one.closed).toBe(true);
  });

  it("rolls back a transaction, and its locks with it", async () => {
    const [one, other] = [await login(), await login()];
    await text(one, "CREATE DATABASE d");
    await text(one, "CREATE TABLE d.public.t (a INT) AS SELECT 1");
    await text(other, "BEGIN");
    await text(other, "UPDATE d.public.t SET a = 2");
    const { id } = other.transactions.current ?? {};
    expect(await text(one, `SELECT SYSTEM$ABORT_TRANSACTION(${id})`)).toBe(
      `Aborted transaction id: ${id}`,
    );
    expect(other.transactions.current).toBeUndefined();
    await text(one, "UPDATE d.public.t SET a = a + 10");
    expect(await text(one, "SELECT a::VARCHAR FROM d.public.t")).toBe("11");
  });

  it("closes a session, and one closes itself", async () => {
    const [one, other] = [await login(), await login()];
    expect(await text(one, `SELECT SYSTEM$ABORT_SESSION(${other.id})`)).toBe(
      `session [${other.id}] terminated.`,
    );
    expect(other.closed).toBe(true);
    await expect(account.submit(other, { text: "SELECT 1" }).done).rejects.toThrow();
    expect(await text(one, `SELECT SYSTEM$ABORT_SESSION(${one.id})`)).toBe(
      `session [${one.id}] terminated.`,
    );
    expect(one.closed).toBe(true);
    await expect(account.submit(one, { text: "SELECT 1" }).done).rejects.toThrow();
  });
});
