/**
 * SHOW INTEGRATIONS, SHOW NOTIFICATION INTEGRATIONS, and DESCRIBE of one.
 * https://docs.snowflake.com/en/sql-reference/sql/show-notification-integrations
 */

import type { IntegrationObject } from "../../catalog/integration-object.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { type ShowRow, shapedResult, shapeOf } from "./rows.ts";

/** All integrations are for notifications. */
export async function showIntegrations(
  statement: StatementOf<"show">,
  { account }: Execution,
): Promise<StatementResult> {
  const rows = account.catalog.snapshot
    .list("integration", 0)
    .flatMap((object) => (object.kind === "integration" ? [integrationRow(object)] : []));
  return shapedResult(shapeOf(statement.subject), applyClauses(rows, statement));
}

function integrationRow(integration: IntegrationObject): ShowRow {
  return {
    name: integration.name,
    type: integration.target.kind,
    category: "NOTIFICATION",
    enabled: integration.enabled,
    comment: integration.comment === "" ? null : integration.comment,
    created_on: integration.createdAt,
    direction: "OUTBOUND",
  };
}

type Property = readonly [name: string, type: string, value: string, fallback: string];

/** https://docs.snowflake.com/en/sql-reference/sql/desc-notification-integration */
export function describeIntegration(integration: IntegrationObject): StatementResult {
  const properties: readonly Property[] = [
    ["ENABLED", "Boolean", String(integration.enabled), "false"],
    ...targetProperties(integration.target),
    ["COMMENT", "String", integration.comment, ""],
  ];
  const rows = properties.map(([name, type, value, fallback]) => ({
    property: name,
    property_type: type,
    property_value: value,
    property_default: fallback,
  }));
  const shape = "property, property_type, property_value, property_default";
  return shapedResult(shape, rows, DESCRIBE_STATEMENT);
}

function targetProperties(target: IntegrationObject["target"]): readonly Property[] {
  if (target.kind === "EMAIL") {
    return [
      ["ALLOWED_RECIPIENTS", "List", target.allowedRecipients.join(","), "[]"],
      ["DEFAULT_RECIPIENTS", "List", target.defaultRecipients.join(","), "[]"],
      ["DEFAULT_SUBJECT", "String", target.defaultSubject ?? "", ""],
    ];
  }
  const headers = Object.entries(target.headers).map(([name, value]) => `${name}=${value}`);
  return [
    ["WEBHOOK_URL", "String", target.url, ""],
    ["WEBHOOK_SECRET", "String", "", ""],
    ["WEBHOOK_BODY_TEMPLATE", "String", target.bodyTemplate ?? "", ""],
    ["WEBHOOK_HEADERS", "List", headers.join(","), "[]"],
  ];
}
