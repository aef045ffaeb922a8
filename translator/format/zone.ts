/**
 * Offsets of IANA time zones, from the JavaScript engine's time zone data. Everything is cached by zone
 * and by day, because asking Intl costs microseconds and a column has millions of values.
 */

import { assert, must } from "../base/assert.ts";
import { ZONE_NAMES } from "./zone-names.ts";

/** A day with a change of offset: `before` holds until `at` (epoch seconds), `after` from then on. */
type Change = { readonly at: number; readonly before: number; readonly after: number };

type Zone = {
  readonly formatter: Intl.DateTimeFormat;
  /** Day since 1970 to the one offset of that day in seconds, or its change. */
  readonly days: Map<number, number | Change>;
};

const SECONDS_PER_DAY = 86_400;
/** Keeps a scan over thousands of years from growing the cache without end. */
const MAX_CACHED_DAYS = 200_000;

const zones = new Map<string, Zone>();

/**
 * Is this a time zone name that Snowflake takes: IANA, case-sensitive, no abbreviations but UTC and GMT.
 * https://docs.snowflake.com/en/sql-reference/functions/convert_timezone
 */
export function isKnownZone(name: string): boolean {
  return ZONE_NAMES.has(name);
}

/** The zone's offset from UTC in seconds at a UTC instant (epoch seconds). */
function offsetSecondsAt(zoneName: string, epochSeconds: number): number {
  if (zoneName === "UTC") return 0;
  const zone = zones.get(zoneName) ?? openZone(zoneName);
  const day = Math.floor(epochSeconds / SECONDS_PER_DAY);
  const known = zone.days.get(day) ?? learnDay(zone, day);
  if (typeof known === "number") return known;
  return epochSeconds < known.at ? known.before : known.after;
}

function openZone(name: string): Zone {
  assert(isKnownZone(name), `unknown time zone ${name}`);
  const zone: Zone = {
    formatter: new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" }),
    days: new Map(),
  };
  zones.set(name, zone);
  return zone;
}

function learnDay(zone: Zone, day: number): number | Change {
  const start = day * SECONDS_PER_DAY;
  const before = askOffset(zone, start);
  const after = askOffset(zone, start + SECONDS_PER_DAY - 1);
  const known = before === after ? before : findChange(zone, start, before, after);
  if (zone.days.size >= MAX_CACHED_DAYS) zone.days.clear();
  zone.days.set(day, known);
  return known;
}

/** Bisects the day for the second of the change. No zone ever changed twice on one day. */
function findChange(zone: Zone, start: number, before: number, after: number): Change {
  let low = start;
  let high = start + SECONDS_PER_DAY - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (askOffset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return { at: high, before, after };
}

/** Intl prints the offset as GMT, GMT-08:00 or, for local mean times, GMT-07:52:58. */
const OFFSET_TEXT = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

function askOffset(zone: Zone, epochSeconds: number): number {
  const text = zone.formatter.format(epochSeconds * 1000);
  const found = must(OFFSET_TEXT.exec(text), `no offset in ${text}`);
  if (found[1] === undefined) return 0;
  const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return found[1] === "-" ? -seconds : seconds;
}

function toEpochSeconds(micros: bigint): number {
  const seconds = micros / 1_000_000n;
  return Number(micros < seconds * 1_000_000n ? seconds - 1n : seconds);
}

/**
 * The zone's offset from UTC in minutes at a UTC instant (microseconds since 1970). Local mean times of
 * the 19th century have seconds, which are cut off.
 */
export function offsetMinutesAt(zone: string, epochMicros: bigint): number {
  return Math.trunc(offsetSecondsAt(zone, toEpochSeconds(epochMicros)) / 60);
}

/** The wall clock (microseconds since 1970 as if UTC) that the zone shows at a UTC instant. */
export function instantToWallClock(zone: string, epochMicros: bigint): bigint {
  return epochMicros + BigInt(offsetSecondsAt(zone, toEpochSeconds(epochMicros))) * 1_000_000n;
}

/**
 * The UTC instant at which the zone's clocks show a wall clock time. A time that occurs twice is the
 * earlier one; a time that is skipped moves forward by the length of the gap.
 */
export function wallClockToInstant(zone: string, wallMicros: bigint): bigint {
  const wall = toEpochSeconds(wallMicros);
  const before = offsetSecondsAt(zone, wall - SECONDS_PER_DAY);
  const after = offsetSecondsAt(zone, wall + SECONDS_PER_DAY);
  const isAfter =
    before !== after &&
    offsetSecondsAt(zone, wall - before) !== before &&
    offsetSecondsAt(zone, wall - after) === after;
  return wallMicros - BigInt(isAfter ? after : before) * 1_000_000n;
}
