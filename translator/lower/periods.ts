/**
 * PERIOD values in SQL: structs of two bounds, NULL as a whole or not at all.
 * https://docs.snowflake.com/en/sql-reference/data-types-period
 */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction } from "../base/host.ts";
import type { PeriodElement } from "../types/periods.ts";
import { duckType } from "../types/physical.ts";
import { withTry } from "./host-define.ts";
import { raiseSql } from "./sql.ts";

const CANONICAL = /^\s*\[\s*([^,]+?)\s*,\s*([^,]+?)\s*\)\s*$/;

/** One bound of a text in canonical form: 0 the begin, 1 the end. */
function boundOf(text: string, at: number): string {
  const found = CANONICAL.exec(text);
  const bound = found?.[at + 1];
  if (bound === undefined) throw snowflakeError("periodNotRecognized", { value: text });
  return bound;
}

export const PERIOD_HOST_FUNCTIONS: readonly HostFunction[] = withTry(
  "period_bound",
  ["VARCHAR", "BIGINT"],
  "VARCHAR",
  (text, at) => boundOf(String(text), Number(at)),
);

/** What bounds compare by: TIMESTAMP_TZ by its instant. */
export function boundKey(sql: string, element: PeriodElement): string {
  const isZoned = element.kind === "timestamp" && element.flavor === "tz";
  return isZoned ? `(${sql}).instant` : sql;
}

/** What periods compare by: begin first, then end. */
export function periodKey(sql: string, element: PeriodElement): string {
  if (boundKey(sql, element) === sql) return sql;
  const [starts, ends] = ["starts", "ends"].map((name) => boundKey(`(${sql}).${name}`, element));
  return `CASE WHEN ${sql} IS NOT NULL THEN struct_pack(starts := ${starts}, ends := ${ends}) END`;
}

/** A period of two bounds; NULL when one is, an error (or NULL for TRY_) unless begin < end. */
export function periodSql(
  starts: string,
  ends: string,
  element: PeriodElement,
  isTry = false,
): string {
  const [from, to] = ["p_.starts", "p_.ends"].map((bound) => boundKey(`(${bound})`, element));
  const type = duckType({ kind: "period", element });
  const wrong = isTry ? "NULL" : `CAST(${raiseSql(snowflakeError("periodBounds"))} AS ${type})`;
  const checked = `CASE WHEN ${from} < ${to} THEN p_ WHEN ${from} >= ${to} THEN ${wrong} END`;
  return `list_transform([struct_pack(starts := ${starts}, ends := ${ends})], lambda p_: ${checked})[1]`;
}

/** `[begin, end)` with each bound printed as `print` says. */
export function periodText(sql: string, print: (bound: string) => string): string {
  const [starts, ends] = [print("(p_).starts"), print("(p_).ends")];
  return `list_transform([${sql}], lambda p_: '[' || ${starts} || ', ' || ${ends} || ')')[1]`;
}
