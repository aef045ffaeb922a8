/** Questions that a schedule asks in a session: they are no statements of their own, and histories do not have them. */

import type { StatementRun } from "../../execute/account.ts";
import type { AccountState, Execution } from "../../execute/execution.ts";
import { makeExecution } from "../../execute/make-execution.ts";
import { newQueryId } from "../../session/ids.ts";
import type { Session } from "../../session/session.ts";

/** Does the work behind what the session was asked for before. @param text what the work reads, for its errors */
export function quietly<Result>(
  state: AccountState,
  session: Session,
  text: string,
  work: (execution: Execution) => Promise<Result>,
): Promise<Result> {
  return state.control.enqueue(session, async () => {
    await session.connection.setTimeZone(session.parameters.text("TIMEZONE"));
    return work(makeExecution(state, session, quietRun(session), { text }, state.now()));
  });
}

function quietRun(session: Session): StatementRun {
  return {
    queryId: newQueryId(),
    sessionId: session.id,
    requestId: undefined,
    describeOnly: false,
    parameters: session.parameters.fork(),
    origin: "",
    done: new Promise(() => undefined),
    numberOfBinds: 0,
    arrayBindSupported: false,
    extraData: {},
    transfer: undefined,
    cleanUps: [],
    stop: { state: "running", reason: undefined },
  };
}
