import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Account, openAccount } from "../../execute/account.ts";
import { type TestSession, testSession } from "../../execute/show/test-kit.ts";

/** How long a request may take to arrive on a busy machine. */
const PATIENCE_MS = 15_000;

type Received = {
  readonly method: string;
  readonly type: string | undefined;
  readonly body: string;
};

let account: Account;
let session: TestSession;
let server: Server;
let url: string;
let received: Received[];
/** What the webhook answers; undefined for nothing at all. */
let answer: { readonly status: number; readonly body: string } | undefined;

beforeEach(async () => {
  received = [];
  answer = { status: 200, body: "ok" };
  server = createServer((request, response) => {
    bodyOf(request).then((body) => {
      const { method = "", headers } = request;
      received.push({ method, type: headers["content-type"], body });
      if (answer !== undefined) response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  account = await openAccount();
  session = await testSession(account);
  await session.run("CREATE DATABASE d");
});

afterEach(async () => {
  await session.close();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const idle = () => account.state.notifier.idle();
const send = (message: string) =>
  session.run(`
    CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(
      SNOWFLAKE.NOTIFICATION.TEXT_PLAIN('${message}'), SNOWFLAKE.NOTIFICATION.INTEGRATION('hook'))`);
const history = async () =>
  (
    await session.result(
      "SELECT status, error_message, processed IS NULL FROM TABLE(information_schema.notification_history())",
    )
  ).rows;

describe("a webhook of this machine", () => {
  it("gets the message in its template", async () => {
    await session.run(`
      CREATE NOTIFICATION INTEGRATION hook TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = '${url}'
        WEBHOOK_BODY_TEMPLATE = '{"text": "SNOWFLAKE_WEBHOOK_MESSAGE"}'
        WEBHOOK_HEADERS = ('Content-Type'='application/json')`);
    await send("Done: $& rows");
    await idle();
    expect(received).toEqual([
      { method: "POST", type: "application/json", body: '{"text": "Done: $& rows"}' },
    ]);
    expect(await history()).toEqual([["SUCCESS", null, false]]);
  });

  it("may refuse it", async () => {
    answer = { status: 404, body: "no_service" };
    await session.run(
      `CREATE NOTIFICATION INTEGRATION hook TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = '${url}'`,
    );
    await send("plain");
    await idle();
    expect(received.map(({ body }) => body)).toEqual(["plain"]);
    expect(await history()).toEqual([["FAILURE", "no_service", false]]);
  });

  it("leads nowhere else", async () => {
    answer = { status: 302, body: "" };
    await session.run(
      `CREATE NOTIFICATION INTEGRATION hook TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = '${url}'`,
    );
    await send("plain");
    await idle();
    expect(received).toHaveLength(1);
    expect(await history()).toEqual([["FAILURE", "HTTP 302", false]]);
  });

  it("is given up when the account closes", async () => {
    answer = undefined;
    await session.run(
      `CREATE NOTIFICATION INTEGRATION hook TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = '${url}'`,
    );
    await send("plain");
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: PATIENCE_MS });
    expect(await history()).toEqual([["QUEUED", null, true]]);
    await account.state.notifier.close();
    expect((await history())[0]?.[0]).toBe("FAILURE");
  });

  it("gets what an alert sends, as in the documentation", async () => {
    await session.run(
      `CREATE NOTIFICATION INTEGRATION hook TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = '${url}'`,
    );
    await session.run("CREATE TABLE failures (name VARCHAR) AS SELECT * FROM VALUES ('a'), ('b')");
    await session.run(`
      CREATE ALERT my_alert SCHEDULE = '60 MINUTE' IF (EXISTS (SELECT name FROM failures)) THEN
      BEGIN
        LET result_str VARCHAR;
        (SELECT ARRAY_TO_STRING(ARRAY_AGG(name) WITHIN GROUP (ORDER BY name)::ARRAY, ',') INTO :result_str
          FROM (
            SELECT name FROM TABLE(RESULT_SCAN(SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID())) LIMIT 10
          )
        );
        CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(
          SNOWFLAKE.NOTIFICATION.TEXT_PLAIN(:result_str), '{"hook": {}}'
        );
      END`);
    await session.run("EXECUTE ALERT my_alert");
    await account.state.alerts.idle();
    await idle();
    const [run] = (
      await session.result(
        "SELECT state, sql_error_message FROM TABLE(information_schema.alert_history())",
      )
    ).rows;
    expect(run).toEqual(["TRIGGERED", null]);
    expect(received.map(({ body }) => body)).toEqual(["a,b"]);
  });
});

it("integrations survive a restart", async () => {
  const directory = await mkdtemp(join(tmpdir(), "notifications-"));
  try {
    await session.close();
    session = await testSession(await openAccount({ directory }));
    await session.run(
      "CREATE NOTIFICATION INTEGRATION mail TYPE = EMAIL ENABLED = TRUE ALLOWED_RECIPIENTS = ('a@example.com')",
    );
    await session.close();
    session = await testSession(await openAccount({ directory }));
    await session.run("CALL SYSTEM$SEND_EMAIL('mail', 'a@example.com', 'Subject', 'Content')");
    await expect(
      session.run("CALL SYSTEM$SEND_EMAIL('mail', 'b@example.com', 'Subject', 'Content')"),
    ).rejects.toThrow("b@example.com");
  } finally {
    await session.close();
    session = await testSession(await openAccount());
    await rm(directory, { recursive: true });
  }
});
