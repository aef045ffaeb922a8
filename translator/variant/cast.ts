/**
 * Casts out of VARIANT. JSON null (and undefined) give SQL NULL for every target; a value that has no form in the
 * target is error 100071, which the TRY forms turn to null through `tryCast`.
 * https://docs.snowflake.com/en/sql-reference/data-type-conversion
 */
import { must } from "../base/assert.ts";
import { SnowflakeError, snowflakeError } from "../base/errors.ts";
import { hexToBytes } from "../format/binary-text.ts";
import { textToDate, textToTime, textToTimestamp } from "../format/convert.ts";
import { decimalToText } from "../format/decimal.ts";
import { textToBoolean, textToFloat, textToNumber } from "../format/number-text.ts";
import { instantToWallClock, offsetMinutesAt, wallClockToInstant } from "../format/zone.ts";
import { decimalText, parseDecimal, rescale } from "./decimal.ts";
import { floatOfPayload, payloadOf, type Tag, tagOf } from "./encoding.ts";
import { printVariant, textOf } from "./print.ts";
import { elementTexts, isArrayText, isObjectText } from "./scan.ts";
import { type VariantSession, variantSession } from "./session.ts";
import {
  daysOfPayload,
  microsOfPayload,
  microsOfTimePayload,
  type ZonedInstant,
  zonedOfPayload,
} from "./temporal.ts";

const FLOAT_TARGET = "REAL";

/** Error 100071; the value prints as JSON. */
export function castFailure(text: string, type: string): SnowflakeError {
  const value = printVariant(text, { formats: variantSession("").formats });
  return snowflakeError("variantCast", { value, type });
}

/** A scalar by what casts care about. */
type Scalar =
  | { readonly kind: "null" }
  | { readonly kind: "number" | "float" | "text"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "tagged"; readonly tag: Tag; readonly payload: string }
  | { readonly kind: "container" };

function scalarOf(text: string): Scalar {
  switch (text.charCodeAt(0)) {
    case 34: {
      const tag = tagOf(text);
      if (tag === undefined || tag === "Q") return { kind: "text", text: textOf(text) };
      const payload = payloadOf(text);
      if (tag === "U") return { kind: "null" };
      if (tag === "N") return { kind: "number", text: payload };
      return tag === "F" ? { kind: "float", text: payload } : { kind: "tagged", tag, payload };
    }
    case 91:
    case 123:
      return { kind: "container" };
    case 110:
      return { kind: "null" };
    case 116:
      return { kind: "boolean", value: true };
    case 102:
      return { kind: "boolean", value: false };
    default:
      return { kind: "number", text };
  }
}

/** A cast's result, null where it fails. */
export function tryCast<T>(cast: () => T): T | null {
  try {
    return cast();
  } catch (error) {
    if (error instanceof SnowflakeError) return null;
    throw error;
  }
}

/** Decimal text with exactly `scale` digits behind the point, rounded half away from zero. */
export function variantToNumber(text: string, precision: number, scale: number): string | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  if (scalar.kind === "text") {
    const unscaled = orFailure(() => textToNumber(scalar.text, precision, scale), text, "FIXED");
    return decimalToText(unscaled, scale);
  }
  const source =
    scalar.kind === "boolean" ? String(Number(scalar.value)) : "text" in scalar ? scalar.text : "";
  const parsed = parseDecimal(source);
  // An exponent beyond any NUMBER must not become a text of that length.
  if (parsed === undefined || Math.abs(parsed.scale) > 1000) throw castFailure(text, "FIXED");
  const value = rescale(parsed, scale);
  if (value.digits.length > precision) throw castFailure(text, "FIXED");
  return decimalText(value);
}

/** A FLOAT. */
export function variantToDouble(text: string): number | null {
  const scalar = scalarOf(text);
  switch (scalar.kind) {
    case "null":
      return null;
    case "number":
      return Number(scalar.text);
    case "float":
      return floatOfPayload(scalar.text);
    case "boolean":
      return scalar.value ? 1 : 0;
    case "text":
      return orFailure(() => textToFloat(scalar.text), text, FLOAT_TARGET);
    default:
      throw castFailure(text, FLOAT_TARGET);
  }
}

/** A BOOLEAN from a boolean, a number (0 is false) or one of TO_BOOLEAN's words. */
export function variantToBoolean(text: string): boolean | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  if (scalar.kind === "boolean") return scalar.value;
  if (scalar.kind === "number" || scalar.kind === "float") {
    const value = floatOfPayload(scalar.text);
    if (Number.isFinite(value)) return value !== 0;
  }
  if (scalar.kind === "text") {
    return orFailure(() => textToBoolean(scalar.text), text, "BOOLEAN");
  }
  throw castFailure(text, "BOOLEAN");
}

/** A BINARY from a binary or a hex text. */
export function variantToBinary(text: string): Uint8Array | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  const hex =
    scalar.kind === "text" ? scalar.text : scalar.kind === "tagged" ? scalar.payload : undefined;
  const isBinary = scalar.kind === "text" || (scalar.kind === "tagged" && scalar.tag === "B");
  if (!isBinary || hex === undefined || hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) {
    throw castFailure(text, "BINARY");
  }
  return hexToBytes(hex);
}

/** A reader's result with its own error replaced by 100071. */
function orFailure<T>(read: () => T, text: string, type: string): T {
  const value = tryCast(read);
  if (value === null) throw castFailure(text, type);
  return value;
}

