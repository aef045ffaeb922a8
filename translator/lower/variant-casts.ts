/** Casts into VARIANT and out of it: host functions on canonical text (translator/variant/host.ts). */

import { snowflakeError } from "../base/errors.ts";
import { typeText } from "../types/names.ts";
import { duckType } from "../types/physical.ts";
import type { SnowType } from "../types/types.ts";
import { asNumber, decimalFromText } from "./numbers.ts";
import { quoteText, zonedSql } from "./sql.ts";
import type { LoweringState } from "./state.ts";

const OPTIONS = [
  ["date", "DATE_OUTPUT_FORMAT"],
  ["time", "TIME_OUTPUT_FORMAT"],
  ["ntz", "TIMESTAMP_NTZ_OUTPUT_FORMAT"],
  ["ltz", "TIMESTAMP_LTZ_OUTPUT_FORMAT"],
  ["tz", "TIMESTAMP_TZ_OUTPUT_FORMAT"],
  ["zone", "TIMEZONE"],
  ["century", "TWO_DIGIT_CENTURY_START"],
] as const;

const DEFAULTS: Readonly<Record<string, string>> = {
  date: "YYYY-MM-DD",
  time: "HH24:MI:SS",
  ntz: "YYYY-MM-DD HH24:MI:SS.FF3",
  ltz: "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
  tz: "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
  zone: "America/Los_Angeles",
  century: "1970",
};

/**
 * The session argument of `_v_…` functions (variant/session.ts) as a SQL text: only what differs from the
 * defaults, so that it is short.
 */
export function sessionText(state: LoweringState): string {
  const members: Record<string, string> = {};
  for (const [name, parameter] of OPTIONS) {
    const own = String(state.parameter(parameter) ?? "");
    const fallback = name === "ltz" || name === "tz" ? "TIMESTAMP_OUTPUT_FORMAT" : parameter;
    const value = own === "" ? String(state.parameter(fallback) ?? "") : own;
    if (value !== "" && value !== DEFAULTS[name]) members[name] = value;
  }
  return quoteText(Object.keys(members).length === 0 ? "" : JSON.stringify(members));
}

/** A SQL value as VARIANT. */
export function toVariant(sql: string, from: SnowType): string {
  switch (from.kind) {
    case "number":
      return `_v_from_number(CAST(${sql} AS VARCHAR))`;
    case "decfloat":
      return `_v_from_number(${sql})`;
    case "float":
      return `_v_from_double(${sql})`;
    case "boolean":
    case "date":
    case "time":
      return `_v_from_${from.kind}(${sql})`;
    case "binary":
      return `_v_from_binary(${sql})`;
    case "timestamp":
      if (from.flavor !== "tz") return `_v_from_timestamp_${from.flavor}(${sql})`;
      return `_v_from_timestamp_tz((${sql}).instant, CAST((${sql}).offset_minutes AS BIGINT))`;
    case "variant":
    case "object":
    case "array":
    case "map":
    case "geography":
    case "file":
      return sql;
    case "geometry":
      return `_geo_text('geojson', 'geometry', ${sql})`;
    case "vector":
      return `CAST(to_json(${sql}) AS VARCHAR)`;
    case "interval":
    case "period":
      throw snowflakeError("cannotConvert", {
        expression: typeText(from),
        from: typeText(from),
        to: "VARIANT",
      });
    case "text":
    case "uuid":
    case "null":
      return `_v_from_text(CAST(${sql} AS VARCHAR))`;
  }
}

function zonedVariant(sql: string, prefix: string, session: string): string {
  const instant = `${prefix}timestamp_tz_instant(${sql}, ${session})`;
  const offset = `${prefix}timestamp_tz_offset(${sql}, ${session})`;
  return zonedSql(instant, instant, `CAST(${offset} AS SMALLINT)`);
}

/** A VARIANT as a SQL value that is not semi-structured. Text is not checked for its length here. */
export function fromVariant(
  request: { readonly sql: string; readonly to: SnowType; readonly isTry: boolean },
  state: LoweringState,
): string {
  const { sql, to, isTry } = request;
  const prefix = isTry ? "_v_try_to_" : "_v_to_";
  const session = sessionText(state);
  switch (to.kind) {
    case "number":
      return decimalFromText(`${prefix}number(${sql}, ${to.precision}, ${to.scale})`, asNumber(to));
    case "float":
      return `${prefix}double(${sql})`;
    case "decfloat":
      return `_decfloat_parse(_v_to_text(${sql}, ${session}))`;
    case "boolean":
    case "binary":
      return `${prefix}${to.kind}(${sql})`;
    case "date":
    case "time":
      return `${prefix}${to.kind}(${sql}, ${session})`;
    case "timestamp":
      if (to.flavor !== "tz") return `${prefix}timestamp_${to.flavor}(${sql}, ${session})`;
      return zonedVariant(sql, prefix, session);
    case "vector":
      return `CAST(${prefix}vector(${sql}, ${to.dimension}) AS ${duckType(to)})`;
    case "uuid":
      return `_cv_${isTry ? "try_" : ""}uuid(_v_to_text(${sql}, ${session}))`;
    default:
      return `_v_to_text(${sql}, ${session})`;
  }
}
