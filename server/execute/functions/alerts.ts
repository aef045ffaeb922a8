/** SYSTEM$GET_ALERT_CONFIG. https://docs.snowflake.com/en/sql-reference/functions/system_get_alert_config */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { configAt } from "./config-path.ts";
import { answered, type ServerRequest, textArgument } from "./request.ts";

/** @throws 091082 outside of an alert */
export function alertConfig(request: ServerRequest): BoundExpression {
  const path = textArgument(request, 0) ?? undefined;
  const { execution, call } = request;
  return answered(request, async () => {
    const { alert } = execution.session;
    if (alert !== undefined) return configAt(alert.config, path);
    throw snowflakeError("alertOutside", { function: call.entry.name });
  });
}
