/** Changes of tasks: what their graphs allow, and what a change of one means for others. */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { splitName } from "../../translator/bind/binder.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseExpression } from "../../translator/parse/expressions.ts";
import type { PropertyValue } from "../../translator/statements/properties.ts";
import { parseStatement } from "../../translator/statements/statement.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import type { TaskObject } from "../catalog/task-object.ts";
import { checkGraph, isRoot, rootsOf, tasksOf } from "../program/tasks/graph.ts";
import type { Execution } from "./execution.ts";
import { findMember, memberName, notFound, shown, shownQualified } from "./names.ts";

const NO_SPAN = { start: 0, end: 0 };

/** A task by name; undefined when there is none. */
export function findTask(
  snapshot: Snapshot,
  name: QualifiedName,
  execution: Execution,
): TaskObject | undefined {
  const found = findMember(snapshot, "task", name, execution);
  return found?.kind === "task" ? found : undefined;
}

/** @throws 002003 when there is none */
export function taskNamed(
  snapshot: Snapshot,
  name: QualifiedName,
  execution: Execution,
): TaskObject {
  const found = findTask(snapshot, name, execution);
  if (found === undefined) throw notFound("Task", shownQualified(name));
  return found;
}

/** The full name of a task as messages print it. */
export function taskName(snapshot: Snapshot, task: TaskObject): string {
  return shownQualified({ ...snapshot.qualify(task.schemaId), name: task.name });
}

/**
 * The tasks that AFTER or FINALIZE names.
 * @throws 091085 for one that is not there, or is in another schema
 */
export function linkedTask(
  snapshot: Snapshot,
  name: ObjectName,
  schemaId: number,
  execution: Execution,
): TaskObject {
  const full = memberName(name, execution, "CREATE TASK");
  const { database, schema } = snapshot.qualify(schemaId);
  const isUnqualified = name.kind === "name" && name.parts.length === 1;
  const place = isUnqualified ? { database, schema, name: full.name } : full;
  const found = place.database === database && place.schema === schema;
  const task = found ? snapshot.find("task", schemaId, place.name) : undefined;
  if (task?.kind === "task") return task;
  throw snowflakeError("taskPredecessor", { name: shownQualified(place) });
}

/** The task that an option such as FINALIZE names, as a name or as text. @throws 001008 for another value */
export function taskReference(value: PropertyValue): ObjectName {
  if (value.kind === "name") return value.name;
  if (value.kind === "text") return writtenName(value.value);
  throw snowflakeError("invalidParameterValue", { value: value.kind, name: "FINALIZE" });
}

/** A name in a text: parts that need it stand in double quotes. */
export function writtenName(text: string): ObjectName {
  return { kind: "name", parts: splitName(text, NO_SPAN), span: NO_SPAN };
}

/**
 * A graph changes only while its root is suspended.
 * @throws 091421
 */
export function checkSuspended(snapshot: Snapshot, task: TaskObject): void {
  const started = rootsOf(snapshot, task).find(({ state }) => state === "started");
  if (started === undefined) return;
  throw snowflakeError("taskRootNotSuspended", { name: taskName(snapshot, started) });
}

/** @throws 091090 for a schedule of a child or finalizer, and for a finalizer with predecessors */
function checkRules(task: TaskObject): void {
  const broken = (problem: string) =>
    snowflakeError("taskRule", { name: shown(task.name), problem });
  const isChild = task.predecessors.length > 0;
  if (isChild && task.schedule !== undefined) {
    throw broken("cannot have both a schedule and a predecessor");
  }
  if (task.finalizes === undefined) return;
  if (task.schedule !== undefined) throw broken("cannot be a finalizer and have a schedule");
  if (isChild) throw broken("cannot be a finalizer and have a predecessor");
}

/**
 * The changes that put a new or changed task into the catalog: its root gets another graph version.
 * @throws 091090, 091082 for what a graph does not allow
 */
export function taskChanges(snapshot: Snapshot, task: TaskObject): CatalogChange[] {
  checkRules(task);
  const own: CatalogChange = { kind: "put", object: task };
  const after = snapshot.with([own]);
  checkGraph(after, task);
  checkFinalizer(after, task);
  const [root] = rootsOf(after, task);
  if (root === undefined || root.id === task.id) return [own];
  return [own, { kind: "put", object: { ...root, version: root.version + 1 } }];
}

/** @throws 091090 for a second finalizer, and for one of a task that is no root */
function checkFinalizer(snapshot: Snapshot, task: TaskObject): void {
  if (task.finalizes === undefined) return;
  const broken = (problem: string) =>
    snowflakeError("taskRule", { name: shown(task.name), problem });
  const root = snapshot.get(task.finalizes);
  if (root?.kind !== "task" || !isRoot(root)) throw broken("can only finalize a root task");
  const others = tasksOf(snapshot, task.schemaId).filter(
    ({ finalizes }) => finalizes === task.finalizes,
  );
  if (others.length > 1) throw broken(`cannot finalize ${root.name}, which has a finalizer`);
  if (tasksOf(snapshot, task.schemaId).some((other) => other.predecessors.includes(task.id))) {
    throw broken("cannot be a finalizer and have children");
  }
}

/** The changes that remove a task: those after it no longer come after it, its finalizer stands alone. */
export function removalChanges(snapshot: Snapshot, task: TaskObject): CatalogChange[] {
  const others = tasksOf(snapshot, task.schemaId).flatMap((other): CatalogChange[] => {
    const isChild = other.predecessors.includes(task.id);
    const isFinalizer = other.finalizes === task.id;
    if (!isChild && !isFinalizer) return [];
    const object: TaskObject = {
      ...other,
      predecessors: other.predecessors.filter((id) => id !== task.id),
      finalizes: isFinalizer ? undefined : other.finalizes,
      // What becomes a root begins to run only when somebody resumes it.
      state: other.predecessors.length > 1 ? other.state : "suspended",
      version: other.version + 1,
    };
    return [{ kind: "put", object }];
  });
  return [{ kind: "purge", id: task.id }, ...others];
}

/** @throws the syntax errors of a body or a condition, which nobody would see before a run */
export function checkTexts(definition: string, condition: string | undefined): void {
  parseStatement(definition);
  if (condition !== undefined) parseExpression(new Cursor(condition));
}
