/**
 * The scheduler of the account's tasks: the runs of graphs, retries, and the suspension of a task that fails again and again.
 * https://docs.snowflake.com/en/user-guide/tasks-intro
 */

import { randomUUID } from "node:crypto";
import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import type { StatementRun } from "../../execute/account.ts";
import type { AccountState } from "../../execute/execution.ts";
import { systemEdit } from "../../execute/system-edit.ts";
import type { Clock, ScheduleHost } from "../schedules/host.ts";
import { Timetable } from "../schedules/timetable.ts";
import { liveTask, planOf } from "./graph.ts";
import { runGraph } from "./graph-run.ts";
import { type GraphRecord, isBad, TaskHistory, type TaskRecord } from "./history.ts";
import { taskNumber } from "./options.ts";
import { runTask } from "./task-run.ts";
import { isTriggered, TASK_TIMES } from "./task-times.ts";

/** Why SHOW TASKS says that a task is suspended. */
const SUSPENDED_BY_ERRORS = "SUSPENDED_DUE_TO_ERRORS";

type Request = {
  readonly scheduledAt: number;
  readonly scheduledFrom: GraphRecord["scheduledFrom"];
  readonly config: string | undefined;
  /** The attempt that failed before this one. */
  readonly retryOf?: GraphRecord | undefined;
};

