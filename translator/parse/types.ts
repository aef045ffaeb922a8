/** Type names: `NUMBER(10, 2)`, `DOUBLE PRECISION`, `ARRAY(INT NOT NULL)`, `VARCHAR(5) COLLATE 'en'`. */

import type { TypeName } from "../ast/expressions.ts";
import { RESERVED_WORDS } from "../lex/keywords.ts";
import type { Cursor } from "./cursor.ts";

/** Further words of a type's name, by its first word. Docs: intro-summary-data-types. */
const CONTINUATIONS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  DOUBLE: [["PRECISION"]],
  CHAR: [["VARYING"]],
  CHARACTER: [["VARYING"]],
  NCHAR: [["VARYING"]],
  BINARY: [["VARYING"]],
  TIMESTAMP: [
    ["WITH", "LOCAL", "TIME", "ZONE"],
    ["WITH", "TIME", "ZONE"],
    ["WITHOUT", "TIME", "ZONE"],
  ],
};

/** Types whose parentheses hold types, not numbers. */
const CONTAINERS = new Set(["ARRAY", "MAP", "VECTOR", "PERIOD"]);

/** Units of INTERVAL types and literals; the plural is accepted in literals. */
const INTERVAL_UNITS = ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"];
const INTERVAL_WORDS: ReadonlySet<string> = new Set(
  INTERVAL_UNITS.flatMap((unit) => [unit, `${unit}S`]),
);

/**
 * A type name with its COLLATE.
 * @throws SnowflakeError (syntax) where no type name stands
 */
export function parseTypeName(cursor: Cursor): TypeName {
  const { start } = cursor.peek();
  const type = parseBareTypeName(cursor);
  if (!cursor.acceptKeyword("COLLATE")) return type;
  const collation = cursor.stringLiteral();
  return { ...type, collation, span: cursor.spanFrom(start) };
}

/** A type name without COLLATE: after `::` a COLLATE belongs to the expression. */
export function parseBareTypeName(cursor: Cursor): TypeName {
  cursor.enter();
  const first = cursor.peek();
  if (first.kind !== "word" || RESERVED_WORDS.has(first.value)) cursor.unexpected();
  cursor.next();
  const rest = { parameters: [], elements: [], fields: [] };
  let type: Omit<TypeName, "span">;
  if (first.value === "OBJECT") {
    type = { ...rest, name: "OBJECT", fields: parseFields(cursor) };
  } else if (CONTAINERS.has(first.value)) {
    type = { ...rest, name: first.value, ...parseElements(cursor) };
  } else if (first.value === "INTERVAL") {
    type = { ...rest, name: `INTERVAL ${parseIntervalQualifier(cursor).join(" TO ")}`.trimEnd() };
  } else {
    const name = parseWords(cursor, first.value);
    type = { ...rest, name, parameters: parseParameters(cursor) };
  }
  cursor.leave();
  return { ...type, span: cursor.spanFrom(first.start) };
}

function parseWords(cursor: Cursor, first: string): string {
  for (const words of CONTINUATIONS[first] ?? []) {
    if (cursor.acceptKeyword(...words)) return [first, ...words].join(" ");
  }
  return first;
}

function parseParameters(cursor: Cursor): number[] {
  return cursor.atPunctuation("(") ? cursor.parenthesized(() => cursor.integer()) : [];
}

function parseNullability(cursor: Cursor): boolean {
  if (cursor.acceptKeyword("NOT", "NULL")) return false;
  cursor.acceptKeyword("NULL");
  return true;
}

/** `(T [NOT NULL], …)`; VECTOR(FLOAT, 3) ends with a number. */
function parseElements(cursor: Cursor): Pick<TypeName, "elements" | "parameters"> {
  const elements: { type: TypeName; nullable: boolean }[] = [];
  const parameters: number[] = [];
  if (!cursor.acceptPunctuation("(")) return { elements, parameters };
  do {
    if (cursor.at("number")) parameters.push(cursor.integer());
    else elements.push({ type: parseTypeName(cursor), nullable: parseNullability(cursor) });
  } while (cursor.acceptPunctuation(","));
  cursor.expectPunctuation(")");
  return { elements, parameters };
}

function parseFields(cursor: Cursor): TypeName["fields"] {
  if (!cursor.atPunctuation("(")) return [];
  return cursor.parenthesized(() => {
    const name = cursor.anyIdentifier();
    const type = parseTypeName(cursor);
    return { name, type, nullable: parseNullability(cursor) };
  });
}

/**
 * The unit or units of an interval with their precisions as text (`DAY(3) TO SECOND(2)`: two entries);
 * empty when none follows. Docs: data-types-datetime, "Interval".
 */
export function parseIntervalQualifier(cursor: Cursor): string[] {
  const units: string[] = [];
  do {
    const token = cursor.peek();
    if (token.kind !== "word" || !INTERVAL_WORDS.has(token.value)) {
      if (units.length > 0) cursor.unexpected();
      return units;
    }
    cursor.next();
    const precision = parseParameters(cursor);
    units.push(token.value + (precision.length > 0 ? `(${precision.join(", ")})` : ""));
  } while (units.length < 2 && cursor.acceptKeyword("TO"));
  return units;
}
