/** NOTIFICATION_HISTORY of INFORMATION_SCHEMA. https://docs.snowflake.com/en/sql-reference/functions/notification_history */

import { must } from "../../translator/base/assert.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { parseShape } from "../catalog/information-schema/column-spec.ts";
import { FUNCTION_SHAPES } from "../catalog/information-schema/function-shapes.ts";
import { type InlineRow, inlineRelation } from "../catalog/information-schema/inline.ts";
import { INFORMATION_SCHEMA } from "../catalog/information-schema/objects.ts";
import { type Arguments, limit, moment, named } from "../catalog/information-schema-functions.ts";
import type { NotificationRecord } from "../program/notifications/notifier.ts";
import type { AccountState } from "./execution.ts";

const NAME = "NOTIFICATION_HISTORY";
const DAY_MS = 86_400_000;

/**
 * @returns undefined for another function
 * @throws 001008 for an argument that cannot be read
 */
export function notificationHistory(
  name: QualifiedName,
  args: Arguments,
  account: AccountState,
): Relation | undefined {
  if (name.schema !== INFORMATION_SCHEMA || name.name !== NAME) return undefined;
  const given = named(args, ["START_TIME", "END_TIME", "INTEGRATION_NAME", "RESULT_LIMIT"]);
  const text = (key: string) => given.get(key) ?? undefined;
  const until = moment(text("END_TIME"), "END_TIME") ?? account.now();
  const from = moment(text("START_TIME"), "START_TIME") ?? until - DAY_MS;
  const wanted = (text("INTEGRATION_NAME") ?? "").toUpperCase();
  const rows = account.notifier
    .records()
    .filter(({ createdAt }) => createdAt >= from && createdAt <= until)
    .filter(({ integration }) => wanted === "" || integration.toUpperCase() === wanted)
    .slice(0, limit(text("RESULT_LIMIT")))
    .map(row);
  return inlineRelation(name, parseShape(must(FUNCTION_SHAPES[NAME])), rows);
}

function row(record: NotificationRecord): InlineRow {
  return {
    created: record.createdAt,
    processed: record.processedAt ?? null,
    message_source: "STORED_PROCEDURE",
    integration_name: record.integration,
    status: record.status,
    error_message: record.errorMessage ?? null,
    id: record.id,
    attempt: 1,
    message_source_info: JSON.stringify({ query_id: record.queryId }),
  };
}
