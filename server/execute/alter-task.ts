/** ALTER TASK. https://docs.snowflake.com/en/sql-reference/sql/alter-task */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { printExpression } from "../../translator/ast/printer.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { TaskObject } from "../catalog/task-object.ts";
import { isRoot } from "../program/tasks/graph.ts";
import { taggedChange } from "./alter-tags.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { memberName, notFound, shown, shownQualified } from "./names.ts";
import { executed } from "./status.ts";
import {
  checkSuspended,
  checkTexts,
  findTask,
  linkedTask,
  taskChanges,
  taskReference,
} from "./task-changes.ts";
import { withoutTaskOptions, withTaskOptions } from "./task-options.ts";

type Statement = StatementOf<"alter_object">;
type Alteration = Statement["alteration"];
type Clause = Extract<Alteration, { kind: "clause" }>["clause"];

/** Why SHOW TASKS says that a task is suspended. */
const SUSPENDED_BY_USER = "USER_SUSPENDED";

/** @throws 002003 when there is no such task, 091421 while the root of its graph is started */
export async function alterTask(
  statement: Statement,
  objectName: ObjectName,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(objectName, execution, "ALTER TASK");
  await execution.ddl(async (snapshot) => {
    const task = findTask(snapshot, name, execution);
    if (task === undefined) {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound("Task", shownQualified(name));
    }
    const changed = altered(task, statement.alteration, snapshot, execution);
    return { changes: taskChanges(snapshot, changed), result: undefined };
  });
  return executed();
}

function altered(
  task: TaskObject,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): TaskObject {
  const now = execution.account.now();
  const form = alteration.kind === "clause" ? alteration.clause.form : "";
  if (form === "RESUME") return resumed(task, snapshot, now);
  if (form === "SUSPEND") {
    if (!isRoot(task)) checkSuspended(snapshot, task);
    if (task.state === "suspended") return task;
    return { ...task, state: "suspended", suspendedAt: now, suspendedReason: SUSPENDED_BY_USER };
  }
  if (alteration.kind === "set_tags" || alteration.kind === "unset_tags") {
    return { ...taggedChange(task, alteration, snapshot, execution), alteredAt: now };
  }
  checkSuspended(snapshot, task);
  const changed = changedTask(task, alteration, snapshot, execution);
  for (const id of changed.predecessors) {
    const above = snapshot.get(id);
    if (above?.kind === "task") checkSuspended(snapshot, above);
  }
  return { ...changed, alteredAt: now, version: task.version + 1 };
}

/** @throws 091090 for a root task that nothing would ever run */
function resumed(task: TaskObject, snapshot: Snapshot, now: number): TaskObject {
  if (!isRoot(task)) checkSuspended(snapshot, task);
  else if (task.schedule === undefined && task.condition === undefined) {
    const problem = "has neither a schedule nor a condition and cannot be resumed";
    throw snowflakeError("taskRule", { name: shown(task.name), problem });
  }
  if (task.state === "started") return task;
  return { ...task, state: "started", resumedAt: now };
}

function changedTask(
  task: TaskObject,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): TaskObject {
  switch (alteration.kind) {
    case "set": {
      const { properties } = alteration;
      const fields = withTaskOptions(task, properties, execution);
      const finalize = properties.find(({ name }) => name === "FINALIZE");
      if (finalize === undefined) return { ...task, ...fields };
      const root = taskReference(finalize.value);
      return { ...task, ...fields, finalizes: linked(root, task, snapshot, execution) };
    }
    case "unset": {
      const names = alteration.names.filter((name) => name !== "FINALIZE");
      const { finalizes } = task;
      const kept = names.length === alteration.names.length ? finalizes : undefined;
      return { ...task, ...withoutTaskOptions(task, names), finalizes: kept };
    }
    case "clause":
      return clauseTask(task, alteration.clause, snapshot, execution);
    default:
      throw snowflakeError("unsupportedFeature", {
        feature: `ALTER TASK ${alteration.kind.toUpperCase().replaceAll("_", " ")}`,
      });
  }
}

function linked(
  name: ObjectName,
  { schemaId }: TaskObject,
  snapshot: Snapshot,
  execution: Execution,
): number {
  return linkedTask(snapshot, name, schemaId, execution).id;
}

function clauseTask(
  task: TaskObject,
  { form, arguments: [argument] }: Clause,
  snapshot: Snapshot,
  execution: Execution,
): TaskObject {
  const ids = () =>
    argument?.kind === "names"
      ? argument.names.map((name) => linked(name, task, snapshot, execution))
      : [];
  switch (form) {
    case "MODIFY AS <rest>": {
      const definition = argument?.kind === "rest" ? argument.text : "";
      checkTexts(definition, undefined);
      return { ...task, definition };
    }
    case "MODIFY WHEN <expression>":
      if (argument?.kind !== "expression") break;
      return { ...task, condition: printExpression(argument.expression) };
    case "REMOVE WHEN":
      return { ...task, condition: undefined };
    case "ADD AFTER <names>":
      return { ...task, predecessors: [...new Set([...task.predecessors, ...ids()])] };
    case "REMOVE AFTER <names>":
      return { ...task, predecessors: without(task, ids(), snapshot) };
    case "SET FINALIZE = <value>":
      if (argument?.kind !== "value") break;
      return {
        ...task,
        finalizes: linked(taskReference(argument.value), task, snapshot, execution),
      };
    case "UNSET FINALIZE":
      return { ...task, finalizes: undefined };
    default:
  }
  throw snowflakeError("unsupportedFeature", { feature: `ALTER TASK ${form}` });
}

/** @throws 091085 for a task that does not come directly before */
function without(task: TaskObject, ids: readonly number[], snapshot: Snapshot): number[] {
  const foreign = ids.find((id) => !task.predecessors.includes(id));
  if (foreign !== undefined) {
    const place = snapshot.qualify(task.schemaId);
    const name = snapshot.get(foreign)?.name ?? "";
    throw snowflakeError("taskPredecessor", { name: shownQualified({ ...place, name }) });
  }
  return task.predecessors.filter((id) => !ids.includes(id));
}
