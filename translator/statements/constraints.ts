/**
 * Table and column constraints.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table-constraint
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { identifierList } from "./grammar.ts";
import { optionalColumns, printObjectName, spaced } from "./print.ts";

export type ReferentialAction = "CASCADE" | "SET NULL" | "SET DEFAULT" | "RESTRICT" | "NO ACTION";

/** Properties as written; undefined where nothing was written. */
export type ConstraintProperties = {
  readonly enforced?: boolean | undefined;
  readonly deferrable?: boolean | undefined;
  readonly initially?: "deferred" | "immediate" | undefined;
  readonly enabled?: boolean | undefined;
  readonly validated?: boolean | undefined;
  readonly rely?: boolean | undefined;
  readonly comment?: string | undefined;
};

type ConstraintBase = {
  readonly name?: Identifier | undefined;
  readonly properties: ConstraintProperties;
};

/** A constraint; inline constraints of a column have no `columns`. */
export type TableConstraint = ConstraintBase &
  (
    | { readonly kind: "primary_key" | "unique"; readonly columns: readonly Identifier[] }
    | {
        readonly kind: "foreign_key";
        readonly columns: readonly Identifier[];
        readonly table: ObjectName;
        readonly referenced: readonly Identifier[];
        readonly match?: "FULL" | "SIMPLE" | "PARTIAL" | undefined;
        readonly onUpdate?: ReferentialAction | undefined;
        readonly onDelete?: ReferentialAction | undefined;
      }
    | { readonly kind: "check"; readonly condition: Expression }
  );

/** True when a constraint of a column begins here. */
export function atInlineConstraint(cursor: Cursor): boolean {
  return (
    cursor.atAnyKeyword("CONSTRAINT", "UNIQUE", "CHECK", "REFERENCES") !== undefined ||
    cursor.atKeyword("PRIMARY", "KEY") ||
    cursor.atKeyword("FOREIGN", "KEY")
  );
}

/** True when a constraint of a table begins here (in its list of columns, or after ADD). */
export function atTableConstraint(cursor: Cursor): boolean {
  return (
    cursor.atKeyword("CONSTRAINT") ||
    cursor.atKeyword("PRIMARY", "KEY") ||
    cursor.atKeyword("FOREIGN", "KEY") ||
    ((cursor.atKeyword("UNIQUE") || cursor.atKeyword("CHECK")) && cursor.atPunctuation("(", 1)) ||
    cursor.atKeyword("UNIQUE", "KEY")
  );
}

/** `[CONSTRAINT n] PRIMARY KEY (a, b) … [COMMENT 'c']` and its like. */
export function parseTableConstraint(cursor: Cursor): TableConstraint {
  const constraint = parseOutOfLine(cursor);
  if (!cursor.acceptKeyword("COMMENT")) return constraint;
  cursor.acceptPunctuation("=");
  const comment = cursor.stringLiteral();
  return { ...constraint, properties: { ...constraint.properties, comment } };
}

function parseOutOfLine(cursor: Cursor): TableConstraint {
  const name = parseConstraintName(cursor);
  if (cursor.acceptKeyword("PRIMARY", "KEY")) {
    return finishKey(cursor, "primary_key", name, identifierList(cursor));
  }
  if (cursor.acceptKeyword("UNIQUE")) {
    cursor.acceptKeyword("KEY");
    return finishKey(cursor, "unique", name, identifierList(cursor));
  }
  if (cursor.atKeyword("CHECK")) return parseCheck(cursor, name);
  cursor.expectKeyword("FOREIGN", "KEY");
  const columns = identifierList(cursor);
  return parseReferences(cursor, name, columns);
}

