/** Options that tasks and alerts share. */

import { snowflakeError } from "../../translator/base/errors.ts";
import { checkJson } from "../../translator/variant/parse-json.ts";
import type { Execution } from "./execution.ts";

/** @throws 002043 when there is no such warehouse */
export function warehouseNamed(name: string, { account }: Execution): string {
  const { snapshot } = account.catalog;
  // A warehouse may be written as text as well, which is folded like a name.
  const found =
    snapshot.find("warehouse", 0, name) ?? snapshot.find("warehouse", 0, name.toUpperCase());
  if (found === undefined) throw snowflakeError("objectMissing");
  return found.name;
}

/** @throws 001008 for a text that is no JSON object */
export function checkConfig(config: string): void {
  if (checkJson(config) === null && config.trim().startsWith("{")) return;
  throw snowflakeError("invalidParameterValue", { value: config, name: "CONFIG" });
}
