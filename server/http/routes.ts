/** Every path the server answers, in one flat list. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Account } from "../execute/account.ts";
import { asSnowflakeError } from "../execute/errors.ts";
import { field } from "./body.ts";
import { authenticatorRequest, BROWSER_LOGIN_PATH, browserLogin } from "./browser-login.ts";
import { chunkBody } from "./chunks.ts";
import { type Envelope, failure, success } from "./envelope.ts";
import { livez, metrics, readyz, type Serving } from "./health.ts";
import { closeSession, heartbeat, login, renewToken } from "./login.ts";
import { addObjectApiRoutes } from "./object-api/routes.ts";
import { type Answer, abortQuery, queryRequest, queryResult } from "./query.ts";
import { queryList, queryStatus } from "./query-monitoring.ts";
import { addSnowpipeRoutes } from "./snowpipe/routes.ts";
import { addSqlApiRoutes } from "./sql-api/statements.ts";
import { addStageRoutes } from "./stage-files.ts";

type Endpoint = (account: Account, request: FastifyRequest) => Promise<Answer>;
type Plain = (serving: Serving, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

async function telemetry(): Promise<Envelope> {
  return success("Log Received");
}

/** The driver protocol: always HTTP 200, errors in the envelope. */
const ENDPOINTS: readonly (readonly [method: "GET" | "POST", url: string, Endpoint])[] = [
  ["POST", "/session/v1/login-request", login],
  ["POST", "/session/authenticator-request", (_, request) => authenticatorRequest(request)],
  ["POST", "/session/token-request", renewToken],
  ["POST", "/session/heartbeat", heartbeat],
  ["POST", "/session", closeSession],
  ["POST", "/queries/v1/query-request", queryRequest],
  ["GET", "/queries/:queryId/result", queryResult],
  ["GET", "/monitoring/queries", queryList],
  ["GET", "/monitoring/queries/:queryId", queryStatus],
  ["POST", "/queries/v1/abort-request", abortQuery],
  ["POST", "/queries/:queryId/abort-request", abortQuery],
  ["POST", "/telemetry/send", telemetry],
  ["POST", "/telemetry/send/sessionless", telemetry],
];

/** Everything else: plain HTTP with statuses of its own. */
const PLAIN: readonly (readonly [method: "GET" | "HEAD", url: string, Plain])[] = [
  ["GET", "/livez", livez],
  ["GET", "/readyz", readyz],
  ["GET", "/healthz", livez],
  ["GET", "/metrics", metrics],
  ["GET", BROWSER_LOGIN_PATH, (_, request, reply) => browserLogin(request, reply)],
  [
    "GET",
    "/chunks/:token/:queryId/:index",
    ({ account }, request, reply) => chunkBody(account, request, reply),
  ],
];

export function addRoutes(app: FastifyInstance, serving: Serving): void {
  for (const [method, url, endpoint] of ENDPOINTS) {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        const answer = await answerOf(serving.account, request, endpoint);
        reply.header("content-type", "application/json; charset=utf-8");
        return typeof answer === "string" ? answer : JSON.stringify(answer);
      },
    });
  }
  addStageRoutes(app, serving.account);
  addSqlApiRoutes(app, serving.account);
  addObjectApiRoutes(app, serving.account);
  addSnowpipeRoutes(app, serving.account);
  for (const [method, url, handler] of PLAIN) {
    app.route({ method, url, handler: (request, reply) => handler(serving, request, reply) });
  }
}

/** A thrown Snowflake error becomes the envelope's; drivers would retry any other status for minutes. */
async function answerOf(
  account: Account,
  request: FastifyRequest,
  endpoint: Endpoint,
): Promise<Answer> {
  try {
    return await endpoint(account, request);
  } catch (error) {
    const known = asSnowflakeError(error);
    account.logFailure(known, String(field(request.params, "queryId") ?? ""));
    return failure(known);
  }
}
