/**
 * Tags and policies of cloned objects: what refers to a tag or policy that was cloned with it refers to the clone, anything else
 * to what its source refers to. https://docs.snowflake.com/en/sql-reference/sql/create-clone
 */

import type { TagValues } from "../catalog/object-base.ts";
import type { CatalogObject, PolicyReference } from "../catalog/objects.ts";
import type { CatalogChange } from "../catalog/snapshot.ts";

/** @param copies ids of clones by the ids of their sources */
export function withOwnGovernance(
  changes: readonly CatalogChange[],
  copies: ReadonlyMap<number, number>,
): readonly CatalogChange[] {
  return changes.map((change) =>
    change.kind === "put" ? { kind: "put", object: moved(change.object, copies) } : change,
  );
}

type Copies = ReadonlyMap<number, number>;

function moved(object: CatalogObject, copies: Copies): CatalogObject {
  const tagged = { ...object, tags: movedTags(object.tags, copies) };
  switch (tagged.kind) {
    case "table":
      return { ...tagged, ...movedRelation(tagged, copies) };
    case "view":
      return { ...tagged, ...movedRelation(tagged, copies) };
    case "tag": {
      const maskingPolicies = tagged.maskingPolicies.map((id) => copies.get(id) ?? id);
      return { ...tagged, maskingPolicies };
    }
    default:
      return tagged;
  }
}

type Governed = {
  readonly masking?: PolicyReference | undefined;
  readonly tags?: TagValues | undefined;
};

function movedRelation<Column extends Governed>(
  relation: {
    readonly columns: readonly Column[];
    readonly rowAccess?: PolicyReference | undefined;
  },
  copies: Copies,
) {
  return {
    columns: relation.columns.map((column) => ({
      ...column,
      masking: movedReference(column.masking, copies),
      tags: movedTags(column.tags, copies),
    })),
    rowAccess: movedReference(relation.rowAccess, copies),
  };
}

function movedReference(
  reference: PolicyReference | undefined,
  copies: Copies,
): PolicyReference | undefined {
  if (reference === undefined) return undefined;
  return { ...reference, policy: copies.get(reference.policy) ?? reference.policy };
}

function movedTags(tags: TagValues | undefined, copies: Copies): TagValues | undefined {
  if (tags === undefined) return undefined;
  const entries = Object.entries(tags);
  return Object.fromEntries(entries.map(([id, value]) => [copies.get(Number(id)) ?? id, value]));
}
