/** EXECUTE IMMEDIATE of one statement. https://docs.snowflake.com/en/sql-reference/sql/execute-immediate */

import { snowflakeError } from "../../translator/base/errors.ts";
import { splitStatements } from "../../translator/lex/split.ts";
import { executeStatement } from "./dispatch.ts";
import type { Handler } from "./execution.ts";
import { evaluate } from "./read-values.ts";
import { parseCached } from "./translation-cache.ts";

export const executeImmediate: Handler<"execute_immediate"> = async (statement, execution) => {
  const [text] = await evaluate([statement.text], execution);
  if (typeof text?.value !== "string") throw snowflakeError("emptyStatement");
  const pieces = splitStatements(text.value);
  if (pieces.length > 1) {
    throw snowflakeError("multipleStatements", { actual: pieces.length, desired: 1 });
  }
  const values = await evaluate(statement.using, execution);
  const context = {
    ...execution.context,
    bind: (key: number | string) => values[Number(key) - 1] ?? execution.context.bind(key),
  };
  const ignoreCase = execution.parameters.get("QUOTED_IDENTIFIERS_IGNORE_CASE") === true;
  const inner = { ...execution, text: text.value, context };
  return executeStatement(parseCached(text.value, ignoreCase), inner);
};
