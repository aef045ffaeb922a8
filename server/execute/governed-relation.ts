/** The tags and policies that CREATE TABLE and CREATE VIEW name, on the new object and its columns. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { ColumnDefinition } from "../../translator/statements/columns.ts";
import type { PolicyAttachment, TagAssignment } from "../../translator/statements/tags.ts";
import type { TableObject, ViewObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Execution } from "./execution.ts";
import { withColumn, withMasking, withRowAccess } from "./policy-attachments.ts";
import { tagValues } from "./tag-assignments.ts";

type Written = {
  readonly policies: readonly PolicyAttachment[];
  readonly tags: readonly TagAssignment[];
  readonly columns: readonly Pick<ColumnDefinition, "name" | "policies" | "tags">[];
};

/**
 * A new table or view with the tags and policies that its CREATE names.
 * @throws 002003 for a tag or policy that is not there, and what keeps a policy from its place
 */
export function governed<Object extends TableObject | ViewObject>(
  object: Object,
  { policies, tags, columns }: Written,
  snapshot: Snapshot,
  execution: Execution,
): Object {
  const tagged = { ...object, tags: tagValues(tags, snapshot, execution, object.tags) };
  // A view's columns are renamed by position, and so may be those of CREATE TABLE … AS.
  const named = columns.map((column, index) => {
    const name = object.columns[index]?.name ?? column.name.name;
    return { ...column, name: { ...column.name, name } };
  });
  const onColumns = withGovernedColumns(tagged, named, snapshot, execution);
  return withRowAccess(onColumns, policies, snapshot, execution);
}

/** The relation with the tags and policies that definitions of its columns name. */
export function withGovernedColumns<Object extends TableObject | ViewObject>(
  object: Object,
  columns: Written["columns"],
  snapshot: Snapshot,
  execution: Execution,
): Object {
  let result = object;
  for (const { name: identifier, policies, tags: written } of columns) {
    const { name } = identifier;
    const tags = tagValues(written, snapshot, execution);
    if (tags !== undefined) result = withColumn(result, name, { tags });
    for (const policy of policies) {
      result = withMasking(result, name, policy, snapshot, execution);
    }
  }
  return result;
}

/** @throws 000002: CREATE OR ALTER leaves tags and policies alone (docs: create-or-alter) */
export function refuseGoverned({ policies, tags, columns }: Written): void {
  const isGoverned = [{ policies, tags }, ...columns].some(
    (each) => each.policies.length > 0 || each.tags.length > 0,
  );
  if (!isGoverned) return;
  throw snowflakeError("unsupportedFeature", { feature: "CREATE OR ALTER with tags or policies" });
}
