/** SET and UNSET of session variables. https://docs.snowflake.com/en/sql-reference/session-variables */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Handler } from "./execution.ts";
import { evaluate, evaluateRow } from "./read-values.ts";
import { SESSION_STATEMENT } from "./statement-types.ts";
import { executed } from "./status.ts";

/** Longest value of a variable, in bytes. */
const VARIABLE_BYTES_MAX = 256;

export const setVariables: Handler<"set"> = async ({ variables, values }, execution) => {
  const [first] = values;
  const isRow = variables.length > 1 && values.length === 1 && first?.kind === "subquery";
  const evaluated = isRow
    ? await evaluateRow(first.query, execution)
    : await evaluate(values, execution);
  if (variables.length !== evaluated.length) {
    throw snowflakeError("setCount", { expected: variables.length, actual: evaluated.length });
  }
  variables.forEach(({ name }, index) => {
    const value = evaluated[index];
    if (value === undefined) return;
    if (value.type.kind === "period") {
      throw snowflakeError("unsupportedFeature", { feature: "session variable of a PERIOD" });
    }
    const size = typeof value.value === "string" ? Buffer.byteLength(value.value) : 0;
    if (size > VARIABLE_BYTES_MAX) {
      throw snowflakeError("variableTooLong", { name, size, limit: VARIABLE_BYTES_MAX });
    }
    execution.session.variables.set(name, value);
  });
  return executed(SESSION_STATEMENT);
};

export const unsetVariables: Handler<"unset"> = async ({ variables }, { session }) => {
  for (const { name } of variables) session.variables.delete(name);
  return executed(SESSION_STATEMENT);
};
