/**
 * The ARRAY_* functions on canonical text. Every one gives null for an argument that is no array.
 * https://docs.snowflake.com/en/sql-reference/functions-semistructured
 */
import { snowflakeError } from "../base/errors.ts";
import { compareVariants, equalVariants } from "./compare.ts";
import { UNDEFINED_TEXT } from "./encoding.ts";
import { type VariantFormats, variantToText } from "./print.ts";
import { elementTexts, isArrayText } from "./scan.ts";

/** Keeps one call within memory. */
const MAX_GENERATED = 8_000_000;
const MAX_VALUE_SIZE = 134_217_728;

/** Error 100082 for an array of more elements than a value may hold. */
function checkLength(length: number): void {
  if (length <= MAX_GENERATED) return;
  throw snowflakeError("lobSize", { limit: MAX_VALUE_SIZE, size: 2 * length });
}

/** Array text of element texts. */
export function joinArray(elements: readonly string[]): string {
  return `[${elements.join(",")}]`;
}

/** Elements as a list for the engine: undefined as null. */
export function arrayElements(array: string): (string | null)[] | null {
  const elements = elementTexts(array);
  return elements === undefined
    ? null
    : elements.map((text) => (text === UNDEFINED_TEXT ? null : text));
}

/** ARRAY_APPEND; a null value is appended as undefined. */
export function arrayAppend(array: string, value: string | null): string | null {
  if (!isArrayText(array)) return null;
  const text = value ?? UNDEFINED_TEXT;
  return array === "[]" ? `[${text}]` : `${array.slice(0, -1)},${text}]`;
}

/** ARRAY_PREPEND. */
export function arrayPrepend(array: string, value: string | null): string | null {
  if (!isArrayText(array)) return null;
  const text = value ?? UNDEFINED_TEXT;
  return array === "[]" ? `[${text}]` : `[${text},${array.slice(1)}`;
}

/** ARRAY_CAT. */
export function arrayCat(a: string, b: string): string | null {
  if (!isArrayText(a) || !isArrayText(b)) return null;
  if (a === "[]") return b;
  return b === "[]" ? a : `${a.slice(0, -1)},${b.slice(1)}`;
}

/** ARRAY_COMPACT: without undefined and JSON null. */
export function arrayCompact(array: string): string | null {
  const elements = elementTexts(array);
  if (elements === undefined) return null;
  return joinArray(elements.filter((text) => text !== UNDEFINED_TEXT && text !== "null"));
}

/**
 * ARRAY_CONTAINS. A null value is looked for among undefined elements, and gives null when there is none.
 * https://docs.snowflake.com/en/sql-reference/functions/array_contains
 */
export function arrayContains(value: string | null, array: string): boolean | null {
  if (!isArrayText(array)) return null;
  if (arrayPosition(value, array) !== null) return true;
  return value === null ? null : false;
}

/** ARRAY_POSITION: index of the first equal element; a null value finds undefined. */
export function arrayPosition(value: string | null, array: string): number | null {
  const wanted = value ?? UNDEFINED_TEXT;
  const index = (elementTexts(array) ?? []).findIndex((text) => equalVariants(text, wanted));
  return index < 0 ? null : index;
}

/** ARRAY_FLATTEN: one level; null when an element is undefined, error 100107 when one is no array. */
export function arrayFlatten(array: string): string | null {
  const elements = elementTexts(array);
  if (elements === undefined || elements.includes(UNDEFINED_TEXT)) return null;
  if (!elements.every(isArrayText)) {
    const detail = "Input argument to ARRAY_FLATTEN is not an array of arrays";
    throw snowflakeError("notArray", { detail });
  }
  return joinArray(elements.filter((text) => text !== "[]").map((text) => text.slice(1, -1)));
}

/** ARRAY_GENERATE_RANGE: start, start + step ... before stop. */
export function arrayGenerateRange(start: bigint, stop: bigint, step: bigint): string {
  if (step === 0n) throw snowflakeError("zeroStep", { function: "ARRAY_GENERATE_RANGE" });
  checkLength(Number((stop - start) / step));
  const elements: string[] = [];
  for (let i = start; step > 0n ? i < stop : i > stop; i += step) {
    elements.push(String(i));
  }
  return joinArray(elements);
}

