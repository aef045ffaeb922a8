/** Policies and tags as text: signatures for DESCRIBE, statements for GET_DDL. */

import { typeText } from "../../translator/types/names.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { PolicyObject, TagObject } from "./governance-objects.ts";
import { quoted } from "./information-schema/names.ts";
import type { TagValues } from "./object-base.ts";
import type { PolicyReference } from "./objects.ts";
import { referencedPolicy } from "./protection.ts";
import type { Snapshot } from "./snapshot.ts";

/** A type as signatures have it: without length or precision. */
export function shortType(type: SnowType): string {
  return typeText(type).replace(/\(.*\)$/s, "");
}

/** `(VAL VARCHAR, LEVEL NUMBER)`. */
export function policySignature({ parameters }: PolicyObject): string {
  const list = parameters.map(({ name, type }) => `${quoted(name)} ${shortType(type)}`);
  return `(${list.join(", ")})`;
}

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
}

/** @param name as it stands in the statement */
export function policyDdl(policy: PolicyObject, name: string): string {
  const kind = policy.kind.replaceAll("_", " ").toUpperCase();
  const isExempt = policy.kind === "masking_policy" && policy.exempt;
  const tail = [
    ...(policy.comment === "" ? [] : [`COMMENT = ${text(policy.comment)}`]),
    ...(isExempt ? ["EXEMPT_OTHER_POLICIES = TRUE"] : []),
  ];
  const head = `create or replace ${kind} ${name} AS ${policySignature(policy)}`;
  const body = `RETURNS ${shortType(policy.returns)} ->\n${policy.body}`;
  return `${[`${head} ${body}`, ...tail].join("\n")};`;
}

/** @param name as it stands in the statement */
export function tagDdl({ allowedValues, comment }: TagObject, name: string): string {
  const parts = [
    `create or replace tag ${name}`,
    ...(allowedValues === undefined
      ? []
      : [`ALLOWED_VALUES ${allowedValues.map(text).join(", ")}`]),
    ...(comment === "" ? [] : [`COMMENT=${text(comment)}`]),
  ];
  return `${parts.join(" ")};`;
}

/** `WITH MASKING POLICY DB.S.P USING (A, B)`; empty for none. */
export function maskingDdl(reference: PolicyReference | undefined, snapshot: Snapshot): string {
  if (reference === undefined) return "";
  const name = memberText(referencedPolicy(reference, snapshot), snapshot);
  const using = reference.columns.length > 1 ? ` USING (${columnText(reference)})` : "";
  return `WITH MASKING POLICY ${name}${using}`;
}

/** ` WITH ROW ACCESS POLICY DB.S.P ON (A)`; empty for none. */
export function rowAccessDdl(reference: PolicyReference | undefined, snapshot: Snapshot): string {
  if (reference === undefined) return "";
  const name = memberText(referencedPolicy(reference, snapshot), snapshot);
  return ` WITH ROW ACCESS POLICY ${name} ON (${columnText(reference)})`;
}

/** `WITH TAG (DB.S.T='value')`; empty for none. */
export function tagsDdl(tags: TagValues | undefined, snapshot: Snapshot): string {
  const items = Object.entries(tags ?? {}).flatMap(([id, value]) => {
    const tag = snapshot.get(Number(id));
    if (tag?.kind !== "tag" || tag.droppedAt !== undefined) return [];
    return [`${memberText(tag, snapshot)}=${text(value)}`];
  });
  return items.length === 0 ? "" : `WITH TAG (${items.join(", ")})`;
}

function columnText({ columns }: PolicyReference): string {
  return columns.map(quoted).join(", ");
}

function memberText({ name, schemaId }: PolicyObject | TagObject, snapshot: Snapshot): string {
  const { database, schema } = snapshot.qualify(schemaId);
  return [database, schema, name].map(quoted).join(".");
}
