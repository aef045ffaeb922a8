/** The object or objects that a grant is about. */

import type { ObjectName, TypeName } from "../ast/expressions.ts";
import { printTypeName } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseTypeName } from "../parse/types.ts";
import { parenthesizedOrEmpty } from "./grammar.ts";
import { acceptObjectKind, acceptPluralKind, type ObjectKind, pluralOf } from "./object_kinds.ts";
import { commas, parenthesized, printObjectName, spaced } from "./print.ts";
import { parseSignature } from "./signature.ts";

export type GrantObject =
  | { readonly kind: "account" }
  | {
      readonly kind: "object";
      /** A class for an instance: SNOWFLAKE.CORE.BUDGET. */
      readonly object: ObjectKind | { readonly class: ObjectName };
      readonly names: readonly ObjectName[];
      readonly signature?: readonly TypeName[] | undefined;
    }
  /** ON ALL TABLES IN SCHEMA s, ON FUTURE TABLES IN DATABASE d. */
  | {
      readonly kind: "bulk";
      readonly which: "all" | "future" | "inherited";
      readonly object: ObjectKind | { readonly class: ObjectName };
      readonly container: "DATABASE" | "SCHEMA" | "ACCOUNT" | "APPLICATION" | "APPLICATION PACKAGE";
      /** Undefined for the account. */
      readonly name?: ObjectName | undefined;
    };

/** After ON. */
export function parseGrantObject(cursor: Cursor): GrantObject {
  if (cursor.atKeyword("ACCOUNT") && !cursor.atIdentifier(1)) {
    cursor.next();
    return { kind: "account" };
  }
  const which = cursor.acceptAnyKeyword("ALL", "FUTURE", "INHERITED");
  if (which !== undefined) return parseBulk(cursor, which);
  const object = acceptObjectKind(cursor) ?? parseClass(cursor);
  const names = cursor.commaSeparated(() => cursor.objectName());
  const signature = acceptGrantSignature(cursor);
  return { kind: "object", object, names, signature };
}

/** Either a class before an instance's name, or a bare name, which is a table. */
function parseClass(cursor: Cursor): ObjectKind | { class: ObjectName } {
  const mark = cursor.mark();
  const name = cursor.objectName();
  if (cursor.atIdentifier() || cursor.at("quoted_identifier")) return { class: name };
  cursor.reset(mark);
  return "TABLE";
}

function parseBulk(cursor: Cursor, which: "ALL" | "FUTURE" | "INHERITED"): GrantObject {
  const object = acceptPluralKind(cursor) ?? { class: cursor.objectName() };
  cursor.expectKeyword("IN");
  const kind = which === "ALL" ? "all" : which === "FUTURE" ? "future" : "inherited";
  if (cursor.acceptKeyword("ACCOUNT")) {
    return { kind: "bulk", which: kind, object, container: "ACCOUNT" };
  }
  const container = cursor.acceptKeyword("APPLICATION", "PACKAGE")
    ? "APPLICATION PACKAGE"
    : cursor.expectAnyKeyword("DATABASE", "SCHEMA", "APPLICATION");
  return { kind: "bulk", which: kind, object, container, name: cursor.objectName() };
}

export function printGrantObject(object: GrantObject): string {
  switch (object.kind) {
    case "account":
      return "ACCOUNT";
    case "object":
      return spaced(
        typeof object.object === "string" ? object.object : printObjectName(object.object.class),
        commas(object.names, printObjectName) +
          (object.signature ? parenthesized(object.signature, printTypeName) : ""),
      );
    case "bulk":
      return spaced(
        object.which.toUpperCase(),
        typeof object.object === "string"
          ? pluralOf(object.object)
          : printObjectName(object.object.class),
        `IN ${object.container}`,
        object.name && printObjectName(object.name),
      );
  }
}

/** `(NUMBER)`; names before the types (`(a NUMBER)`) are let through and say nothing. */
function acceptGrantSignature(cursor: Cursor): TypeName[] | undefined {
  if (!cursor.atPunctuation("(")) return undefined;
  const named = cursor.peek(2).kind === "word" && !cursor.atKeywordFrom(1, "DOUBLE", "PRECISION");
  if (!named) return parseSignature(cursor);
  return parenthesizedOrEmpty(cursor, (inner) => {
    inner.identifier();
    return parseTypeName(inner);
  });
}
