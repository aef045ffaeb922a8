/** CALL of procedures and system functions. https://docs.snowflake.com/en/sql-reference/sql/call */

import { performCall } from "../program/procedures/call.ts";
import type { Handler } from "./execution.ts";

export const call: Handler<"call"> = async (statement, execution) => {
  // What the procedure returns depends on what it does: no translation of its text may serve again.
  execution.lookups.count++;
  const { result } = await performCall(statement, execution);
  return result;
};
