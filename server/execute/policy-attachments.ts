/**
 * Masking policies on columns and row access policies on tables and views.
 * https://docs.snowflake.com/en/user-guide/security-column-intro
 * https://docs.snowflake.com/en/sql-reference/sql/alter-table
 */

import type { Identifier, ObjectName } from "../../translator/ast/expressions.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { PolicyAttachment } from "../../translator/statements/tags.ts";
import { typeText } from "../../translator/types/names.ts";
import type { PolicyObject } from "../catalog/governance-objects.ts";
import type {
  CatalogColumn,
  PolicyReference,
  TableObject,
  ViewColumn,
  ViewObject,
} from "../catalog/objects.ts";
import { referencedPolicy } from "../catalog/protection.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { kindTitle } from "./drop.ts";
import type { Execution } from "./execution.ts";
import { findMember, memberName, notFound, shown, shownQualified } from "./names.ts";
import { policyKind } from "./policies.ts";

type Relation = TableObject | ViewObject;
type Column = CatalogColumn | ViewColumn;

/**
 * The policy of that name.
 * @throws 002003 when there is none, 000002 for a kind of policy that is not here
 */
export function findPolicy(
  word: string,
  name: ObjectName,
  snapshot: Snapshot,
  execution: Execution,
): PolicyObject {
  const kind = policyKind(word);
  if (kind === undefined) throw snowflakeError("unsupportedFeature", { feature: word });
  const member = memberName(name, execution, "ALTER");
  const found = findMember(snapshot, kind, member, execution);
  if (found?.kind === "masking_policy" || found?.kind === "row_access_policy") return found;
  throw notFound(kindTitle(word), shownQualified(member));
}

/**
 * The reference of a policy to columns of the relation.
 * @throws 000904 for a column that is not there, 003533 for one of another type than the argument
 */
function referenceTo(
  policy: PolicyObject,
  names: readonly Pick<Identifier, "name">[],
  relation: Relation,
): PolicyReference {
  const columns = names.map(({ name }) => findColumn(relation, name));
  if (columns.length !== policy.parameters.length) {
    throw snowflakeError("policyArguments", {
      name: shown(policy.name),
      expected: policy.parameters.length,
      actual: columns.length,
    });
  }
  for (const [index, column] of columns.entries()) {
    const { type } = must(policy.parameters[index]);
    if (column.type.kind === type.kind) continue;
    throw snowflakeError("policyColumnType", {
      column: shown(column.name),
      actual: typeText(column.type),
      kind: policy.kind.replaceAll("_", " "),
      expected: typeText(type),
    });
  }
  return { policy: policy.id, columns: columns.map(({ name }) => name) };
}

function findColumn(relation: Relation, name: string): Column {
  const column = [...relation.columns].find((candidate: Column) => candidate.name === name);
  if (column === undefined) throw snowflakeError("columnNotFound", { name: shown(name) });
  return column;
}

/**
 * The masking policy of a column as the catalog keeps it.
 * @param force takes the place of another policy
 * @throws 003529 for a column that has one, 003532 for a virtual column
 */
export function maskingReference(
  attachment: PolicyAttachment,
  column: Column,
  relation: Relation,
  force: boolean,
  snapshot: Snapshot,
  execution: Execution,
): PolicyReference {
  if (column.masking !== undefined && !force) throw snowflakeError("maskedTwice");
  const policy = findPolicy(attachment.policyKind, attachment.policy, snapshot, execution);
  refusePlace(column, relation);
  const given = attachment.columns.length === 0 ? [{ name: column.name }] : attachment.columns;
  if (given[0]?.name !== column.name) {
    throw snowflakeError("columnNotFound", { name: shown(given[0]?.name ?? "") });
  }
  const reference = referenceTo(policy, given, relation);
  checkOverlap([reference], relation.rowAccess, snapshot);
  checkConditions(reference, column.name, relation, snapshot);
  return reference;
}

function refusePlace(column: Column, relation: Relation): void {
  const isVirtual = "expression" in column && column.expression !== undefined;
  const isMaterialized = relation.kind === "view" && relation.materialized;
  if (!isVirtual && !isMaterialized) return;
  const kind = isVirtual ? "VIRTUAL_COLUMN" : "MATERIALIZED_VIEW";
  throw snowflakeError("maskingPlace", { kind });
}

/** @throws 003549 for a relation that has one */
function rowAccessReference(
  attachment: PolicyAttachment,
  relation: Relation,
  snapshot: Snapshot,
  execution: Execution,
): PolicyReference {
  if (relation.rowAccess !== undefined) {
    throw snowflakeError("rowAccessTwice", { name: shown(relation.name) });
  }
  const policy = findPolicy(attachment.policyKind, attachment.policy, snapshot, execution);
  const reference = referenceTo(policy, attachment.columns, relation);
  const masks = relation.columns.flatMap(({ masking }) => masking ?? []);
  checkOverlap(masks, reference, snapshot);
  return reference;
}

