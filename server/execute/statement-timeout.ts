/** How long a statement may run. https://docs.snowflake.com/en/sql-reference/parameters#statement-timeout-in-seconds */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { SessionParameters } from "../session/parameters.ts";
import type { Session } from "../session/session.ts";
import type { StatementRun } from "./account.ts";

const TIMEOUT = "STATEMENT_TIMEOUT_IN_SECONDS";

/** The lower of the session's and the warehouse's own timeout holds, 0 aside (docs: parameters). */
export function limitByWarehouse(
  parameters: SessionParameters,
  name: string | undefined,
  snapshot: Snapshot,
): void {
  const warehouse = name === undefined ? undefined : snapshot.find("warehouse", 0, name);
  const ofWarehouse = Number(warehouse?.options[TIMEOUT] ?? 0);
  const own = Number(parameters.get(TIMEOUT));
  if (ofWarehouse > 0 && (own === 0 || ofWarehouse < own)) parameters.set(TIMEOUT, ofWarehouse);
}

/** Runs a statement that STATEMENT_TIMEOUT_IN_SECONDS interrupts; 0 is no limit. */
export async function withTimeout<Result>(
  session: Session,
  { parameters, stop }: StatementRun,
  work: () => Promise<Result>,
): Promise<Result> {
  const seconds = Number(parameters.get(TIMEOUT));
  if (!(seconds > 0)) return work();
  const timer = setTimeout(() => {
    stop.reason ??= snowflakeError("timeout", { seconds });
    session.connection.interrupt();
  }, seconds * 1_000);
  timer.unref();
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
