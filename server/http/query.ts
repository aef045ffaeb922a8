/** POST /queries/v1/query-request, GET /queries/{id}/result, and abort. */

import type { FastifyRequest } from "fastify";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Account, StatementRun } from "../execute/account.ts";
import { asSnowflakeError } from "../execute/errors.ts";
import type { ParameterValue } from "../session/parameter-table.ts";
import type { Session } from "../session/session.ts";
import { requestSession } from "./authorization.ts";
import { parseBindings } from "./bindings.ts";
import { field, recordField, textField } from "./body.ts";
import { type Envelope, failure, success } from "./envelope.ts";
import { requestOrigin } from "./origin.ts";
import { queryData } from "./query-response.ts";
import { settled } from "./settled.ts";

const IN_PROGRESS_SYNC = "333333";
const IN_PROGRESS_ASYNC = "333334";
const ABORT_DETACHED_SECONDS = 300;

/** What a route answers: an envelope, or the JSON text of one that was built as text (large rowsets). */
export type Answer = Envelope | string;

export async function queryRequest(account: Account, request: FastifyRequest): Promise<Answer> {
  const session = requestSession(request, account.sessions);
  const body = request.body;
  const text = field(body, "sqlText");
  if (typeof text !== "string") {
    throw snowflakeError("badRequest", { detail: "the field sqlText is missing" });
  }
  const requestId = textField(request.query, "requestId");
  const run = account.submit(session, {
    text,
    requestId,
    describeOnly: field(body, "describeOnly") === true,
    binds: parseBindings(recordField(body, "bindings")),
    bindStage: textField(body, "bindStage"),
    parameters: statementParameters(recordField(body, "parameters")),
    origin: requestOrigin(request),
  });
  const asynchronous = field(body, "asyncExec") === true;
  return asynchronous ? progress(run, IN_PROGRESS_ASYNC) : answer(account, session, run);
}

/** GET /queries/{queryId}/result: waits for a running statement, then answers as the query would have. */
export async function queryResult(account: Account, request: FastifyRequest): Promise<Answer> {
  const session = requestSession(request, account.sessions);
  const queryId = textField(request.params, "queryId") ?? "";
  const run = account.run(queryId);
  if (run === undefined) throw snowflakeError("statementNotFound", { queryId });
  return answer(account, session, run);
}

function statementParameters(
  values: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, ParameterValue> {
  const parameters = new Map<string, ParameterValue>();
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      parameters.set(name.toUpperCase(), value);
    }
  }
  return parameters;
}

async function answer(account: Account, session: Session, run: StatementRun): Promise<Answer> {
  const finished = await settled(run);
  if (!finished) return progress(run, IN_PROGRESS_SYNC);
  try {
    const result = await run.done;
    return await queryData(account, session, run, result);
  } catch (error) {
    const known = asSnowflakeError(error);
    account.logFailure(known, run.queryId);
    return failure(known, run.queryId);
  }
}

function progress(run: StatementRun, code: string): Envelope {
  return success(
    {
      queryId: run.queryId,
      getResultUrl: `/queries/${run.queryId}/result`,
      queryAbortsAfterSecs: ABORT_DETACHED_SECONDS,
      progressDesc: null,
    },
    code,
  );
}

/** POST /queries/v1/abort-request, by request id; POST /queries/{queryId}/abort-request, by query id. */
export async function abortQuery(account: Account, request: FastifyRequest): Promise<Envelope> {
  const session = requestSession(request, account.sessions);
  const queryId = textField(request.params, "queryId");
  const requestId = textField(request.body, "requestId") ?? "";
  const run =
    queryId === undefined ? account.runOfRequest(session, requestId) : account.run(queryId);
  if (run === undefined || !account.abort(run)) throw snowflakeError("notExecuting");
  return success(null);
}
