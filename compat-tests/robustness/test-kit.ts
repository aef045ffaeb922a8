/** A server of its own for a test file, and a bare client that shows answers as they come. */

import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { type Account, openAccount } from "../../server/execute/account.ts";
import { createApp } from "../../server/http/app.ts";
import { createLogger } from "../../server/observe/logging.ts";
import { Metrics } from "../../server/observe/metrics.ts";
import { silentObserver } from "../../server/observe/observer.ts";
import type { SnowflakeError } from "../../translator/base/errors.ts";

const INTERNAL_ERROR = "370001";
const POLL_MS = 5;

export type Answer = {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly success: boolean;
};

export type Sent = {
  readonly method?: string | undefined;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
};

export type TestServer = {
  readonly url: string;
  readonly port: number;
  readonly account: Account;
  /** Internal errors since the last call: their cause and the statement. */
  internalErrors(): string[];
  /** Waits until a statement is on its way: `running`, or `queued` behind another of its session. */
  reached(requestId: string, state: "running" | "queued"): Promise<void>;
  /** Milliseconds added to the server's clock. */
  shiftClock(milliseconds: number): void;
  send(path: string, options?: Sent): Promise<Response>;
  /** The answer of a driver endpoint; checks HTTP 200 and the envelope. */
  call(path: string, options?: Sent): Promise<Answer>;
  login(parameters?: Readonly<Record<string, unknown>>): Promise<Client>;
  close(): Promise<void>;
};

/** A session. */
export type Client = {
  readonly token: string;
  readonly masterToken: string;
  /** Sends a statement and answers the whole envelope. */
  query(
    text: string,
    more?: Readonly<Record<string, unknown>>,
    requestId?: string,
  ): Promise<Answer>;
  /** The rows of a statement that succeeds. */
  rows(text: string): Promise<unknown>;
  /** The error code of a statement that fails. */
  code(text: string): Promise<string>;
  close(): Promise<void>;
};

/**
 * @param localFiles directory whose files stages with a `file://` URL may use
 * @param directory of the account's data; in memory without one
 */
export async function startServer(localFiles?: string, directory?: string): Promise<TestServer> {
  let shift = 0;
  const internal: string[] = [];
  const failed = (error: SnowflakeError, queryId: string) => {
    if (error.code !== INTERNAL_ERROR) return;
    const text = account.history.get(queryId)?.text.slice(0, 300);
    internal.push(`${String(error.cause ?? error.message).slice(0, 300)} in ${text}`);
  };
  const observer = { ...silentObserver, failed };
  const account = await openAccount({
    observer,
    now: () => Date.now() + shift,
    localFiles,
    directory,
  });
  const metrics = new Metrics(() => account.sessions.size);
  const { app, serving } = createApp(account, metrics, createLogger("silent"));
  await app.listen({ host: "127.0.0.1", port: 0 });
  serving.ready = true;
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const send: TestServer["send"] = (path, options = {}) => {
    const { method = "POST", token, headers, body } = options;
    const all = new Headers({ "content-type": "application/json", ...headers });
    if (token !== undefined) all.set("authorization", tokenHeader(token));
    return fetch(url + path, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body }),
    });
  };
  const call: TestServer["call"] = async (path, options) => {
    const response = await send(path, options);
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return envelope(text);
  };
  return {
    url,
    port,
    account,
    internalErrors: () => internal.splice(0),
    reached: async (requestId, state) => {
      while (account.state.control.runs.ofAnyRequest(requestId)?.stop.state !== state) {
        await sleep(POLL_MS);
      }
    },
    shiftClock: (milliseconds) => {
      shift += milliseconds;
    },
    send,
    call,
    login: (parameters) => login(call, parameters),
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
      await account.close();
    },
  };
}

export function tokenHeader(token: string): string {
  return `Snowflake Token="${token}"`;
}

/** Parses an envelope and checks the members that every driver relies on. */
export function envelope(text: string): Answer {
  const answer = JSON.parse(text) as Answer;
  expect(answer).toHaveProperty("data");
  expect(typeof answer.success).toBe("boolean");
  expect(answer.code === null || typeof answer.code === "string").toBe(true);
  if (!answer.success) {
    expect(answer.code).toMatch(/^\d{6}$/);
    expect(answer.message).toBeTruthy();
    expect(answer.data).toMatchObject({ errorCode: answer.code, sqlState: expect.any(String) });
  }
  return answer;
}

async function login(
  call: TestServer["call"],
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<Client> {
  const answer = await call("/session/v1/login-request", {
    body: JSON.stringify({ data: { LOGIN_NAME: "tester", SESSION_PARAMETERS: parameters } }),
  });
  const { token, masterToken } = answer.data as { token: string; masterToken: string };
  const query: Client["query"] = (text, more = {}, requestId = randomUUID()) =>
    call(`/queries/v1/query-request?requestId=${requestId}`, {
      token,
      body: JSON.stringify({ sqlText: text, ...more }),
    });
  return {
    token,
    masterToken,
    query,
    rows: async (text) => {
      const { success, message, data } = await query(text);
      expect(success, `${text}: ${message}`).toBe(true);
      return data?.rowset;
    },
    code: async (text) => {
      const { success, code } = await query(text);
      expect(success, `${text} should fail`).toBe(false);
      return code ?? "";
    },
    close: async () => {
      await call("/session?delete=true", { token });
    },
  };
}

/** The server still works for a session of its own, and nothing failed inside. */
export async function expectAlive(server: TestServer): Promise<void> {
  expect(server.internalErrors()).toEqual([]);
  const client = await server.login();
  expect(await client.rows("select 1")).toEqual([["1"]]);
  await client.close();
}

export async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
