/** The options of CREATE and ALTER TASK as fields of the task. https://docs.snowflake.com/en/sql-reference/sql/create-task */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { OverlapPolicy, TaskObject } from "../catalog/task-object.ts";
import { parseSchedule } from "../program/schedules/schedule.ts";
import { MANAGED_OPTIONS, TASK_NUMBERS, type TaskNumber } from "../program/tasks/options.ts";
import { PARAMETERS } from "../session/parameter-table.ts";
import { settableValue } from "../session/parameters.ts";
import type { Execution } from "./execution.ts";
import { notFound, shown } from "./names.ts";
import { propertyText, wholeNumber } from "./properties.ts";
import { checkConfig, warehouseNamed } from "./schedule-options.ts";

/** What options decide of a task. */
export type TaskFields = Pick<
  TaskObject,
  "warehouse" | "schedule" | "config" | "overlap" | "options" | "comment"
>;

export const NO_FIELDS: TaskFields = {
  warehouse: undefined,
  schedule: undefined,
  config: undefined,
  overlap: "NO_OVERLAP",
  options: {},
  comment: "",
};

const POLICIES: readonly OverlapPolicy[] = [
  "NO_OVERLAP",
  "ALLOW_CHILD_OVERLAP",
  "ALLOW_ALL_OVERLAP",
];

/** Parameters of sessions that a task cannot set. */
const REFUSED_PARAMETERS: ReadonlySet<string> = new Set(["SEARCH_PATH"]);

type Setter = (fields: TaskFields, text: string, execution: Execution) => Partial<TaskFields>;

const SETTERS: Readonly<Record<string, Setter>> = {
  COMMENT: (_, comment) => ({ comment }),
  WAREHOUSE: (_, name, execution) => ({ warehouse: warehouseNamed(name, execution) }),
  SCHEDULE: (_, schedule) => {
    parseSchedule(schedule);
    return { schedule };
  },
  CONFIG: (_, config) => {
    checkConfig(config);
    return { config };
  },
  OVERLAP_POLICY: (_, text) => {
    const overlap = POLICIES.find((policy) => policy === text.toUpperCase());
    if (overlap !== undefined) return { overlap };
    throw snowflakeError("invalidParameterValue", { value: text, name: "OVERLAP_POLICY" });
  },
  ALLOW_OVERLAPPING_EXECUTION: (_, text) => ({
    overlap: isTrue(text, "ALLOW_OVERLAPPING_EXECUTION") ? "ALLOW_CHILD_OVERLAP" : "NO_OVERLAP",
  }),
  ERROR_INTEGRATION: (_, name) => {
    throw notFound("Integration", shown(name));
  },
  SUCCESS_INTEGRATION: (_, name) => {
    throw notFound("Integration", shown(name));
  },
  SCHEDULING_MODE: () => {
    throw snowflakeError("unsupportedFeature", { feature: "SCHEDULING_MODE of a task" });
  },
};

function isTrue(text: string, name: string): boolean {
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  throw snowflakeError("invalidParameterValue", { value: text, name });
}

/**
 * The fields with options set.
 * @throws 001423 for an option that tasks do not have, 001008 for a value out of range, 002003 for integrations
 */
export function withTaskOptions(
  before: TaskFields,
  properties: readonly Property[],
  execution: Execution,
): TaskFields {
  let fields = before;
  for (const { name, value } of properties) {
    if (name === "FINALIZE") continue;
    const text = propertyText(value, execution);
    const setter = Object.hasOwn(SETTERS, name) ? SETTERS[name] : undefined;
    const change = setter?.(fields, text, execution);
    fields = change === undefined ? withOption(fields, name, text) : { ...fields, ...change };
  }
  checkServerless(fields);
  return fields;
}

function withOption(fields: TaskFields, name: string, text: string): TaskFields {
  return { ...fields, options: { ...fields.options, [name]: optionText(name, text) } };
}

function optionText(name: string, text: string): string {
  if (Object.hasOwn(TASK_NUMBERS, name)) {
    const range = TASK_NUMBERS[name as TaskNumber];
    return String(wholeNumber({ [name]: text }, name, range.fallback, range));
  }
  if (MANAGED_OPTIONS.some((option) => option === name)) {
    if (name === "TARGET_COMPLETION_INTERVAL") parseSchedule(text);
    return text;
  }
  const entry = PARAMETERS.get(name);
  if (entry?.kind !== "session" || REFUSED_PARAMETERS.has(name)) {
    throw snowflakeError("invalidProperty", { property: name, object: "TASK" });
  }
  const value = settableValue(entry, text);
  // A task commits what it does: it cannot run in transactions that nobody ends.
  if (name === "AUTOCOMMIT" && value === false) {
    throw snowflakeError("invalidParameterValue", { value: text, name });
  }
  return String(value);
}

/** @throws 091857 */
function checkServerless({ warehouse, options }: TaskFields): void {
  if (warehouse === undefined) return;
  if (options["TARGET_COMPLETION_INTERVAL"] !== undefined) {
    throw snowflakeError("taskCompletionInterval");
  }
  const managed = "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE";
  if (options[managed] !== undefined) {
    throw snowflakeError("conflictingOptions", { first: "WAREHOUSE", second: managed });
  }
}

const FIELDS: Readonly<Record<string, Partial<TaskFields>>> = {
  COMMENT: { comment: "" },
  WAREHOUSE: { warehouse: undefined },
  SCHEDULE: { schedule: undefined },
  CONFIG: { config: undefined },
  OVERLAP_POLICY: { overlap: "NO_OVERLAP" },
  ALLOW_OVERLAPPING_EXECUTION: { overlap: "NO_OVERLAP" },
  ERROR_INTEGRATION: {},
  SUCCESS_INTEGRATION: {},
};

/** The fields with options back at their defaults. @throws 001423 for an option that tasks do not have */
export function withoutTaskOptions(before: TaskFields, names: readonly string[]): TaskFields {
  let fields = before;
  for (const name of names) {
    const known = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (known !== undefined) {
      fields = { ...fields, ...known };
      continue;
    }
    const isOption =
      Object.hasOwn(TASK_NUMBERS, name) ||
      MANAGED_OPTIONS.some((option) => option === name) ||
      PARAMETERS.get(name)?.kind === "session";
    if (!isOption) throw snowflakeError("invalidProperty", { property: name, object: "TASK" });
    const { [name]: _, ...options } = fields.options;
    fields = { ...fields, options };
  }
  return fields;
}
