/** The policies that protect a table or view: those set on it and its columns, and those that come with tags. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { RelationPolicy, RelationProtection } from "../../translator/bind/catalog.ts";
import type { MaskingPolicyObject, PolicyObject, TagObject } from "./governance-objects.ts";
import type { CatalogObject, PolicyReference, TableObject, ViewObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";
import { effectiveTags } from "./tag-values.ts";

/** Tags with masking policies by snapshot, which never changes. */
const maskingTags = new WeakMap<Snapshot, readonly TagObject[]>();

/** The live tags that have masking policies. */
function tagsWithMasks(snapshot: Snapshot): readonly TagObject[] {
  const known = maskingTags.get(snapshot);
  if (known !== undefined) return known;
  const found = [...snapshot.all()].filter(
    (object) =>
      object.kind === "tag" && object.droppedAt === undefined && object.maskingPolicies.length > 0,
  ) as TagObject[];
  maskingTags.set(snapshot, found);
  return found;
}

/** @returns undefined for a relation that everybody reads as it is stored */
export function protectionOf(
  object: TableObject | ViewObject,
  snapshot: Snapshot,
): RelationProtection | undefined {
  const tags = tagsWithMasks(snapshot);
  const masks = new Map<number, RelationPolicy>();
  for (const [index, column] of object.columns.entries()) {
    const found = columnMask(object, column, tags, snapshot);
    if (found !== undefined) masks.set(index, relationPolicy(found.reference, object, snapshot));
  }
  const rowAccess = object.rowAccess && relationPolicy(object.rowAccess, object, snapshot);
  if (masks.size === 0 && rowAccess === undefined) return undefined;
  const relation = { ...snapshot.qualify(object.schemaId), name: object.name };
  return { relation, masks, rowAccess };
}

type Column = (TableObject | ViewObject)["columns"][number];

/** A column's masking policy, and the tag that brings it when it was not set on the column. */
export type ColumnMask = {
  readonly reference: PolicyReference;
  readonly tag: TagObject | undefined;
};

/** A policy on the column itself goes before those of its tags (docs: tag-based-masking-policies). */
function columnMask(
  object: TableObject | ViewObject,
  column: Column,
  tags: readonly TagObject[],
  snapshot: Snapshot,
): ColumnMask | undefined {
  if (column.masking !== undefined) return { reference: column.masking, tag: undefined };
  if (tags.length === 0) return undefined;
  const values = effectiveTags(object, column.name, snapshot);
  for (const tag of tags) {
    if (!values.has(tag.id)) continue;
    const policy = policyForType(tag, column, snapshot);
    if (policy === undefined) continue;
    return { reference: { policy: policy.id, columns: [column.name] }, tag };
  }
  return undefined;
}

/** The masking policies of all columns, for POLICY_REFERENCES. */
export function columnMasks(
  object: TableObject | ViewObject,
  snapshot: Snapshot,
): readonly (ColumnMask & { readonly column: string })[] {
  const tags = tagsWithMasks(snapshot);
  return object.columns.flatMap((column) => {
    const found = columnMask(object, column, tags, snapshot);
    return found === undefined ? [] : [{ ...found, column: column.name }];
  });
}

function policyForType(
  tag: TagObject,
  column: Column,
  snapshot: Snapshot,
): MaskingPolicyObject | undefined {
  const policies = tag.maskingPolicies.map((id) => snapshot.get(id)).filter(isMaskingPolicy);
  return policies.find(({ returns }) => returns.kind === column.type.kind);
}

function isMaskingPolicy(object: CatalogObject | undefined): object is MaskingPolicyObject {
  return object?.kind === "masking_policy";
}

/** A table that comes back by UNDROP may have lost its policy: nobody reads it then (docs: security-column-ddm-intro). */
function gone({ kind }: PolicyObject, { columns }: PolicyReference, { name }: CatalogObject) {
  return kind === "masking_policy"
    ? snowflakeError("policyGone", { column: columns[0] ?? "" })
    : snowflakeError("rowAccessGone", { name });
}

/** The policy that a reference means, also a dropped one: policies are kept. */
export function referencedPolicy(
  { policy: id }: PolicyReference,
  snapshot: Snapshot,
): PolicyObject {
  const policy = snapshot.get(id);
  if (policy?.kind === "masking_policy" || policy?.kind === "row_access_policy") return policy;
  throw new Error(`no policy ${id}`);
}

function relationPolicy(
  reference: PolicyReference,
  object: TableObject | ViewObject,
  snapshot: Snapshot,
): RelationPolicy {
  const policy = referencedPolicy(reference, snapshot);
  const { id, name, schemaId, parameters, body } = policy;
  if (policy.droppedAt !== undefined) throw gone(policy, reference, object);
  const columns = reference.columns.map((column) => {
    const index = object.columns.findIndex((candidate) => candidate.name === column);
    if (index < 0) throw new Error(`policy ${name} needs column ${column}`);
    return index;
  });
  return { id, name: { ...snapshot.qualify(schemaId), name }, parameters, body, columns };
}

/**
 * Whether a table, view or tag uses the policy. What is dropped does not count.
 * @param leftOut objects that do not count either
 */
export function isPolicyUsed(
  id: number,
  snapshot: Snapshot,
  leftOut: (object: CatalogObject) => boolean = () => false,
): boolean {
  return [...snapshot.all()].some((object) => {
    if (object.droppedAt !== undefined || leftOut(object)) return false;
    if (object.kind === "tag") return object.maskingPolicies.includes(id);
    if (object.kind !== "table" && object.kind !== "view") return false;
    return (
      object.rowAccess?.policy === id ||
      object.columns.some((column) => column.masking?.policy === id)
    );
  });
}
