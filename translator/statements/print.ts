/** Small helpers of the statement printers. */

import type { Argument, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { TimeTravel } from "../ast/queries.ts";
import { quoteString } from "../lex/literals.ts";

export type Printed = string | false | undefined;

/** The parts that are there, separated by single spaces. */
export function spaced(...parts: readonly Printed[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== "").join(" ");
}

/** Items printed one by one, separated by commas. */
export function commas<T>(items: readonly T[], print: (item: T) => string): string {
  return items.map(print).join(", ");
}

/** `(a, b)` of printed items. */
export function parenthesized<T>(items: readonly T[], print: (item: T) => string): string {
  return `(${commas(items, print)})`;
}

/** `(a, b)` of identifiers, or nothing for an empty list. */
export function optionalColumns(columns: readonly Identifier[]): string | undefined {
  return columns.length === 0 ? undefined : parenthesized(columns, printIdentifier);
}

/** A name; an empty middle part (`db..t`) stays empty. */
export function printObjectName(name: ObjectName): string {
  if (name.kind === "identifier_function") return `IDENTIFIER(${printExpression(name.argument)})`;
  if (name.kind === "reference_function") return `REFERENCE(${quoteString(name.reference)})`;
  const parts = name.parts.map((part) => (part.name === "" ? "" : printIdentifier(part)));
  return parts.join(".") + (name.method === undefined ? "" : `!${printIdentifier(name.method)}`);
}

/** `AT (TIMESTAMP => …)`. */
export function printTimeTravel({ clause, by, value }: TimeTravel): string {
  return `${clause.toUpperCase()} (${by.toUpperCase()} => ${printExpression(value)})`;
}

/** A path bare where that reads back the same, else in quotes. */
export function printPath(path: string): string {
  return /^@(?:"(?:[^"]|"")*"|[^\s"'(),;@])*$/.test(path) ? path : quoteString(path);
}

/** `name => value`, or the value alone. */
export function printArgument({ name, value }: Argument): string {
  return spaced(name && `${printIdentifier(name)} =>`, printExpression(value));
}
