/** Functions whose value the server knows when a statement is bound: GET_DDL, SYSTEM$WAIT. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { UserFunctionBinder } from "../../translator/bind/binder.ts";
import type { BoundExpression } from "../../translator/bind/bound.ts";
import { constantNumber, constantText, textConstant } from "../../translator/bind/fold.ts";
import { getDdl } from "../catalog/ddl-text.ts";
import { userFunctions } from "../program/functions.ts";
import type { Execution } from "./execution.ts";

type Arguments = Parameters<UserFunctionBinder>[1];
type ServerFunction = (args: Arguments, execution: Execution) => BoundExpression;

const FUNCTIONS: Readonly<Record<string, ServerFunction>> = {
  GET_DDL: boundDdl,
  SYSTEM$WAIT: boundWait,
};

/** Binds calls of server functions as constants, and calls of users' functions. */
export function serverFunctions(execution: Execution): UserFunctionBinder {
  const { account, session } = execution;
  const users = userFunctions(() => account.catalog.snapshot, String(session.id));
  return (name, args, binder) => {
    const last = name.kind === "name" && name.parts.length === 1 ? name.parts[0]?.name : undefined;
    const found = last === undefined ? undefined : FUNCTIONS[last];
    if (found === undefined) return users(name, args, binder);
    execution.lookups.count++;
    return found(args, execution);
  };
}

/** https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
function boundDdl(args: Arguments, { account, session }: Execution): BoundExpression {
  const [type, name, full] = args.map((argument) => argument.value);
  const typeText = constantText(type);
  const nameText = constantText(name);
  if (typeText === undefined || nameText === undefined) {
    throw snowflakeError("constantArgument", { index: 1, name: "GET_DDL", found: "expression" });
  }
  const isFull = full?.kind === "constant" && full.value === true;
  const text = getDdl(typeText, nameText, isFull, {
    snapshot: account.catalog.snapshot,
    database: session.database,
    schema: session.schema,
    sessionId: String(session.id),
  });
  return textConstant(text);
}

/** Milliseconds of each unit that SYSTEM$WAIT takes. */
const UNITS: Readonly<Record<string, number>> = {
  DAYS: 86_400_000,
  HOURS: 3_600_000,
  MINUTES: 60_000,
  SECONDS: 1_000,
  MILLISECONDS: 1,
};

/** The wait happens before the statement runs. https://docs.snowflake.com/en/sql-reference/functions/system_wait */
function boundWait(args: Arguments, execution: Execution): BoundExpression {
  const [amount, unit] = args.map((argument) => argument.value);
  const count = constantNumber(amount);
  const word = unit === undefined ? "SECONDS" : (constantText(unit) ?? "").toUpperCase();
  const milliseconds = UNITS[word];
  if (count === undefined || milliseconds === undefined || count < 0) {
    throw snowflakeError("constantArgument", { index: 1, name: "SYSTEM$WAIT", found: word });
  }
  execution.waits.push(count * milliseconds);
  return textConstant(`waited ${count} ${word.toLowerCase()}`);
}

/** How often a waiting statement looks whether it was stopped. */
const WAIT_STEP_MS = 50;

/** Lets the waits pass that binding asked for. Error 000604 when the statement is stopped meanwhile. */
export async function passWaits({ waits, isCanceled }: Execution): Promise<void> {
  let left = waits.splice(0).reduce((sum, wait) => sum + wait, 0);
  while (left > 0) {
    if (isCanceled()) throw snowflakeError("canceled");
    const step = Math.min(left, WAIT_STEP_MS);
    await new Promise((resolve) => setTimeout(resolve, step));
    left -= step;
  }
}
