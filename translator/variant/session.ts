/**
 * What of a session shows inside a VARIANT: output formats, time zone, century of two-digit years, and how results print
 * JSON. Host functions get it as one VARCHAR argument holding JSON with optional members
 * `{"date","time","ntz","ltz","tz","zone","century","indent","strict"}`: the values of DATE_OUTPUT_FORMAT,
 * TIME_OUTPUT_FORMAT, TIMESTAMP_NTZ_, _LTZ_ and _TZ_OUTPUT_FORMAT (resolved, never empty), TIMEZONE,
 * TWO_DIGIT_CENTURY_START, JSON_INDENT and STRICT_JSON_OUTPUT. The empty text means the defaults of an account.
 */
import {
  dateToText,
  type TimestampContext,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../format/convert.ts";
import type { PrintOptions, VariantFormats } from "./print.ts";
import { daysOfPayload, microsOfPayload, microsOfTimePayload, zonedOfPayload } from "./temporal.ts";

export type VariantSession = TimestampContext & {
  readonly formats: VariantFormats;
  /** How a result shows the value. */
  readonly display: PrintOptions;
};

type Option = string | number | boolean;

const DEFAULTS: Readonly<Record<string, Option>> = {
  date: "YYYY-MM-DD",
  time: "HH24:MI:SS",
  ntz: "YYYY-MM-DD HH24:MI:SS.FF3",
  ltz: "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
  tz: "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
  zone: "America/Los_Angeles",
  century: 1970,
  indent: 2,
  strict: false,
};

function build(text: string): VariantSession {
  const given = text === "" ? {} : (JSON.parse(text) as Record<string, Option>);
  const option = (name: string): string => String(given[name] ?? DEFAULTS[name]);
  const [date, time, ntz, ltz, tz] = ["date", "time", "ntz", "ltz", "tz"].map(option);
  const timeZone = option("zone");
  const formats: VariantFormats = {
    date: (payload) => dateToText(daysOfPayload(payload), date ?? ""),
    time: (payload) => timeToText(microsOfTimePayload(payload), time ?? ""),
    ntz: (payload) => timestampNtzToText(microsOfPayload(payload), ntz ?? ""),
    ltz: (payload) => timestampLtzToText(microsOfPayload(payload), timeZone, ltz ?? ""),
    tz: (payload) => {
      const { instant, offsetMinutes } = zonedOfPayload(payload);
      return timestampTzToText(instant, offsetMinutes, tz ?? "");
    },
  };
  return {
    timeZone,
    twoDigitCenturyStart: Number(option("century")),
    formats,
    display: { formats, indent: Number(option("indent")), strict: option("strict") === "true" },
  };
}

const built = new Map<string, VariantSession>();
const MAX_BUILT = 100;

/** The session that a host function's argument describes; see the head of this file. */
export function variantSession(text: string): VariantSession {
  const known = built.get(text);
  if (known !== undefined) return known;
  if (built.size >= MAX_BUILT) built.clear();
  const session = build(text);
  built.set(text, session);
  return session;
}
