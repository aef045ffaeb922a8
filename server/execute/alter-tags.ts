/** SET TAG and UNSET TAG of every kind of object that has tags. */

import type { CommonAlteration } from "../../translator/statements/alterations.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Execution } from "./execution.ts";
import { tagValues, withoutTags } from "./tag-assignments.ts";

export type TagAlteration = Extract<CommonAlteration, { kind: "set_tags" | "unset_tags" }>;

/** The object with the tags that the alteration leaves it. */
export function taggedChange<Object extends Pick<CatalogObject, "tags">>(
  object: Object,
  alteration: TagAlteration,
  snapshot: Snapshot,
  execution: Execution,
): Object {
  const tags =
    alteration.kind === "set_tags"
      ? tagValues(alteration.tags, snapshot, execution, object.tags)
      : withoutTags(object.tags, alteration.tags, snapshot, execution);
  return { ...object, tags };
}
