/** Temporary objects: they end with their session, or when the server starts again after a crash. */

import type { CatalogObject, TableObject } from "../catalog/objects.ts";
import type { Session } from "../session/session.ts";
import { stageKey } from "../stages/staged-files.ts";
import { purgeTable } from "../storage/tables.ts";
import type { AccountState } from "./execution.ts";
import { systemEdit } from "./system-edit.ts";

/** Whether it ends with a session. */
export function isTemporary(object: CatalogObject): boolean {
  return "sessionId" in object && object.sessionId !== undefined;
}

/** Removes temporary objects for good. @param sessionId only those of one session */
export async function purgeTemporary(
  state: AccountState,
  sessionId: string | undefined,
): Promise<void> {
  const { catalog, stages } = state;
  const gone = [...catalog.snapshot.all()].filter(
    (object) =>
      isTemporary(object) &&
      (sessionId === undefined || ("sessionId" in object && object.sessionId === sessionId)),
  );
  if (gone.length === 0) return;
  await systemEdit(state, () => ({
    changes: gone.map((object) => ({ kind: "purge", id: object.id })),
    physical: async (writer) => {
      for (const object of gone.filter(isTable)) await purgeTable(writer, object);
    },
  }));
  for (const key of gone.flatMap((object) => stageKey(object) ?? [])) await stages.removeStage(key);
}

function isTable(object: CatalogObject): object is TableObject {
  return object.kind === "table";
}

export async function dropSessionObjects(state: AccountState, session: Session): Promise<void> {
  await purgeTemporary(state, String(session.id));
}
