/**
 * Session state: USE, SET, UNSET, ALTER SESSION.
 * https://docs.snowflake.com/en/sql-reference/sql/use
 * https://docs.snowflake.com/en/sql-reference/sql/set
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import {
  acceptPhrase,
  commaList,
  identifierList,
  parenthesizedList,
  parseWord,
} from "./grammar.ts";
import { commas, parenthesized, printObjectName } from "./print.ts";
import { type Property, parseProperties, printProperties } from "./properties.ts";

export type UseStatement = {
  readonly kind: "use";
  readonly target: /** USE name alone means a database or a schema. */
    | {
        readonly kind:
          | "DATABASE"
          | "SCHEMA"
          | "ROLE"
          | "WAREHOUSE"
          | "CATALOG"
          | "APPLICATION"
          | "APPLICATION PACKAGE"
          | "bare";
        readonly name: ObjectName;
      }
    | { readonly kind: "SECONDARY ROLES"; readonly roles: "ALL" | "NONE" | readonly ObjectName[] };
};

export type SetStatement = {
  readonly kind: "set";
  readonly variables: readonly Identifier[];
  readonly values: readonly Expression[];
};

export type UnsetStatement = { readonly kind: "unset"; readonly variables: readonly Identifier[] };

export type AlterSessionStatement = {
  readonly kind: "alter_session";
  readonly change:
    | { readonly kind: "set"; readonly properties: readonly Property[] }
    | { readonly kind: "unset"; readonly names: readonly string[] };
};

export function parseUse(cursor: Cursor): UseStatement {
  cursor.expectKeyword("USE");
  if (cursor.acceptKeyword("SECONDARY", "ROLES")) {
    const word = cursor.acceptAnyKeyword("ALL", "NONE");
    const roles = word ?? commaList(cursor, () => cursor.objectName());
    return { kind: "use", target: { kind: "SECONDARY ROLES", roles } };
  }
  const followed = cursor.peek(1).kind === "word" || cursor.peek(1).kind === "quoted_identifier";
  const kind = followed ? acceptPhrase(cursor, USE_KINDS) : undefined;
  return { kind: "use", target: { kind: kind ?? "bare", name: cursor.objectName() } };
}

const USE_KINDS = [
  "APPLICATION PACKAGE",
  "APPLICATION",
  "DATABASE",
  "SCHEMA",
  "ROLE",
  "WAREHOUSE",
  "CATALOG",
] as const;

export function printUse({ target }: UseStatement): string {
  if (target.kind !== "SECONDARY ROLES") {
    const name = printObjectName(target.name);
    return target.kind === "bare" ? `USE ${name}` : `USE ${target.kind} ${name}`;
  }
  const { roles } = target;
  return `USE SECONDARY ROLES ${typeof roles === "string" ? roles : commas(roles, printObjectName)}`;
}

export function parseSet(cursor: Cursor): SetStatement {
  cursor.expectKeyword("SET");
  if (cursor.atPunctuation("(")) {
    const variables = identifierList(cursor);
    cursor.expectPunctuation("=");
    return { kind: "set", variables, values: parseTupleValues(cursor) };
  }
  const variable = cursor.identifier();
  cursor.expectPunctuation("=");
  return { kind: "set", variables: [variable], values: [parseExpression(cursor)] };
}

/** `(a, b)`, or a query in parentheses that gives one row. */
function parseTupleValues(cursor: Cursor): Expression[] {
  if (cursor.atKeywordFrom(1, "SELECT") || cursor.atKeywordFrom(1, "WITH")) {
    return [parseExpression(cursor)];
  }
  return parenthesizedList(cursor, parseExpression);
}

export function printSet({ variables, values }: SetStatement): string {
  const [first] = values;
  if (variables.length === 1 && values.length === 1) {
    return `SET ${commas(variables, printIdentifier)} = ${commas(values, printExpression)}`;
  }
  const right =
    values.length === 1 && first?.kind === "subquery"
      ? printExpression(first)
      : parenthesized(values, printExpression);
  return `SET ${parenthesized(variables, printIdentifier)} = ${right}`;
}

export function parseUnset(cursor: Cursor): UnsetStatement {
  cursor.expectKeyword("UNSET");
  const variables = cursor.atPunctuation("(") ? identifierList(cursor) : [cursor.identifier()];
  return { kind: "unset", variables };
}

export function printUnset({ variables }: UnsetStatement): string {
  return `UNSET ${parenthesized(variables, printIdentifier)}`;
}

export function parseAlterSession(cursor: Cursor): AlterSessionStatement {
  cursor.expectKeyword("ALTER", "SESSION");
  if (cursor.acceptKeyword("UNSET")) {
    return {
      kind: "alter_session",
      change: { kind: "unset", names: commaList(cursor, parseWord) },
    };
  }
  cursor.expectKeyword("SET");
  const properties = parseProperties(cursor, "any", "SESSION");
  if (properties.length === 0) cursor.unexpected();
  return { kind: "alter_session", change: { kind: "set", properties } };
}

export function printAlterSession({ change }: AlterSessionStatement): string {
  return change.kind === "set"
    ? `ALTER SESSION SET ${printProperties(change.properties)}`
    : `ALTER SESSION UNSET ${change.names.join(", ")}`;
}
