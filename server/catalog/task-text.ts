/** Tasks as text: the statement that makes one again, and the names of those it hangs on. */

import type { Snapshot } from "./snapshot.ts";
import type { TaskObject } from "./task-object.ts";

const PLAIN = /^[A-Z_][A-Z0-9_$]*$/;

function quoted(name: string): string {
  return PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
}

/** The full names of tasks by id; those that are gone are left out. */
export function taskNames(snapshot: Snapshot, ids: readonly number[]): string[] {
  return ids.flatMap((id) => {
    const task = snapshot.get(id);
    if (task?.kind !== "task") return [];
    const { database, schema } = snapshot.qualify(task.schemaId);
    return [[database, schema, task.name].map(quoted).join(".")];
  });
}

/** @param name as it stands in the statement */
export function taskDdl(task: TaskObject, name: string, snapshot: Snapshot): string {
  const { warehouse, schedule, config, overlap, condition, finalizes } = task;
  const after = taskNames(snapshot, task.predecessors);
  const [root] = taskNames(snapshot, finalizes === undefined ? [] : [finalizes]);
  const lines = [
    ...(warehouse === undefined ? [] : [`warehouse=${quoted(warehouse)}`]),
    ...(schedule === undefined ? [] : [`schedule=${text(schedule)}`]),
    ...(config === undefined ? [] : [`config=${text(config)}`]),
    ...(overlap === "NO_OVERLAP" ? [] : [`overlap_policy=${overlap}`]),
    ...Object.entries(task.options).map(([key, value]) => `${key}=${optionText(value)}`),
    ...(task.comment === "" ? [] : [`COMMENT=${text(task.comment)}`]),
    ...(root === undefined ? [] : [`finalize=${text(root)}`]),
    ...(after.length === 0 ? [] : [`after ${after.join(", ")}`]),
    ...(condition === undefined ? [] : [`when ${condition}`]),
    `as ${task.definition};`,
  ];
  return [`create or replace task ${name}`, ...lines.map((line) => `\t${line}`)].join("\n");
}

function optionText(value: string): string {
  return /^(\d+|true|false)$/.test(value) ? value : text(value);
}