/** A DATE (days since 1970) from a date or a text; a timestamp is refused, as TO_DATE does. */
export function variantToDate(text: string, session: VariantSession): number | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  if (scalar.kind === "tagged" && scalar.tag === "D") return daysOfPayload(scalar.payload);
  if (scalar.kind !== "text") throw castFailure(text, "DATE");
  return orFailure(() => textToDate(scalar.text, "AUTO", session), text, "DATE");
}

/** A TIME (microseconds of the day) from a time or a text. */
export function variantToTime(text: string, session: VariantSession): bigint | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  if (scalar.kind === "tagged" && scalar.tag === "T") return microsOfTimePayload(scalar.payload);
  if (scalar.kind !== "text") throw castFailure(text, "TIME");
  return orFailure(() => textToTime(scalar.text, "AUTO", session), text, "TIME");
}

/** The instant of a number: a count since the epoch, its unit by its size; a fraction is of seconds. */
function epochInstant(number: string, session: VariantSession): bigint {
  const value = must(parseDecimal(number), number);
  if (value.scale <= 0) {
    return textToTimestamp(decimalText(rescale(value, 0)), "AUTO", "ltz", session).micros;
  }
  return BigInt(decimalText(rescale({ ...value, scale: value.scale - 6 }, 0)));
}

/** An instant, or a wall clock that needs the session's zone to become one. */
type Moment = { readonly instant: bigint; readonly offset?: number | undefined };

function moment(text: string, scalar: Scalar, type: string, session: VariantSession): Moment {
  if (scalar.kind === "number" || scalar.kind === "float") {
    if (!Number.isFinite(floatOfPayload(scalar.text))) throw castFailure(text, type);
    return { instant: orFailure(() => epochInstant(scalar.text, session), text, type) };
  }
  if (scalar.kind === "tagged" && scalar.tag === "Z") {
    return { instant: wallClockToInstant(session.timeZone, microsOfPayload(scalar.payload)) };
  }
  if (scalar.kind === "tagged" && scalar.tag === "L") {
    return { instant: microsOfPayload(scalar.payload) };
  }
  if (scalar.kind === "tagged" && scalar.tag === "O") {
    const { instant, offsetMinutes } = zonedOfPayload(scalar.payload);
    return { instant, offset: offsetMinutes };
  }
  if (scalar.kind !== "text") throw castFailure(text, type);
  const read = () => textToTimestamp(scalar.text, "AUTO", "tz", session);
  const value = orFailure(read, text, type);
  return { instant: value.micros, offset: value.offsetMinutes ?? undefined };
}

/**
 * A TIMESTAMP_NTZ (wall clock) from a timestamp, a text (an offset in it is dropped) or a number (an epoch count
 * seen in the session's zone). A date or time inside the VARIANT is refused.
 * https://docs.snowflake.com/en/sql-reference/functions/to_timestamp
 */
export function variantToTimestampNtz(text: string, session: VariantSession): bigint | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  if (scalar.kind === "tagged" && scalar.tag === "Z") return microsOfPayload(scalar.payload);
  const type = "TIMESTAMP_NTZ";
  if (scalar.kind === "text") {
    return orFailure(() => textToTimestamp(scalar.text, "AUTO", "ntz", session), text, type).micros;
  }
  const { instant, offset } = moment(text, scalar, type, session);
  if (offset !== undefined) return instant + BigInt(offset) * 60_000_000n;
  return instantToWallClock(session.timeZone, instant);
}

/** A TIMESTAMP_LTZ (instant); sources as variantToTimestampNtz. */
export function variantToTimestampLtz(text: string, session: VariantSession): bigint | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  return moment(text, scalar, "TIMESTAMP_LTZ", session).instant;
}

/** A TIMESTAMP_TZ; without an offset of its own it takes the session's. */
export function variantToTimestampTz(text: string, session: VariantSession): ZonedInstant | null {
  const scalar = scalarOf(text);
  if (scalar.kind === "null") return null;
  const { instant, offset } = moment(text, scalar, "TIMESTAMP_TZ", session);
  return { instant, offsetMinutes: offset ?? offsetMinutesAt(session.timeZone, instant) };
}

/** TO_ARRAY, ::ARRAY: an array as it is, anything else as the only element; JSON null gives null. */
export function variantToArray(text: string): string | null {
  if (isArrayText(text)) return text;
  return text === "null" ? null : `[${text}]`;
}

/** TO_OBJECT, ::OBJECT: an object as it is; JSON null gives null. */
export function variantToObject(text: string): string | null {
  if (isObjectText(text)) return text;
  if (text === "null") return null;
  throw castFailure(text, "OBJECT");
}

/**
 * The numbers of a vector as DuckDB reads an array from text; an INT vector's are rounded by DuckDB.
 * @throws 100402 for another number of elements, 100071 for what is no array of numbers
 */
export function variantToVector(text: string, dimension: number): string | null {
  if (scalarOf(text).kind === "null") return null;
  const type = `VECTOR(${dimension})`;
  const elements = elementTexts(text);
  if (elements === undefined) throw castFailure(text, type);
  if (elements.length !== dimension) {
    throw snowflakeError("vectorDimension", { actual: elements.length, expected: dimension });
  }
  const numbers = elements.map((element) => {
    const { kind } = scalarOf(element);
    const value = kind === "number" || kind === "float" ? variantToDouble(element) : null;
    if (value === null) throw castFailure(text, type);
    return value;
  });
  return `[${numbers.join(", ")}]`;
}
