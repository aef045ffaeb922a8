/** What the server runs in a session without a statement of its own: histories do not have it. */

import { newQueryId } from "../session/ids.ts";
import type { Session } from "../session/session.ts";
import type { StatementRun } from "./account.ts";

export function silentRun(session: Session): StatementRun {
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
