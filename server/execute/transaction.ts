/** BEGIN, COMMIT, ROLLBACK. https://docs.snowflake.com/en/sql-reference/transactions */

import { beginTransaction, endTransaction } from "../program/procedures/scoped-transactions.ts";
import type { Handler } from "./execution.ts";
import { TRANSACTION_STATEMENT } from "./statement-types.ts";
import { executed } from "./status.ts";

export const begin: Handler<"begin"> = async ({ name }, execution) => {
  await beginTransaction(execution, name?.name);
  return executed(TRANSACTION_STATEMENT);
};

export const commit: Handler<"commit"> = async (_statement, execution) => {
  await endTransaction(execution, "commit");
  return executed(TRANSACTION_STATEMENT);
};

export const rollback: Handler<"rollback"> = async (_statement, execution) => {
  await endTransaction(execution, "rollback");
  return executed(TRANSACTION_STATEMENT);
};
