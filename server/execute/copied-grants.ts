/** COPY GRANTS: what was granted on the object that is replaced holds for the new one. */

import { GRANT_OBJECT } from "../catalog/information-schema/grants.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";

export function copiedGrants(
  existing: CatalogObject | undefined,
  next: CatalogObject,
  snapshot: Snapshot,
): CatalogChange[] {
  if (existing === undefined) return [];
  return snapshot.list("grant", 0).flatMap((grant): CatalogChange[] => {
    if (grant.options[GRANT_OBJECT] !== String(existing.id)) return [];
    const options = { ...grant.options, [GRANT_OBJECT]: String(next.id) };
    return [{ kind: "put", object: { ...grant, options } }];
  });
}
