/** Where a statement's stage references and format names resolve. */

import type { StageScope } from "../stages/staged-files.ts";
import type { Execution } from "./execution.ts";

export function stageScope({
  account,
  session,
}: Pick<Execution, "account" | "session">): StageScope {
  return {
    snapshot: account.catalog.snapshot,
    database: session.database,
    schema: session.schema,
    user: session.user,
    sessionId: String(session.id),
  };
}
