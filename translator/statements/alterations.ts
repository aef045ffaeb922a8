/** Changes that nearly every ALTER knows: RENAME TO, SWAP WITH, SET, UNSET, and tags. */

import type { Identifier, ObjectName } from "../ast/expressions.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import { snowflakeError } from "../base/errors.ts";
import { positionAt } from "../base/source.ts";
import type { Cursor } from "../parse/cursor.ts";
import { commaList, parseWord } from "./grammar.ts";
import { commas, printObjectName, spaced } from "./print.ts";
import {
  atProperty,
  type Property,
  type PropertyNames,
  parseProperties,
  printProperties,
} from "./properties.ts";
import {
  type ContactAssignment,
  parseContact,
  parseTag,
  printContactList,
  printTag,
  type TagAssignment,
} from "./tags.ts";

export type CommonAlteration =
  | { readonly kind: "rename"; readonly name: ObjectName }
  | { readonly kind: "swap"; readonly name: ObjectName }
  | { readonly kind: "set"; readonly properties: readonly Property[] }
  | { readonly kind: "unset"; readonly names: readonly string[] }
  /** SET and UNSET that name contacts, beside properties or alone. */
  | {
      readonly kind: "set_contacts";
      readonly contacts: readonly ContactAssignment[];
      readonly properties: readonly Property[];
    }
  | {
      readonly kind: "unset_contacts";
      readonly purposes: readonly Identifier[];
      readonly names: readonly string[];
    }
  | { readonly kind: "set_tags"; readonly tags: readonly TagAssignment[] }
  | { readonly kind: "unset_tags"; readonly tags: readonly ObjectName[] };

export type SetAlteration = Extract<CommonAlteration, { kind: "set" | "set_contacts" }>;
export type UnsetAlteration = Extract<CommonAlteration, { kind: "unset" | "unset_contacts" }>;

/** Takes one of the common changes, or takes nothing. @throws 001423 for a property the object does not have */
export function acceptCommonAlteration(
  cursor: Cursor,
  { object, properties }: { readonly object: string; readonly properties: PropertyNames },
): CommonAlteration | undefined {
  if (cursor.acceptKeyword("RENAME", "TO")) return { kind: "rename", name: cursor.objectName() };
  if (cursor.acceptKeyword("SWAP", "WITH")) return { kind: "swap", name: cursor.objectName() };
  if (cursor.acceptKeyword("SET", "TAG")) {
    return { kind: "set_tags", tags: commaList(cursor, parseTag) };
  }
  if (cursor.acceptKeyword("UNSET", "TAG")) {
    return { kind: "unset_tags", tags: commaList(cursor, () => cursor.objectName()) };
  }
  if (cursor.acceptKeyword("SET")) {
    return acceptSet(cursor, properties, object) ?? cursor.unexpected();
  }
  return cursor.acceptKeyword("UNSET") ? parseUnset(cursor, properties, object) : undefined;
}

type SetOption = Property | ContactAssignment;

/** The options after SET, or undefined when none follows. */
export function acceptSet(
  cursor: Cursor,
  names: PropertyNames,
  object: string,
): SetAlteration | undefined {
  const options = parseSetOptions(cursor, names, object);
  const contacts = options.filter((option) => "contact" in option);
  const properties = options.filter((option) => "value" in option);
  if (contacts.length > 0) return { kind: "set_contacts", contacts, properties };
  return properties.length > 0 ? { kind: "set", properties } : undefined;
}

/** `NAME = value` and `CONTACT purpose = contact, …`, as many as follow. */
function parseSetOptions(cursor: Cursor, names: PropertyNames, object: string): SetOption[] {
  const options: SetOption[] = [];
  for (;;) {
    if (cursor.atKeyword("CONTACT") && !cursor.atPunctuation("=", 1)) {
      cursor.next();
      options.push(...parseContacts(cursor));
    } else if (atProperty(cursor)) {
      options.push(...parseProperties(cursor, names, object));
    } else {
      return options;
    }
    if (atContactComma(cursor) || atPropertyComma(cursor)) cursor.next();
  }
}

function parseContacts(cursor: Cursor): ContactAssignment[] {
  const contacts = [parseContact(cursor)];
  while (atPropertyComma(cursor) && cursor.peek(3).kind !== "string") {
    cursor.next();
    contacts.push(parseContact(cursor));
  }
  return contacts;
}

function atContactComma(cursor: Cursor): boolean {
  return cursor.atPunctuation(",") && cursor.atKeywordFrom(1, "CONTACT");
}

function atPropertyComma(cursor: Cursor): boolean {
  return cursor.atPunctuation(",") && cursor.atPunctuation("=", 2);
}

/** The names after UNSET; commas may stand between. */
export function parseUnset(cursor: Cursor, known: PropertyNames, object: string): UnsetAlteration {
  const names: string[] = [];
  const purposes: Identifier[] = [];
  do {
    if (cursor.atKeyword("CONTACT") && cursor.peek(1).kind !== "punctuation") {
      cursor.next();
      purposes.push(cursor.identifier());
      continue;
    }
    const { start } = cursor.peek();
    const name = parseWord(cursor);
    if (known !== "any" && !known.has(name)) {
      throw snowflakeError(
        "invalidProperty",
        { property: name, object },
        positionAt(cursor.text, start),
      );
    }
    names.push(name);
  } while (cursor.acceptPunctuation(",") || cursor.at("word"));
  return purposes.length === 0
    ? { kind: "unset", names }
    : { kind: "unset_contacts", purposes, names };
}

export function printCommonAlteration(alteration: CommonAlteration): string {
  switch (alteration.kind) {
    case "rename":
      return `RENAME TO ${printObjectName(alteration.name)}`;
    case "swap":
      return `SWAP WITH ${printObjectName(alteration.name)}`;
    case "set":
      return `SET ${printProperties(alteration.properties)}`;
    case "unset":
      return `UNSET ${alteration.names.join(", ")}`;
    case "set_contacts":
      return spaced(
        "SET",
        printProperties(alteration.properties),
        `CONTACT ${printContactList(alteration.contacts)}`,
      );
    case "unset_contacts":
      return `UNSET ${[
        ...alteration.names,
        ...alteration.purposes.map((purpose) => `CONTACT ${printIdentifier(purpose)}`),
      ].join(", ")}`;
    case "set_tags":
      return `SET TAG ${commas(alteration.tags, printTag)}`;
    case "unset_tags":
      return `UNSET TAG ${commas(alteration.tags, printObjectName)}`;
  }
}
