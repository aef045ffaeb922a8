/**
 * Transactions of procedures: a procedure writes in its caller's transaction but cannot end it; one that it begins itself is
 * its own, on a connection of its own while the caller's stays open, and has to end before the procedure does.
 * https://docs.snowflake.com/en/sql-reference/transactions#scoped-transactions
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Execution } from "../../execute/execution.ts";
import type { ProcedureScope, Session } from "../../session/session.ts";
import { Transactions } from "../../storage/transactions.ts";

export function enterProcedure(session: Session): ProcedureScope {
  const scope: ProcedureScope = { entry: session.transactions.current, outer: undefined };
  session.procedures.push(scope);
  return scope;
}

/**
 * Ends a procedure's scope; nothing when it has ended already.
 * @returns whether a transaction of its own was still open; it is rolled back
 */
export async function leaveProcedure(session: Session, scope: ProcedureScope): Promise<boolean> {
  const index = session.procedures.indexOf(scope);
  if (index < 0) return false;
  session.procedures.length = index;
  const open = session.transactions.current;
  const isIncomplete = open !== undefined && open !== scope.entry;
  if (isIncomplete) await session.transactions.rollback();
  await closeLine(session, scope);
  return isIncomplete;
}

/** BEGIN: inside a procedure whose caller has a transaction open, one beside it. */
export async function beginTransaction(
  { session, account }: Execution,
  name: string | undefined,
): Promise<void> {
  const scope = session.procedures.at(-1);
  const { current } = session.transactions;
  if (scope !== undefined && current !== undefined && current === scope.entry) {
    const connection = await account.database.connect();
    connection.statement(true);
    const transactions = new Transactions(account.database, connection);
    scope.outer = session.switchLine({ connection, transactions });
    await connection.setTimeZone(session.parameters.text("TIMEZONE"));
  }
  session.transactions.begin(name);
}

/**
 * COMMIT and ROLLBACK.
 * @throws 090232 for the transaction of the procedure's caller
 */
export async function endTransaction(
  { session }: Execution,
  how: "commit" | "rollback",
): Promise<void> {
  const scope = session.procedures.at(-1);
  const { current } = session.transactions;
  if (scope !== undefined && current !== undefined && current === scope.entry) {
    throw snowflakeError("otherScope");
  }
  try {
    await session.transactions[how]();
  } finally {
    if (scope !== undefined) await closeLine(session, scope);
  }
}

async function closeLine(session: Session, scope: ProcedureScope): Promise<void> {
  if (scope.outer === undefined) return;
  const own = session.switchLine(scope.outer);
  scope.outer = undefined;
  own.connection.statement(false);
  await own.connection.close();
}
