/** SELECT, VALUES, WITH: translated, and run while the result is stored. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Handler } from "./execution.ts";
import { planQuery } from "./query-plan.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

export const select: Handler<"select"> = async ({ query }, execution) => {
  if (query.body.kind === "select" && query.body.into.length > 0) {
    throw snowflakeError("unsupportedFeature", { feature: "SELECT INTO outside of a block" });
  }
  const plan = await planQuery(query, execution, undefined);
  return {
    columns: plan.columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    rows: { kind: "query", sql: plan.sql, volatile: plan.volatile },
    statementType: SELECT_STATEMENT,
  };
};
