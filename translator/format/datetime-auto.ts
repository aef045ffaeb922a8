/**
 * AUTO detection: the date, time and timestamp texts that Snowflake recognises without a format.
 * https://docs.snowflake.com/en/sql-reference/date-time-input-output#supported-formats-for-auto-detection
 */

import { splitMicros } from "./civil.ts";
import { type ElementContext, TextScanner } from "./datetime-elements.ts";
import {
  type DateTimeFields,
  fieldsFromParts,
  newReadParts,
  type ReadParts,
} from "./datetime-fields.ts";
import { compileDateTimeModel, parseDateTime } from "./datetime-model.ts";

export type DateTimeKind = "date" | "time" | "timestamp";

const DATE_MODELS = ["DD-MON-YYYY", "MM/DD/YYYY"].map(compileDateTimeModel);

const TIME_MODELS = ["HH12:MI:SS.FF AM", "HH12:MI:SS AM", "HH12:MI AM"].map(compileDateTimeModel);

const TIMESTAMP_MODELS = [
  "DY, DD MON YYYY HH24:MI:SS TZHTZM",
  "DY, DD MON YYYY HH24:MI:SS.FF TZHTZM",
  "DY, DD MON YYYY HH12:MI:SS AM TZHTZM",
  "DY, DD MON YYYY HH12:MI:SS.FF AM TZHTZM",
  "DY, DD MON YYYY HH24:MI:SS",
  "DY, DD MON YYYY HH24:MI:SS.FF",
  "DY, DD MON YYYY HH12:MI:SS AM",
  "DY, DD MON YYYY HH12:MI:SS.FF AM",
  "MM/DD/YYYY HH24:MI:SS",
  "DY MON DD HH24:MI:SS TZHTZM YYYY",
].map(compileDateTimeModel);

const DATE_LIKE_MODELS = [...DATE_MODELS, ...TIMESTAMP_MODELS];

/**
 * Reads a text in any of the recognised forms of a kind. A DATE takes every timestamp text.
 * @returns null when none fits
 */
export function parseAuto(
  kind: DateTimeKind,
  text: string,
  context: ElementContext,
): DateTimeFields | null {
  const trimmed = text.trim();
  if (kind !== "time") {
    const iso = parseIso(trimmed);
    if (iso !== null) return iso;
  }
  const epoch = parseEpoch(trimmed);
  if (epoch !== null) return epoch;
  if (kind === "time") return parseTimeOfDay(trimmed, context);
  for (const model of DATE_LIKE_MODELS) {
    const found = parseDateTime(model, trimmed, context);
    if (found !== null) return found;
  }
  return kind === "timestamp" ? parseTimeOfDay(trimmed, context) : null;
}

function parseTimeOfDay(text: string, context: ElementContext): DateTimeFields | null {
  const scanner = new TextScanner(text);
  const parts = newReadParts();
  if (readClock(scanner, parts, 2) && scanner.isAtEnd) return fieldsFromParts(parts);
  for (const model of TIME_MODELS) {
    const found = parseDateTime(model, text, context);
    if (found !== null) return found;
  }
  return null;
}

/** YYYY-MM-DD, alone or followed by a time after T or blanks. */
function parseIso(text: string): DateTimeFields | null {
  const scanner = new TextScanner(text);
  const parts = newReadParts();
  parts.year = scanner.digits(4);
  if (parts.year < 0 || !take(scanner, "-")) return null;
  parts.month = scanner.digits(2);
  if (parts.month < 0 || !take(scanner, "-")) return null;
  parts.day = scanner.digits(2);
  if (parts.day < 0) return null;
  if (!scanner.isAtEnd) {
    if (!scanner.skipBlanks() && !scanner.word("T")) return null;
    if (!readClock(scanner, parts, 1) || !scanner.isAtEnd) return null;
  }
  return fieldsFromParts(parts);
}

/**
 * HH24, HH24:MI, HH24:MI:SS or HH24:MI:SS.FF and a zone, which needs the minutes at least.
 * @param fewest how many of hour, minute and second there must be
 */
function readClock(scanner: TextScanner, parts: ReadParts, fewest: 1 | 2): boolean {
  parts.hour = scanner.digits(2);
  if (parts.hour < 0) return false;
  if (!take(scanner, ":")) return fewest === 1;
  parts.minute = scanner.digits(2);
  if (parts.minute < 0) return false;
  if (!take(scanner, ":")) return scanner.isAtEnd || readZone(scanner, parts, false);
  parts.second = scanner.digits(2);
  if (parts.second < 0) return false;
  if (take(scanner, ".") && !readFraction(scanner, parts)) return false;
  return scanner.isAtEnd || readZone(scanner, parts, true);
}

function readFraction(scanner: TextScanner, parts: ReadParts): boolean {
  const start = scanner.at;
  const value = scanner.digits(9);
  if (value < 0) return false;
  parts.nanosOfSecond = value * 10 ** (9 - (scanner.at - start));
  return true;
}

/**
 * Z, or hours and minutes: `+07:00` anywhere, `+07` only directly after the seconds, `+0700` only after a
 * blank that follows the seconds. These are the combinations of the documentation's table.
 */
function readZone(scanner: TextScanner, parts: ReadParts, hasSeconds: boolean): boolean {
  const isApart = scanner.skipBlanks();
  if (scanner.word("Z")) {
    parts.offsetHours = 0;
    return true;
  }
  if (isApart && !hasSeconds) return false;
  const isNegative = take(scanner, "-");
  if (!isNegative && !take(scanner, "+") && !isApart) return false;
  parts.offsetSign = isNegative ? -1 : 1;
  parts.offsetHours = scanner.digits(2);
  if (parts.offsetHours < 0) return false;
  const hasColon = take(scanner, ":");
  if (!hasColon && !isApart) return hasSeconds && scanner.isAtEnd;
  parts.offsetMinutes = scanner.digits(2);
  return parts.offsetMinutes >= 0;
}

function take(scanner: TextScanner, character: string): boolean {
  if (scanner.text.charAt(scanner.at) !== character) return false;
  scanner.at++;
  return true;
}

/** The year 9999 has 21 digits in nanoseconds. */
const INTEGER = /^[+-]?\d{1,21}$/;

/** Units by size: below the first bound seconds, then milliseconds, microseconds and nanoseconds. */
const EPOCH_UNITS = [
  { below: 31_536_000_000n, nanos: 1_000_000_000n },
  { below: 31_536_000_000_000n, nanos: 1_000_000n },
  { below: 31_536_000_000_000_000n, nanos: 1000n },
] as const;

/** The years that a timestamp can show: an epoch outside is no value. */
const MIN_DAYS = -719_528;
const MAX_DAYS = 2_932_896;

/** An integer in a string counts seconds or less since 1970, by its size. */
function parseEpoch(text: string): DateTimeFields | null {
  if (!INTEGER.test(text)) return null;
  const value = BigInt(text.replace("+", ""));
  const unit = EPOCH_UNITS.find(({ below }) => value < below)?.nanos ?? 1n;
  const nanos = value * unit;
  const rest = ((nanos % 1000n) + 1000n) % 1000n;
  const { days, micros } = splitMicros((nanos - rest) / 1000n);
  if (days < MIN_DAYS || days > MAX_DAYS) return null;
  return { days, micros, nanos: Number(rest), offsetMinutes: null, isEpoch: true };
}
