/**
 * Arrays as multisets: elements are equal by value (compare.ts), undefined equals undefined.
 * https://docs.snowflake.com/en/sql-reference/functions/array_intersection
 */
import { joinArray } from "./arrays.ts";
import { sortKey } from "./compare.ts";
import { elementTexts } from "./scan.ts";

function counts(elements: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const text of elements) {
    const key = sortKey(text);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** ARRAY_DISTINCT: the first of equal elements, in order. */
export function arrayDistinct(array: string): string | null {
  const elements = elementTexts(array);
  if (elements === undefined) return null;
  const seen = new Set<string>();
  return joinArray(
    elements.filter((text) => {
      const key = sortKey(text);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  );
}

/** The elements of `a` that find a partner in `b` (each of which serves once), or those that do not. */
function matched(a: string, b: string, keepMatched: boolean): string | null {
  const left = elementTexts(a);
  const right = elementTexts(b);
  if (left === undefined || right === undefined) return null;
  const free = counts(right);
  return joinArray(
    left.filter((text) => {
      const key = sortKey(text);
      const partners = free.get(key) ?? 0;
      if (partners > 0) free.set(key, partners - 1);
      return partners > 0 === keepMatched;
    }),
  );
}

/** ARRAY_EXCEPT: each element of `b` takes one equal element out of `a`. */
export function arrayExcept(a: string, b: string): string | null {
  return matched(a, b, false);
}

/** ARRAY_INTERSECTION: an element as often as both have it. */
export function arrayIntersection(a: string, b: string): string | null {
  return matched(a, b, true);
}

/** ARRAYS_OVERLAP. */
export function arraysOverlap(a: string, b: string): boolean | null {
  const left = elementTexts(a);
  const right = elementTexts(b);
  if (left === undefined || right === undefined) return null;
  const keys = new Set(right.map(sortKey));
  return left.some((text) => keys.has(sortKey(text)));
}

/**
 * ARRAY_UNION_AGG over arrays: each element as often as the array that has it most.
 * https://docs.snowflake.com/en/sql-reference/functions/array_union_agg
 */
export function arrayUnionAgg(arrays: readonly (string | null)[]): string {
  const result: string[] = [];
  const have = new Map<string, number>();
  for (const array of arrays) {
    const seen = new Map<string, number>();
    for (const text of (array === null ? undefined : elementTexts(array)) ?? []) {
      const key = sortKey(text);
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      if (count <= (have.get(key) ?? 0)) continue;
      have.set(key, count);
      result.push(text);
    }
  }
  return joinArray(result);
}