/** ARRAY_INSERT: a negative position counts from the end; beyond the end undefined fills the gap. */
export function arrayInsert(array: string, position: number, value: string | null): string | null {
  const elements = elementTexts(array);
  if (elements === undefined) return null;
  const at = position < 0 ? Math.max(0, elements.length + position) : position;
  checkLength(at);
  while (elements.length < at) elements.push(UNDEFINED_TEXT);
  elements.splice(at, 0, value ?? UNDEFINED_TEXT);
  return joinArray(elements);
}

/** ARRAY_REMOVE: without the elements equal to a value. */
export function arrayRemove(array: string, value: string): string | null {
  const elements = elementTexts(array);
  if (elements === undefined) return null;
  return joinArray(elements.filter((text) => !equalVariants(text, value)));
}

/** ARRAY_REMOVE_AT: a negative position counts from the end; one outside changes nothing. */
export function arrayRemoveAt(array: string, position: number): string | null {
  const elements = elementTexts(array);
  if (elements === undefined) return null;
  const at = position < 0 ? elements.length + position : position;
  if (at < 0 || at >= elements.length) return array;
  elements.splice(at, 1);
  return joinArray(elements);
}

/** ARRAY_REPEAT. */
export function arrayRepeat(value: string | null, count: number): string {
  const length = Math.max(0, count);
  checkLength(length);
  return joinArray(Array.from({ length }, () => value ?? UNDEFINED_TEXT));
}

/** ARRAY_REVERSE. */
export function arrayReverse(array: string): string | null {
  const elements = elementTexts(array);
  return elements === undefined ? null : joinArray(elements.reverse());
}

/** ARRAY_SLICE: from inclusive to exclusive, negatives from the end. */
export function arraySlice(array: string, from: number, to: number): string | null {
  const elements = elementTexts(array);
  return elements === undefined ? null : joinArray(elements.slice(from, to));
}

/**
 * ARRAY_SORT. JSON null sorts above every value; undefined goes first or last by `nullsFirst`.
 * https://docs.snowflake.com/en/sql-reference/functions/array_sort
 */
export function arraySort(array: string, ascending: boolean, nullsFirst: boolean): string | null {
  const elements = elementTexts(array);
  if (elements === undefined) return null;
  const values = elements.filter((text) => text !== UNDEFINED_TEXT);
  const nulls = elements.filter((text) => text === UNDEFINED_TEXT);
  values.sort(ascending ? compareVariants : (a, b) => compareVariants(b, a));
  return joinArray(nullsFirst ? [...nulls, ...values] : [...values, ...nulls]);
}

/** ARRAY_MAX and ARRAY_MIN: undefined is ignored; null when nothing is left. */
export function arrayExtreme(array: string, largest: boolean): string | null {
  let best: string | null = null;
  for (const text of elementTexts(array) ?? []) {
    if (text === UNDEFINED_TEXT) continue;
    const order = best === null ? 0 : compareVariants(text, best);
    if (best === null || (largest ? order > 0 : order < 0)) best = text;
  }
  return best;
}

/** ARRAY_TO_STRING: elements as ::VARCHAR gives them, undefined and JSON null as nothing. */
export function arrayToString(
  array: string,
  separator: string,
  formats: VariantFormats,
): string | null {
  const elements = elementTexts(array);
  if (elements === undefined) return null;
  return elements.map((text) => variantToText(text, formats) ?? "").join(separator);
}

/**
 * ARRAYS_ZIP: objects {"$1", "$2" ...}; a missing or undefined element is JSON null. All arrays empty give [{}].
 * https://docs.snowflake.com/en/sql-reference/functions/arrays_zip
 */
export function arraysZip(arrays: readonly (string | null)[]): string | null {
  const columns: string[][] = [];
  for (const array of arrays) {
    const elements = array === null ? undefined : elementTexts(array);
    if (elements === undefined) return null;
    columns.push(elements);
  }
  const length = Math.max(0, ...columns.map((column) => column.length));
  if (length === 0) return "[{}]";
  // "$10" sorts between "$1" and "$2".
  const order = columns.map((_, i) => i).sort((a, b) => (`$${a + 1}` < `$${b + 1}` ? -1 : 1));
  const rows: string[] = [];
  for (let row = 0; row < length; row++) {
    const members = order.map((i) => {
      const text = columns[i]?.[row] ?? "null";
      return `"$${i + 1}":${text === UNDEFINED_TEXT ? "null" : text}`;
    });
    rows.push(`{${members.join(",")}}`);
  }
  return joinArray(rows);
}
