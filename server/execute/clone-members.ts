/** Tasks, alerts and pipes of a schema that is cloned: all begin at rest. https://docs.snowflake.com/en/user-guide/object-clone */

import { randomUUID } from "node:crypto";
import type { AlertObject } from "../catalog/alert-object.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import { type PipeObject, withPaused } from "../catalog/pipe-object.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { TaskObject } from "../catalog/task-object.ts";

/** A copy of a task is suspended, and another task to the histories. @param base the copy */
export function clonedTask(base: TaskObject, schemaId: number): TaskObject {
  const state = { state: "suspended", version: 1, resumedAt: undefined } as const;
  return { ...base, ...state, schemaId, uuid: randomUUID() };
}

/** A copy of an alert is suspended, and has yet to run. @param base the copy */
export function clonedAlert(base: AlertObject, schemaId: number): AlertObject {
  const runs = { resumedAt: undefined, lastSuccessAt: undefined, seenCommit: undefined };
  return { ...base, ...runs, schemaId, state: "suspended", autoSuspended: undefined };
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

/** A copy of a pipe is paused, and has loaded nothing; its names resolve in its own schema. @param base the copy */
export function clonedPipe(base: PipeObject, schemaId: number): PipeObject {
  return withPaused({ ...base, schemaId, stage: undefined, transferred: undefined }, true);
}

/** Pipes that read internal stages are not cloned: their files are not either. */
export function isLeftBehind(object: CatalogObject, snapshot: Snapshot): boolean {
  if (object.kind !== "pipe") return false;
  const stage = object.stage && snapshot.get(object.stage.id);
  return stage?.kind !== "stage" || stage.url === undefined;
}
