/** Policies and tags as text: signatures for DESCRIBE, statements for GET_DDL. */

import { typeText } from "../../translator/types/names.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { quoted } from "./information-schema/names.ts";
import type { PolicyObject, TagObject } from "./objects.ts";

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
    ...(allowedValues === undefined ? [] : [`ALLOWED_VALUES ${allowedValues.map(text).join(", ")}`]),
    ...(comment === "" ? [] : [`COMMENT=${text(comment)}`]),
  ];
  return `${parts.join(" ")};`;
}
