/**
 * Data metric functions on the columns of a table or view: what ADD, DROP and MODIFY DATA METRIC FUNCTION name.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-table
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression } from "../ast/printer.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { commaList, identifierList } from "./grammar.ts";
import { commas, parenthesized, printObjectName, spaced } from "./print.ts";
import { type PropertyValue, parsePropertyValue, printPropertyValue } from "./properties.ts";

/** A column, or columns of another table: `TABLE u (a, b)`. */
export type MetricArgument =
  | { readonly kind: "column"; readonly name: Identifier }
  | {
      readonly kind: "table";
      readonly table: ObjectName;
      readonly columns: readonly Identifier[];
    };

/** A name with its condition; the condition is missing where one is dropped. */
export type Expectation = { readonly name: Identifier; readonly condition?: Expression };

export type MetricChange =
  | { readonly kind: "suspend" | "resume" }
  | {
      readonly kind: "expectations";
      readonly verb?: "ADD" | "MODIFY" | "SET" | "DROP" | undefined;
      readonly expectations: readonly Expectation[];
    }
  | { readonly kind: "execute_as"; readonly role: ObjectName }
  | {
      readonly kind: "option";
      readonly set: boolean;
      readonly name: Option;
      readonly value: PropertyValue;
    }
  | { readonly kind: "unset"; readonly name: Option };

/** `f ON (a, TABLE u (b))` and what stands behind it. */
export type MetricAttachment = {
  readonly name: ObjectName;
  readonly arguments: readonly MetricArgument[];
  readonly changes: readonly MetricChange[];
};

const OPTIONS = ["ANOMALY_DETECTION", "SENSITIVITY"] as const;
type Option = (typeof OPTIONS)[number];

/** @throws a syntax error where no metric with its columns stands */
export function parseMetricAttachment(cursor: Cursor): MetricAttachment {
  const name = cursor.objectName();
  cursor.expectKeyword("ON");
  cursor.expectPunctuation("(");
  const args = cursor.atPunctuation(")") ? [] : commaList(cursor, parseMetricArgument);
  cursor.expectPunctuation(")");
  const changes: MetricChange[] = [];
  for (;;) {
    const change = acceptChange(cursor);
    if (change === undefined) return { name, arguments: args, changes };
    changes.push(change);
  }
}

/** `TABLE u (b)` or `TABLE (u (b))` as opposed to a column. */
function parseMetricArgument(cursor: Cursor): MetricArgument {
  if (!cursor.acceptKeyword("TABLE")) return { kind: "column", name: cursor.identifier() };
  const grouped = cursor.acceptPunctuation("(");
  const table = cursor.objectName();
  const columns = identifierList(cursor);
  if (grouped) cursor.expectPunctuation(")");
  return { kind: "table", table, columns };
}

function acceptChange(cursor: Cursor): MetricChange | undefined {
  if (cursor.acceptKeyword("SUSPEND")) return { kind: "suspend" };
  if (cursor.acceptKeyword("RESUME")) return { kind: "resume" };
  if (cursor.acceptKeyword("EXECUTE", "AS", "ROLE")) {
    return { kind: "execute_as", role: cursor.objectName() };
  }
  if (cursor.acceptKeyword("EXPECTATION")) {
    return { kind: "expectations", expectations: parseExpectations(cursor) };
  }
  for (const verb of ["ADD", "MODIFY", "SET", "DROP"] as const) {
    if (!cursor.acceptKeyword(verb, "EXPECTATION")) continue;
    return { kind: "expectations", verb, expectations: parseExpectations(cursor) };
  }
  if (cursor.acceptKeyword("UNSET"))
    return { kind: "unset", name: cursor.expectAnyKeyword(...OPTIONS) };
  const set = cursor.acceptKeyword("SET");
  const name = cursor.acceptAnyKeyword(...OPTIONS);
  if (name === undefined) return set ? cursor.unexpected() : undefined;
  cursor.expectPunctuation("=");
  return { kind: "option", set, name, value: parsePropertyValue(cursor) };
}

/** Expectations go on after a comma unless the next metric begins there: `g ON (b)`. */
function parseExpectations(cursor: Cursor): Expectation[] {
  const expectations: Expectation[] = [];
  do {
    const name = cursor.identifier();
    if (!cursor.acceptPunctuation("(")) {
      expectations.push({ name });
    } else {
      expectations.push({ name, condition: parseExpression(cursor) });
      cursor.expectPunctuation(")");
    }
  } while (!atNextMetric(cursor) && cursor.acceptPunctuation(","));
  return expectations;
}

function atNextMetric(cursor: Cursor): boolean {
  return cursor.atKeywordFrom(2, "ON") || cursor.atPunctuation(".", 2);
}

export function printMetricAttachment(attachment: MetricAttachment): string {
  return spaced(
    printObjectName(attachment.name),
    `ON ${parenthesized(attachment.arguments, printMetricArgument)}`,
    ...attachment.changes.map(printChange),
  );
}

function printMetricArgument(argument: MetricArgument): string {
  if (argument.kind === "column") return printIdentifier(argument.name);
  const columns = parenthesized(argument.columns, printIdentifier);
  return `TABLE (${printObjectName(argument.table)} ${columns})`;
}

function printChange(change: MetricChange): string {
  switch (change.kind) {
    case "suspend":
    case "resume":
      return change.kind.toUpperCase();
    case "execute_as":
      return `EXECUTE AS ROLE ${printObjectName(change.role)}`;
    case "expectations":
      return spaced(change.verb, "EXPECTATION", commas(change.expectations, printExpectation));
    case "option":
      return spaced(change.set && "SET", change.name, "=", printPropertyValue(change.value));
    case "unset":
      return `UNSET ${change.name}`;
  }
}

function printExpectation({ name, condition }: Expectation): string {
  return spaced(printIdentifier(name), condition && `(${printExpression(condition)})`);
}
