/** How the client reaches this server: what URLs in answers begin with. */

import type { FastifyRequest } from "fastify";

/** From the Host header, and X-Forwarded-Proto where a proxy speaks TLS in front. */
export function requestOrigin({ headers }: FastifyRequest): string {
  const scheme = headers["x-forwarded-proto"] === "https" ? "https" : "http";
  return `${scheme}://${headers.host ?? ""}`;
}
