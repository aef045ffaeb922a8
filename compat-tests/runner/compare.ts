/** Compares printed cells with expected ones: whole numbers exactly, others to 1e-6, JSON by value, all else as text. */

import type { RowOrder } from "./order.ts";

const TOLERANCE = 1e-6;
const WHOLE = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const PATTERN = "<REGEX>:";

export function sameCell(actual: string, expected: string): boolean {
  const wanted = unquote(expected);
  if (actual === wanted || actual === expected) return true;
  if (expected.startsWith(PATTERN)) {
    const pattern = unquote(expected.slice(PATTERN.length));
    return new RegExp(`^(?:${pattern})$`, "s").test(actual);
  }
  if (WHOLE.test(actual) && WHOLE.test(wanted)) return BigInt(actual) === BigInt(wanted);
  if (NUMBER.test(actual) && NUMBER.test(wanted)) return sameNumber(Number(actual), Number(wanted));
  if (actual.toLowerCase() === wanted.toLowerCase() && /^(true|false|null|nan)$/i.test(actual)) {
    return true;
  }
  return (
    sameJson(actual, wanted) || squeeze(actual) === squeeze(wanted) || sameShape(actual, wanted)
  );
}

const SHAPE = /^(SRID=\d+;)?[A-Z]+ ?Z?\(/;
const COORDINATE = /-?\d+(\.\d+)?(e[+-]?\d+)?/g;

/** Shapes in well-known text, coordinates as numbers. */
function sameShape(a: string, b: string): boolean {
  if (!SHAPE.test(a) || a.replaceAll(COORDINATE, "#") !== b.replaceAll(COORDINATE, "#"))
    return false;
  const others = b.match(COORDINATE) ?? [];
  return (a.match(COORDINATE) ?? []).every((text, index) =>
    sameNumber(Number(text), Number(others[index])),
  );
}

/**
 * Rows in order, or as a multiset when the query has no ORDER BY. Rows that are equal in the ORDER BY columns
 * may stand in any order.
 */
export function sameRows(
  actual: readonly (readonly string[])[],
  expected: readonly (readonly string[])[],
  order: RowOrder,
): boolean {
  if (actual.length !== expected.length) return false;
  if (actual.every((row, index) => sameRow(row, expected[index] ?? []))) return true;
  if (order === "strict") return false;
  if (order !== "any" && !order.every((column) => sameColumn(actual, expected, column))) {
    return false;
  }
  const rest = [...expected];
  return actual.every((row) => {
    const found = rest.findIndex((candidate) => sameRow(row, candidate));
    if (found < 0) return false;
    rest.splice(found, 1);
    return true;
  });
}

function sameColumn(
  actual: readonly (readonly string[])[],
  expected: readonly (readonly string[])[],
  column: number,
): boolean {
  return actual.every((row, index) => sameCell(row[column] ?? "", expected[index]?.[column] ?? ""));
}

function sameRow(actual: readonly string[], expected: readonly string[]): boolean {
  if (actual.length !== expected.length) return false;
  return actual.every((cell, index) => sameCell(cell, expected[index] ?? ""));
}

function unquote(text: string): string {
  const inner = /^'([\s\S]*)'$/.exec(text)?.[1] ?? text;
  return inner.replaceAll("\\n", "\n");
}

function sameNumber(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function sameJson(a: string, b: string): boolean {
  const first = parseLoose(a);
  const second = parseLoose(b);
  return first !== undefined && second !== undefined && equal(first, second);
}

function parseLoose(text: string): unknown {
  if (!/^[[{"]/.test(text.trim())) return undefined;
  try {
    return JSON.parse(text.replaceAll(/\bundefined\b/g, "null"));
  } catch {
    return undefined;
  }
}

function equal(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return sameNumber(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => key in b && equal(a[key], b[key]))
    );
  }
  return a === b;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
