/**
 * CREATE TAG and ALTER TAG.
 * https://docs.snowflake.com/en/sql-reference/sql/create-tag
 * https://docs.snowflake.com/en/sql-reference/sql/alter-tag
 */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { type Clause, phraseOf } from "../../translator/statements/forms.ts";
import type { MaskingPolicyObject, TagObject } from "../catalog/governance-objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { commonFields } from "./account-objects.ts";
import type { ObjectCreator } from "./create-object.ts";
import { markDropped } from "./drop.ts";
import { checkNotMasking } from "./droppable.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { findMember, findSchema, memberName, notFound, shown, shownQualified } from "./names.ts";
import { findPolicy } from "./policy-attachments.ts";
import { propertyRecord, propertyText } from "./properties.ts";
import { alreadyExists, created, executed } from "./status.ts";
import { TAG_VALUE_LENGTH_MAX } from "./tag-assignments.ts";

/** Docs: create-tag, the maximum number of allowed values. */
const ALLOWED_VALUES_MAX = 5_000;

export const createTag: ObjectCreator = async (statement, execution) => {
  const name = memberName(statement.name, execution, "CREATE TAG");
  if (statement.clone !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "CLONE of a TAG" });
  }
  const allowedValues = allowedOf(statement.clauses, execution);
  const { PROPAGATE, ON_CONFLICT, ...options } = propertyRecord(statement.properties, execution);
  if (PROPAGATE !== undefined || ON_CONFLICT !== undefined) throw propagation();
  const done = await execution.ddl(async (snapshot) => {
    const schema = findSchema(snapshot, name.database, name.schema);
    const existing = findMember(snapshot, "tag", name, execution);
    if (existing !== undefined && statement.ifNotExists) return { changes: [], result: false };
    if (existing?.kind === "tag" && statement.orAlter) {
      const alteredAt = execution.account.now();
      const object = { ...existing, allowedValues, comment: options.COMMENT ?? "", alteredAt };
      return { changes: [{ kind: "put" as const, object }], result: true };
    }
    if (existing !== undefined && !statement.orReplace) {
      throw snowflakeError("objectExists", { name: shown(name.name) });
    }
    if (existing?.kind === "tag") checkNotMasking(existing, snapshot);
    const tag: TagObject = {
      ...commonFields(name.name, options, execution),
      kind: "tag",
      schemaId: schema.id,
      allowedValues,
      maskingPolicies: [],
    };
    const replaced = existing === undefined ? [] : [markDropped(existing, execution)];
    return { changes: [...replaced, { kind: "put" as const, object: tag }], result: true };
  });
  return done ? created("Tag", name.name) : alreadyExists(name.name);
};

function propagation() {
  return snowflakeError("unsupportedFeature", { feature: "TAG PROPAGATE" });
}

function allowedOf(clauses: readonly Clause[], execution: Execution) {
  const other = clauses.find(({ form }) => !form.startsWith("ALLOWED_VALUES"));
  if (other !== undefined) throw propagation();
  const [clause] = clauses;
  return clause && checkedValues(valuesOf(clause, execution));
}

function valuesOf(clause: Clause, execution: Execution): readonly string[] {
  return clause.arguments.flatMap((argument) =>
    argument.kind === "values"
      ? argument.values.map((value) => propertyText(value, execution))
      : [],
  );
}

/** The values once each, in order. @throws 001008 for one that is too long, or too many */
function checkedValues(values: readonly string[]): readonly string[] {
  const distinct = [...new Set(values)];
  const tooLong = distinct.find((value) => [...value].length > TAG_VALUE_LENGTH_MAX);
  if (tooLong !== undefined || distinct.length > ALLOWED_VALUES_MAX) {
    const value = tooLong ?? `${distinct.length} values`;
    throw snowflakeError("invalidParameterValue", { value, name: "ALLOWED_VALUES" });
  }
  return distinct;
}

