/**
 * DROP and UNDROP of every kind of object.
 * https://docs.snowflake.com/en/sql-reference/sql/drop
 */

import type { ObjectName, TypeName } from "../ast/expressions.ts";
import { printTypeName } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import { acceptIfExists } from "./grammar.ts";
import { acceptObjectKind, type ObjectKind, parseClassName } from "./object_kinds.ts";
import { parenthesized, printObjectName, spaced } from "./print.ts";
import { type Property, parseProperties, printProperties, propertyNames } from "./properties.ts";
import { acceptSignature } from "./signature.ts";

export type DropStatement = {
  readonly kind: "drop";
  /** A kind of object, or the name of a class (DROP SNOWFLAKE.CORE.BUDGET b). */
  readonly object: ObjectKind | { readonly class: ObjectName };
  readonly ifExists: boolean;
  readonly name: ObjectName;
  /** The argument types of a function or procedure; undefined when not written. */
  readonly signature?: readonly TypeName[] | undefined;
  /** DROP ACCOUNT … GRACE_PERIOD_IN_DAYS = n. */
  readonly properties: readonly Property[];
  readonly behavior?: "CASCADE" | "RESTRICT" | "FORCE" | undefined;
  /** DROP [ICEBERG] TABLE … PURGE: whether an outer catalog deletes the files as well. */
  readonly purge?: "PURGE" | "NOPURGE" | undefined;
};

export type UndropStatement = {
  readonly kind: "undrop";
  readonly object: ObjectKind;
  /** UNDROP TABLE IDENTIFIER(id) is an identifier_function with a number as argument. */
  readonly name: ObjectName;
};

export const DROP_PROPERTIES = propertyNames("GRACE_PERIOD_IN_DAYS");

const WITH_SIGNATURE = /FUNCTION$|^PROCEDURE$/;

export function parseDrop(cursor: Cursor): DropStatement {
  cursor.expectKeyword("DROP");
  const object = acceptObjectKind(cursor) ?? { class: parseClassName(cursor) };
  const ifExists = acceptIfExists(cursor);
  const name = cursor.objectName();
  const routine = typeof object === "string" && WITH_SIGNATURE.test(object);
  const signature = routine ? acceptSignature(cursor) : undefined;
  const properties = parseProperties(cursor, DROP_PROPERTIES, "ACCOUNT");
  const behavior = cursor.acceptAnyKeyword("CASCADE", "RESTRICT", "FORCE");
  const isTable = object === "TABLE" || object === "ICEBERG TABLE";
  const purge = isTable ? cursor.acceptAnyKeyword("PURGE", "NOPURGE") : undefined;
  return { kind: "drop", object, ifExists, name, signature, properties, behavior, purge };
}

export function printDrop(statement: DropStatement): string {
  const { object, ifExists, name, signature, behavior } = statement;
  const routine =
    printObjectName(name) + (signature ? parenthesized(signature, printTypeName) : "");
  return spaced(
    "DROP",
    typeof object === "string" ? object : printObjectName(object.class),
    ifExists && "IF EXISTS",
    routine,
    printProperties(statement.properties),
    behavior,
    statement.purge,
  );
}

export function parseUndrop(cursor: Cursor): UndropStatement {
  cursor.expectKeyword("UNDROP");
  const object = acceptObjectKind(cursor) ?? cursor.unexpected();
  return { kind: "undrop", object, name: parseUndropName(cursor) };
}

function parseUndropName(cursor: Cursor): ObjectName {
  const { start } = cursor.peek();
  if (!cursor.atKeyword("IDENTIFIER") || cursor.peek(2).kind !== "number") {
    return cursor.objectName();
  }
  cursor.next();
  cursor.expectPunctuation("(");
  const token = cursor.next();
  cursor.expectPunctuation(")");
  const span = { start: token.start, end: token.end };
  return {
    kind: "identifier_function",
    argument: { kind: "number_literal", text: token.value, span },
    span: cursor.spanFrom(start),
  };
}

export function printUndrop({ object, name }: UndropStatement): string {
  return `UNDROP ${object} ${printObjectName(name)}`;
}
