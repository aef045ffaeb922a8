/** The beginning that all CREATE statements share: OR REPLACE, OR ALTER, and the words before the kind. */

import type { ObjectName } from "../ast/expressions.ts";
import type { Cursor } from "../parse/cursor.ts";
import { acceptIfNotExists } from "./grammar.ts";
import { printObjectName, spaced } from "./print.ts";

const MODIFIERS = [
  "LOCAL",
  "GLOBAL",
  "TEMPORARY",
  "TEMP",
  "VOLATILE",
  "TRANSIENT",
  "SECURE",
  "RECURSIVE",
  "UNIQUE",
  "AGGREGATE",
  "VERSIONED",
  "MANAGED",
  "READ",
] as const;

type Modifier = (typeof MODIFIERS)[number];

export type Persistence = "permanent" | "temporary" | "transient";

/** What stands before the kind of object. */
export type CreatePrefix = {
  readonly orReplace: boolean;
  readonly orAlter: boolean;
  readonly modifiers: ReadonlySet<Modifier>;
};

/** What stands before the kind of object, and the name after it. */
export type CreateHead = {
  readonly orReplace: boolean;
  readonly orAlter: boolean;
  readonly ifNotExists: boolean;
  readonly name: ObjectName;
};

/** CREATE [OR REPLACE | OR ALTER] and the words before the kind. */
export function parseCreatePrefix(cursor: Cursor): CreatePrefix {
  cursor.expectKeyword("CREATE");
  const orReplace = cursor.acceptKeyword("OR", "REPLACE");
  const orAlter = !orReplace && cursor.acceptKeyword("OR", "ALTER");
  const modifiers = new Set<Modifier>();
  while (!cursor.atKeyword("MANAGED", "ACCOUNT")) {
    const modifier = cursor.acceptAnyKeyword(...MODIFIERS);
    if (modifier === undefined) break;
    if (modifier === "READ") cursor.expectKeyword("ONLY");
    modifiers.add(modifier);
  }
  return { orReplace, orAlter, modifiers };
}

/** `[IF NOT EXISTS] name`, which may also stand the other way round. */
export function parseCreateHead(cursor: Cursor, prefix: CreatePrefix): CreateHead {
  const before = acceptIfNotExists(cursor);
  const name = cursor.objectName();
  const ifNotExists = before || acceptIfNotExists(cursor);
  return { orReplace: prefix.orReplace, orAlter: prefix.orAlter, ifNotExists, name };
}

/** How long a table or view lives, from the words before its kind. */
export function persistenceOf({ modifiers }: CreatePrefix): Persistence {
  if (modifiers.has("TRANSIENT")) return "transient";
  const temporary =
    modifiers.has("TEMPORARY") || modifiers.has("TEMP") || modifiers.has("VOLATILE");
  return temporary ? "temporary" : "permanent";
}

export function printPersistence(persistence: Persistence): string | undefined {
  return persistence === "permanent" ? undefined : persistence.toUpperCase();
}

/** CREATE … kind name. */
export function printCreateHead(
  head: CreateHead,
  kind: string,
  ...modifiers: readonly (string | false | undefined)[]
): string {
  return spaced(
    "CREATE",
    head.orReplace && "OR REPLACE",
    head.orAlter && "OR ALTER",
    ...modifiers,
    kind,
    head.ifNotExists && "IF NOT EXISTS",
    printObjectName(head.name),
  );
}
