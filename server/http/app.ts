/** The HTTP server: one port for drivers, health and metrics. */

import Fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Account } from "../execute/account.ts";
import { asSnowflakeError } from "../execute/errors.ts";
import { REQUEST_BODY_BYTES_MAX } from "../limits.ts";
import type { Metrics } from "../observe/metrics.ts";
import { installBodyParser } from "./body.ts";
import { installCompression } from "./compression.ts";
import { failure } from "./envelope.ts";
import type { Serving } from "./health.ts";
import { addRoutes } from "./routes.ts";

/** Milliseconds for which an idle connection stays open: longer than drivers keep theirs. */
const KEEP_ALIVE_MS = 75_000;

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
    routerOptions: { ignoreTrailingSlash: true },
  });
  const serving: Serving = { account, metrics, ready: false };
  installBodyParser(app);
  installCompression(app, metrics);
  app.setErrorHandler((error, request, reply) => {
    const known = asSnowflakeError(
      error instanceof Error && "statusCode" in error && error.statusCode === 413
        ? snowflakeError("requestTooLarge", { limit: REQUEST_BODY_BYTES_MAX })
        : error,
    );
    logger.warn({ code: known.code, url: request.url, err: known.cause }, known.message);
    reply.status(200).header("content-type", "application/json; charset=utf-8");
    return reply.send(JSON.stringify(failure(known)));
  });
  app.setNotFoundHandler((request, reply) => {
    reply.status(404).header("content-type", "application/json; charset=utf-8");
    const message = `${request.method} ${request.url.split("?")[0]} is not a path of mockhaus`;
    return reply.send(
      JSON.stringify({ data: null, code: "390404", message, success: false, headers: null }),
    );
  });
  addRoutes(app, serving);
  return { app, serving };
}