/** A column is in the signature of a masking or of a row access policy, not of both, unless the mask exempts others (docs: create-masking-policy). */
function checkOverlap(
  masks: readonly PolicyReference[],
  rowAccess: PolicyReference | undefined,
  snapshot: Snapshot,
): void {
  for (const mask of masks) {
    const policy = referencedPolicy(mask, snapshot);
    if (policy.kind === "masking_policy" && policy.exempt) continue;
    const both = mask.columns.find((column) => rowAccess?.columns.includes(column));
    if (both === undefined) continue;
    const feature = `column ${shown(both)} in a masking policy and a row access policy`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
}

type RowAccessAlteration =
  | { readonly kind: "add_policy"; readonly policy: PolicyAttachment }
  | {
      readonly kind: "drop_policy";
      readonly policyKind: string;
      readonly policy: ObjectName;
      readonly replacement?: PolicyAttachment | undefined;
    };

/**
 * What ADD and DROP ROW ACCESS POLICY leave.
 * @throws 002003 when the relation does not have the policy that is dropped, 003549 when one would be its second
 */
export function rowAccessChange(
  relation: Relation,
  alteration: RowAccessAlteration,
  snapshot: Snapshot,
  execution: Execution,
): PolicyReference | undefined {
  if (alteration.kind === "add_policy") {
    return rowAccessReference(alteration.policy, relation, snapshot, execution);
  }
  const { policyKind: word, policy: name, replacement } = alteration;
  const policy = findPolicy(word, name, snapshot, execution);
  if (relation.rowAccess?.policy !== policy.id) {
    throw notFound(kindTitle(word), shownQualified(memberName(name, execution, "ALTER")));
  }
  const without = { ...relation, rowAccess: undefined };
  return replacement && rowAccessReference(replacement, without, snapshot, execution);
}

/** A new relation with the policies that its CREATE names. */
export function withRowAccess<Object extends Relation>(
  relation: Object,
  policies: readonly PolicyAttachment[],
  snapshot: Snapshot,
  execution: Execution,
): Object {
  let result = relation;
  for (const policy of policies) {
    const rowAccess = rowAccessReference(policy, result, snapshot, execution);
    result = { ...result, rowAccess };
  }
  return result;
}

/** A relation with a masking policy on one of its columns. */
export function withMasking<Object extends Relation>(
  relation: Object,
  name: string,
  policy: PolicyAttachment,
  snapshot: Snapshot,
  execution: Execution,
): Object {
  const column = findColumn(relation, name);
  const masking = maskingReference(policy, column, relation, false, snapshot, execution);
  return withColumn(relation, name, { masking });
}

/** The relation with parts of one column changed. */
export function withColumn<Object extends Relation>(
  relation: Object,
  name: string,
  parts: Partial<Pick<Column, "masking" | "tags">>,
): Object {
  const columns = relation.columns.map((column: Column) =>
    column.name === name ? { ...column, ...parts } : column,
  );
  return { ...relation, columns };
}

/** @throws 000002 for a column that goes away or changes while a policy looks at it */
export function checkNotGoverned(table: TableObject, name: string): void {
  const references = [table.rowAccess, ...table.columns.map(({ masking }) => masking)];
  if (!references.some((reference) => reference?.columns.includes(name))) return;
  throw snowflakeError("columnInPolicy", { name: shown(name) });
}

/**
 * A condition of a masking policy may not be a column that another one masks, unless that one exempts others (docs:
 * create-masking-policy, EXEMPT_OTHER_POLICIES).
 */
function checkConditions(
  reference: PolicyReference,
  masked: string,
  relation: Relation,
  snapshot: Snapshot,
): void {
  const columns: readonly Column[] = relation.columns.map((column: Column) =>
    column.name === masked ? { ...column, masking: reference } : column,
  );
  const hidden = columns.filter(({ masking }) => {
    const policy = masking && referencedPolicy(masking, snapshot);
    return policy?.kind === "masking_policy" && !policy.exempt;
  });
  for (const { masking } of columns) {
    const conditions = masking?.columns.slice(1) ?? [];
    const both = hidden.find(({ name }) => conditions.includes(name));
    if (both === undefined) continue;
    const feature = `masked column ${shown(both.name)} as a condition of a masking policy`;
    throw snowflakeError("unsupportedFeature", { feature });
  }
}

/** The references under another name of a column. */
export function renamedReference(
  reference: PolicyReference | undefined,
  from: string,
  to: string,
): PolicyReference | undefined {
  if (reference === undefined) return undefined;
  const columns = reference.columns.map((name) => (name === from ? to : name));
  return { ...reference, columns };
}
