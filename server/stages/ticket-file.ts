/** The place that a ticket is for, found again when it is used. */

import type { Snapshot } from "../catalog/snapshot.ts";
import type { StageStore } from "./stage-store.ts";
import { listFiles, type StagedFile, type StageLocation, stageLocation } from "./staged-files.ts";
import type { Ticket } from "./tickets.ts";

/** The stage of a key; undefined when it is gone. */
function locationOf(stage: string, path: string, snapshot: Snapshot): StageLocation | undefined {
  const [kind = "", id = ""] = stage.split(":");
  if (kind === "user") {
    return { place: { kind: "stored", stage }, object: undefined, path, prefix: "" };
  }
  const object = snapshot.get(Number(id));
  if (object === undefined || object.kind !== kind || object.droppedAt !== undefined) {
    return undefined;
  }
  if (object.kind === "stage") return stageLocation(object, path);
  return { place: { kind: "stored", stage }, object: undefined, path, prefix: "" };
}

/**
 * The stage that the ticket lets write to, as its key.
 * @returns undefined when it is gone, or external
 */
export function writableStage({ stage }: Ticket, snapshot: Snapshot): string | undefined {
  const place = locationOf(stage, "", snapshot)?.place;
  return place?.kind === "stored" ? place.stage : undefined;
}

/** The file of a stage with exactly that path; undefined when there is none any more. */
export function ticketFile(
  { stage }: Ticket,
  path: string,
  snapshot: Snapshot,
  store: StageStore,
): StagedFile | undefined {
  const location = locationOf(stage, path, snapshot);
  return location && listFiles(location, store).find((file) => file.path === path);
}
