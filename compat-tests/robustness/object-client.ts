/** A server and a client of the object API for its tests. */

import { afterAll, beforeAll, expect } from "vitest";
import { type Client, startServer, type TestServer, tokenHeader } from "./test-kit.ts";

export type Reply = { readonly status: number; readonly body: unknown };

export type ObjectClient = {
  request(method: string, path: string, body?: unknown): Promise<Reply>;
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  delete(path: string): Promise<Reply>;
  /** A session to look from outside at what requests have done. */
  sql(): Client;
  server(): TestServer;
};

/** Starts a server before the tests of a file; a session token is what the requests have. */
export function objectClient(): ObjectClient {
  let server: TestServer | undefined;
  let client: Client | undefined;
  beforeAll(async () => {
    server = await startServer();
    client = await server.login();
  });
  afterAll(async () => {
    expect(server?.internalErrors()).toEqual([]);
    await server?.close();
  });
  const started = () => {
    if (server === undefined || client === undefined) throw new Error("no server");
    return { server, client };
  };
  const request: ObjectClient["request"] = async (method, path, body) => {
    const response = await started().server.send(`/api/v2${path}`, {
      method,
      headers: { authorization: tokenHeader(started().client.token) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    request,
    get: (path) => request("GET", path),
    post: (path, body = {}) => request("POST", path, body),
    put: (path, body) => request("PUT", path, body),
    delete: (path) => request("DELETE", path),
    sql: () => started().client,
    server: () => started().server,
  };
}

/** The names of a list's objects. */
export function names({ body }: Reply): unknown[] {
  return (body as { name: unknown }[]).map(({ name }) => name);
}
