/** Prints protocol cells in the two forms that expected results come in. */

import { must } from "../../translator/base/assert.ts";
import {
  dateToText,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../../translator/format/convert.ts";
import { offsetMinutesAt } from "../../translator/format/zone.ts";
import type { WireColumn, WireResult } from "./target.ts";

const DAY_MS = 86_400_000;
const MICROS_PER_MINUTE = 60_000_000n;

/** As the Python connector gives values (recorded cases): ISO dates, TRUE/FALSE, bare text. */
export function recordedCell(cell: string | null, column: WireColumn, zone: string): string {
  if (cell === null) return "NULL";
  switch (column.type) {
    case "boolean":
      return cell === "1" ? "TRUE" : "FALSE";
    case "date":
      return new Date(Number(cell) * DAY_MS).toISOString().slice(0, 10);
    case "time":
      return clock(cell);
    case "timestamp_ntz":
    case "timestamp_ltz":
    case "timestamp_tz": {
      const { micros, offsetMinutes } = timestampParts(cell, column);
      if (column.type === "timestamp_ntz") return isoTimestamp(micros);
      const offset = column.type === "timestamp_tz" ? offsetMinutes : offsetMinutesAt(zone, micros);
      return isoTimestamp(micros + BigInt(offset) * MICROS_PER_MINUTE) + isoOffset(offset);
    }
    case "binary":
      return `x'${cell.toLowerCase()}'`;
    default:
      return cell;
  }
}

/** As Snowflake's documentation prints values: by the session's output formats. */
export function documentedCell(
  cell: string | null,
  column: WireColumn,
  result: WireResult,
): string {
  if (cell === null) return "NULL";
  const parameter = (name: string) => String(must(result.parameters.get(name), name));
  if (column.type === "date") return dateToText(Number(cell), parameter("DATE_OUTPUT_FORMAT"));
  if (!column.type.startsWith("timestamp_") && column.type !== "time") {
    return column.type === "binary" ? cell : recordedCell(cell, column, "UTC");
  }
  const { micros, offsetMinutes } = timestampParts(cell, column);
  if (column.type === "time") return timeToText(micros, parameter("TIME_OUTPUT_FORMAT"));
  const flavor = column.type.slice("timestamp_".length);
  const own = parameter(`TIMESTAMP_${flavor.toUpperCase()}_OUTPUT_FORMAT`);
  const format = own === "" ? parameter("TIMESTAMP_OUTPUT_FORMAT") : own;
  if (flavor === "ntz") return timestampNtzToText(micros, format);
  if (flavor === "tz") return timestampTzToText(micros, offsetMinutes, format);
  return timestampLtzToText(micros, parameter("TIMEZONE"), format);
}

function timestampParts(
  cell: string,
  column: WireColumn,
): { micros: bigint; offsetMinutes: number } {
  const [seconds = "0", offset] = cell.split(" ");
  const negative = seconds.startsWith("-");
  const [whole = "0", fraction = ""] = seconds.replace("-", "").split(".");
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0").slice(0, 6));
  const signed = negative ? -micros : micros;
  return {
    micros: signed,
    offsetMinutes: column.type === "timestamp_tz" ? Number(offset ?? 1440) - 1440 : 0,
  };
}

function isoTimestamp(micros: bigint): string {
  const seconds = micros >= 0n ? micros / 1_000_000n : -((-micros + 999_999n) / 1_000_000n);
  const rest = micros - seconds * 1_000_000n;
  const base = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return rest === 0n ? base : `${base}.${rest.toString().padStart(6, "0")}`;
}

function isoOffset(minutes: number): string {
  const sign = minutes < 0 ? "-" : "+";
  const part = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${sign}${part(Math.floor(size / 60))}:${part(size % 60)}`;
}

function clock(cell: string): string {
  const [whole = "0", fraction = ""] = cell.split(".");
  const base = new Date(Number(whole) * 1000).toISOString().slice(11, 19);
  const micros = fraction.padEnd(6, "0").slice(0, 6);
  return micros === "000000" ? base : `${base}.${micros}`;
}
