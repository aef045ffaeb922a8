/** When the root tasks of an account are due. */

import type { Snapshot } from "../../catalog/snapshot.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import type { Timed } from "../schedules/due.ts";
import { nextTime, parseSchedule, type Schedule } from "../schedules/schedule.ts";
import { isRoot, liveTasks } from "./graph.ts";
import { taskNumber } from "./options.ts";

const SECOND_MS = 1_000;

/**
 * The schedule of a task. One without, but with a condition, is looked at again and again: its condition is what triggers it.
 * https://docs.snowflake.com/en/user-guide/tasks-triggered
 */
function scheduleOf(task: TaskObject, snapshot: Snapshot): Schedule | undefined {
  if (task.schedule !== undefined) return parseSchedule(task.schedule);
  if (task.condition === undefined) return undefined;
  const seconds = taskNumber(task, "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", snapshot);
  return { kind: "interval", milliseconds: seconds * SECOND_MS };
}

/** Whether its condition alone makes a task run. */
export function isTriggered(task: TaskObject): boolean {
  return task.schedule === undefined && task.condition !== undefined;
}

export const TASK_TIMES: Timed<TaskObject> = {
  items: (snapshot) =>
    liveTasks(snapshot).filter((task) => task.state === "started" && isRoot(task)),
  key: (task) => JSON.stringify([task.schedule, task.condition, task.resumedAt]),
  next: (task, snapshot, now) => {
    const schedule = scheduleOf(task, snapshot);
    return schedule && nextTime(schedule, task.resumedAt ?? now, now);
  },
};