export class TaskScheduler {
  readonly history = new TaskHistory();
  readonly #clock: Clock;
  readonly #timetable: Timetable<TaskObject>;
  readonly #statements = new Map<TaskRecord, StatementRun>();
  /** Runs of graphs that have not ended, by the root's id. */
  readonly #running = new Map<number, Set<GraphRecord>>();
  /** Runs that failed one after the other, by the root's id. */
  readonly #failures = new Map<number, number>();
  #account: { readonly state: AccountState; readonly host: ScheduleHost } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#timetable = new Timetable(clock, TASK_TIMES, (task, at) => this.#begin(task, at));
  }

  /** Begins to run what is due. */
  start(state: AccountState, host: ScheduleHost): void {
    this.#account = { state, host };
    this.#timetable.start(state.catalog, host.failed);
  }

  /** Runs a root task's graph once, after the run that goes on unless runs may overlap. */
  execute(root: TaskObject, config: string | undefined): void {
    const request = {
      scheduledAt: this.#clock.now(),
      scheduledFrom: "EXECUTE TASK",
      config,
    } as const;
    const go = () => this.#runOnce(root.id, request);
    if (root.overlap === "ALLOW_ALL_OVERLAP") {
      this.#timetable.track(go);
      return;
    }
    this.#timetable.line(root.id, go);
  }

  /**
   * Runs what failed in the last run of a graph, and what came after it.
   * @throws 091082 when the last run did not fail, or the graph has changed since
   */
  retryLast(root: TaskObject, shown: string): void {
    const last = this.history.last(root.id);
    if (last === undefined || !isBad(last.state) || last.root.version !== root.version) {
      throw snowflakeError("taskNothingToRetry", { name: shown });
    }
    const { config } = last;
    this.#timetable.line(root.id, () =>
      this.#runOnce(root.id, {
        scheduledAt: this.#clock.now(),
        scheduledFrom: "EXECUTE TASK",
        config,
        retryOf: last,
      }),
    );
  }

  /** Stops the runs of a task. @returns how many there were */
  cancel(taskId: number): number {
    const { state } = must(this.#account);
    const runs = [...this.#statements].filter(([record]) => record.task.id === taskId);
    return runs.filter(([, run]) => state.control.abort(run)).length;
  }

  /** When a root task runs next; undefined when it is suspended or has no schedule. */
  nextRun(rootId: number): number | undefined {
    return this.#timetable.nextTime(rootId);
  }

  /** Resolves when nothing runs any more. */
  idle(): Promise<void> {
    return this.#timetable.idle();
  }

  /** Stops what runs, and begins nothing more. */
  async close(): Promise<void> {
    this.#timetable.close();
    for (const run of this.#statements.values()) this.#account?.state.control.abort(run);
    await this.idle();
  }

  #begin(task: TaskObject, at: number): void {
    const { state } = must(this.#account);
    if (liveTask(state.catalog.snapshot, task.id) === undefined || this.#mustWait(task)) return;
    const request = { scheduledAt: at, scheduledFrom: "SCHEDULE" as const, config: undefined };
    this.#timetable.line(task.id, () => this.#runOnce(task.id, request), this.#overlaps(task));
  }

  /** A scheduled time that comes while the graph still runs is left out, as far as runs may not overlap. */
  #mustWait({ id, overlap }: TaskObject): boolean {
    const running = [...(this.#running.get(id) ?? [])];
    if (overlap === "ALLOW_ALL_OVERLAP" || running.length === 0) return false;
    if (overlap === "NO_OVERLAP") return true;
    return running.some(({ tasks }) => tasks[0]?.completedAt === undefined);
  }

  #overlaps({ overlap }: TaskObject): boolean {
    return overlap !== "NO_OVERLAP";
  }

  /** A run, and its retries while it fails and TASK_AUTO_RETRY_ATTEMPTS allows. */
  async #runOnce(rootId: number, request: Request): Promise<void> {
    const { state } = must(this.#account);
    for (let next: Request | undefined = request; next !== undefined; ) {
      const root = liveTask(state.catalog.snapshot, rootId);
      if (this.#timetable.closed || root === undefined) return;
      const graph = this.#newGraph(root, next);
      const retries = taskNumber(root, "TASK_AUTO_RETRY_ATTEMPTS", state.catalog.snapshot);
      await this.#attempt(graph, next.retryOf, graph.attempt > retries);
      next = undefined;
      if (graph.state === "FAILED" && graph.attempt <= retries) {
        next = { ...request, scheduledAt: this.#clock.now(), config: graph.config, retryOf: graph };
      } else {
        await this.#count(root, graph);
      }
    }
  }

  #newGraph(
    root: TaskObject,
    { scheduledAt, scheduledFrom, config, retryOf }: Request,
  ): GraphRecord {
    const { state } = must(this.#account);
    return {
      root,
      ...state.catalog.snapshot.qualify(root.schemaId),
      runId: retryOf?.runId ?? scheduledAt,
      scheduledAt,
      firstScheduledAt: retryOf?.firstScheduledAt ?? scheduledAt,
      groupId: retryOf?.groupId ?? randomUUID(),
      attempt: (retryOf?.attempt ?? 0) + 1,
      scheduledFrom,
      config: config ?? root.config,
      lastSuccess: retryOf === undefined ? this.history.lastSuccess(root.id) : retryOf.lastSuccess,
      tasks: [],
      state: "EXECUTING",
      nextScheduledAt: this.nextRun(root.id),
      startedAt: this.#clock.now(),
      completedAt: undefined,
    };
  }

  async #attempt(
    graph: GraphRecord,
    before: GraphRecord | undefined,
    isLast: boolean,
  ): Promise<void> {
    const { state, host } = must(this.#account);
    const runner = {
      state,
      host,
      clock: this.#clock,
      history: this.history,
      running: this.#statements,
    };
    const { id } = graph.root;
    const running = this.#running.get(id) ?? new Set();
    this.#running.set(id, running.add(graph));
    this.history.add(graph);
    try {
      const plan = planOf(state.catalog.snapshot, graph.root);
      const kept = keptRecords(before);
      await runGraph(plan, graph, kept, isLast, (task, records) => {
        if (this.#timetable.closed) throw snowflakeError("canceled");
        return runTask(task, graph, records, runner);
      });
    } catch (error) {
      graph.state = "CANCELLED";
      if (!this.#timetable.closed) throw error;
    } finally {
      graph.completedAt = this.#clock.now();
      running.delete(graph);
      if (running.size === 0) this.#running.delete(id);
    }
    if (graph.state === "SKIPPED" && isTriggered(graph.root)) this.history.forget(graph);
  }

  /** Counts failures, and suspends the root when there were too many in a row. */
  async #count(root: TaskObject, graph: GraphRecord): Promise<void> {
    if (graph.state === "SUCCEEDED") this.#failures.delete(root.id);
    if (graph.state !== "FAILED") return;
    const failures = (this.#failures.get(root.id) ?? 0) + 1;
    this.#failures.set(root.id, failures);
    const { state } = must(this.#account);
    const { snapshot } = state.catalog;
    const limit = taskNumber(root, "SUSPEND_TASK_AFTER_NUM_FAILURES", snapshot);
    if (limit === 0 || failures < limit || root.state !== "started") return;
    this.#failures.delete(root.id);
    for (const record of graph.tasks) {
      if (record.state === "FAILED") record.state = "FAILED_AND_AUTO_SUSPENDED";
    }
    await systemEdit(state, (newest) => {
      const current = liveTask(newest, root.id);
      if (current?.state !== "started") return { changes: [] };
      const suspended: TaskObject = {
        ...current,
        state: "suspended",
        suspendedAt: this.#clock.now(),
        suspendedReason: SUSPENDED_BY_ERRORS,
      };
      return { changes: [{ kind: "put", object: suspended }] };
    });
  }
}

/** What an attempt need not repeat: what succeeded before, and what was skipped. */
function keptRecords(before: GraphRecord | undefined): ReadonlyMap<number, TaskRecord> {
  const kept = new Map<number, TaskRecord>();
  for (const record of before?.tasks ?? []) {
    if (record.task.finalizes === undefined && !isBad(record.state))
      kept.set(record.task.id, record);
  }
  return kept;
}
