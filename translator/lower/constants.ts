/** Constants as DuckDB SQL of exactly their type. */

import { assert } from "../base/assert.ts";
import type { ConstantValue } from "../bind/bound.ts";
import { civilFromDays, splitMicros } from "../format/civil.ts";
import { specialFloatText } from "../format/number-text.ts";
import { duckType } from "../types/physical.ts";
import type { SnowType } from "../types/types.ts";
import { quoteText } from "./sql.ts";

function floatSql(value: number): string {
  return `CAST('${specialFloatText(value) ?? value}' AS DOUBLE)`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

/** `2024-01-31`; undefined for years that DuckDB writes otherwise. */
function dateText(days: number): string | undefined {
  const { year, month, day } = civilFromDays(days);
  if (year < 1 || year > 9999) return undefined;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function clockText(microsOfDay: number): string {
  const seconds = Math.floor(microsOfDay / 1_000_000);
  const fraction = microsOfDay % 1_000_000;
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = clock.map((part) => pad(part, 2)).join(":");
  return fraction === 0 ? text : `${text}.${pad(fraction, 6)}`;
}

function timestampSql(micros: bigint, isInstant: boolean): string {
  const { days, micros: ofDay } = splitMicros(micros);
  const date = dateText(days);
  if (date === undefined) return `make_timestamp${isInstant ? "tz" : ""}(${micros})`;
  const text = `${date} ${clockText(ofDay)}`;
  return isInstant ? `TIMESTAMPTZ '${text}+00'` : `TIMESTAMP '${text}'`;
}

function dateSql(days: number): string {
  const text = dateText(days);
  if (text !== undefined) return `DATE '${text}'`;
  return `CAST(make_timestamp(${BigInt(days) * 86_400_000_000n}) AS DATE)`;
}

/** The SQL of a constant; see `ConstantValue` for the form of each type's values. */
export function constantSql(type: SnowType, value: ConstantValue): string {
  if (value === null) return `CAST(NULL AS ${duckType(type)})`;
  switch (type.kind) {
    case "number":
      return `CAST(${numberText(String(value))} AS ${duckType(type)})`;
    case "float":
      return floatSql(Number(value));
    case "boolean":
      return value === true ? "TRUE" : "FALSE";
    case "binary":
      return `unhex('${String(value)}')`;
    case "date":
      return dateSql(Number(value));
    case "time":
      return `TIME '${clockText(Number(value))}'`;
    case "timestamp": {
      if (type.flavor !== "tz") {
        return timestampSql(BigInt(String(value)), type.flavor === "ltz");
      }
      assert(typeof value === "object", "TIMESTAMP_TZ constant");
      const instant = timestampSql(value.micros, true);
      return `struct_pack(instant := ${instant}, offset_minutes := ${value.offsetMinutes}::SMALLINT)`;
    }
    case "interval":
    case "vector":
      return `CAST(${quoteText(String(value))} AS ${duckType(type)})`;
    default:
      return quoteText(String(value));
  }
}

/** Digits beyond a plain literal's range must not become DOUBLE on their way to DECIMAL. */
function numberText(text: string): string {
  return text.replace(/\D/g, "").length > 18 ? `'${text}'` : text;
}
