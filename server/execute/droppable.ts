/** What keeps an object from being dropped: policies that are in use, tags that mask. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import { parentId } from "../catalog/objects.ts";
import { isPolicyUsed } from "../catalog/protection.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { shown } from "./names.ts";

/**
 * @throws 003531 for a policy that is in use, also in a schema or database whose other objects do not use it; 003536 for a tag
 *   with masking policies
 */
export function checkDroppable(object: CatalogObject, snapshot: Snapshot): void {
  switch (object.kind) {
    case "masking_policy":
    case "row_access_policy":
      if (isPolicyUsed(object.id, snapshot)) throw inUse(object);
      return;
    case "tag":
      checkNotMasking(object, snapshot);
      return;
    case "schema":
    case "database":
      checkContained(object, snapshot);
      return;
    default:
      return;
  }
}

function inUse({ name }: CatalogObject) {
  return snowflakeError("policyInUse", { name: shown(name) });
}

/** @throws 003536 for a tag with masking policies, which would no longer mask (docs: drop-tag) */
export function checkNotMasking(tag: CatalogObject, snapshot: Snapshot): void {
  if (tag.kind !== "tag") return;
  const live = tag.maskingPolicies.filter((id) => snapshot.get(id)?.droppedAt === undefined);
  if (live.length > 0) throw snowflakeError("tagInUse", { name: shown(tag.name) });
}

/** A policy goes with its schema when nothing outside of the schema uses it. */
function checkContained(container: CatalogObject, snapshot: Snapshot): void {
  const isInside = (object: CatalogObject): boolean => {
    const parent = parentId(object);
    if (parent === container.id) return true;
    const above = parent === 0 ? undefined : snapshot.get(parent);
    return above !== undefined && isInside(above);
  };
  for (const object of snapshot.all()) {
    if (object.kind !== "masking_policy" && object.kind !== "row_access_policy") continue;
    if (object.droppedAt !== undefined || !isInside(object)) continue;
    if (isPolicyUsed(object.id, snapshot, isInside)) throw inUse(object);
  }
}
