/** ALTER SESSION SET and UNSET. https://docs.snowflake.com/en/sql-reference/sql/alter-session */

import type { Property } from "../../translator/statements/properties.ts";
import type { ParameterValue } from "../session/parameter-table.ts";
import { sessionEntry, settableValue } from "../session/parameters.ts";
import type { Handler } from "./execution.ts";
import { propertyText } from "./properties.ts";
import { ALTER_SESSION_STATEMENT } from "./statement-types.ts";
import { executed } from "./status.ts";

export const alterSession: Handler<"alter_session"> = async ({ change }, execution) => {
  const { session } = execution;
  if (change.kind === "unset") {
    for (const name of change.names) session.parameters.unset(sessionEntry(name).name);
    return executed(ALTER_SESSION_STATEMENT);
  }
  // All values are checked before the first is set: a bad one leaves the session as it was.
  const values = change.properties.map((property) => settingOf(property, execution));
  for (const { name, value } of values) session.parameters.set(name, value);
  return executed(ALTER_SESSION_STATEMENT);
};

function settingOf(
  property: Property,
  execution: Parameters<typeof propertyText>[1],
): { name: string; value: ParameterValue } {
  const entry = sessionEntry(property.name);
  const value = settableValue(entry, propertyText(property.value, execution));
  return { name: entry.name, value };
}
