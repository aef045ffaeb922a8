/** Tasks and alerts of a cloned schema: none of them runs before somebody resumes it. */

import { randomUUID } from "node:crypto";
import type { AlertObject } from "../catalog/alert-object.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import type { TaskObject } from "../catalog/task-object.ts";

/** A copy of a task is suspended, and another task to the histories. */
export function clonedTask(copy: TaskObject, schemaId: number): TaskObject {
  const state = { state: "suspended", version: 1, resumedAt: undefined } as const;
  return { ...copy, ...state, schemaId, uuid: randomUUID() };
}

/** A copy of an alert is suspended, and has yet to run. */
export function clonedAlert(copy: AlertObject, schemaId: number): AlertObject {
  const runs = { resumedAt: undefined, lastSuccessAt: undefined, seenCommit: undefined };
  return { ...copy, ...runs, schemaId, state: "suspended", autoSuspended: undefined };
}

/** A task that hangs on the copies of what its source hung on. */
export function relinked(
  object: CatalogObject,
  copies: ReadonlyMap<number, number>,
): CatalogObject {
  if (object.kind !== "task") return object;
  const { predecessors, finalizes } = object;
  return {
    ...object,
    predecessors: predecessors.flatMap((id) => copies.get(id) ?? []),
    finalizes: finalizes === undefined ? undefined : copies.get(finalizes),
  };
}
