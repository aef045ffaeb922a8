/**
 * A proxy in front of a server that makes a session token look expired when asked to: the next statement is answered
 * with 390112 as an account does after an hour, and everything else goes through. A driver then has to renew its tokens
 * and repeat the statement.
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const EXPIRED = {
  data: null,
  code: "390112",
  message: "Your session has expired. Please login again.",
  success: false,
  headers: null,
};
/** Where a test in another language arms the proxy and reads what it has seen. */
const CONTROL = "/proxy/";

export type ExpiringProxy = {
  readonly url: string;
  /** The next statement finds its session expired. */
  readonly expire: () => void;
  /** Paths of the requests that went by, without their query. */
  readonly seen: readonly string[];
  readonly close: () => Promise<void>;
};

export async function startExpiringProxy(target: string): Promise<ExpiringProxy> {
  const seen: string[] = [];
  let armed = false;
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (path === `${CONTROL}expire`) {
      armed = true;
      response.end("{}");
      return;
    }
    if (path === `${CONTROL}seen`) {
      response.end(JSON.stringify(seen));
      return;
    }
    seen.push(path);
    if (armed && path === "/queries/v1/query-request") {
      armed = false;
      request.resume();
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(EXPIRED));
      return;
    }
    forward(target, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    expire: () => {
      armed = true;
    },
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = new Headers();
  for (const name of ["authorization", "content-type", "content-encoding", "accept"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const method = request.method ?? "GET";
  const answer = await fetch(`${target}${request.url ?? "/"}`, {
    method,
    headers,
    ...(method === "GET" || method === "HEAD" ? {} : { body: Buffer.concat(parts) }),
  });
  // The body was unpacked on its way here.
  const type = answer.headers.get("content-type") ?? "application/json";
  response.writeHead(answer.status, { "content-type": type });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
