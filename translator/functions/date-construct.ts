/**
 * Making dates and times from their parts, and changing their zone.
 * https://docs.snowflake.com/en/sql-reference/functions/timestamp_from_parts
 */

import { must } from "../base/assert.ts";
import { DATE, type SnowType, TIME, timestampType } from "../types/types.ts";
import { DATE_HOST_FUNCTIONS } from "./date-host.ts";
import { instantOf, tzAtZone } from "./date-parts.ts";
import { type FunctionEntry, family, type LoweringCall, type Signature, sig } from "./define.ts";

const define = family("date and time");

const NTZ = timestampType("ntz");
const LTZ = timestampType("ltz");
const TZ = timestampType("tz");

const DAY_PARTS = "year number, month number, day number";
const CLOCK_PARTS = "hour number, minute number, second number";

/** A DATE of year, month and day; what lies outside its range rolls on. */
function dateSql(call: LoweringCall): string {
  const part = (name: string): string => `CAST(${must(call.named(name)).sql} AS INTEGER)`;
  const month = `(make_date(${part("year")}, 1, 1) + to_months(${part("month")} - 1))`;
  return `(CAST(${month} AS DATE) + (${part("day")} - 1))`;
}

/** An INTERVAL since midnight of hour, minute, second and nanosecond. */
function clockSql(call: LoweringCall): string {
  const part = (name: string): string => `CAST(${must(call.named(name)).sql} AS BIGINT)`;
  const nanosecond = call.named("nanosecond");
  const micros =
    nanosecond === undefined || nanosecond.type.kind === "null"
      ? ""
      : ` + CAST(floor(CAST(${nanosecond.sql} AS BIGINT) / 1000) AS BIGINT)`;
  return `to_microseconds(${part("hour")} * 3600000000 + ${part("minute")} * 60000000 + ${part("second")} * 1000000${micros})`;
}

function wallSql(call: LoweringCall): string {
  return `(CAST(${dateSql(call)} AS TIMESTAMP) + ${clockSql(call)})`;
}

const WALL_SIGNATURES = [
  `${DAY_PARTS}, ${CLOCK_PARTS}`,
  `${DAY_PARTS}, ${CLOCK_PARTS}, nanosecond number`,
];

function fromParts(returns: SnowType, wrap: (wall: string) => string): readonly Signature[] {
  return WALL_SIGNATURES.map((parameters) =>
    sig(parameters, returns, (call) => wrap(wallSql(call))),
  );
}

const FROM_DATE_AND_TIME = sig("date date, time time", NTZ, "({date} + {time})");

/** TIMESTAMP_TZ of a wall clock in a zone given by name. */
const IN_ZONE = sig(`${DAY_PARTS}, ${CLOCK_PARTS}, nanosecond number, zone text`, TZ, (call) => {
  const zone = `_dt_zone(${must(call.named("zone")).sql})`;
  return tzAtZone(`timezone(${zone}, ${wallSql(call)})`, zone);
});

