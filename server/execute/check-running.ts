/** Statements that work in JavaScript for long ask now and then whether they should go on. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Execution } from "./execution.ts";

/** @throws 000604 when somebody asked to stop the statement */
export function checkRunning({ isCanceled }: Pick<Execution, "isCanceled">): void {
  if (isCanceled()) throw snowflakeError("canceled");
}
