/**
 * Functions that stand for one of a kind's three, as the parameter TIMESTAMP_TYPE_MAPPING says.
 * https://docs.snowflake.com/en/sql-reference/parameters#timestamp-type-mapping
 */

import { timestampFlavor } from "../types/names.ts";
import type { Binder } from "./binder.ts";

const MAPPED: ReadonlyMap<string, (flavor: string) => string> = new Map([
  ["TO_TIMESTAMP", (flavor) => `TO_TIMESTAMP_${flavor}`],
  ["TRY_TO_TIMESTAMP", (flavor) => `TRY_TO_TIMESTAMP_${flavor}`],
  ["TIMESTAMP_FROM_PARTS", (flavor) => `TIMESTAMP_${flavor}_FROM_PARTS`],
  ["TIMESTAMPFROMPARTS", (flavor) => `TIMESTAMP_${flavor}_FROM_PARTS`],
]);

/**
 * @param name a function's name in upper case
 * @returns the name of the function that it means in this session
 */
export function mappedName(name: string, binder: Binder): string {
  const mapped = MAPPED.get(name);
  if (mapped === undefined) return name;
  return mapped(timestampFlavor(binder.textParameter("TIMESTAMP_TYPE_MAPPING")).toUpperCase());
}
