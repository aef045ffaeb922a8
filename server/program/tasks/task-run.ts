/**
 * One run of a task: a session of its own with the rights of the owner, the condition, then the body.
 * https://docs.snowflake.com/en/user-guide/tasks-intro
 */

import { type SnowflakeError, snowflakeError } from "../../../translator/base/errors.ts";
import { Cursor } from "../../../translator/parse/cursor.ts";
import { parseExpression } from "../../../translator/parse/expressions.ts";
import { BOOLEAN } from "../../../translator/types/types.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import type { StatementRun } from "../../execute/account.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import type { AccountState } from "../../execute/execution.ts";
import { evaluate } from "../../execute/read-values.ts";
import type { RunningTask, Session } from "../../session/session.ts";
import { type Clock, openOwnSession, type ScheduleHost } from "../schedules/host.ts";
import { quietly } from "../schedules/quietly.ts";
import type { GraphRecord, TaskHistory, TaskRecord } from "./history.ts";
import { OWN_OPTIONS, taskNumber } from "./options.ts";

const SECOND_MS = 1_000;
/** The code of a statement that somebody stopped. */
const CANCELED = "000604";

export type TaskRunner = {
  readonly state: AccountState;
  readonly host: ScheduleHost;
  readonly clock: Clock;
  readonly history: TaskHistory;
  /** The statements of running tasks, for those who stop them. */
  readonly running: Map<TaskRecord, StatementRun>;
};

/** Which records of a graph's run came before this task's, with their tasks' names. */
export type Before = readonly TaskRecord[];

/** Runs a task to its end; failures are in the record. */
export async function runTask(
  task: TaskObject,
  graph: GraphRecord,
  before: Before,
  runner: TaskRunner,
): Promise<TaskRecord> {
  const { clock, history, host } = runner;
  const record: TaskRecord = {
    task,
    database: graph.database,
    schema: graph.schema,
    graph,
    scheduledAt: task.id === graph.root.id ? graph.scheduledAt : clock.now(),
    state: "EXECUTING",
    queryId: undefined,
    startedAt: clock.now(),
    completedAt: undefined,
    errorCode: undefined,
    errorMessage: undefined,
    returnValue: undefined,
  };
  history.addTask(record);
  let session: Session | undefined;
  try {
    session = await openSession(record, before, runner);
    if (await isDue(task, session, runner.state)) await runBody(record, session, runner);
    else end(record, "SKIPPED", snowflakeError("taskConditionFalse"));
  } catch (error) {
    const known = asSnowflakeError(error);
    end(record, known.code === CANCELED ? "CANCELLED" : "FAILED", known);
  } finally {
    record.returnValue = session?.task?.returnValue;
    record.completedAt = clock.now();
    if (session !== undefined) await host.close(session).catch(host.failed);
  }
  return record;
}

function end(record: TaskRecord, state: TaskRecord["state"], error?: SnowflakeError): void {
  record.state = state;
  record.errorCode = error?.code;
  record.errorMessage = error?.message;
}

async function openSession(
  record: TaskRecord,
  before: Before,
  { host }: TaskRunner,
): Promise<Session> {
  const { task } = record;
  const options = Object.entries(task.options).filter(([name]) => !OWN_OPTIONS.has(name));
  const session = await openOwnSession(host, "TASK", task, record, new Map(options));
  session.task = runningTask(record, before);
  return session;
}

function runningTask({ task, graph }: TaskRecord, before: Before): RunningTask {
  const { root, lastSuccess } = graph;
  return {
    name: task.name,
    rootName: root.name,
    rootId: root.uuid,
    groupId: graph.groupId,
    firstScheduledAt: graph.firstScheduledAt,
    lastSuccess: lastSuccess && {
      groupId: lastSuccess.groupId,
      scheduledAt: lastSuccess.firstScheduledAt,
    },
    config: graph.config,
    predecessorValue: (name) => predecessorValue(task, before, name),
    returnValue: undefined,
  };
}

function predecessorValue(task: TaskObject, before: Before, name: string | undefined) {
  const direct = before.filter((record) => task.predecessors.includes(record.task.id));
  if (name === undefined) {
    const [only] = direct;
    if (only !== undefined && direct.length === 1) return only.returnValue ?? null;
    throw snowflakeError("taskNoPredecessor", { name: "" });
  }
  const named = (records: Before) => records.find((record) => record.task.name === name);
  const found = named(direct) ?? named(before);
  if (found === undefined) throw snowflakeError("taskNoPredecessor", { name });
  return found.returnValue ?? null;
}

/** Whether the condition holds; NULL is false. A task without one is always due. */
async function isDue(task: TaskObject, session: Session, state: AccountState): Promise<boolean> {
  const { condition: text } = task;
  if (text === undefined) return true;
  const expression = parseExpression(new Cursor(text));
  const [value] = await quietly(state, session, text, (execution) =>
    evaluate([expression], execution, [BOOLEAN]),
  );
  return value?.value === true;
}

async function runBody(
  record: TaskRecord,
  session: Session,
  { state, host, clock, running }: TaskRunner,
): Promise<void> {
  const run = host.submit(session, { text: record.task.definition });
  record.queryId = run.queryId;
  running.set(record, run);
  const timeout = taskNumber(record.task, "USER_TASK_TIMEOUT_MS", state.catalog.snapshot);
  const keep =
    timeout === 0
      ? () => undefined
      : clock.after(timeout, () => {
          run.stop.reason ??= snowflakeError("timeout", { seconds: timeout / SECOND_MS });
          session.connection.interrupt();
        });
  try {
    await run.done;
    end(record, "SUCCEEDED");
  } finally {
    keep();
    running.delete(record);
  }
}
