/**
 * The PERIOD type: a half-open range of dates, times or timestamps.
 * https://docs.snowflake.com/en/sql-reference/data-types-period
 */

import type { PeriodType, SnowType } from "./types.ts";

/** What a PERIOD may consist of. */
export type PeriodElement = Extract<SnowType, { kind: "date" | "time" | "timestamp" }>;

export function isPeriodElement(type: SnowType): type is PeriodElement {
  return type.kind === "date" || type.kind === "time" || type.kind === "timestamp";
}

/** DATE with DATE, TIMESTAMP_NTZ with TIMESTAMP_NTZ: the scale does not count. */
export function sameElement(a: SnowType, b: SnowType): boolean {
  if (a.kind === "timestamp" && b.kind === "timestamp") return a.flavor === b.flavor;
  return a.kind === b.kind;
}

/** The element type that holds both; undefined when they are not of one logical type. */
export function commonElement(a: PeriodElement, b: PeriodElement): PeriodElement | undefined {
  if (!sameElement(a, b)) return undefined;
  if (a.kind === "date" || b.kind === "date") return a;
  return a.scale >= b.scale ? a : b;
}

export function periodOf(element: PeriodElement): PeriodType {
  return { kind: "period", element };
}
