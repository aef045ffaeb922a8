/** The HTTP server: one port for drivers, health and metrics. */

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { type SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import type { Account } from "../execute/account.ts";
import { asSnowflakeError } from "../execute/errors.ts";
import { REQUEST_BODY_BYTES_MAX } from "../limits.ts";
import type { Metrics } from "../observe/metrics.ts";
import { installBodyParser } from "./body.ts";
import { installCompression } from "./compression.ts";
import { failure } from "./envelope.ts";
import type { Serving } from "./health.ts";
import { OBJECT_API, sendFailure } from "./object-api/routes.ts";
import { addRoutes } from "./routes.ts";
import { failed, httpStatus } from "./sql-api/answers.ts";

/** Milliseconds for which an idle connection stays open: longer than drivers keep theirs. */
const KEEP_ALIVE_MS = 75_000;

const SQL_API = "/api/v2/statements";

/** Characters of one part of a URL: tickets hold the path of a staged file. */
const URL_PART_LENGTH_MAX = 8_192;

export type HttpServer = {
  readonly app: FastifyInstance;
  readonly serving: Serving;
};

export function createApp(account: Account, metrics: Metrics, logger: Logger): HttpServer {
  const app = Fastify({
    logger: false,
    bodyLimit: REQUEST_BODY_BYTES_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: "idle",
    // The Python connector 5 asks for `/monitoring/queries//<id>`.
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: URL_PART_LENGTH_MAX,
    },
    // A path that cannot be decoded.
    frameworkErrors: (_error, request, reply) => notFound(request, reply),
  });
  const serving: Serving = { account, metrics, ready: false };
  installBodyParser(app);
  installCompression(app, metrics);
  app.setErrorHandler((error, request, reply) => {
    const known = requestError(error);
    logger.warn({ code: known.code, url: request.url, err: known.cause }, known.message);
    reply.header("content-type", "application/json; charset=utf-8");
    // Drivers would retry any status but 200 for minutes; in the APIs the status carries the meaning.
    if (request.url.startsWith(SQL_API)) {
      return reply.status(httpStatus(known)).send(JSON.stringify(failed(known, undefined)));
    }
    if (request.url.startsWith(OBJECT_API)) return sendFailure(reply, known);
    return reply.status(200).send(JSON.stringify(failure(known)));
  });
  app.setNotFoundHandler(notFound);
  addRoutes(app, serving);
  return { app, serving };
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.status(404).header("content-type", "application/json; charset=utf-8");
  const [path = ""] = request.url.split("?");
  const error = snowflakeError("pathNotFound", { method: request.method, path });
  if (path.startsWith(OBJECT_API)) return sendFailure(reply, error);
  const { code, message } = error;
  return reply.send(JSON.stringify({ data: null, code, message, success: false, headers: null }));
}

/** What Fastify refuses before a route sees it is the client's fault, not an internal error. */
function requestError(error: unknown): SnowflakeError {
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
  if (status === 413) return snowflakeError("requestTooLarge", { limit: REQUEST_BODY_BYTES_MAX });
  if (status < 400 || status >= 500) return asSnowflakeError(error);
  const refused = snowflakeError("badRequest", { detail: "the request could not be read" });
  refused.cause = error;
  return refused;
}
