/** Changes that nearly every ALTER knows: RENAME TO, SWAP WITH, SET, UNSET, and tags. */

import type { ObjectName } from "../ast/expressions.ts";
import { snowflakeError } from "../base/errors.ts";
import { positionAt } from "../base/source.ts";
import type { Cursor } from "../parse/cursor.ts";
import { commaList, parseWord } from "./grammar.ts";
import { commas, printObjectName } from "./print.ts";
import {
  atProperty,
  type Property,
  type PropertyNames,
  parseProperties,
  printProperties,
} from "./properties.ts";
import { parseTag, printTag, type TagAssignment } from "./tags.ts";

export type CommonAlteration =
  | { readonly kind: "rename"; readonly name: ObjectName }
  | { readonly kind: "swap"; readonly name: ObjectName }
  | { readonly kind: "set"; readonly properties: readonly Property[] }
  | { readonly kind: "unset"; readonly names: readonly string[] }
  | { readonly kind: "set_tags"; readonly tags: readonly TagAssignment[] }
  | { readonly kind: "unset_tags"; readonly tags: readonly ObjectName[] };

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
    if (!atProperty(cursor)) cursor.unexpected();
    return { kind: "set", properties: parseProperties(cursor, properties, object) };
  }
  if (!cursor.acceptKeyword("UNSET")) return undefined;
  return { kind: "unset", names: parsePropertyNames(cursor, properties, object) };
}

/** The names after UNSET; commas may stand between. */
function parsePropertyNames(cursor: Cursor, known: PropertyNames, object: string): string[] {
  const names: string[] = [];
  do {
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
  return names;
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
    case "set_tags":
      return `SET TAG ${commas(alteration.tags, printTag)}`;
    case "unset_tags":
      return `UNSET TAG ${commas(alteration.tags, printObjectName)}`;
  }
}
