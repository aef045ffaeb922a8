/** What tasks did: one record for each run of a task, and one for each run of a graph. */

import type { TaskObject } from "../../catalog/task-object.ts";
import { TASK_HISTORY_LIMIT } from "../../limits.ts";

export type TaskState =
  | "SCHEDULED"
  | "EXECUTING"
  | "SUCCEEDED"
  | "FAILED"
  | "FAILED_AND_AUTO_SUSPENDED"
  | "CANCELLED"
  | "SKIPPED";

/** A run of a task. */
export type TaskRecord = {
  readonly task: TaskObject;
  readonly database: string;
  readonly schema: string;
  readonly graph: GraphRecord;
  readonly scheduledAt: number;
  state: TaskState;
  queryId: string | undefined;
  startedAt: number | undefined;
  completedAt: number | undefined;
  errorCode: string | undefined;
  errorMessage: string | undefined;
  returnValue: string | undefined;
};

/** A run of a graph. */
export type GraphRecord = {
  readonly root: TaskObject;
  readonly database: string;
  readonly schema: string;
  /** The time it was scheduled for, which numbers the runs of a graph. */
  readonly runId: number;
  readonly scheduledAt: number;
  /** Of the first attempt. */
  readonly firstScheduledAt: number;
  /** Shared by an attempt and its retries. */
  readonly groupId: string;
  readonly attempt: number;
  readonly scheduledFrom: "SCHEDULE" | "EXECUTE TASK";
  readonly config: string | undefined;
  /** The last run that had succeeded when the first attempt began. */
  readonly lastSuccess: GraphRecord | undefined;
  readonly tasks: TaskRecord[];
  state: TaskState;
  nextScheduledAt: number | undefined;
  startedAt: number | undefined;
  completedAt: number | undefined;
};

export class TaskHistory {
  /** Oldest first. */
  readonly #graphs: GraphRecord[] = [];
  #tasks = 0;

  add(graph: GraphRecord): void {
    this.#graphs.push(graph);
  }

  addTask(record: TaskRecord): void {
    record.graph.tasks.push(record);
    this.#tasks++;
    while (this.#tasks > TASK_HISTORY_LIMIT && this.#graphs.length > 1) {
      this.#tasks -= this.#graphs.shift()?.tasks.length ?? 0;
    }
  }

  /** Takes a run out again: a condition that was only looked at. */
  forget(graph: GraphRecord): void {
    const index = this.#graphs.indexOf(graph);
    if (index < 0) return;
    this.#graphs.splice(index, 1);
    this.#tasks -= graph.tasks.length;
  }

  /** Newest first. */
  graphs(): GraphRecord[] {
    return [...this.#graphs].reverse();
  }

  /** The newest run of a graph. */
  last(rootId: number): GraphRecord | undefined {
    return this.#graphs.findLast(({ root }) => root.id === rootId);
  }

  lastSuccess(rootId: number): GraphRecord | undefined {
    return this.#graphs.findLast(({ root, state }) => root.id === rootId && state === "SUCCEEDED");
  }
}

/** The first task of a run that failed. */
export function firstError(graph: GraphRecord): TaskRecord | undefined {
  return graph.tasks.find(({ state }) => state !== "SKIPPED" && isBad(state));
}

export function isBad(state: TaskState): boolean {
  return state === "FAILED" || state === "FAILED_AND_AUTO_SUSPENDED" || state === "CANCELLED";
}
