/**
 * ALERT_HISTORY: the table function of INFORMATION_SCHEMA, and the view of ACCOUNT_USAGE.
 * https://docs.snowflake.com/en/sql-reference/functions/alert_history
 * https://docs.snowflake.com/en/sql-reference/account-usage/alert_history
 */

import { must } from "../../translator/base/assert.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { ACCOUNT_USAGE_SHAPES } from "../catalog/account-usage/shapes.ts";
import { parseShape } from "../catalog/information-schema/column-spec.ts";
import { FUNCTION_SHAPES } from "../catalog/information-schema/function-shapes.ts";
import { type InlineRow, inlineRelation } from "../catalog/information-schema/inline.ts";
import { INFORMATION_SCHEMA } from "../catalog/information-schema/objects.ts";
import { type Arguments, limit, moment, named } from "../catalog/information-schema-functions.ts";
import { allReachable } from "../catalog/reachable.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { AlertRecord } from "../program/alerts/history.ts";
import type { AccountState } from "./execution.ts";

const NAME = "ALERT_HISTORY";
const START = "SCHEDULED_TIME_RANGE_START";
const END = "SCHEDULED_TIME_RANGE_END";
const PARAMETERS = [START, END, "RESULT_LIMIT", "ALERT_NAME"];

const DAY_MS = 86_400_000;
/** How far back the function looks, and how far ahead. */
const PAST_DAYS = 7;
const FUTURE_DAYS = 8;

/**
 * @returns undefined for another function
 * @throws 001008 for an argument that cannot be read
 */
export function alertHistory(
  name: QualifiedName,
  args: Arguments,
  account: AccountState,
  snapshot: Snapshot,
): Relation | undefined {
  if (name.schema !== INFORMATION_SCHEMA || name.name !== NAME) return undefined;
  const rows = historyRows(named(args, PARAMETERS), account, snapshot);
  return inlineRelation(name, parseShape(must(FUNCTION_SHAPES[NAME])), rows);
}

/** @returns undefined for another view */
export function alertHistoryView(
  name: QualifiedName,
  account: AccountState,
  snapshot: Snapshot,
): Relation | undefined {
  if (name.name !== NAME) return undefined;
  const records = [...scheduledRuns(account, snapshot), ...account.alerts.history.records()];
  const rows = records.map((record): InlineRow => {
    const { schemaId } = record.alert;
    const schema = snapshot.get(schemaId);
    return {
      ...row(record),
      error_code: errorCode(record),
      error_message: record.errorMessage ?? null,
      schema_id: schemaId,
      database_id: schema?.kind === "schema" ? schema.databaseId : null,
    };
  });
  return inlineRelation(name, parseShape(must(ACCOUNT_USAGE_SHAPES[NAME])), rows);
}

function historyRows(args: Arguments, account: AccountState, snapshot: Snapshot): InlineRow[] {
  const text = (key: string) => args.get(key) ?? undefined;
  const from = moment(text(START), START) ?? account.now() - PAST_DAYS * DAY_MS;
  const until = moment(text(END), END) ?? account.now() + FUTURE_DAYS * DAY_MS;
  const wanted = text("ALERT_NAME")?.toUpperCase();
  return [...scheduledRuns(account, snapshot), ...account.alerts.history.records()]
    .sort((a, b) => b.scheduledAt - a.scheduledAt)
    .filter(({ scheduledAt }) => scheduledAt >= from && scheduledAt <= until)
    .filter(({ alert }) => wanted === undefined || alert.name.toUpperCase() === wanted)
    .slice(0, limit(text("RESULT_LIMIT")))
    .map(row);
}

/** The next run of each alert on a schedule, as the record of what has not begun. */
function scheduledRuns(account: AccountState, snapshot: Snapshot): AlertRecord[] {
  return allReachable(snapshot, "alert").flatMap((alert): AlertRecord[] => {
    const scheduledAt = account.alerts.nextRun(alert);
    if (scheduledAt === undefined) return [];
    return [
      {
        ...{ alert, ...snapshot.qualify(alert.schemaId), scheduledAt, scheduledFrom: "SCHEDULE" },
        ...{ state: "SCHEDULED", conditionQueryId: undefined, actionQueryId: undefined },
        ...{ completedAt: undefined, errorCode: undefined, errorMessage: undefined },
        wasAutoSuspended: false,
      },
    ];
  });
}

function errorCode({ errorCode: code }: AlertRecord): number | null {
  return code === undefined ? null : Number(code);
}

function row(record: AlertRecord): InlineRow {
  const { alert } = record;
  return {
    name: alert.name,
    database_name: record.database,
    schema_name: record.schema,
    condition: alert.condition,
    condition_query_id: record.conditionQueryId ?? null,
    action: alert.action,
    action_query_id: record.actionQueryId ?? null,
    state: record.state,
    sql_error_code: errorCode(record),
    sql_error_message: record.errorMessage ?? null,
    scheduled_time: record.scheduledAt,
    completed_time: record.completedAt ?? null,
    scheduled_from: record.scheduledFrom,
    runbook: alert.runbook ?? null,
    was_auto_suspended: record.wasAutoSuspended,
    config: alert.config ?? null,
  };
}
