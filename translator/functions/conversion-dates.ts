/**
 * Conversion to DATE, TIME and TIMESTAMP.
 * https://docs.snowflake.com/en/sql-reference/functions/to_timestamp
 */

import { must } from "../base/assert.ts";
import {
  DATE,
  type SnowType,
  TIME,
  type TimestampFlavor,
  type TypeKind,
  timestampType,
} from "../types/types.ts";
import { CONVERSION_HOST_FUNCTIONS } from "./conversion-host.ts";
import { castSignature, textSql, trySignature } from "./conversion-numbers.ts";
import { onceEach, packTz, tzAtZone } from "./date-parts.ts";
import {
  type Example,
  type FunctionEntry,
  family,
  type LoweringCall,
  type LoweringContext,
  type Signature,
  sig,
} from "./define.ts";

const define = family("conversion");
const ALWAYS = { nullability: "always" } as const;

/** What the parsing host functions need of the session, as a SQL text. */
function sessionText(context: LoweringContext): string {
  const zone = String(context.parameter("TIMEZONE"));
  const century = Number(context.parameter("TWO_DIGIT_CENTURY_START"));
  return context.quote(JSON.stringify({ zone, century }));
}

const INPUT_FORMAT = {
  date: "DATE_INPUT_FORMAT",
  time: "TIME_INPUT_FORMAT",
  timestamp: "TIMESTAMP_INPUT_FORMAT",
} as const;

/** The function's suffix and the type it gives. */
type Target = {
  readonly host: string;
  readonly type: SnowType;
  readonly kind: keyof typeof INPUT_FORMAT;
};

/** Text read by a format, the session's when none is given. */
function parseSql(target: Target, prefix: string, call: LoweringCall): string {
  const format =
    call.arguments[1]?.sql ??
    call.context.quote(String(call.context.parameter(INPUT_FORMAT[target.kind])));
  const session = sessionText(call.context);
  const value = textSql(call);
  if (target.host !== "timestamp_tz")
    return `${prefix}${target.host}(${value}, ${format}, ${session})`;
  return onceEach([value, format], ([v, f]) =>
    packTz(
      `${prefix}timestamp_tz(${v}, ${f}, ${session})`,
      `${prefix}timestamp_tz_offset(${v}, ${f}, ${session})`,
    ),
  );
}

function parsing(target: Target): Signature {
  return sig("value text, format text", target.type, (call) => parseSql(target, "_cv_", call));
}

function trying(target: Target): readonly Signature[] {
  const lower = (call: LoweringCall): string => parseSql(target, "_cv_try_", call);
  return [
    trySignature(target.type, lower),
    sig("value text, format text", target.type, lower, ALWAYS),
  ];
}

const DATE_TARGET: Target = { host: "date", type: DATE, kind: "date" };
const TIME_TARGET: Target = { host: "time", type: TIME, kind: "time" };

function timestampTarget(flavor: TimestampFlavor): Target {
  return { host: `timestamp_${flavor}`, type: timestampType(flavor), kind: "timestamp" };
}

/** What is cast; a count since 1970 is not. */
const SOURCES: readonly TypeKind[] = ["text", "date", "timestamp", "variant"];

/** Seconds (scale 0), milliseconds (3) … since 1970 as a timestamp. */
function fromEpoch(flavor: TimestampFlavor) {
  return (call: LoweringCall): string => {
    const [value, scale] = call.arguments;
    const micros = `_cv_epoch_micros(CAST(${must(value).sql} AS VARCHAR), ${scale === undefined ? "0" : `CAST(${scale.sql} AS BIGINT)`})`;
    if (flavor === "ntz") return `make_timestamp(${micros})`;
    const instant = `timezone('UTC', make_timestamp(${micros}))`;
    return flavor === "ltz" ? instant : tzAtZone(instant);
  };
}

function toTimestamp(
  name: string,
  flavor: TimestampFlavor,
  examples: readonly Example[],
): FunctionEntry {
  const target = timestampTarget(flavor);
  return define(name, {
    doc: "to_timestamp",
    summary: `A TIMESTAMP_${flavor.toUpperCase()} from text, a date, another timestamp or a count since 1970`,
    signatures: [
      sig("value number, scale? number", target.type, fromEpoch(flavor)),
      sig("value float, scale? number", target.type, fromEpoch(flavor)),
      castSignature(name, target.type, SOURCES),
      parsing(target),
    ],
    host: CONVERSION_HOST_FUNCTIONS,
    examples,
  });
}

