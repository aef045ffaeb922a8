/**
 * What a procedure does to its session while it runs: an owner's rights procedure works in its own database and schema, and
 * what it changes there ends with it.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-rights
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Execution } from "../../execute/execution.ts";
import type { Routine } from "./routine.ts";
import { enterProcedure, leaveProcedure } from "./scoped-transactions.ts";

/** @throws 090233 when the procedure leaves a transaction of its own open; it is rolled back */
export async function inScope<T>(
  { executeAs, place }: Routine,
  { session }: Execution,
  work: () => Promise<T>,
): Promise<T> {
  const { database, schema } = session;
  const isOwners = executeAs === "OWNER" && place !== undefined;
  if (isOwners) {
    session.database = place.database;
    session.schema = place.schema;
  }
  const scope = enterProcedure(session);
  try {
    const result = await work();
    if (await leaveProcedure(session, scope)) throw snowflakeError("scopeIncomplete");
    return result;
  } catch (error) {
    await leaveProcedure(session, scope);
    throw error;
  } finally {
    if (isOwners) {
      session.database = database;
      session.schema = schema;
    }
  }
}
