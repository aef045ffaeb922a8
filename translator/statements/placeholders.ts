/** What may stand in the gaps of a form: each placeholder with its grammar and its printer. */

import type { Argument, Expression, Identifier, ObjectName, TypeName } from "../ast/expressions.ts";
import { printExpression, printQuery } from "../ast/printer.ts";
import { printIdentifier, printTypeName } from "../ast/printer-parts.ts";
import type { Query, TimeTravel } from "../ast/queries.ts";
import { assert } from "../base/assert.ts";
import { quoteString } from "../lex/literals.ts";
import { parseArgument } from "../parse/calls.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseQuery } from "../parse/query.ts";
import { parseTimeTravel } from "../parse/time-travel.ts";
import { parseTypeName } from "../parse/types.ts";
import { type ColumnDefinition, parseColumnDefinition, printColumnDefinition } from "./columns.ts";
import {
  type MetricAttachment,
  parseMetricAttachment,
  printMetricAttachment,
} from "./data_metric.ts";
import {
  commaList,
  parenthesizedOrEmpty,
  parsePhrase,
  parseWord,
  restOfStatement,
  textWithinParentheses,
} from "./grammar.ts";
import {
  commas,
  parenthesized,
  printArgument,
  printObjectName,
  printPath,
  printTimeTravel,
} from "./print.ts";
import {
  type Property,
  type PropertyValue,
  parseProperties,
  parsePropertyValue,
  printProperties,
  printPropertyValue,
} from "./properties.ts";
import { parseSignature } from "./signature.ts";
import { parseTag, printTag, type TagAssignment } from "./tags.ts";

const PLACEHOLDERS = [
  /** An object's name. */
  "name",
  /** `a, b.c`. */
  "names",
  /** `(a, b)` or `()`. */
  "identifiers",
  /** A string literal. */
  "text",
  /** `'a', 'b'`. */
  "texts",
  /** One property value. */
  "value",
  /** `v, w`. */
  "values",
  /** `p, MASKING POLICY q`. */
  "masking_policies",
  /** A data type. */
  "type",
  /** One word. */
  "word",
  /** `A B, C`: words with commas between groups. */
  "words",
  /** `NAME = value …` of any name, at least one. */
  "options",
  /** `(name => e, …)` or `()`. */
  "arguments",
  "expression",
  /** `e, f`. */
  "expressions",
  "query",
  /** `a = 'x', b = 'y'`. */
  "tags",
  /** `@stage/path`. */
  "stage",
  /** `(NUMBER, VARCHAR)` or `()`. */
  "signature",
  /** `a INT, b VARCHAR`. */
  "columns",
  /** `f ON (a, b) EXPECTATION …, g ON () SUSPEND`: metrics with the columns they look at. */
  "metrics",
  /** `AT (…)` or `BEFORE (…)`. */
  "time_travel",
  /** The raw text up to the closing parenthesis. */
  "within",
  /** The raw text up to the end of the statement. */
  "rest",
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

export type ClauseArgument =
  | { readonly kind: "name"; readonly name: ObjectName }
  | { readonly kind: "names" | "masking_policies"; readonly names: readonly ObjectName[] }
  | { readonly kind: "identifiers"; readonly identifiers: readonly Identifier[] }
  | { readonly kind: "text" | "rest" | "within" | "word" | "stage"; readonly text: string }
  | { readonly kind: "texts" | "words"; readonly texts: readonly string[] }
  | { readonly kind: "type"; readonly type: TypeName }
  | { readonly kind: "value"; readonly value: PropertyValue }
  | { readonly kind: "values"; readonly values: readonly PropertyValue[] }
  | { readonly kind: "options"; readonly properties: readonly Property[] }
  | { readonly kind: "arguments"; readonly arguments: readonly Argument[] }
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "expressions"; readonly expressions: readonly Expression[] }
  | { readonly kind: "query"; readonly query: Query }
  | { readonly kind: "tags"; readonly tags: readonly TagAssignment[] }
  | { readonly kind: "signature"; readonly types: readonly TypeName[] }
  | { readonly kind: "columns"; readonly columns: readonly ColumnDefinition[] }
  | { readonly kind: "metrics"; readonly metrics: readonly MetricAttachment[] }
  | { readonly kind: "time_travel"; readonly timeTravel: TimeTravel };

