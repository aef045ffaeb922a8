/**
 * Protocol cells as text, in the session's output formats: what TO_VARCHAR would give.
 * https://docs.snowflake.com/en/sql-reference/date-time-input-output
 */

import { binaryToText, hexToBytes } from "../../translator/format/binary-text.ts";
import {
  dateToText,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../../translator/format/convert.ts";
import type { WireColumn } from "./wire-client.ts";

const MICROS_DIGITS = 6;
const MICROS_PER_SECOND = 1_000_000n;
/** What the protocol adds to an offset to keep it positive, in minutes. */
const OFFSET_BIAS = 1_440;

/** The cells of a column, NULL apart. */
export type CellPrinter = (cell: string) => string;

/** @param parameters the session's, by name: output formats and TIMEZONE */
export function cellPrinter(
  { type }: WireColumn,
  parameters: ReadonlyMap<string, unknown>,
): CellPrinter {
  const format = (name: string) => String(parameters.get(`${name}_OUTPUT_FORMAT`) ?? "");
  const timestamp = (flavor: string) => format(flavor) || format("TIMESTAMP");
  switch (type) {
    case "boolean":
      return (cell) => String(cell === "1" || cell.toLowerCase() === "true");
    case "date":
      return (cell) => dateToText(Number(cell), format("DATE"));
    case "time":
      return (cell) => timeToText(microsOf(cell), format("TIME"));
    case "timestamp_ntz":
      return (cell) => timestampNtzToText(microsOf(cell), timestamp("TIMESTAMP_NTZ"));
    case "timestamp_ltz": {
      const zone = String(parameters.get("TIMEZONE") ?? "UTC");
      return (cell) => timestampLtzToText(microsOf(cell), zone, timestamp("TIMESTAMP_LTZ"));
    }
    case "timestamp_tz":
      return (cell) => {
        const [seconds = "0", offset = String(OFFSET_BIAS)] = cell.split(" ");
        const minutes = Number(offset) - OFFSET_BIAS;
        return timestampTzToText(microsOf(seconds), minutes, timestamp("TIMESTAMP_TZ"));
      };
    case "binary":
      return format("BINARY").toUpperCase() === "BASE64"
        ? (cell) => binaryToText(hexToBytes(cell), "BASE64")
        : (cell) => cell;
    default:
      return (cell) => cell;
  }
}

/** Seconds with decimals as microseconds. */
function microsOf(seconds: string): bigint {
  const negative = seconds.startsWith("-");
  const [whole = "0", fraction = ""] = seconds.replace("-", "").split(".");
  const digits = fraction.slice(0, MICROS_DIGITS).padEnd(MICROS_DIGITS, "0");
  const micros = BigInt(whole) * MICROS_PER_SECOND + BigInt(digits);
  return negative ? -micros : micros;
}
