/**
 * Cells in the format "jsonv2": the driver protocol's text with other booleans and times, or printed by an output format that
 * the request names.
 * https://docs.snowflake.com/en/developer-guide/sql-api/handling-responses
 */

import {
  dateToText,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../../../translator/format/convert.ts";
import type { SnowType } from "../../../translator/types/types.ts";
import { OFFSET_BIAS_MINUTES } from "../../results/json-cells.ts";
import type { ResultColumn } from "../../results/stream.ts";

const FRACTION_DIGITS = 9;
const MICRO_DIGITS = 6;

/** The output formats that the request gives, by the parameter's name. Without one, cells are numbers. */
export type RequestFormats = {
  readonly formats: ReadonlyMap<string, string>;
  readonly timeZone: string;
};

type Change = (text: string) => string;
export type Row = readonly (string | null)[];

/** @param nullText what stands for NULL */
export function apiRows(
  rows: readonly Row[],
  columns: readonly ResultColumn[],
  request: RequestFormats,
  nullText: "null" | null,
): readonly Row[] {
  const changes = columns.map(({ type }) => changeOf(type, request));
  if (nullText === null && changes.every((change) => change === undefined)) return rows;
  return rows.map((row) =>
    row.map((cell, index) => (cell === null ? nullText : (changes[index]?.(cell) ?? cell))),
  );
}

function changeOf(type: SnowType, { formats, timeZone }: RequestFormats): Change | undefined {
  switch (type.kind) {
    case "boolean":
      return (text) => (text === "1" ? "true" : "false");
    case "binary":
      return formats.get("BINARY_OUTPUT_FORMAT")?.toUpperCase() === "BASE64"
        ? (text) => Buffer.from(text, "hex").toString("base64")
        : undefined;
    case "date": {
      const format = formats.get("DATE_OUTPUT_FORMAT");
      return format === undefined ? undefined : (text) => dateToText(Number(text), format);
    }
    case "time": {
      const format = formats.get("TIME_OUTPUT_FORMAT");
      return format === undefined ? seconds : (text) => timeToText(micros(text), format);
    }
    case "timestamp":
      return timestampChange(type.flavor, formats, timeZone);
    default:
      return undefined;
  }
}

function timestampChange(
  flavor: "ntz" | "ltz" | "tz",
  formats: ReadonlyMap<string, string>,
  timeZone: string,
): Change {
  const format =
    formats.get(`TIMESTAMP_${flavor.toUpperCase()}_OUTPUT_FORMAT`) ??
    formats.get("TIMESTAMP_OUTPUT_FORMAT");
  if (flavor === "tz") {
    return (text) => {
      const [instant = "", offset = ""] = text.split(" ");
      if (format === undefined) return `${seconds(instant)} ${offset}`;
      return timestampTzToText(micros(instant), Number(offset) - OFFSET_BIAS_MINUTES, format);
    };
  }
  if (format === undefined) return seconds;
  return flavor === "ltz"
    ? (text) => timestampLtzToText(micros(text), timeZone, format)
    : (text) => timestampNtzToText(micros(text), format);
}

/** Seconds with all nine decimal places. */
function seconds(text: string): string {
  const [whole = "", fraction = ""] = text.split(".");
  return `${whole}.${fraction.padEnd(FRACTION_DIGITS, "0")}`;
}

function micros(text: string): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(MICRO_DIGITS, "0").slice(0, MICRO_DIGITS));
}