function tryToTimestamp(name: string, flavor: TimestampFlavor): FunctionEntry {
  return define(name, {
    doc: "try_to_timestamp",
    summary: "A timestamp from text, NULL where the text is none",
    signatures: trying(timestampTarget(flavor)),
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      [`${name}('not a timestamp')`, null],
      [`YEAR(${name}('2024-01-15 12:30:00'))`, "2024"],
    ],
  });
}

const DATE_SOURCES: readonly TypeKind[] = ["text", "date", "timestamp", "variant"];
const TIME_SOURCES: readonly TypeKind[] = ["text", "time", "timestamp", "variant"];

export const DATE_CONVERSIONS: readonly FunctionEntry[] = [
  define("TO_DATE", {
    doc: "to_date",
    aliases: ["DATE"],
    summary: "A DATE from text, a timestamp or a VARIANT",
    signatures: [castSignature("TO_DATE", DATE, DATE_SOURCES), parsing(DATE_TARGET)],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      ["TO_DATE('2024-05-10')", "2024-05-10"],
      ["TO_DATE('2024.05.10', 'YYYY.MM.DD')", "2024-05-10"],
      ["DATE('03-April-2024')", "2024-04-03"],
    ],
  }),
  define("TRY_TO_DATE", {
    doc: "try_to_date",
    summary: "A DATE from text, NULL where the text is none",
    signatures: trying(DATE_TARGET),
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      ["TRY_TO_DATE('2018-05-15')", "2018-05-15"],
      ["TRY_TO_DATE('Invalid')", null],
    ],
  }),
  define("TO_TIME", {
    doc: "to_time",
    aliases: ["TIME"],
    summary: "A TIME from text, a timestamp or a VARIANT",
    signatures: [castSignature("TO_TIME", TIME, TIME_SOURCES), parsing(TIME_TARGET)],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      ["TO_TIME('13:30:00')", "13:30:00"],
      ["TO_TIME('11.15.00', 'HH24.MI.SS')", "11:15:00"],
      ["TO_TIME('31536001')", "00:00:01"],
    ],
  }),
  define("TRY_TO_TIME", {
    doc: "try_to_time",
    summary: "A TIME from text, NULL where the text is none",
    signatures: trying(TIME_TARGET),
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      ["TRY_TO_TIME('12:30:00')", "12:30:00"],
      ["TRY_TO_TIME('Invalid')", null],
    ],
  }),
  toTimestamp("TO_TIMESTAMP_NTZ", "ntz", [
    ["TO_TIMESTAMP_NTZ('2024-04-05 01:02:03')", "2024-04-05 01:02:03.000"],
    ["TO_TIMESTAMP_NTZ(1000000000, 3)", "1970-01-12 13:46:40.000"],
  ]),
  toTimestamp("TO_TIMESTAMP_LTZ", "ltz", [
    ["TO_TIMESTAMP_LTZ('2024-04-05 01:02:03')", "2024-04-05 01:02:03.000 -0700"],
  ]),
  toTimestamp("TO_TIMESTAMP_TZ", "tz", [
    [
      "TO_TIMESTAMP_TZ('04/05/2024 01:02:03', 'mm/dd/yyyy hh24:mi:ss')",
      "2024-04-05 01:02:03.000 -0700",
    ],
    ["TO_TIMESTAMP_TZ('2024-04-05 01:02:03 +02:00')", "2024-04-05 01:02:03.000 +0200"],
  ]),
  /** TO_TIMESTAMP means one of the three by TIMESTAMP_TYPE_MAPPING (bind/mapped-functions.ts); this is the default. */
  toTimestamp("TO_TIMESTAMP", "ntz", [["TO_TIMESTAMP(1000000000, 9)", "1970-01-01 00:00:01.000"]]),
  tryToTimestamp("TRY_TO_TIMESTAMP", "ntz"),
  tryToTimestamp("TRY_TO_TIMESTAMP_NTZ", "ntz"),
  tryToTimestamp("TRY_TO_TIMESTAMP_LTZ", "ltz"),
  tryToTimestamp("TRY_TO_TIMESTAMP_TZ", "tz"),
];
