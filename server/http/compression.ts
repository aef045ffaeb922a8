/** Gzip of answers for clients that accept it, and the count of bytes both ways. */

import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import type { Metrics } from "../observe/metrics.ts";

const compress = promisify(gzip);

/** Smaller answers travel faster as they are. */
const COMPRESS_BYTES_MIN = 16 * 1024;
/** Fast rather than small: the client is usually on the same machine. */
const LEVEL = 1;

export function installCompression(app: FastifyInstance, metrics: Metrics): void {
  app.addHook("onSend", async (request, reply, payload) => {
    metrics.bytes("in", Number(request.headers["content-length"] ?? 0));
    if (typeof payload !== "string") return payload;
    const accepts = String(request.headers["accept-encoding"] ?? "").includes("gzip");
    if (!accepts || payload.length < COMPRESS_BYTES_MIN || reply.hasHeader("content-encoding")) {
      metrics.bytes("out", payload.length);
      return payload;
    }
    const body = await compress(payload, { level: LEVEL });
    reply.header("content-encoding", "gzip").removeHeader("content-length");
    metrics.bytes("out", body.length);
    return body;
  });
}
