/** When the root tasks of an account are due. */

import type { Snapshot } from "../../catalog/snapshot.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import { isRoot, liveTasks } from "./graph.ts";
import { taskNumber } from "./options.ts";
import { nextTime, parseSchedule, type Schedule } from "./schedule.ts";

const SECOND_MS = 1_000;

type Entry = { readonly key: string; at: number };

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

/** The next time after `now`. */
function nextRun(task: TaskObject, snapshot: Snapshot, now: number): number | undefined {
  const schedule = scheduleOf(task, snapshot);
  return schedule && nextTime(schedule, task.resumedAt ?? now, now);
}

export class DueTimes {
  readonly #entries = new Map<number, Entry>();

  /** Takes up new and changed tasks, and forgets those that are gone or suspended. */
  update(snapshot: Snapshot, now: number): void {
    const started = liveTasks(snapshot).filter((task) => task.state === "started" && isRoot(task));
    const known = new Set(started.map(({ id }) => id));
    for (const id of this.#entries.keys()) if (!known.has(id)) this.#entries.delete(id);
    for (const task of started) {
      const key = JSON.stringify([task.schedule, task.condition, task.resumedAt]);
      if (this.#entries.get(task.id)?.key === key) continue;
      const at = nextRun(task, snapshot, now);
      if (at === undefined) this.#entries.delete(task.id);
      else this.#entries.set(task.id, { key, at });
    }
  }

  /** The earliest time of all. */
  earliest(): number | undefined {
    const times = [...this.#entries.values()].map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** When a task is due next. */
  of(id: number): number | undefined {
    return this.#entries.get(id)?.at;
  }

  /** The tasks that are due, with their times; each is due again at the next time after `now`. */
  take(snapshot: Snapshot, now: number): { readonly task: TaskObject; readonly at: number }[] {
    const taken: { task: TaskObject; at: number }[] = [];
    for (const [id, entry] of this.#entries) {
      const task = snapshot.get(id);
      if (entry.at > now || task?.kind !== "task") continue;
      taken.push({ task, at: entry.at });
      const next = nextRun(task, snapshot, now);
      if (next === undefined) this.#entries.delete(id);
      else entry.at = next;
    }
    return taken.sort((a, b) => a.at - b.at);
  }
}