export const DATE_CONSTRUCTION_FUNCTIONS: readonly FunctionEntry[] = [
  define("DATE_FROM_PARTS", {
    doc: "date_from_parts",
    aliases: ["DATEFROMPARTS"],
    summary: "A date of year, month and day; parts outside their range roll on",
    signatures: [sig(DAY_PARTS, DATE, dateSql)],
    examples: [
      ["DATE_FROM_PARTS(2004, -1, -1)", "2003-10-30"],
      ["DATE_FROM_PARTS(2010, 1, 100)", "2010-04-10"],
    ],
  }),
  define("TIME_FROM_PARTS", {
    doc: "time_from_parts",
    aliases: ["TIMEFROMPARTS"],
    summary: "A time of hour, minute, second and nanosecond",
    signatures: [CLOCK_PARTS, `${CLOCK_PARTS}, nanosecond number`].map((parameters) =>
      sig(parameters, TIME, (call) => `(TIME '00:00:00' + ${clockSql(call)})`),
    ),
    examples: [
      ["TIME_FROM_PARTS(12, 34, 56)", "12:34:56"],
      ["TIME_FROM_PARTS(0, 100, 0)", "01:40:00"],
    ],
  }),
  define("TIMESTAMP_NTZ_FROM_PARTS", {
    doc: "timestamp_from_parts",
    aliases: [
      "TIMESTAMP_FROM_PARTS",
      "TIMESTAMPFROMPARTS",
      "TIMESTAMPNTZFROMPARTS",
      "TIMESTAMP_NTZ_FROMPARTS",
    ],
    summary: "A TIMESTAMP_NTZ of its parts, or of a date and a time",
    signatures: [...fromParts(NTZ, (wall) => wall), FROM_DATE_AND_TIME],
    examples: [
      ["TIMESTAMP_NTZ_FROM_PARTS(2013, 4, 5, 12, 0, 0, 987654321)", "2013-04-05 12:00:00.987"],
      [
        "TIMESTAMP_NTZ_FROM_PARTS(TO_DATE('2013-04-05'), TO_TIME('12:00:00'))",
        "2013-04-05 12:00:00.000",
      ],
    ],
  }),
  define("TIMESTAMP_LTZ_FROM_PARTS", {
    doc: "timestamp_from_parts",
    aliases: ["TIMESTAMPLTZFROMPARTS"],
    summary: "A TIMESTAMP_LTZ of its parts in the session's zone",
    signatures: fromParts(LTZ, (wall) => `CAST(${wall} AS TIMESTAMPTZ)`),
    examples: [["TIMESTAMP_LTZ_FROM_PARTS(2013, 4, 5, 12, 0, 0)", "2013-04-05 12:00:00.000 -0700"]],
  }),
  define("TIMESTAMP_TZ_FROM_PARTS", {
    doc: "timestamp_from_parts",
    aliases: ["TIMESTAMPTZFROMPARTS"],
    summary: "A TIMESTAMP_TZ of its parts, in the session's zone or another",
    signatures: [...fromParts(TZ, (wall) => tzAtZone(`CAST(${wall} AS TIMESTAMPTZ)`)), IN_ZONE],
    host: DATE_HOST_FUNCTIONS,
    examples: [
      ["TIMESTAMP_TZ_FROM_PARTS(2013, 4, 5, 12, 0, 0)", "2013-04-05 12:00:00.000 -0700"],
      [
        "TIMESTAMP_TZ_FROM_PARTS(2013, 4, 5, 12, 0, 0, 0, 'America/New_York')",
        "2013-04-05 12:00:00.000 -0400",
      ],
    ],
  }),
  define("CONVERT_TIMEZONE", {
    doc: "convert_timezone",
    summary: "A timestamp in another zone",
    signatures: [
      sig(
        "source text, target text, value only_ntz",
        NTZ,
        "timezone(_dt_zone({target}), timezone(_dt_zone({source}), {value}))",
      ),
      sig("target text, value tz", TZ, convertTo),
      sig("target text, value timestamp", TZ, convertTo),
    ],
    host: DATE_HOST_FUNCTIONS,
    examples: [
      [
        "CONVERT_TIMEZONE('America/Los_Angeles', 'America/New_York', '2024-01-01 14:00:00'::TIMESTAMP_NTZ)",
        "2024-01-01 17:00:00.000",
      ],
      [
        "CONVERT_TIMEZONE('America/Los_Angeles', '2024-04-05 12:00:00 +02:00')",
        "2024-04-05 03:00:00.000 -0700",
      ],
    ],
  }),
];

function convertTo(call: LoweringCall): string {
  const [target, value] = call.arguments;
  const { sql, type } = must(value);
  const zone = must(target).sql;
  // No zone, no instant: a value without its offset would not be NULL.
  const instant = `CASE WHEN ${zone} IS NOT NULL THEN CAST(${instantOf(sql, type)} AS TIMESTAMPTZ) END`;
  return tzAtZone(instant, `_dt_zone(${zone})`);
}