/** `[CONSTRAINT n] PRIMARY KEY`, `UNIQUE`, `[FOREIGN KEY] REFERENCES t (c)`, `CHECK (…)`. */
export function parseInlineConstraint(cursor: Cursor): TableConstraint {
  const name = parseConstraintName(cursor);
  if (cursor.acceptKeyword("PRIMARY", "KEY")) return finishKey(cursor, "primary_key", name, []);
  if (cursor.acceptKeyword("UNIQUE")) {
    cursor.acceptKeyword("KEY");
    return finishKey(cursor, "unique", name, []);
  }
  if (cursor.atKeyword("CHECK")) return parseCheck(cursor, name);
  cursor.acceptKeyword("FOREIGN", "KEY");
  return parseReferences(cursor, name, []);
}

function parseConstraintName(cursor: Cursor): Identifier | undefined {
  if (!cursor.acceptKeyword("CONSTRAINT")) return undefined;
  const unnamed =
    cursor.atKeyword("PRIMARY", "KEY") ||
    cursor.atKeyword("FOREIGN", "KEY") ||
    cursor.atAnyKeyword("UNIQUE", "CHECK") !== undefined;
  return unnamed ? undefined : cursor.identifier();
}

function finishKey(
  cursor: Cursor,
  kind: "primary_key" | "unique",
  name: Identifier | undefined,
  columns: readonly Identifier[],
): TableConstraint {
  return { kind, name, columns, properties: parseConstraintProperties(cursor) };
}

function parseCheck(cursor: Cursor, name: Identifier | undefined): TableConstraint {
  cursor.expectKeyword("CHECK");
  cursor.expectPunctuation("(");
  const condition = parseExpression(cursor);
  cursor.expectPunctuation(")");
  return { kind: "check", name, condition, properties: parseConstraintProperties(cursor) };
}

function parseReferences(
  cursor: Cursor,
  name: Identifier | undefined,
  columns: readonly Identifier[],
): TableConstraint {
  cursor.expectKeyword("REFERENCES");
  const table = cursor.objectName();
  const referenced = cursor.optionalIdentifierList();
  const before = parseConstraintProperties(cursor);
  let match: "FULL" | "SIMPLE" | "PARTIAL" | undefined;
  let onUpdate: ReferentialAction | undefined;
  let onDelete: ReferentialAction | undefined;
  for (;;) {
    if (cursor.acceptKeyword("MATCH")) {
      match = cursor.expectAnyKeyword("FULL", "SIMPLE", "PARTIAL");
    } else if (cursor.acceptKeyword("ON", "UPDATE")) {
      onUpdate = parseReferentialAction(cursor);
    } else if (cursor.acceptKeyword("ON", "DELETE")) {
      onDelete = parseReferentialAction(cursor);
    } else {
      break;
    }
  }
  const properties = { ...before, ...parseConstraintProperties(cursor) };
  return {
    kind: "foreign_key",
    name,
    columns,
    table,
    referenced,
    match,
    onUpdate,
    onDelete,
    properties,
  };
}

function parseReferentialAction(cursor: Cursor): ReferentialAction {
  if (cursor.acceptKeyword("SET", "NULL")) return "SET NULL";
  if (cursor.acceptKeyword("SET", "DEFAULT")) return "SET DEFAULT";
  if (cursor.acceptKeyword("NO", "ACTION")) return "NO ACTION";
  return cursor.expectAnyKeyword("CASCADE", "RESTRICT");
}

/** Any of [NOT] ENFORCED, [NOT] DEFERRABLE, INITIALLY …, ENABLE, DISABLE, [NO]VALIDATE, [NO]RELY. */
export function parseConstraintProperties(cursor: Cursor): ConstraintProperties {
  const properties: { -readonly [Key in keyof ConstraintProperties]: ConstraintProperties[Key] } =
    {};
  for (;;) {
    if (cursor.acceptKeyword("NOT", "ENFORCED")) properties.enforced = false;
    else if (cursor.acceptKeyword("ENFORCED")) properties.enforced = true;
    else if (cursor.acceptKeyword("NOT", "DEFERRABLE")) properties.deferrable = false;
    else if (cursor.acceptKeyword("DEFERRABLE")) properties.deferrable = true;
    else if (cursor.acceptKeyword("INITIALLY", "DEFERRED")) properties.initially = "deferred";
    else if (cursor.acceptKeyword("INITIALLY", "IMMEDIATE")) properties.initially = "immediate";
    else if (cursor.acceptKeyword("ENABLE")) properties.enabled = true;
    else if (cursor.acceptKeyword("DISABLE")) properties.enabled = false;
    else if (cursor.acceptKeyword("VALIDATE")) properties.validated = true;
    else if (cursor.acceptKeyword("NOVALIDATE")) properties.validated = false;
    else if (cursor.acceptKeyword("RELY")) properties.rely = true;
    else if (cursor.acceptKeyword("NORELY")) properties.rely = false;
    else return properties;
  }
}

