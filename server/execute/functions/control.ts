/**
 * Functions that stop statements, transactions and sessions. Everybody may: access control is recorded, not enforced.
 * https://docs.snowflake.com/en/sql-reference/functions/system_cancel_query
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import type { Session } from "../../session/session.ts";
import type { Execution } from "../execution.ts";
import { answered, requiredText, type ServerRequest } from "./request.ts";

/** What SYSTEM$CANCEL_QUERY answers for a statement that has ended: the text of error 000605. */
const NOT_EXECUTING = "Identified SQL statement is not currently executing.";

export function cancelQuery(request: ServerRequest): BoundExpression {
  const { control } = request.execution.account;
  const queryId = requiredText(request, 0);
  return answered(request, async () => {
    const run = control.runs.get(queryId);
    const isOwn = queryId === request.execution.queryId;
    if (run === undefined || isOwn || !control.abort(run)) return NOT_EXECUTING;
    return `query [${queryId}] terminated.`;
  });
}

/** @throws 002003 for a session that is not open */
function sessionOf(request: ServerRequest): Session {
  const id = requiredText(request, 0);
  const session = request.execution.account.sessions.get(Number(id));
  if (session !== undefined) return session;
  throw snowflakeError("containerNotFound", { kind: "Session", name: id });
}

/** Whether the statement runs in the session in its turn. One that runs aside acts on the session from outside. */
function isOwn(session: Session, { session: own }: Execution): boolean {
  return session === own;
}

export function cancelAllQueries(request: ServerRequest): BoundExpression {
  const { execution } = request;
  const session = sessionOf(request);
  return answered(request, async () => {
    const count = execution.account.control.abortAll(
      session,
      isOwn(session, execution),
      execution.queryId,
    );
    return `${count} cancelled.`;
  });
}

/** A session that ends itself ends after the statement. */
export function abortSession(request: ServerRequest): BoundExpression {
  const { execution } = request;
  const { control } = execution.account;
  const id = requiredText(request, 0);
  return answered(request, async () => {
    const session = sessionOf(request);
    if (isOwn(session, execution)) control.closeAfterwards(session);
    else await control.closeSession(session, execution.queryId);
    return `session [${id}] terminated.`;
  });
}

/** What a transaction that is not open any more gets is a text of ours. */
export function abortTransaction(request: ServerRequest): BoundExpression {
  const { execution } = request;
  const { control, sessions } = execution.account;
  const id = requiredText(request, 0);
  return answered(request, async () => {
    const found = [...sessions.all()].find(
      ({ transactions }) => String(transactions.current?.id) === id,
    );
    if (found === undefined) return `Transaction id: ${id} is not running`;
    await control.abortTransaction(found, isOwn(found, execution));
    return `Aborted transaction id: ${id}`;
  });
}
