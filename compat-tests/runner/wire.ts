/** Cases run over the wire: a server on loopback, logged in as a client that gets JSON or Arrow. */

import { tableFromIPC } from "apache-arrow";
import { start } from "../../src/index.ts";
import { arrowCells } from "./arrow-cells.ts";
import { type Target, TargetError, type TargetSession, type WireResult } from "./target.ts";
import { wireColumns } from "./wire-columns.ts";

type Answer = {
  readonly success: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
};

/** How the client names itself decides the format (wire.md 2.4). */
const CLIENTS = {
  json: { CLIENT_APP_ID: "JavaScript", CLIENT_APP_VERSION: "3.3.0" },
  arrow: { CLIENT_APP_ID: "PythonConnector", CLIENT_APP_VERSION: "4.8.1" },
} as const;

async function post(url: string, body: unknown, token?: string): Promise<Answer> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== undefined) headers.authorization = `Snowflake Token="${token}"`;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

export async function wireTarget(format: "json" | "arrow"): Promise<Target> {
  const server = await start({ port: 0 });
  return {
    name: `over the wire, ${format}`,
    open: () => openSession(server.url, format),
    close: () => server.close(),
  };
}

async function openSession(url: string, format: "json" | "arrow"): Promise<TargetSession> {
  const data = { ...CLIENTS[format], ACCOUNT_NAME: "test", LOGIN_NAME: "tester", PASSWORD: "x" };
  const answer = await post(`${url}/session/v1/login-request`, { data });
  const token = String(answer.data?.token);
  return {
    run: (sql) => run(url, token, sql),
    close: async () => {
      await post(`${url}/session?delete=true`, {}, token);
    },
  };
}

async function run(url: string, token: string, sql: string): Promise<WireResult> {
  const requestId = crypto.randomUUID();
  const path = `${url}/queries/v1/query-request?requestId=${requestId}`;
  let answer = await post(path, { sqlText: sql, asyncExec: false }, token);
  while (answer.code === "333333" || answer.code === "333334") {
    const next = `${url}${String(answer.data?.getResultUrl)}`;
    const headers = { authorization: `Snowflake Token="${token}"` };
    answer = (await (await fetch(next, { headers })).json()) as Answer;
  }
  if (!answer.success) {
    const sqlState = String(answer.data?.sqlState ?? "");
    throw new TargetError(String(answer.code), sqlState, String(answer.message));
  }
  return resultOf(answer.data ?? {});
}

function resultOf(data: Readonly<Record<string, unknown>>): WireResult {
  const columns = wireColumns(data.rowtype as Readonly<Record<string, unknown>>[]);
  const parameters = new Map(
    (data.parameters as { name: string; value: string | number | boolean }[]).map(
      ({ name, value }) => [name, value] as const,
    ),
  );
  if (data.queryResultFormat !== "arrow") {
    return { columns, rows: data.rowset as WireResult["rows"], parameters };
  }
  const encoded = String(data.rowsetBase64);
  if (encoded === "") return { columns, rows: [], parameters };
  return {
    columns,
    rows: arrowCells(tableFromIPC(Buffer.from(encoded, "base64")), columns),
    parameters,
  };
}
