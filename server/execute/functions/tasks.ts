/**
 * System functions of tasks: those of a running task, which fail anywhere else, and those that act on one by name.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import type { CatalogChange } from "../../catalog/snapshot.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import { TASK_RETURN_VALUE_MAX } from "../../limits.ts";
import { graphOf, isRoot } from "../../program/tasks/graph.ts";
import type { RunningTask } from "../../session/session.ts";
import { memberName } from "../names.ts";
import { checkSuspended, taskNamed, writtenName } from "../task-changes.ts";
import { configAt } from "./config-path.ts";
import { answered, requiredText, type ServerRequest, textArgument } from "./request.ts";

/** @throws 091082 outside of a task */
function running({ execution, call }: ServerRequest): RunningTask {
  const { task } = execution.session;
  if (task !== undefined) return task;
  throw snowflakeError("taskOutside", { function: call.entry.name });
}

/** The task that the first argument names. @throws 002003 when there is none */
function namedTask(request: ServerRequest): TaskObject {
  const { execution } = request;
  const written = writtenName(requiredText(request, 0));
  const name = memberName(written, execution, request.call.entry.name);
  return taskNamed(execution.account.catalog.snapshot, name, execution);
}

/**
 * Children first: the root is started when the whole graph is.
 * @throws 091421 when the root of the graph is started already
 */
export function enableDependents(request: ServerRequest): BoundExpression {
  const { execution } = request;
  return answered(request, async () => {
    const named = namedTask(request);
    const count = await execution.ddl(async (snapshot) => {
      if (!isRoot(named)) checkSuspended(snapshot, named);
      const resumedAt = execution.account.now();
      const changes = graphOf(snapshot, named)
        .filter(({ state }) => state === "suspended")
        .map((task): CatalogChange => {
          return { kind: "put", object: { ...task, state: "started", resumedAt } };
        });
      return { changes, result: changes.length };
    });
    return `${count} tasks resumed.`;
  });
}

/** The runs end after the answer. */
export function cancelTask(request: ServerRequest): BoundExpression {
  const { tasks } = request.execution.account;
  return answered(request, async () => {
    const task = namedTask(request);
    const count = tasks.cancel(task.id);
    if (count === 0) return `Task ${task.name} has no ongoing executions.`;
    return `Cancelled ${count} ongoing executions of task ${task.name}.`;
  });
}

/** @throws 001008 for a value of more than 10 kB */
export function setReturnValue(request: ServerRequest): BoundExpression {
  const value = requiredText(request, 0);
  return answered(request, async () => {
    const task = running(request);
    if (Buffer.byteLength(value) > TASK_RETURN_VALUE_MAX) {
      throw snowflakeError("invalidParameterValue", { value: "…", name: "return value" });
    }
    task.returnValue = value;
    return null;
  });
}

export function predecessorValue(request: ServerRequest): BoundExpression {
  const name = textArgument(request, 0) ?? undefined;
  return answered(request, async () => running(request).predecessorValue(name));
}

export function graphConfig(request: ServerRequest): BoundExpression {
  const path = textArgument(request, 0) ?? undefined;
  return answered(request, async () => {
    return configAt(running(request).config, path);
  });
}

type Info = (task: RunningTask) => string | null;

const timestamp = (at: number): string => new Date(at).toISOString();

/** https://docs.snowflake.com/en/sql-reference/functions/system_task_runtime_info */
const RUNTIME_INFO: Readonly<Record<string, Info>> = {
  CURRENT_TASK_NAME: ({ name }) => name,
  CURRENT_ROOT_TASK_NAME: ({ rootName }) => rootName,
  CURRENT_ROOT_TASK_UUID: ({ rootId }) => rootId,
  CURRENT_TASK_GRAPH_RUN_GROUP_ID: ({ groupId }) => groupId,
  CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP: (task) => timestamp(task.firstScheduledAt),
  LAST_SUCCESSFUL_TASK_GRAPH_RUN_GROUP_ID: ({ lastSuccess }) => lastSuccess?.groupId ?? null,
  LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP: ({ lastSuccess }) =>
    lastSuccess === undefined ? null : timestamp(lastSuccess.scheduledAt),
};

/** @throws 001008 for an unknown name */
export function runtimeInfo(request: ServerRequest): BoundExpression {
  const name = requiredText(request, 0).toUpperCase();
  return answered(request, async () => {
    const task = running(request);
    const info = Object.hasOwn(RUNTIME_INFO, name) ? RUNTIME_INFO[name] : undefined;
    if (info !== undefined) return info(task);
    throw snowflakeError("invalidParameterValue", { value: name, name: "arg_name" });
  });
}
