/**
 * SHOW ALERTS and DESCRIBE ALERT.
 * https://docs.snowflake.com/en/sql-reference/sql/show-alerts
 */

import type { AlertObject } from "../../catalog/alert-object.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { rowsInScope } from "./scope.ts";

const TERSE_SHAPE = "created_on ts, name, kind, database_name, schema_name, schedule, state";

export async function showAlerts(
  statement: StatementOf<"show">,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const rows = rowsInScope(statement.scope, execution, (schema) =>
    snapshot
      .list("alert", schema.id)
      .flatMap((alert) => (alert.kind === "alert" ? [alertRow(alert, snapshot)] : [])),
  );
  const left = applyClauses(rows, statement);
  if (!statement.terse) return shapedResult(shapeOf("ALERTS"), left);
  return shapedResult(
    TERSE_SHAPE,
    left.map((row) => ({ ...row, kind: null })),
  );
}

function alertRow(alert: AlertObject, snapshot: Snapshot): ShowRow {
  const { database, schema } = snapshot.qualify(alert.schemaId);
  return {
    created_on: alert.createdAt,
    name: alert.name,
    database_name: database,
    schema_name: schema,
    owner: alert.owner,
    comment: alert.comment === "" ? null : alert.comment,
    warehouse: alert.warehouse ?? null,
    schedule: alert.schedule ?? null,
    state: alert.state,
    condition: alert.condition,
    action: alert.action,
    owner_role_type: ownerRoleType(alert.owner),
    runbook: alert.runbook ?? null,
    config: alert.config ?? null,
    was_auto_suspended: alert.autoSuspended === true,
  };
}

/** The row of SHOW ALERTS. https://docs.snowflake.com/en/sql-reference/sql/desc-alert */
export function describeAlert(alert: AlertObject, { account }: Execution): StatementResult {
  const row = alertRow(alert, account.catalog.snapshot);
  return shapedResult(shapeOf("ALERTS"), [row], DESCRIBE_STATEMENT);
}
