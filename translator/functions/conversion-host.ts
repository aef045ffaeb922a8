/**
 * Host functions of the conversion functions: text to values by a format and back, each reading one also as
 * `_cv_try_…` that gives NULL instead of an error. `session` is JSON `{"zone", "century"}`.
 */

import { must } from "../base/assert.ts";
import { SnowflakeError, snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostType, HostValue } from "../base/host.ts";
import type { BinaryFormat } from "../format/binary-text.ts";
import { binaryFormat, binaryToText, textToBinary } from "../format/binary-text.ts";
import {
  dateToText,
  type TimestampContext,
  textToDate,
  textToTime,
  textToTimestamp,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../format/convert.ts";
import { decimalToText, rescale } from "../format/decimal.ts";
import { textToFloatWithModel, textToNumberWithModel } from "../format/number-parse.ts";
import { floatToTextWithModel, numberToTextWithModel } from "../format/number-print.ts";
import {
  parseDecimalText,
  textToBoolean,
  textToFloat,
  textToNumber,
} from "../format/number-text.ts";
import { canonicalUuid } from "../format/uuid.ts";
import { bigint, bytes, integer, number, strict, text } from "../variant/host-arguments.ts";

type Evaluate = (...args: readonly HostValue[]) => HostValue;

/** A function and its TRY form. */
function pair(
  name: string,
  parameters: readonly HostType[],
  returns: HostType,
  evaluate: Evaluate,
): readonly HostFunction[] {
  const attempt: Evaluate = (...args) => {
    try {
      return evaluate(...args);
    } catch (error) {
      if (error instanceof SnowflakeError) return null;
      throw error;
    }
  };
  return [
    strict(`_cv_${name}`, parameters, returns, evaluate),
    strict(`_cv_try_${name}`, parameters, returns, attempt),
  ];
}

const contexts = new Map<string, TimestampContext>();
const MAX_CONTEXTS = 100;

function contextOf(value: HostValue | undefined): TimestampContext {
  const key = text(value);
  const known = contexts.get(key);
  if (known !== undefined) return known;
  if (contexts.size >= MAX_CONTEXTS) contexts.clear();
  const { zone, century } = JSON.parse(key) as { zone: string; century: number };
  const context = { timeZone: zone, twoDigitCenturyStart: century };
  contexts.set(key, context);
  return context;
}

function formatOf(value: HostValue | undefined): BinaryFormat {
  const found = binaryFormat(text(value));
  if (found === undefined) throw snowflakeError("badFormatModel", { format: text(value) });
  return found;
}

/** A DECIMAL's text as its unscaled integer and scale. */
function decimalParts(value: HostValue | undefined): { unscaled: bigint; scale: number } {
  return must(parseDecimalText(text(value)), "decimal text");
}

const NUMBERS: readonly HostFunction[] = [
  pair("number", ["VARCHAR", "BIGINT", "BIGINT"], "VARCHAR", (s, p, scale) =>
    decimalToText(textToNumber(text(s), integer(p), integer(scale)), integer(scale)),
  ),
  pair("number_format", ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT"], "VARCHAR", (s, f, p, scale) =>
    decimalToText(
      textToNumberWithModel(text(s), text(f), integer(p), integer(scale)),
      integer(scale),
    ),
  ),
  pair("double", ["VARCHAR"], "DOUBLE", (s) => textToFloat(text(s))),
  pair("double_format", ["VARCHAR", "VARCHAR"], "DOUBLE", (s, f) =>
    textToFloatWithModel(text(s), text(f)),
  ),
  pair("boolean", ["VARCHAR"], "BOOLEAN", (s) => textToBoolean(text(s))),
  pair("binary", ["VARCHAR", "VARCHAR"], "BLOB", (s, f) => textToBinary(text(s), formatOf(f))),
].flat();

const MICRO_DIGITS = 6;
/** Nanoseconds: the finest unit that a count since 1970 may have. */
const MAX_EPOCH_SCALE = 9;

const DATES: readonly HostFunction[] = [
  pair("date", ["VARCHAR", "VARCHAR", "VARCHAR"], "DATE", (s, f, session) =>
    textToDate(text(s), text(f), contextOf(session)),
  ),
  pair("time", ["VARCHAR", "VARCHAR", "VARCHAR"], "TIME", (s, f, session) =>
    textToTime(text(s), text(f), contextOf(session)),
  ),
  pair(
    "timestamp_ntz",
    ["VARCHAR", "VARCHAR", "VARCHAR"],
    "TIMESTAMP",
    (s, f, session) => textToTimestamp(text(s), text(f), "ntz", contextOf(session)).micros,
  ),
  pair(
    "timestamp_ltz",
    ["VARCHAR", "VARCHAR", "VARCHAR"],
    "TIMESTAMPTZ",
    (s, f, session) => textToTimestamp(text(s), text(f), "ltz", contextOf(session)).micros,
  ),
  pair(
    "timestamp_tz",
    ["VARCHAR", "VARCHAR", "VARCHAR"],
    "TIMESTAMPTZ",
    (s, f, session) => textToTimestamp(text(s), text(f), "tz", contextOf(session)).micros,
  ),
  pair("timestamp_tz_offset", ["VARCHAR", "VARCHAR", "VARCHAR"], "BIGINT", (s, f, session) =>
    BigInt(textToTimestamp(text(s), text(f), "tz", contextOf(session)).offsetMinutes ?? 0),
  ),
  [
    strict("_cv_epoch_micros", ["VARCHAR", "BIGINT"], "BIGINT", (n, scale) => {
      const places = integer(scale);
      if (places < 0 || places > MAX_EPOCH_SCALE) {
        throw snowflakeError("invalidParameterValue", { value: String(places), name: "scale" });
      }
      const { unscaled, scale: digits } = decimalParts(n);
      return rescale(unscaled, digits + places, MICRO_DIGITS);
    }),
  ],
].flat();

const PRINTING: readonly HostFunction[] = [
  strict("_cv_print_number", ["VARCHAR", "VARCHAR"], "VARCHAR", (n, f) => {
    const { unscaled, scale } = decimalParts(n);
    return numberToTextWithModel(unscaled, scale, text(f));
  }),
  strict("_cv_print_double", ["DOUBLE", "VARCHAR"], "VARCHAR", (n, f) =>
    floatToTextWithModel(number(n), text(f)),
  ),
  strict("_cv_print_binary", ["BLOB", "VARCHAR"], "VARCHAR", (b, f) =>
    binaryToText(bytes(b), formatOf(f)),
  ),
  strict("_cv_print_date", ["DATE", "VARCHAR"], "VARCHAR", (d, f) =>
    dateToText(number(d), text(f)),
  ),
  strict("_cv_print_time", ["TIME", "VARCHAR"], "VARCHAR", (t, f) =>
    timeToText(bigint(t), text(f)),
  ),
  strict("_cv_print_ntz", ["TIMESTAMP", "VARCHAR"], "VARCHAR", (t, f) =>
    timestampNtzToText(bigint(t), text(f)),
  ),
  strict("_cv_print_ltz", ["TIMESTAMPTZ", "VARCHAR", "VARCHAR"], "VARCHAR", (t, zone, f) =>
    timestampLtzToText(bigint(t), text(zone), text(f)),
  ),
  strict("_cv_print_tz", ["TIMESTAMPTZ", "BIGINT", "VARCHAR"], "VARCHAR", (t, offset, f) =>
    timestampTzToText(bigint(t), integer(offset), text(f)),
  ),
];

const UUIDS: readonly HostFunction[] = pair("uuid", ["VARCHAR"], "VARCHAR", (s) =>
  canonicalUuid(text(s)),
);

export const CONVERSION_HOST_FUNCTIONS: readonly HostFunction[] = [
  ...NUMBERS,
  ...DATES,
  ...PRINTING,
  ...UUIDS,
];
