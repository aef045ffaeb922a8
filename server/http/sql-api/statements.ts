/**
 * The SQL API: submit a statement, ask for its state and result, cancel it. Unlike in the driver protocol the HTTP status
 * carries the meaning, and every request has a session of its own.
 * https://docs.snowflake.com/en/developer-guide/sql-api/reference
 */

import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Account, StatementRun } from "../../execute/account.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import type { ParameterValue } from "../../session/parameter-table.ts";
import { type Identity, openApiSession, requestIdentity } from "../api-session.ts";
import { textField } from "../body.ts";
import { requestOrigin } from "../origin.ts";
import { settled } from "../settled.ts";
import { canceled, failed, type Handle, httpStatus, partitionLinks, running } from "./answers.ts";
import { refuseSessionStatements, submitRequest } from "./request.ts";
import { type CellRequest, partitionCount, partitionRows, resultSet } from "./result-set.ts";

const APPLICATION = "SQL_API";
const JSON_TYPE = "application/json; charset=utf-8";
const PARTITION = /^\d{1,9}$/;

type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly link?: string | undefined;
};
type Endpoint = (account: Account, request: FastifyRequest) => Promise<Answer>;

/** The cells that a request asked for, by the parameters that its statements share. */
const cellRequests = new WeakMap<StatementRun["parameters"], CellRequest>();

const ROUTES: readonly (readonly [method: "GET" | "POST", url: string, Endpoint])[] = [
  ["POST", "/api/v2/statements", submit],
  ["GET", "/api/v2/statements/:statementHandle", read],
  ["POST", "/api/v2/statements/:statementHandle/cancel", cancel],
];

export function addSqlApiRoutes(app: FastifyInstance, account: Account): void {
  for (const [method, url, endpoint] of ROUTES) {
    app.route({
      method,
      url,
      handler: async (request, reply) => send(reply, await answerOf(account, request, endpoint)),
    });
  }
}

function send(reply: FastifyReply, { status, body, link }: Answer): FastifyReply {
  if (link !== undefined) reply.header("link", link);
  return reply.status(status).header("content-type", JSON_TYPE).send(JSON.stringify(body));
}

async function answerOf(
  account: Account,
  request: FastifyRequest,
  endpoint: Endpoint,
): Promise<Answer> {
  try {
    return await endpoint(account, request);
  } catch (error) {
    const known = asSnowflakeError(error);
    account.logFailure(known, "");
    return { status: httpStatus(known), body: failed(known, undefined) };
  }
}

async function submit(account: Account, request: FastifyRequest): Promise<Answer> {
  const identity = requestIdentity(request, account.sessions);
  const requestId = textField(request.query, "requestId") ?? randomUUID();
  const asynchronous = textField(request.query, "async") === "true";
  const earlier =
    textField(request.query, "retry") === "true"
      ? account.state.control.runs.ofAnyRequest(requestId)
      : undefined;
  const run = earlier ?? (await start(account, request, identity, requestId));
  const handle = handleOf(account, run, requestId);
  if (asynchronous) return { status: 202, body: running(handle, true) };
  return result(account, run, handle, 0);
}

/** Runs the statement in a session that ends with it. */
async function start(
  account: Account,
  request: FastifyRequest,
  identity: Identity,
  requestId: string,
): Promise<StatementRun> {
  const { text, binds, parameters, ...place } = submitRequest(request);
  refuseSessionStatements(text);
  const session = await openApiSession(account, identity, APPLICATION, place);
  const origin = requestOrigin(request);
  const run = account.submit(session, { text, requestId, binds, parameters, origin });
  const cells: CellRequest = {
    formats: outputFormats(parameters),
    nullable: textField(request.query, "nullable") !== "false",
  };
  const end = () => {
    cellRequests.set(run.parameters, cells);
    return account.closeSession(session);
  };
  run.done.then(end, end).catch((error: unknown) => {
    account.logFailure(asSnowflakeError(error), run.queryId);
  });
  return run;
}

function outputFormats(parameters: ReadonlyMap<string, ParameterValue>): Map<string, string> {
  const formats = [...parameters].filter(([name]) => name.endsWith("_OUTPUT_FORMAT"));
  return new Map(formats.map(([name, value]) => [name, String(value)]));
}

async function read(account: Account, request: FastifyRequest): Promise<Answer> {
  requestIdentity(request, account.sessions);
  const run = runOf(account, request);
  const requestId = textField(request.query, "requestId") ?? run.requestId ?? randomUUID();
  const partition = textField(request.query, "partition") ?? "0";
  if (!PARTITION.test(partition)) {
    throw snowflakeError("badRequest", { detail: "partition is a number from 0" });
  }
  return result(account, run, handleOf(account, run, requestId), Number(partition));
}

async function cancel(account: Account, request: FastifyRequest): Promise<Answer> {
  requestIdentity(request, account.sessions);
  const run = runOf(account, request);
  if (!account.abort(run)) throw snowflakeError("notExecuting");
  const requestId = textField(request.query, "requestId") ?? run.requestId ?? randomUUID();
  return { status: 200, body: canceled(handleOf(account, run, requestId)) };
}

/** @throws 000709 */
function runOf(account: Account, request: FastifyRequest): StatementRun {
  const queryId = textField(request.params, "statementHandle") ?? "";
  const run = account.run(queryId);
  if (run === undefined) throw snowflakeError("statementNotFound", { queryId });
  return run;
}

function handleOf(account: Account, { queryId }: StatementRun, requestId: string): Handle {
  const createdOn = account.history.get(queryId)?.startedAt ?? account.now();
  return { statementHandle: queryId, requestId, createdOn };
}

async function result(
  account: Account,
  run: StatementRun,
  handle: Handle,
  partition: number,
): Promise<Answer> {
  if (!(await settled(run))) return { status: 202, body: running(handle, false) };
  try {
    const stored = await run.done;
    const cells = cellRequests.get(run.parameters) ?? { formats: new Map(), nullable: true };
    const data = await partitionRows(account, run, stored, partition, cells);
    const link = partitionLinks(handle, partition, partitionCount(stored));
    const body = partition === 0 ? resultSet(run, stored, data, handle) : { data };
    return { status: 200, body, link };
  } catch (error) {
    const known = asSnowflakeError(error);
    account.logFailure(known, run.queryId);
    return { status: httpStatus(known), body: failed(known, handle) };
  }
}
