/** SQL values to canonical text. */
import { bytesToHex } from "../format/binary-text.ts";
import { taggedText, UNDEFINED_TEXT } from "./encoding.ts";
import {
  datePayload,
  instantPayload,
  timePayload,
  timestampPayload,
  type ZonedInstant,
  zonedPayload,
} from "./temporal.ts";

/** A DATE, in days since 1970. */
export function dateText(days: number): string {
  return taggedText("D", datePayload(days));
}

/** A TIME, in microseconds of the day. */
export function timeText(micros: bigint): string {
  return taggedText("T", timePayload(micros));
}

/** A TIMESTAMP_NTZ, in microseconds of the wall clock. */
export function timestampNtzText(micros: bigint): string {
  return taggedText("Z", timestampPayload(micros));
}

/** A TIMESTAMP_LTZ, an instant in microseconds. */
export function timestampLtzText(micros: bigint): string {
  return taggedText("L", instantPayload(micros));
}

export function timestampTzText(value: ZonedInstant): string {
  return taggedText("O", zonedPayload(value));
}

export function binaryText(bytes: Uint8Array): string {
  return taggedText("B", bytesToHex(bytes).toUpperCase());
}

/**
 * ARRAY_CONSTRUCT: a SQL NULL becomes undefined.
 * https://docs.snowflake.com/en/sql-reference/functions/array_construct
 */
export function arrayText(elements: readonly (string | null)[]): string {
  return `[${elements.map((element) => element ?? UNDEFINED_TEXT).join(",")}]`;
}

/** ARRAY_CONSTRUCT_COMPACT, ARRAY_AGG: a SQL NULL is left out. */
export function compactArrayText(elements: readonly (string | null)[]): string {
  return `[${elements.filter((element) => element !== null).join(",")}]`;
}
