/** SELECT, VALUES, WITH: translated, and run while the result is stored. */

import { variablesOf } from "../../translator/ast/select-into.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Handler } from "./execution.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { translateWhole } from "./query-plan.ts";
import { SELECT_STATEMENT } from "./statement-types.ts";

export const select: Handler<"select"> = async ({ query }, execution) => {
  if (variablesOf(query).length > 0) {
    throw snowflakeError("unsupportedFeature", { feature: "SELECT INTO outside of a block" });
  }
  const translated = await translateWhole({ kind: "select", query }, execution);
  if (translated.kind !== "query") throw new Error("a SELECT translates to a query");
  const { columns, sql, features } = translated;
  return {
    columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    rows: {
      kind: "query",
      sql: fillPlaceholders(sql, execution),
      volatile: features.isVolatile,
    },
    statementType: SELECT_STATEMENT,
  };
};
