/** BEGIN, COMMIT, ROLLBACK. https://docs.snowflake.com/en/sql-reference/transactions */

import type { Handler } from "./execution.ts";
import { TRANSACTION_STATEMENT } from "./statement-types.ts";
import { executed } from "./status.ts";

export const begin: Handler<"begin"> = async ({ name }, { session }) => {
  session.transactions.begin(name?.name);
  return executed(TRANSACTION_STATEMENT);
};

export const commit: Handler<"commit"> = async (_statement, { session }) => {
  await session.transactions.commit();
  return executed(TRANSACTION_STATEMENT);
};

export const rollback: Handler<"rollback"> = async (_statement, { session }) => {
  await session.transactions.rollback();
  return executed(TRANSACTION_STATEMENT);
};
