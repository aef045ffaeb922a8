/** Liveness, readiness, metrics. */

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Account } from "../execute/account.ts";
import type { Metrics } from "../observe/metrics.ts";

export type Serving = {
  readonly account: Account;
  readonly metrics: Metrics;
  /** False until the start-up is complete, and again while the server drains. */
  ready: boolean;
};

/** 200 while the process can answer at all. */
export async function livez(): Promise<unknown> {
  return { status: "ok" };
}

/** 200 when statements can run, else 503. Asks the database. */
export async function readyz(
  serving: Serving,
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  if (!serving.ready) {
    reply.status(503);
    return { status: "starting" };
  }
  await serving.account.state.database.scratch.run("SELECT 1");
  return { status: "ready" };
}

export async function metrics(
  serving: Serving,
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  reply.header("content-type", serving.metrics.contentType);
  return serving.metrics.text();
}