export function printConstraint(constraint: TableConstraint): string {
  return spaced(
    constraint.name && `CONSTRAINT ${printIdentifier(constraint.name)}`,
    printConstraintBody(constraint),
    printConstraintProperties(constraint.properties),
  );
}

function printConstraintBody(constraint: TableConstraint): string {
  switch (constraint.kind) {
    case "primary_key":
      return spaced("PRIMARY KEY", optionalColumns(constraint.columns));
    case "unique":
      return spaced("UNIQUE", optionalColumns(constraint.columns));
    case "check":
      return `CHECK (${printExpression(constraint.condition)})`;
    case "foreign_key":
      return spaced(
        constraint.columns.length > 0 && "FOREIGN KEY",
        optionalColumns(constraint.columns),
        "REFERENCES",
        printObjectName(constraint.table),
        optionalColumns(constraint.referenced),
        constraint.match && `MATCH ${constraint.match}`,
        constraint.onUpdate && `ON UPDATE ${constraint.onUpdate}`,
        constraint.onDelete && `ON DELETE ${constraint.onDelete}`,
      );
  }
}

export function printConstraintProperties(properties: ConstraintProperties): string {
  const { enforced, deferrable, initially, enabled, validated, rely, comment } = properties;
  return spaced(
    choice(enforced, "ENFORCED", "NOT ENFORCED"),
    choice(deferrable, "DEFERRABLE", "NOT DEFERRABLE"),
    initially && `INITIALLY ${initially.toUpperCase()}`,
    choice(enabled, "ENABLE", "DISABLE"),
    choice(validated, "VALIDATE", "NOVALIDATE"),
    choice(rely, "RELY", "NORELY"),
    comment !== undefined && `COMMENT ${quoteString(comment)}`,
  );
}

function choice(value: boolean | undefined, yes: string, no: string): string | undefined {
  return value === undefined ? undefined : value ? yes : no;
}

/** Which constraint DROP and MODIFY mean: by its name, or by what it is. */
export type ConstraintReference =
  | { readonly kind: "named"; readonly name: Identifier }
  | { readonly kind: "primary_key" }
  | { readonly kind: "unique" | "foreign_key"; readonly columns: readonly Identifier[] };

/** Takes what names a constraint after DROP or MODIFY, or takes nothing. */
export function acceptConstraintReference(cursor: Cursor): ConstraintReference | undefined {
  if (cursor.acceptKeyword("CONSTRAINT")) return { kind: "named", name: cursor.identifier() };
  if (cursor.acceptKeyword("PRIMARY", "KEY")) return { kind: "primary_key" };
  if (cursor.acceptKeyword("UNIQUE")) return { kind: "unique", columns: identifierList(cursor) };
  if (!cursor.acceptKeyword("FOREIGN", "KEY")) return undefined;
  return { kind: "foreign_key", columns: identifierList(cursor) };
}

export function printConstraintReference(reference: ConstraintReference): string {
  switch (reference.kind) {
    case "named":
      return `CONSTRAINT ${printIdentifier(reference.name)}`;
    case "primary_key":
      return "PRIMARY KEY";
    case "unique":
      return spaced("UNIQUE", optionalColumns(reference.columns));
    case "foreign_key":
      return spaced("FOREIGN KEY", optionalColumns(reference.columns));
  }
}
