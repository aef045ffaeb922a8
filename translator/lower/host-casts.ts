/**
 * Host functions behind casts: text to values and values to text, by format models. Each that can fail on
 * its data has a twin `_try…` that gives NULL instead. Formats, zones and centuries come as arguments.
 */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostType, HostValue } from "../base/host.ts";
import {
  dateToText,
  textToDate,
  textToTime,
  textToTimestamp,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../format/convert.ts";
import { decimalToText } from "../format/decimal.ts";
import { floatToText, textToBoolean, textToFloat, textToNumber } from "../format/number-text.ts";
import { decfloatText } from "../functions/decfloat.ts";
import { plain, withTry } from "./host-define.ts";
import { INTERVAL_HOST_FUNCTIONS } from "./interval-casts.ts";
import { PERIOD_HOST_FUNCTIONS } from "./periods.ts";

function text(value: HostValue | undefined): string {
  return String(value);
}

/** The session of a parse: `format, century, zone` follow the text. */
function session(century: HostValue | undefined, zone: HostValue | undefined) {
  return { twoDigitCenturyStart: Number(century), timeZone: text(zone) };
}

function pad(value: bigint, length: number): string {
  return value.toString().padStart(length, "0");
}

/** An instant as DuckDB reads it in any zone. */
function instantText(micros: bigint): string {
  const shown = timestampNtzToText(micros, "YYYY-MM-DD HH24:MI:SS");
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return `${shown}.${pad(fraction, 6)}+00`;
}

function tzParse(value: string, format: string, century: HostValue, zone: HostValue): string {
  const found = textToTimestamp(value, format, "tz", session(century, zone));
  return `{'instant': ${instantText(found.micros)}, 'offset_minutes': ${found.offsetMinutes ?? 0}}`;
}

const SHOWN_LENGTH = 1000;

/** The text when it has at most so many characters. Throws 100078. */
function fitText(value: string, length: number): string {
  if (value.length <= length || [...value].length <= length) return value;
  const shown = value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}...` : value;
  throw snowflakeError("stringTooLong", { value: shown });
}

/** The bytes when there are at most so many. Throws 100078 with their hexadecimal text. */
function fitBytes(value: HostValue | undefined, length: number): HostValue {
  if (!(value instanceof Uint8Array) || value.length <= length) return value ?? null;
  const hex = Array.from(value.subarray(0, SHOWN_LENGTH), (byte) =>
    byte.toString(16).padStart(2, "0").toUpperCase(),
  );
  throw snowflakeError("stringTooLong", { value: hex.join("") });
}

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

function hexBytes(value: string): Uint8Array {
  if (!HEX.test(value)) throw snowflakeError("notHex", { value });
  return Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** A FLOAT as decimal text of a scale, rounded half away from zero on its binary value. */
function floatToNumber(value: number, precision: number, scale: number): string {
  if (!Number.isFinite(value)) {
    throw snowflakeError("numericOutOfRange", { value: floatToText(value) });
  }
  return decimalToText(textToNumber(exactDecimal(value), precision, scale), scale);
}

/** The double's exact value up to 60 decimals, enough for every scale. */
function exactDecimal(value: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString();
  return value.toFixed(60);
}

const V: HostType = "VARCHAR";
const B: HostType = "BIGINT";

const PARSERS: readonly (readonly HostFunction[])[] = [
  withTry("number_parse", [V, B, B], V, (value, precision, scale) =>
    decimalToText(textToNumber(text(value), Number(precision), Number(scale)), Number(scale)),
  ),
  withTry("float_parse", [V], "DOUBLE", (value) => textToFloat(text(value))),
  withTry("float_number", ["DOUBLE", B, B], V, (value, precision, scale) =>
    floatToNumber(Number(value), Number(precision), Number(scale)),
  ),
  withTry("decfloat_parse", [V], V, (value) => decfloatText(text(value))),
  withTry("boolean_parse", [V], "BOOLEAN", (value) => textToBoolean(text(value))),
  withTry("binary_parse", [V], "BLOB", (value) => hexBytes(text(value))),
  withTry("date_parse", [V, V, B], "DATE", (value, format, century) =>
    textToDate(text(value), text(format), session(century, "UTC")),
  ),
  withTry("time_parse", [V, V], "TIME", (value, format) =>
    textToTime(text(value), text(format), session(1970n, "UTC")),
  ),
  withTry(
    "ntz_parse",
    [V, V, B],
    "TIMESTAMP",
    (value, format, century) =>
      textToTimestamp(text(value), text(format), "ntz", session(century, "UTC")).micros,
  ),
  withTry(
    "ltz_parse",
    [V, V, B, V],
    "TIMESTAMPTZ",
    (value, format, century, zone) =>
      textToTimestamp(text(value), text(format), "ltz", session(century, zone)).micros,
  ),
  withTry("tz_parse", [V, V, B, V], V, (value, format, century, zone) =>
    tzParse(text(value), text(format), century ?? null, zone ?? null),
  ),
  withTry("text_fit", [V, B], V, (value, length) => fitText(text(value), Number(length))),
  withTry("binary_fit", ["BLOB", B], "BLOB", (value, length) => fitBytes(value, Number(length))),
];

const PRINTERS: readonly HostFunction[] = [
  plain("float_text", ["DOUBLE"], V, (value) => floatToText(Number(value))),
  plain("date_print", ["DATE", V], V, (value, format) => dateToText(Number(value), text(format))),
  plain("time_print", ["TIME", V], V, (value, format) =>
    timeToText(BigInt(text(value)), text(format)),
  ),
  plain("ntz_print", ["TIMESTAMP", V], V, (value, format) =>
    timestampNtzToText(BigInt(text(value)), text(format)),
  ),
  plain("ltz_print", ["TIMESTAMPTZ", V, V], V, (value, zone, format) =>
    timestampLtzToText(BigInt(text(value)), text(zone), text(format)),
  ),
  plain("tz_print", ["TIMESTAMPTZ", B, V], V, (value, offset, format) =>
    timestampTzToText(BigInt(text(value)), Number(offset), text(format)),
  ),
];

export const CAST_HOST_FUNCTIONS: readonly HostFunction[] = [
  ...PARSERS.flat(),
  ...PRINTERS,
  ...INTERVAL_HOST_FUNCTIONS,
  ...PERIOD_HOST_FUNCTIONS,
];
