/** Statements that are stopped: by their statement object, by another statement, with their session. */

import { deepEqual, equal } from "node:assert/strict";
import type { Checks } from "../kit/checks.ts";
import {
  type Connection,
  close,
  connect,
  failure,
  run,
  type Statement,
  value,
  values,
} from "./session.ts";

/** Longer than any test may take. */
const LONG = "call system$wait(1, 'DAYS')";

type Started = {
  readonly statement: Statement;
  readonly error: Promise<Error & { code?: string }>;
};

/** A statement that must fail, while it has not yet. */
function start(connection: Connection, sqlText: string): Started {
  let failed: (error: Error) => void = () => undefined;
  const error = new Promise<Error>((resolve) => {
    failed = resolve;
  });
  const complete = (problem: Error | undefined) => failed(problem ?? new Error("it did not fail"));
  return { statement: connection.execute({ sqlText, complete }), error };
}

function cancel(statement: Statement): Promise<void> {
  return new Promise((resolve, reject) => {
    statement.cancel((error) => (error ? reject(error) : resolve()));
  });
}

/** The id of the statement that runs in a session and has no end of its own. */
async function runningIn(admin: Connection, session: unknown): Promise<unknown> {
  const sql = `select query_id from table(information_schema.query_history())
    where session_id = ? and execution_status = 'RUNNING'`;
  for (;;) {
    const id = await value(admin, sql, { binds: [String(session)] });
    if (id !== undefined) return id;
  }
}

export async function checkStopping(checks: Checks, url: string): Promise<void> {
  const place = { database: "node_sdk", schema: "public" };
  const admin = await connect(url, place);
  const session = await connect(url, place);
  const id = await value(session, "select current_session()");
  await checks.check("a statement that waits for its turn is cancelled at once", async () => {
    const long = start(session, LONG);
    await runningIn(admin, id);
    const waiting = start(session, "select 'never'");
    await cancel(waiting.statement);
    equal((await waiting.error).code, "000604");
    await cancel(long.statement);
    equal((await long.error).code, "000604");
  });
  await checks.check("a statement is cancelled from another session", async () => {
    const { error } = start(session, LONG);
    const query = await runningIn(admin, id);
    equal(
      await value(admin, "select system$cancel_query(?)", { binds: [String(query)] }),
      `query [${query}] terminated.`,
    );
    equal((await error).code, "000604");
  });
  await checks.check("an asynchronous statement is cancelled from its own session", async () => {
    const { statement } = await run(session, LONG, { asyncExec: true });
    const query = statement.getQueryId();
    equal(
      await value(session, `select system$cancel_query('${query}')`),
      `query [${query}] terminated.`,
    );
    equal(await value(session, "select 1"), 1);
    equal(await session.getQueryStatus(query), "ABORTED");
    equal(session.isStillRunning("ABORTED"), false);
  });
  await checks.check("cancelling what has ended", async () => {
    const { statement } = await run(session, "select 1");
    const error = await cancel(statement).then(
      () => undefined,
      (problem: Error & { code?: string }) => problem.code,
    );
    equal(error, "000605");
  });
  await checks.check("a transaction is aborted from another session", async () => {
    await run(session, "create or replace table held (a int)");
    await run(session, "begin");
    await run(session, "insert into held values (1)");
    const transaction = await value(session, "select current_transaction()");
    const sql = `select system$abort_transaction(${transaction})`;
    equal(await value(admin, sql), `Aborted transaction id: ${transaction}`);
    deepEqual(await values(session, "select count(*) from held"), [[0]]);
  });
  await checks.check("a session is aborted from another, and knows it", async () => {
    const { error } = start(session, LONG);
    await runningIn(admin, id);
    equal(await value(admin, `select system$abort_session(${id})`), `session [${id}] terminated.`);
    equal((await error).code, "000604");
    equal((await failure(session, "select 1")).sqlState, "08003");
    deepEqual([session.isUp(), await session.isValidAsync()], [false, false]);
  });
  await checks.check("closing a connection ends what it runs", async () => {
    const other = await connect(url, place);
    const otherId = await value(other, "select current_session()");
    const { error } = start(other, LONG);
    await runningIn(admin, otherId);
    await close(other);
    equal((await error).code, "000604");
  });
  await close(admin);
}