export function placeholder(name: string): Placeholder {
  const found = PLACEHOLDERS.find((candidate) => candidate === name);
  assert(found !== undefined, `unknown placeholder <${name}>`);
  return found;
}

export function parsePlaceholder(cursor: Cursor, kind: Placeholder): ClauseArgument {
  switch (kind) {
    case "name":
      return { kind, name: cursor.objectName() };
    case "names":
      return { kind, names: commaList(cursor, () => cursor.objectName()) };
    case "identifiers":
      return { kind, identifiers: parenthesizedOrEmpty(cursor, () => cursor.identifier()) };
    case "text":
      return { kind, text: cursor.stringLiteral() };
    case "texts":
      return { kind, texts: commaList(cursor, () => cursor.stringLiteral()) };
    case "word":
      return { kind, text: parseWord(cursor) };
    case "words":
      return { kind, texts: commaList(cursor, parsePhrase) };
    case "stage":
      return { kind, text: cursor.stagePath() };
    case "within":
      return { kind, text: textWithinParentheses(cursor) };
    case "rest":
      return { kind, text: restOfStatement(cursor) };
    case "type":
      return { kind, type: parseTypeName(cursor) };
    case "value":
      return { kind, value: parsePropertyValue(cursor) };
    case "values":
      return { kind, values: commaList(cursor, parsePropertyValue) };
    case "options":
      return { kind, properties: parseOptions(cursor) };
    case "arguments":
      return { kind, arguments: parenthesizedOrEmpty(cursor, parseArgument) };
    case "expression":
      return { kind, expression: parseExpression(cursor) };
    case "expressions":
      return { kind, expressions: commaList(cursor, parseExpression) };
    case "query":
      return { kind, query: parseQuery(cursor) };
    case "tags":
      return { kind, tags: commaList(cursor, parseTag) };
    case "signature":
      return { kind, types: parseSignature(cursor) };
    case "columns":
      return { kind, columns: commaList(cursor, parseColumnDefinition) };
    case "masking_policies":
      return { kind, names: commaList(cursor, parseFurtherPolicy) };
    case "metrics":
      return { kind, metrics: commaList(cursor, parseMetricAttachment) };
    case "time_travel":
      return { kind, timeTravel: parseTimeTravel(cursor) ?? cursor.unexpected() };
  }
}

/** The words stand before every policy but the first, where the form has them. */
function parseFurtherPolicy(cursor: Cursor): ObjectName {
  cursor.acceptKeyword("MASKING", "POLICY");
  return cursor.objectName();
}

function parseOptions(cursor: Cursor): Property[] {
  const properties = parseProperties(cursor, "any", "");
  return properties.length > 0 ? properties : cursor.unexpected();
}

export function printClauseArgument(argument: ClauseArgument): string {
  switch (argument.kind) {
    case "name":
      return printObjectName(argument.name);
    case "names":
      return commas(argument.names, printObjectName);
    case "identifiers":
      return parenthesized(argument.identifiers, printIdentifier);
    case "text":
      return quoteString(argument.text);
    case "texts":
      return commas(argument.texts, quoteString);
    case "word":
    case "within":
    case "rest":
      return argument.text;
    case "stage":
      return printPath(argument.text);
    case "arguments":
      return parenthesized(argument.arguments, printArgument);
    case "words":
      return argument.texts.join(", ");
    case "type":
      return printTypeName(argument.type);
    case "value":
      return printPropertyValue(argument.value);
    case "values":
      return commas(argument.values, printPropertyValue);
    case "options":
      return printProperties(argument.properties);
    case "expression":
      return printExpression(argument.expression);
    case "expressions":
      return commas(argument.expressions, printExpression);
    case "query":
      return printQuery(argument.query);
    case "tags":
      return commas(argument.tags, printTag);
    case "signature":
      return parenthesized(argument.types, printTypeName);
    case "columns":
      return commas(argument.columns, printColumnDefinition);
    case "masking_policies":
      return argument.names.map(printObjectName).join(", MASKING POLICY ");
    case "metrics":
      return commas(argument.metrics, printMetricAttachment);
    case "time_travel":
      return printTimeTravel(argument.timeTravel);
  }
}
