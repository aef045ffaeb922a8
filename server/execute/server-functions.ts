/** Functions whose value the server knows when a statement is bound: GET_DDL. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { UserFunctionBinder } from "../../translator/bind/binder.ts";
import type { BoundExpression } from "../../translator/bind/bound.ts";
import { constantText, textConstant } from "../../translator/bind/fold.ts";
import { getDdl } from "../catalog/ddl-text.ts";
import type { Execution } from "./execution.ts";

type Arguments = Parameters<UserFunctionBinder>[1];
type ServerFunction = (args: Arguments, execution: Execution) => BoundExpression;

const FUNCTIONS: Readonly<Record<string, ServerFunction>> = { GET_DDL: boundDdl };

/** Binds calls of server functions as constants. */
export function serverFunctions(execution: Execution): UserFunctionBinder {
  return (name, args) => {
    const last = name.kind === "name" ? name.parts.at(-1)?.name : undefined;
    const found = last === undefined ? undefined : FUNCTIONS[last];
    if (found === undefined) return undefined;
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
