/**
 * Casts from and to DATE, TIME and TIMESTAMP: text by the session's formats, clocks by the session's zone.
 * https://docs.snowflake.com/en/sql-reference/date-time-input-output
 */

import { duckType } from "../types/physical.ts";
import type { SnowType, TypeKind } from "../types/types.ts";
import { named } from "./host-define.ts";
import { floorDivided, quoteText, zonedSql } from "./sql.ts";
import type { LoweringState } from "./state.ts";

const MICROSECOND_DIGITS = 6;

type To<Kind extends TypeKind> = {
  readonly sql: string;
  readonly from: SnowType;
  readonly to: Extract<SnowType, { kind: Kind }>;
  readonly isTry: boolean;
  readonly state: LoweringState;
};

/** The session's format of a type, with the fallbacks of the timestamp formats. */
export function outputFormat(from: SnowType, state: LoweringState): string {
  if (from.kind === "date") return String(state.parameter("DATE_OUTPUT_FORMAT"));
  if (from.kind === "time") return String(state.parameter("TIME_OUTPUT_FORMAT"));
  const flavor = from.kind === "timestamp" ? from.flavor.toUpperCase() : "NTZ";
  const own = String(state.parameter(`TIMESTAMP_${flavor}_OUTPUT_FORMAT`) ?? "");
  return own === "" ? String(state.parameter("TIMESTAMP_OUTPUT_FORMAT")) : own;
}

/** DATE, TIME and TIMESTAMP as text by a format model. */
export function printTemporal(
  sql: string,
  from: SnowType,
  format: string,
  state: LoweringState,
): string {
  const quoted = quoteText(format);
  switch (from.kind) {
    case "date":
      return `_date_print(${sql}, ${quoted})`;
    case "time":
      return `_time_print(${sql}, ${quoted})`;
    default:
      break;
  }
  if (from.kind !== "timestamp" || from.flavor === "ntz") return `_ntz_print(${sql}, ${quoted})`;
  const zone = quoteText(String(state.parameter("TIMEZONE")));
  if (from.flavor === "ltz") return `_ltz_print(${sql}, ${zone}, ${quoted})`;
  return `_tz_print((${sql}).instant, CAST((${sql}).offset_minutes AS BIGINT), ${quoted})`;
}

function century(state: LoweringState): string {
  return String(Number(state.parameter("TWO_DIGIT_CENTURY_START") ?? 1970));
}

/** Text to a date, time or timestamp by a format model (or AUTO). */
export function parseTemporal(
  sql: string,
  to: Extract<SnowType, { kind: "date" | "time" | "timestamp" }>,
  format: string,
  isTry: boolean,
  state: LoweringState,
): string {
  const quoted = quoteText(format);
  if (to.kind === "date")
    return `${named(isTry, "date_parse")}(${sql}, ${quoted}, ${century(state)})`;
  if (to.kind === "time") return truncated(`${named(isTry, "time_parse")}(${sql}, ${quoted})`, to);
  const name = named(isTry, `${to.flavor}_parse`);
  if (to.flavor === "ntz") return truncated(`${name}(${sql}, ${quoted}, ${century(state)})`, to);
  const zone = quoteText(String(state.parameter("TIMEZONE")));
  const parsed = `${name}(${sql}, ${quoted}, ${century(state)}, ${zone})`;
  return truncated(to.flavor === "ltz" ? parsed : `CAST(${parsed} AS ${duckType(to)})`, to);
}

/** Digits that the target's precision does not have are cut off. */
function truncated(sql: string, to: Extract<SnowType, { kind: "time" | "timestamp" }>): string {
  if (to.scale >= MICROSECOND_DIGITS) return sql;
  const unit = 10 ** (MICROSECOND_DIGITS - to.scale);
  const whole = (value: string) => `${floorDivided(`epoch_us(${value})`, unit)} * ${unit}`;
  if (to.kind === "time") {
    return `CAST(make_timestamp(CAST(epoch_us(DATE '1970-01-01' + ${sql}) AS BIGINT) // ${unit} * ${unit}) AS TIME)`;
  }
  if (to.flavor === "ntz") return `make_timestamp(${whole(sql)})`;
  if (to.flavor === "ltz") return `make_timestamptz(${whole(sql)})`;
  return zonedSql(sql, `make_timestamptz(${whole(`(${sql}).instant`)})`, `(${sql}).offset_minutes`);
}

export function toDate({ sql, from, isTry, state }: To<"date">): string {
  if (from.kind === "text") {
    const format = String(state.parameter("DATE_INPUT_FORMAT"));
    return parseTemporal(sql, { kind: "date" }, format, isTry, state);
  }
  return `CAST(${wallClock(sql, from)} AS DATE)`;
}

export function toTime({ sql, from, to, isTry, state }: To<"time">): string {
  if (from.kind === "text") {
    return parseTemporal(sql, to, String(state.parameter("TIME_INPUT_FORMAT")), isTry, state);
  }
  if (from.kind === "time") return from.scale <= to.scale ? sql : truncated(sql, to);
  return truncated(`CAST(${wallClock(sql, from)} AS TIME)`, to);
}

/** A timestamp of any flavor as the wall clock that it shows. */
function wallClock(sql: string, from: SnowType): string {
  if (from.kind !== "timestamp" || from.flavor === "ntz") return sql;
  if (from.flavor === "ltz") return `CAST(${sql} AS TIMESTAMP)`;
  return `((${sql}).instant AT TIME ZONE 'UTC' + to_minutes((${sql}).offset_minutes))`;
}

function instant(sql: string, from: SnowType): string {
  if (from.kind === "timestamp" && from.flavor === "tz") return `(${sql}).instant`;
  if (from.kind === "timestamp" && from.flavor === "ltz") return sql;
  return `CAST(${sql} AS TIMESTAMPTZ)`;
}

/** Seconds since the epoch, with a fraction: the wall clock of UTC. */
function epochMicros(sql: string, from: SnowType): string {
  // Wider than a machine word: DuckDB keeps the product of two that fit one to 18 digits.
  const seconds =
    from.kind === "number" ? `CAST(${sql} AS DECIMAL(38,${Math.min(from.scale, 27)}))` : sql;
  return `CAST(${seconds} * 1000000 AS BIGINT)`;
}

export function toTimestamp({ sql, from, to, isTry, state }: To<"timestamp">): string {
  if (from.kind === "text") {
    return parseTemporal(sql, to, String(state.parameter("TIMESTAMP_INPUT_FORMAT")), isTry, state);
  }
  if (from.kind === "number" || from.kind === "float") {
    const micros = epochMicros(sql, from);
    if (to.flavor === "ntz") return truncated(`make_timestamp(${micros})`, to);
    return withFlavor(`make_timestamptz(${micros})`, to);
  }
  if (from.kind === "timestamp" && from.flavor === to.flavor) {
    return from.scale <= to.scale ? sql : truncated(sql, to);
  }
  if (to.flavor === "ntz") return truncated(`CAST(${wallClock(sql, from)} AS TIMESTAMP)`, to);
  return withFlavor(instant(sql, from), to);
}

/** An instant as LTZ, or as TZ with the session's offset at that instant. */
function withFlavor(sql: string, to: Extract<SnowType, { kind: "timestamp" }>): string {
  if (to.flavor === "ltz") return truncated(sql, to);
  const offset = `CAST((epoch_us(CAST(${sql} AS TIMESTAMP)) - epoch_us(${sql})) // 60000000 AS SMALLINT)`;
  return truncated(zonedSql(sql, sql, offset), to);
}
