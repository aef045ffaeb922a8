/** Questions that a schedule asks in a session: they are no statements of their own, and histories do not have them. */

import type { AccountState, Execution } from "../../execute/execution.ts";
import { makeExecution } from "../../execute/make-execution.ts";
import { silentRun } from "../../execute/silent-run.ts";
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
    return work(makeExecution(state, session, silentRun(session), { text }, state.now()));
  });
}
