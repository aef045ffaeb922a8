/**
 * Task graphs: who comes after whom. All functions read a catalog snapshot.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import { allReachable, reachable } from "../../catalog/reachable.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";
import type { TaskObject } from "../../catalog/task-object.ts";
import { TASK_GRAPH_MAX, TASK_LINKS_MAX } from "../../limits.ts";

/** A task with which of the tasks before it take part in a run. */
export type Step = { readonly task: TaskObject; readonly after: readonly number[] };

/** What one run of a graph consists of, the root first, every task behind those before it. */
export type GraphPlan = {
  readonly steps: readonly Step[];
  readonly finalizer: TaskObject | undefined;
};

/** A task that can be reached: neither it nor what holds it is dropped. */
export function liveTask(snapshot: Snapshot, id: number): TaskObject | undefined {
  return reachable(snapshot, id, "task");
}

/** All tasks that can be reached. */
export function liveTasks(snapshot: Snapshot): TaskObject[] {
  return allReachable(snapshot, "task");
}

/** The tasks of a schema by name. */
export function tasksOf(snapshot: Snapshot, schemaId: number): TaskObject[] {
  return snapshot.list("task", schemaId).filter((object) => object.kind === "task");
}

export function isRoot(task: TaskObject): boolean {
  return task.predecessors.length === 0 && task.finalizes === undefined;
}

/** The tasks that come directly after one, without the finalizer. */
export function childrenOf(snapshot: Snapshot, task: TaskObject): TaskObject[] {
  return tasksOf(snapshot, task.schemaId).filter(({ predecessors }) =>
    predecessors.includes(task.id),
  );
}

export function finalizerOf(snapshot: Snapshot, root: TaskObject): TaskObject | undefined {
  return tasksOf(snapshot, root.schemaId).find(({ finalizes }) => finalizes === root.id);
}

/** The root tasks above a task; itself when it is one. */
export function rootsOf(snapshot: Snapshot, task: TaskObject): TaskObject[] {
  const roots = new Map<number, TaskObject>();
  const seen = new Set<number>();
  const visit = (at: TaskObject): void => {
    if (seen.has(at.id)) return;
    seen.add(at.id);
    if (isRoot(at)) roots.set(at.id, at);
    const above = at.finalizes === undefined ? at.predecessors : [at.finalizes];
    for (const id of above) {
      const found = snapshot.get(id);
      if (found?.kind === "task" && found.droppedAt === undefined) visit(found);
    }
  };
  visit(task);
  return [...roots.values()];
}

/** The tasks that come after one, at any distance, in the order in which they can run. */
export function dependentsOf(snapshot: Snapshot, task: TaskObject): TaskObject[] {
  const ordered: TaskObject[] = [];
  const done = new Set<number>();
  const visit = (at: TaskObject): void => {
    if (done.has(at.id)) return;
    done.add(at.id);
    for (const child of childrenOf(snapshot, at)) visit(child);
    ordered.unshift(at);
  };
  visit(task);
  return ordered.filter(({ id }) => id !== task.id);
}

/** The root and all that come after it, and the finalizer. */
export function graphOf(snapshot: Snapshot, root: TaskObject): TaskObject[] {
  const finalizer = finalizerOf(snapshot, root);
  const members = [root, ...dependentsOf(snapshot, root)];
  return finalizer === undefined ? members : [...members, finalizer];
}

/**
 * What takes part in a run: the root, and children that are started and have a task before them that takes part.
 * A suspended task is left out; those after it wait for the others before them.
 */
export function planOf(snapshot: Snapshot, root: TaskObject): GraphPlan {
  const part = new Set([root.id]);
  const steps: Step[] = [{ task: root, after: [] }];
  for (const task of dependentsOf(snapshot, root)) {
    const after = task.predecessors.filter((id) => part.has(id));
    if (task.state !== "started" || after.length === 0) continue;
    part.add(task.id);
    steps.push({ task, after });
  }
  const finalizer = finalizerOf(snapshot, root);
  return { steps, finalizer: finalizer?.state === "started" ? finalizer : undefined };
}

/**
 * Checks a task that is to take a place in a graph.
 * @param snapshot with the task as it is to be
 * @throws 091082 for a cycle, too many predecessors or children, or more than one root
 */
export function checkGraph(snapshot: Snapshot, task: TaskObject): void {
  const problem = (text: string) => snowflakeError("taskGraph", { problem: text });
  if (task.predecessors.length > TASK_LINKS_MAX) {
    throw problem(`a task can have at most ${TASK_LINKS_MAX} predecessors`);
  }
  if (isInCycle(snapshot, task)) throw problem(`task ${task.name} would come after itself`);
  for (const id of task.predecessors) {
    const before = snapshot.get(id);
    if (before?.kind === "task" && childrenOf(snapshot, before).length > TASK_LINKS_MAX) {
      throw problem(`a task can have at most ${TASK_LINKS_MAX} children`);
    }
  }
  const roots = rootsOf(snapshot, task);
  if (roots.length > 1) {
    const names = roots.map(({ name }) => name).sort();
    throw problem(`task ${task.name} would have more than one root task: ${names.join(", ")}`);
  }
  const [root] = roots;
  if (root !== undefined && graphOf(snapshot, root).length > TASK_GRAPH_MAX) {
    throw problem(`a graph can have at most ${TASK_GRAPH_MAX} tasks`);
  }
}

function isInCycle(snapshot: Snapshot, task: TaskObject): boolean {
  const seen = new Set<number>();
  const pending = [...task.predecessors];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === task.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    const before = snapshot.get(id);
    if (before?.kind === "task") pending.push(...before.predecessors);
  }
  return false;
}
