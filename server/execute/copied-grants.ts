/** COPY GRANTS: what was granted on the object that is replaced holds for the new one, its ownership aside. */

import { GRANT_OBJECT } from "../catalog/information-schema/grants.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";
import type { Execution } from "./execution.ts";

/** The grants on `existing` again, on `object`; none when nothing is replaced. */
export function copiedGrants(
  existing: CatalogObject | undefined,
  object: CatalogObject,
  snapshot: Snapshot,
  { account }: Execution,
): readonly CatalogChange[] {
  if (existing === undefined) return [];
  return snapshot.list("grant", 0).flatMap((grant): CatalogChange[] => {
    if (grant.options[GRANT_OBJECT] !== String(existing.id)) return [];
    const id = account.catalog.nextId();
    const name = ofObject(grant.name, existing.id, object.id);
    const options = { ...grant.options, [GRANT_OBJECT]: String(object.id) };
    return [{ kind: "put", object: { ...grant, id, name, options } }];
  });
}

/** A grant's name in the catalog says on which object it is (grant.ts). */
function ofObject(name: string, from: number, to: number): string {
  const parts = JSON.parse(name) as string[];
  return JSON.stringify(parts.map((part) => (part === String(from) ? String(to) : part)));
}
