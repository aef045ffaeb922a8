/** Tags, contacts and policies that hang on objects and columns. */

import type { Identifier, ObjectName } from "../ast/expressions.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import { acceptPhrase, identifierList, isWord, parenthesizedList } from "./grammar.ts";
import { commas, optionalColumns, parenthesized, printObjectName, spaced } from "./print.ts";
import { type PropertyValue, parsePropertyValue, printPropertyValue } from "./properties.ts";

export type TagAssignment = { readonly name: ObjectName; readonly value: PropertyValue };

/** `WITH CONTACT (purpose = contact)`. */
export type ContactAssignment = { readonly purpose: Identifier; readonly contact: ObjectName };

/** Each policy kind with the words before its columns. */
const COLUMN_WORDS = {
  "ROW ACCESS POLICY": "ON",
  "AGGREGATION POLICY": "ENTITY KEY",
  "JOIN POLICY": "ALLOWED JOIN KEYS",
  "STORAGE LIFECYCLE POLICY": "ON",
  "MASKING POLICY": "USING",
  "PROJECTION POLICY": "",
  "PRIVACY POLICY": "ENTITY KEY",
} as const;

export type AttachedPolicyKind = keyof typeof COLUMN_WORDS;
const TABLE_POLICIES = [
  "ROW ACCESS POLICY",
  "AGGREGATION POLICY",
  "JOIN POLICY",
  "STORAGE LIFECYCLE POLICY",
  "PRIVACY POLICY",
] as const;
const COLUMN_POLICIES = ["MASKING POLICY", "PROJECTION POLICY"] as const;

export type PolicyAttachment = {
  readonly policyKind: AttachedPolicyKind;
  readonly policy: ObjectName;
  /** ON, USING, ENTITY KEY or ALLOWED JOIN KEYS columns. */
  readonly columns: readonly Identifier[];
  /** PRIVACY POLICY p NO ENTITY KEY. */
  readonly noEntityKey?: boolean | undefined;
};

/** Takes `[WITH] ROW ACCESS POLICY p ON (a)` and its like. */
export function acceptTablePolicy(cursor: Cursor): PolicyAttachment | undefined {
  return acceptPolicy(cursor, TABLE_POLICIES);
}

/** Takes `[WITH] MASKING POLICY p [USING (a, b)]` or `[WITH] PROJECTION POLICY p`. */
export function acceptColumnPolicy(cursor: Cursor): PolicyAttachment | undefined {
  return acceptPolicy(cursor, COLUMN_POLICIES);
}

function acceptPolicy(
  cursor: Cursor,
  kinds: readonly AttachedPolicyKind[],
): PolicyAttachment | undefined {
  const withKinds = kinds.map((kind) => `WITH ${kind}`);
  const found = acceptPhrase(cursor, withKinds) ?? acceptPhrase(cursor, kinds);
  const policyKind = kinds.find((kind) => found?.endsWith(kind));
  if (policyKind === undefined) return undefined;
  return parsePolicyTail(cursor, policyKind);
}

/** What follows the kind's words: the policy's name and its columns. */
export function parsePolicyTail(cursor: Cursor, policyKind: AttachedPolicyKind): PolicyAttachment {
  const policy = cursor.objectName();
  const words = COLUMN_WORDS[policyKind];
  if (policyKind === "PRIVACY POLICY" && cursor.acceptKeyword("NO", "ENTITY", "KEY")) {
    return { policyKind, policy, columns: [], noEntityKey: true };
  }
  const hasColumns = words !== "" && cursor.acceptKeyword(...words.split(" "));
  return { policyKind, policy, columns: hasColumns ? identifierList(cursor) : [] };
}

/** `ROW ACCESS POLICY p ON (a)`; the caller puts WITH, ADD or SET before it. */
export function printPolicy(attachment: PolicyAttachment): string {
  const { policyKind, policy, columns, noEntityKey } = attachment;
  const list = optionalColumns(columns);
  return spaced(
    policyKind,
    printObjectName(policy),
    list !== undefined && COLUMN_WORDS[policyKind],
    list,
    noEntityKey && "NO ENTITY KEY",
  );
}

/** Takes `[WITH] TAG (a = 'x', …)`. */
export function acceptTags(cursor: Cursor): TagAssignment[] | undefined {
  const withTag = isWord(cursor.peek(0), "WITH") ? 1 : 0;
  if (!isWord(cursor.peek(withTag), "TAG")) return undefined;
  if (withTag === 1) cursor.next();
  cursor.next();
  return parenthesizedList(cursor, parseTag);
}

/** `name = 'value'`. */
export function parseTag(cursor: Cursor): TagAssignment {
  const name = cursor.objectName();
  cursor.expectPunctuation("=");
  return { name, value: parsePropertyValue(cursor) };
}

export function printTag({ name, value }: TagAssignment): string {
  return `${printObjectName(name)} = ${printPropertyValue(value)}`;
}

/** `WITH TAG (…)`, or nothing. */
export function printTags(tags: readonly TagAssignment[]): string | undefined {
  return tags.length === 0 ? undefined : `WITH TAG ${parenthesized(tags, printTag)}`;
}

/** Takes `[WITH] CONTACT (purpose = contact, …)`. */
export function acceptContacts(cursor: Cursor): ContactAssignment[] | undefined {
  const taken = cursor.acceptKeyword("WITH", "CONTACT") || cursor.acceptKeyword("CONTACT");
  return taken ? parenthesizedList(cursor, parseContact) : undefined;
}

export function parseContact(cursor: Cursor): ContactAssignment {
  const purpose = cursor.identifier();
  cursor.expectPunctuation("=");
  return { purpose, contact: cursor.objectName() };
}

export function printContacts(contacts: readonly ContactAssignment[]): string | undefined {
  return contacts.length === 0 ? undefined : `WITH CONTACT (${printContactList(contacts)})`;
}

export function printContactList(contacts: readonly ContactAssignment[]): string {
  return commas(
    contacts,
    ({ purpose, contact }) => `${printIdentifier(purpose)} = ${printObjectName(contact)}`,
  );
}
