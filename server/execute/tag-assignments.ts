/**
 * `TAG name = 'value'` of CREATE and ALTER: the tags by id, with values that they allow.
 * https://docs.snowflake.com/en/user-guide/object-tagging/introduction
 */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { TagAssignment } from "../../translator/statements/tags.ts";
import type { TagObject } from "../catalog/governance-objects.ts";
import type { TagValues } from "../catalog/object-base.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Execution } from "./execution.ts";
import { findMember, memberName, notFound, shown, shownQualified } from "./names.ts";
import { propertyText } from "./properties.ts";

/** Docs: object-tagging, "Tag quotas". A table's columns count for themselves, all of them together. */
export const TAGS_PER_OBJECT_MAX = 50;
/** Characters. */
export const TAG_VALUE_LENGTH_MAX = 256;

/** @throws 002003 when there is no such tag */
export function findTag(name: ObjectName, snapshot: Snapshot, execution: Execution): TagObject {
  const member = memberName(name, execution, "TAG");
  const found = findMember(snapshot, "tag", member, execution);
  if (found?.kind === "tag") return found;
  throw notFound("Tag", shownQualified(member));
}

/**
 * The values by the tag's id; undefined for none.
 * @param present tags that are there already
 * @throws 001008 for a value that the tag does not allow or that is too long, 003525 for too many tags
 */
export function tagValues(
  assignments: readonly TagAssignment[],
  snapshot: Snapshot,
  execution: Execution,
  present: TagValues = {},
): TagValues | undefined {
  const values: Record<string, string> = { ...present };
  for (const { name, value } of assignments) {
    const tag = findTag(name, snapshot, execution);
    const text = propertyText(value, execution);
    checkTagValue(tag, text);
    values[String(tag.id)] = text;
  }
  const count = Object.keys(values).length;
  if (count > TAGS_PER_OBJECT_MAX) {
    throw snowflakeError("tooManyTags", { limit: TAGS_PER_OBJECT_MAX });
  }
  return count === 0 ? undefined : values;
}

function checkTagValue({ name, allowedValues }: TagObject, value: string): void {
  const isAllowed = allowedValues === undefined || allowedValues.includes(value);
  if (isAllowed && [...value].length <= TAG_VALUE_LENGTH_MAX) return;
  throw snowflakeError("invalidParameterValue", { value, name: shown(name) });
}

/** The values without those of some tags. @throws 002003 for a tag that is not there */
export function withoutTags(
  present: TagValues | undefined,
  names: readonly ObjectName[],
  snapshot: Snapshot,
  execution: Execution,
): TagValues | undefined {
  const gone = new Set(names.map((name) => String(findTag(name, snapshot, execution).id)));
  const left = Object.entries(present ?? {}).filter(([id]) => !gone.has(id));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
