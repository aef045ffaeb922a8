/** The options of tasks that are whole numbers, with their defaults and ranges. */

import { objectParameter } from "../../catalog/object-parameters.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";
import type { TaskObject } from "../../catalog/task-object.ts";

type Range = {
  readonly fallback: number;
  readonly minimum: number;
  readonly maximum: number;
};

/** https://docs.snowflake.com/en/sql-reference/parameters */
export const TASK_NUMBERS = {
  USER_TASK_TIMEOUT_MS: { fallback: 3_600_000, minimum: 0, maximum: 604_800_000 },
  SUSPEND_TASK_AFTER_NUM_FAILURES: {
    fallback: 10,
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
  },
  TASK_AUTO_RETRY_ATTEMPTS: { fallback: 0, minimum: 0, maximum: 30 },
  USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS: {
    fallback: 30,
    minimum: 10,
    maximum: 604_800,
  },
} as const satisfies Readonly<Record<string, Range>>;

export type TaskNumber = keyof typeof TASK_NUMBERS;

/** Sizes of a warehouse that is not the user's: recorded and shown. */
export const MANAGED_OPTIONS = [
  "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE",
  "SERVERLESS_TASK_MIN_STATEMENT_SIZE",
  "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
  "TARGET_COMPLETION_INTERVAL",
] as const;

/** Options that stand among a task's `options` and are no parameters of its session. */
export const OWN_OPTIONS: ReadonlySet<string> = new Set([
  ...Object.keys(TASK_NUMBERS),
  ...MANAGED_OPTIONS,
]);

/** The option's value: the task's own, else what its schema, database or account sets, else the default. */
export function taskNumber(
  task: Pick<TaskObject, "options" | "schemaId">,
  name: TaskNumber,
  snapshot: Snapshot,
): number {
  return Number(objectParameter({ ...task, kind: "task" }, name, snapshot).value);
}
