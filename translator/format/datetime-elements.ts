/**
 * The elements of date and time format models: one table for printing and parsing.
 * https://docs.snowflake.com/en/sql-reference/date-time-input-output#about-the-elements-used-in-input-and-output-formats
 */

import { must } from "../base/assert.ts";
import type { PrintedParts, ReadParts } from "./datetime-fields.ts";

export type ElementContext = {
  /** The year that a two-digit year is not before (parameter TWO_DIGIT_CENTURY_START). */
  readonly twoDigitCenturyStart: number;
};

/** A place in the text being parsed. */
export class TextScanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Skips blanks; true when there was one. */
  skipBlanks(): boolean {
    const start = this.at;
    while (this.at < this.text.length && isBlank(this.text.charCodeAt(this.at))) this.at++;
    return this.at > start;
  }

  /** Up to `most` digits as a number, or -1 when there is none. */
  digits(most: number): number {
    let value = -1;
    const end = Math.min(this.text.length, this.at + most);
    while (this.at < end) {
      const digit = this.text.charCodeAt(this.at) - 48;
      if (digit < 0 || digit > 9) break;
      value = (value < 0 ? 0 : value * 10) + digit;
      this.at++;
    }
    return value;
  }

  /** Takes the word, in any case, if it comes next. */
  word(word: string): boolean {
    const found = this.text.slice(this.at, this.at + word.length);
    if (found.toLowerCase() !== word.toLowerCase()) return false;
    this.at += word.length;
    return true;
  }
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

export type DateTimeElement = {
  readonly print: (parts: PrintedParts) => string;
  /** Reads its part; false when the text does not fit. */
  readonly parse: (scanner: TextScanner, parts: ReadParts, context: ElementContext) => boolean;
};

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Abbreviation of a month (1..12), as MON prints it. */
export function monthAbbreviation(month: number): string {
  return must(MONTHS[month - 1]).slice(0, 3);
}

/** Abbreviation of an ISO weekday (1..7), as DY prints it. */
export function weekdayAbbreviation(isoDay: number): string {
  return must(WEEKDAYS[isoDay - 1]);
}