export async function alterTag(
  statement: StatementOf<"alter_object">,
  execution: Execution,
): Promise<StatementResult> {
  const name = memberName(must(statement.name), execution, "ALTER TAG");
  await execution.ddl(async (snapshot) => {
    const found = findMember(snapshot, "tag", name, execution);
    if (found?.kind !== "tag") {
      if (statement.ifExists) return { changes: [], result: undefined };
      throw notFound("Tag", shownQualified(name));
    }
    const changed = alteredTag(found, statement.alteration, snapshot, execution);
    const object = { ...changed, alteredAt: execution.account.now() };
    return { changes: [{ kind: "put", object }], result: undefined };
  });
  return executed();
}

function alteredTag(
  tag: TagObject,
  alteration: StatementOf<"alter_object">["alteration"],
  snapshot: Snapshot,
  execution: Execution,
): TagObject {
  switch (alteration.kind) {
    case "rename": {
      const target = memberName(alteration.name, execution, "ALTER TAG");
      const schema = findSchema(snapshot, target.database, target.schema);
      if (findMember(snapshot, "tag", target, execution) !== undefined) {
        throw snowflakeError("objectExists", { name: shown(target.name) });
      }
      return { ...tag, name: target.name, schemaId: schema.id };
    }
    case "set": {
      const { COMMENT: comment, ...rest } = propertyRecord(alteration.properties, execution);
      if (comment === undefined || Object.keys(rest).length > 0) throw propagation();
      return { ...tag, comment };
    }
    case "unset":
      if (alteration.names.some((name) => name !== "COMMENT")) throw propagation();
      return { ...tag, comment: "" };
    case "clause":
      return clauseChange(tag, alteration.clause, snapshot, execution);
    default:
      throw snowflakeError("unsupportedFeature", { feature: `ALTER TAG ${alteration.kind}` });
  }
}

function clauseChange(
  tag: TagObject,
  clause: Clause,
  snapshot: Snapshot,
  execution: Execution,
): TagObject {
  const { form } = clause;
  const present = tag.allowedValues ?? [];
  if (form === "UNSET ALLOWED_VALUES") return { ...tag, allowedValues: undefined };
  if (form.includes("ALLOWED_VALUES")) {
    const given = valuesOf(clause, execution);
    if (form.startsWith("SET")) return { ...tag, allowedValues: checkedValues(given) };
    const left = form.startsWith("ADD")
      ? [...present, ...given]
      : present.filter((value) => !given.includes(value));
    // With the last value gone nothing is allowed any more (docs: alter-tag).
    return { ...tag, allowedValues: checkedValues(left) };
  }
  if (!form.includes("MASKING POLICY")) {
    throw snowflakeError("unsupportedFeature", { feature: `ALTER TAG ${phraseOf(clause)}` });
  }
  const names = clause.arguments.flatMap((argument) =>
    argument.kind === "masking_policies" ? argument.names : [],
  );
  const policies = names.flatMap((name) => {
    const policy = findPolicy("MASKING POLICY", name, snapshot, execution);
    return policy.kind === "masking_policy" ? [policy] : [];
  });
  if (form.startsWith("UNSET")) {
    const gone = new Set(policies.map(({ id }) => id));
    const maskingPolicies = tag.maskingPolicies.filter((id) => !gone.has(id));
    return { ...tag, maskingPolicies };
  }
  return policies.reduce(
    (changed, policy) => withMask(changed, policy, form.endsWith("FORCE"), snapshot),
    tag,
  );
}

/** One policy for each data type. @throws 003529 when there is one, unless it is forced out */
function withMask(
  tag: TagObject,
  policy: MaskingPolicyObject,
  force: boolean,
  snapshot: Snapshot,
): TagObject {
  if (policy.parameters.length > 1) {
    throw snowflakeError("unsupportedFeature", {
      feature: "conditional masking policy on a TAG",
    });
  }
  const isSameType = (id: number) => {
    const other = snapshot.get(id);
    return other?.kind === "masking_policy" && other.returns.kind === policy.returns.kind;
  };
  if (tag.maskingPolicies.some(isSameType) && !force) throw snowflakeError("maskedTwice");
  const kept = tag.maskingPolicies.filter((id) => !isSameType(id));
  return { ...tag, maskingPolicies: [...kept, policy.id] };
}
