/** Whether an alert on new data has any. */

import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import type { AccountState, Execution } from "../../execute/execution.ts";
import { memberName } from "../../execute/names.ts";
import { fillPlaceholders } from "../../execute/placeholders.ts";
import { firstColumnTexts } from "../../execute/read-values.ts";
import type { Session } from "../../session/session.ts";
import { quietly } from "../schedules/quietly.ts";
import { newDataSource } from "./condition.ts";

/**
 * Makes the condition's source show its new rows alone, to this session.
 * @returns false when there are none. A source that is not there is left to the condition to find missing.
 * @throws what keeps the new rows from being found: changes of the source are not tracked
 */
export function showNewRows(
  condition: string,
  range: { readonly after: number; readonly until: number },
  session: Session,
  state: AccountState,
): Promise<boolean> {
  return quietly(state, session, condition, async (execution) => {
    const source = sourceOf(condition, execution);
    if (session.alert === undefined || source === undefined) return true;
    session.alert.newRows = { source, ...range };
    const relation = execution.context.catalog.relation(source);
    if (relation?.kind !== "inline") return true;
    const rows = fillPlaceholders(relation.sql, execution);
    const sql = `SELECT CAST(EXISTS (SELECT 1 FROM (${rows})) AS VARCHAR)`;
    const [found] = await firstColumnTexts(sql, execution);
    return found === "true";
  });
}

function sourceOf(condition: string, execution: Execution): QualifiedName | undefined {
  const name = newDataSource(condition);
  return name && memberName(name, execution, "EXECUTE ALERT");
}
