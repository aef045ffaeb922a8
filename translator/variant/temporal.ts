/**
 * The payloads of dates and times inside a VARIANT, and the engine's numbers for them.
 * D `YYYY-MM-DD`, T `HH:MM:SS.ffffff`, Z `YYYY-MM-DDTHH:MM:SS.ffffff`, L the same with `Z` at the end (an
 * instant), O the wall clock with its offset `+HH:MM` at the end. Always six fraction digits.
 */

import { civilFromDays, daysFromCivil, splitMicros } from "../format/civil.ts";

const MICROS_PER_DAY = 86_400_000_000n;
const MICROS_PER_MINUTE = 60_000_000n;

export type ZonedInstant = { readonly instant: bigint; readonly offsetMinutes: number };

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** D payload of days since the epoch. */
export function datePayload(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const text = String(Math.abs(year)).padStart(4, "0");
  return `${year < 0 ? "-" : ""}${text}-${two(month)}-${two(day)}`;
}

/** T payload of microseconds since midnight. */
export function timePayload(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const fraction = String(Number(micros % 1_000_000n)).padStart(6, "0");
  const minutes = Math.floor(seconds / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${fraction}`;
}

/** Z payload of wall-clock microseconds since the epoch. */
export function timestampPayload(micros: bigint): string {
  const { days, micros: within } = splitMicros(micros);
  return `${datePayload(days)}T${timePayload(BigInt(within))}`;
}

/** L payload of an instant. */
export function instantPayload(micros: bigint): string {
  return `${timestampPayload(micros)}Z`;
}

/** O payload of an instant and its offset. */
export function zonedPayload(value: ZonedInstant): string {
  const wall = value.instant + BigInt(value.offsetMinutes) * MICROS_PER_MINUTE;
  const size = Math.abs(value.offsetMinutes);
  const sign = value.offsetMinutes < 0 ? "-" : "+";
  return `${timestampPayload(wall)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Days since the epoch of a D payload. */
export function daysOfPayload(payload: string): number {
  const [year = 0, month = 1, day = 1] = payload.replace(/^-/, "").split("-").map(Number);
  return daysFromCivil(payload.startsWith("-") ? -year : year, month, day);
}

/** Microseconds since midnight of a T payload. */
export function microsOfTimePayload(payload: string): bigint {
  const minutes = Number(payload.slice(0, 2)) * 60 + Number(payload.slice(3, 5));
  const micros = Number(payload.slice(6, 8)) * 1_000_000 + Number(payload.slice(9, 15));
  return BigInt(minutes) * MICROS_PER_MINUTE + BigInt(micros);
}

/** Microseconds since the epoch of a Z payload (wall clock) or an L payload (instant). */
export function microsOfPayload(payload: string): bigint {
  const split = payload.indexOf("T");
  const days = daysOfPayload(payload.slice(0, split));
  return BigInt(days) * MICROS_PER_DAY + microsOfTimePayload(payload.slice(split + 1, split + 16));
}

/** Instant and offset of an O payload. */
export function zonedOfPayload(payload: string): ZonedInstant {
  const wall = microsOfPayload(payload);
  const offset = payload.slice(-6);
  const size = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  const offsetMinutes = offset.startsWith("-") ? -size : size;
  return { instant: wall - BigInt(offsetMinutes) * MICROS_PER_MINUTE, offsetMinutes };
}