export function pad2(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function pad4(value: number): string {
  return value < 0 ? `-${String(-value).padStart(4, "0")}` : String(value).padStart(4, "0");
}

function hour12(hour: number): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

type NumberPart = "month" | "day" | "hour" | "minute" | "second";

/** An element of one or two digits. */
function number(
  part: NumberPart,
  print: (parts: PrintedParts) => string,
  clock: 0 | 12 | 24 = 0,
): DateTimeElement {
  return {
    print,
    parse: (scanner, parts) => {
      const value = scanner.digits(2);
      if (value < 0) return false;
      parts[part] = value;
      if (clock !== 0) parts.clock = clock;
      return true;
    },
  };
}

function twoDigitYear(print: (year: number) => string): DateTimeElement {
  return {
    print: ({ year }) => print(((year % 100) + 100) % 100),
    parse: (scanner, parts, { twoDigitCenturyStart }) => {
      const value = scanner.digits(2);
      if (value < 0) return false;
      const inCentury = Math.floor(twoDigitCenturyStart / 100) * 100 + value;
      parts.year = inCentury < twoDigitCenturyStart ? inCentury + 100 : inCentury;
      return true;
    },
  };
}

function parseYear(scanner: TextScanner, parts: ReadParts): boolean {
  const value = scanner.digits(4);
  if (value < 0) return false;
  parts.year = value;
  return true;
}

function parseIsoYear(scanner: TextScanner, parts: ReadParts): boolean {
  const isNegative = scanner.word("-");
  if (!isNegative) scanner.word("+");
  if (!parseYear(scanner, parts)) return false;
  if (isNegative) parts.year = -parts.year;
  return true;
}

/** Both MON and MMMM read the full name or the abbreviation. */
function parseMonthName(scanner: TextScanner, parts: ReadParts): boolean {
  const index = MONTHS.findIndex((name) => scanner.word(name) || scanner.word(name.slice(0, 3)));
  if (index < 0) return false;
  parts.month = index + 1;
  return true;
}

function meridian(letters: 1 | 2): DateTimeElement {
  return {
    print: ({ hour }) => (hour < 12 ? "AM" : "PM").slice(0, letters),
    parse: (scanner, parts) => {
      const isMorning = scanner.word("AM".slice(0, letters));
      if (!isMorning && !scanner.word("PM".slice(0, letters))) return false;
      parts.isAfternoon = !isMorning;
      return true;
    },
  };
}

/** FF followed by a digit count. Printing cuts off, it does not round. */
function fraction(digits: number): DateTimeElement {
  return {
    print: ({ nanosOfSecond }) => String(nanosOfSecond).padStart(9, "0").slice(0, digits),
    parse: (scanner, parts) => {
      const start = scanner.at;
      const value = scanner.digits(digits);
      if (value < 0) return digits === 0;
      parts.nanosOfSecond = value * 10 ** (9 - (scanner.at - start));
      return true;
    },
  };
}

function printOffset(offset: number, separator: string): string {
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${pad2(Math.floor(size / 60))}${separator}${pad2(size % 60)}`;
}

function parseOffsetHours(scanner: TextScanner, parts: ReadParts): boolean {
  if (scanner.word("Z")) {
    parts.offsetHours = 0;
    return true;
  }
  // Directly after a digit only a sign tells the offset from the number before it.
  const isAfterDigit = scanner.at > 0 && /\d/.test(scanner.text.charAt(scanner.at - 1));
  const isNegative = scanner.word("-");
  if (!isNegative && !scanner.word("+") && isAfterDigit) return false;
  const hours = scanner.digits(2);
  if (hours < 0) return false;
  parts.offsetHours = hours;
  parts.offsetSign = isNegative ? -1 : 1;
  return true;
}

function parseOffsetMinutes(scanner: TextScanner, parts: ReadParts): boolean {
  const minutes = scanner.digits(2);
  if (minutes < 0) return false;
  parts.offsetHours ??= 0;
  parts.offsetMinutes = minutes;
  return true;
}

/** Hours and minutes of the offset; a value without a zone prints Z. */
function offset(separator: string): DateTimeElement {
  return {
    print: ({ offsetMinutes }) =>
      offsetMinutes === null ? "Z" : printOffset(offsetMinutes, separator),
    parse: (scanner, parts) => {
      if (!parseOffsetHours(scanner, parts)) return false;
      if (/z/i.test(scanner.text.charAt(scanner.at - 1))) return true;
      return scanner.word(separator) && parseOffsetMinutes(scanner, parts);
    },
  };
}

const HOUR_24 = number("hour", ({ hour }) => pad2(hour), 24);
const HOUR_24_SHORT = number("hour", ({ hour }) => String(hour), 24);
const FRACTIONS = Array.from({ length: 10 }, (_, n) => [`FF${n}`, fraction(n)] as const);

/** Every element by its name in upper case. */
export const DATETIME_ELEMENTS: ReadonlyMap<string, DateTimeElement> = new Map([
  ["YYYY", { print: ({ year }) => pad4(year), parse: parseYear }],
  ["UUUU", { print: ({ year }) => pad4(year), parse: parseIsoYear }],
  ["YY", twoDigitYear(pad2)],
  ["Y", twoDigitYear(String)],
  ["MMMM", { print: ({ month }) => must(MONTHS[month - 1]), parse: parseMonthName }],
  ["MON", { print: ({ month }) => monthAbbreviation(month), parse: parseMonthName }],
  ["MM", number("month", ({ month }) => pad2(month))],
  ["MO", number("month", ({ month }) => String(month))],
  ["DD", number("day", ({ day }) => pad2(day))],
  ["D", number("day", ({ day }) => String(day))],
  [
    "DY",
    {
      print: ({ weekday }) => weekdayAbbreviation(weekday),
      parse: (scanner) => WEEKDAYS.some((name) => scanner.word(name)),
    },
  ],
  ["HH24", HOUR_24],
  ["HH", HOUR_24],
  ["H24", HOUR_24_SHORT],
  ["H", HOUR_24_SHORT],
  ["HH12", number("hour", ({ hour }) => pad2(hour12(hour)), 12)],
  ["H12", number("hour", ({ hour }) => String(hour12(hour)), 12)],
  ["AM", meridian(2)],
  ["PM", meridian(2)],
  ["P", meridian(1)],
  ["MI", number("minute", ({ minute }) => pad2(minute))],
  ["ME", number("minute", ({ minute }) => String(minute))],
  ["SS", number("second", ({ second }) => pad2(second))],
  ["S", number("second", ({ second }) => String(second))],
  ...FRACTIONS,
  ["FF", fraction(9)],
  ["TZH:TZM", offset(":")],
  ["TZHTZM", offset("")],
  [
    "TZH",
    {
      print: ({ offsetMinutes }) =>
        offsetMinutes === null ? "Z" : printOffset(offsetMinutes, "").slice(0, 3),
      parse: parseOffsetHours,
    },
  ],
  [
    "TZM",
    {
      print: ({ offsetMinutes }) => pad2(Math.abs(offsetMinutes ?? 0) % 60),
      parse: parseOffsetMinutes,
    },
  ],
] satisfies (readonly [string, DateTimeElement])[]);
