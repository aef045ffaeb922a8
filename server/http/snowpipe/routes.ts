/**
 * Snowpipe's REST endpoints: files are sent to a pipe, and reports tell what became of them. The HTTP status carries the meaning.
 * https://docs.snowflake.com/en/user-guide/data-load-snowpipe-rest-apis
 */

import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type SnowflakeError, snowflakeError } from "../../../translator/base/errors.ts";
import type { Account } from "../../execute/account.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import {
  insertFiles,
  insertReport,
  loadHistoryScan,
  servedPipe,
} from "../../execute/pipe-service.ts";
import { PIPE_EVENTS_MAX } from "../../stages/load/pipe-reports.ts";
import { requestIdentity } from "../api-session.ts";
import { textField } from "../body.ts";
import { failure } from "../envelope.ts";

import { fileReport, shownPipe } from "./reports.ts";
import { insertedFiles, installTextParser } from "./request.ts";

type Endpoint = (account: Account, request: FastifyRequest) => Promise<unknown>;

const JSON_TYPE = "application/json; charset=utf-8";
const SECOND_MS = 1_000;
const PIPES = "/v1/data/pipes/:pipe";
/** Marks are `1_` and the number of a file. */
const MARK = /^1_(\d{1,15})$/;

const ROUTES: readonly (readonly [method: "GET" | "POST", url: string, Endpoint])[] = [
  ["POST", `${PIPES}/insertFiles`, insert],
  ["GET", `${PIPES}/insertReport`, report],
  ["GET", `${PIPES}/loadHistoryScan`, scan],
];

/** Statuses by error code; whatever else happens is ours. */
const STATUSES: Readonly<Record<string, number>> = { "390404": 404, "390400": 400 };
const UNAUTHORIZED = /^3901\d\d$/;

/** A scope of its own, in which a body may be plain text. */
export function addSnowpipeRoutes(app: FastifyInstance, account: Account): void {
  app.register(async (scope) => {
    installTextParser(scope);
    scope.setErrorHandler((error, _request, reply) => {
      const known = asSnowflakeError(error);
      account.logFailure(known, "");
      reply.status(statusOf(known)).header("content-type", JSON_TYPE);
      return reply.send(JSON.stringify({ ...failure(known), data: null }));
    });
    for (const [method, url, endpoint] of ROUTES) {
      scope.route({
        method,
        url,
        handler: async (request, reply) => {
          requestIdentity(request, account.sessions);
          const body = await endpoint(account, request);
          return reply.header("content-type", JSON_TYPE).send(JSON.stringify(body));
        },
      });
    }
  });
}

function statusOf({ code }: SnowflakeError): number {
  return STATUSES[code] ?? (UNAUTHORIZED.test(code) ? 401 : 500);
}

function pipeOf({ state }: Account, { params }: FastifyRequest) {
  return servedPipe(textField(params, "pipe") ?? "", state);
}

async function insert(account: Account, request: FastifyRequest) {
  await insertFiles(pipeOf(account, request), insertedFiles(request), account.state);
  const requestId = textField(request.query, "requestId") ?? randomUUID();
  return { requestId, status: "success", responseCode: "SUCCESS" };
}

async function report(account: Account, request: FastifyRequest) {
  const pipe = pipeOf(account, request);
  const mark = textField(request.query, "beginMark") ?? "1_0";
  const [, after] = MARK.exec(mark) ?? [];
  if (after === undefined) throw snowflakeError("badRequest", { detail: "beginMark is no mark" });
  const recent = Number(textField(request.query, "recentSeconds") ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(recent)) {
    throw snowflakeError("badRequest", { detail: "recentSeconds is no number" });
  }
  const recentMs = recent * SECOND_MS;
  const { files, next, isComplete } = await insertReport(
    pipe,
    Number(after),
    recentMs,
    account.state,
  );
  return {
    pipe: shownPipe(pipe, account.state),
    completeResult: isComplete,
    nextBeginMark: `1_${next}`,
    files: files.map(fileReport),
  };
}

async function scan(account: Account, request: FastifyRequest) {
  const pipe = pipeOf(account, request);
  const from = timeOf(request, "startTimeInclusive");
  if (from === undefined) {
    throw snowflakeError("badRequest", { detail: "startTimeInclusive is missing" });
  }
  const until = timeOf(request, "endTimeExclusive") ?? account.now();
  const files = await loadHistoryScan(pipe, from, until, account.state);
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return {
    pipe: shownPipe(pipe, account.state),
    completeResult: files.length < PIPE_EVENTS_MAX,
    startTimeInclusive: time(from),
    endTimeExclusive: time(until),
    rangeStartTime: time(files.at(0)?.loadedAt),
    rangeEndTime: time(files.at(-1)?.loadedAt),
    files: files.map(fileReport),
  };
}

/** A time in ISO 8601. @throws 390400 for another text */
function timeOf({ query }: FastifyRequest, name: string): number | undefined {
  const text = textField(query, name);
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw snowflakeError("badRequest", { detail: `${name} is no time` });
  return at;
}
