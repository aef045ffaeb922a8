/**
 * What SHOW GRANTS asks for.
 * https://docs.snowflake.com/en/sql-reference/sql/show-grants
 */

import type { ObjectName } from "../ast/expressions.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseMethodName } from "./grammar.ts";
import { type GrantObject, parseGrantObject, printGrantObject } from "./grant_object.ts";
import { type ObjectKind, parseObjectKind } from "./object_kinds.ts";
import { printObjectName, spaced } from "./print.ts";

export type GrantScope =
  | { readonly kind: "on"; readonly object: GrantObject }
  | {
      readonly kind: "to" | "of" | "in";
      /** With the name `service!role` for a role of a service, `instance!role` for one of a class. */
      readonly object: ObjectKind | "SERVICE ROLE" | { readonly class: ObjectName };
      readonly name: ObjectName;
      /** SHOW GRANTS TO SHARE s IN APPLICATION PACKAGE p. */
      readonly package?: ObjectName | undefined;
    };

export function parseGrantScope(cursor: Cursor): GrantScope | undefined {
  if (cursor.acceptKeyword("ON")) return { kind: "on", object: parseGrantObject(cursor) };
  const word = cursor.acceptAnyKeyword("TO", "OF", "IN");
  if (word === undefined) return undefined;
  if (cursor.acceptKeyword("SERVICE", "ROLE")) {
    return { kind: lower(word), object: "SERVICE ROLE", name: parseMethodName(cursor) };
  }
  const mark = cursor.mark();
  if (cursor.atPunctuation(".", 1)) {
    const className = cursor.objectName();
    if (cursor.acceptKeyword("ROLE")) {
      return { kind: lower(word), object: { class: className }, name: parseMethodName(cursor) };
    }
    cursor.reset(mark);
  }
  const object = parseScopeKind(cursor);
  if (!cursor.atIdentifier() && !cursor.at("quoted_identifier")) {
    cursor.reset(mark);
    return { kind: lower(word), object: "ROLE", name: cursor.objectName() };
  }
  const name = cursor.objectName();
  const inPackage = cursor.acceptKeyword("IN", "APPLICATION", "PACKAGE");
  return {
    kind: lower(word),
    object,
    name,
    package: inPackage ? cursor.objectName() : undefined,
  };
}

/** SHOW GRANTS TO r without a word means a role. */
function parseScopeKind(cursor: Cursor): ObjectKind {
  return cursor.peek(1).kind === "eof" ? "ROLE" : parseObjectKind(cursor);
}

function lower(word: "TO" | "OF" | "IN"): "to" | "of" | "in" {
  return word === "TO" ? "to" : word === "OF" ? "of" : "in";
}

export function printGrantScope(scope: GrantScope): string {
  if (scope.kind === "on") return `ON ${printGrantObject(scope.object)}`;
  return spaced(
    scope.kind.toUpperCase(),
    typeof scope.object === "string" ? scope.object : `${printObjectName(scope.object.class)} ROLE`,
    printObjectName(scope.name),
    scope.package && `IN APPLICATION PACKAGE ${printObjectName(scope.package)}`,
  );
}
