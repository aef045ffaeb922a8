/** What the options and statements of CREATE and ALTER ALERT decide. https://docs.snowflake.com/en/sql-reference/sql/create-alert */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import { parseStatement } from "../../translator/statements/statement.ts";
import type { AlertObject } from "../catalog/alert-object.ts";
import { parseAlertSchedule } from "../program/alerts/alert-times.ts";
import { isCondition, newDataSource } from "../program/alerts/condition.ts";
import { FAILURES_LIMIT } from "../program/alerts/scheduler.ts";
import type { Execution } from "./execution.ts";
import { shown } from "./names.ts";
import { propertyText, wholeNumber } from "./properties.ts";
import { checkConfig, warehouseNamed } from "./schedule-options.ts";

/** What options decide of an alert. */
export type AlertFields = Pick<
  AlertObject,
  "warehouse" | "schedule" | "config" | "runbook" | "options" | "comment"
>;

export const NO_FIELDS: AlertFields = {
  warehouse: undefined,
  schedule: undefined,
  config: undefined,
  runbook: undefined,
  options: {},
  comment: "",
};

/** Characters. */
const RUNBOOK_MAX = 2_048;

type Setter = (text: string, fields: AlertFields, execution: Execution) => Partial<AlertFields>;

const SETTERS: Readonly<Record<string, Setter>> = {
  COMMENT: (comment) => ({ comment }),
  WAREHOUSE: (name, _, execution) => ({ warehouse: warehouseNamed(name, execution) }),
  SCHEDULE: (schedule) => {
    parseAlertSchedule(schedule);
    return { schedule };
  },
  CONFIG: (config) => {
    checkConfig(config);
    return { config };
  },
  RUNBOOK: (runbook) => {
    if (runbook.length <= RUNBOOK_MAX) return { runbook };
    throw snowflakeError("invalidParameterValue", { value: runbook, name: "RUNBOOK" });
  },
  [FAILURES_LIMIT]: (text, { options }) => {
    const range = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
    const limit = wholeNumber({ [FAILURES_LIMIT]: text }, FAILURES_LIMIT, 0, range);
    return { options: { ...options, [FAILURES_LIMIT]: String(limit) } };
  },
};

/**
 * The fields with options set.
 * @throws 001423 for an option that alerts do not have, 001008 for a bad value, 002043 for a warehouse that is not there
 */
export function withAlertOptions(
  before: AlertFields,
  properties: readonly Property[],
  execution: Execution,
): AlertFields {
  let fields = before;
  for (const { name, value } of properties) {
    const setter = Object.hasOwn(SETTERS, name) ? SETTERS[name] : undefined;
    if (setter === undefined) throw unknownOption(name);
    const change =
      name === "SCHEDULE" && value.kind === "null"
        ? { schedule: undefined }
        : setter(propertyText(value, execution), fields, execution);
    fields = { ...fields, ...change };
  }
  return fields;
}

/**
 * The fields with options back at their defaults. An alert keeps its schedule: without one it would be on new data.
 * @throws 001423 for an option that alerts do not have
 */
export function withoutAlertOptions(before: AlertFields, names: readonly string[]): AlertFields {
  let fields = before;
  for (const name of names) {
    if (!Object.hasOwn(SETTERS, name) || name === "SCHEDULE") throw unknownOption(name);
    if (name === FAILURES_LIMIT) fields = { ...fields, options: {} };
    else if (name === "COMMENT") fields = { ...fields, comment: "" };
    else fields = { ...fields, [name.toLowerCase()]: undefined };
  }
  return fields;
}

function unknownOption(property: string) {
  return snowflakeError("invalidProperty", { property, object: "ALERT" });
}

/**
 * @throws the syntax errors of the condition and the action, which nobody would see before a run; 091090 for a condition that the
 *   alert cannot have
 */
export function checkAlert({
  name,
  condition,
  action,
  schedule,
}: Pick<AlertObject, "name" | "condition" | "action" | "schedule">): void {
  const broken = (problem: string) => snowflakeError("alertRule", { name: shown(name), problem });
  parseStatement(action);
  if (!isCondition(condition)) throw broken("needs a SELECT, SHOW or CALL as its condition");
  if (schedule !== undefined || newDataSource(condition) !== undefined) return;
  throw broken(
    "has no schedule: the condition of an alert on new data reads one table or view, without joins and common table expressions",
  );
}
