/** Host functions that make, print, cast and classify values. The list with signatures is in host.ts. */
import type { HostFunction, HostValue } from "../base/host.ts";
import {
  tryCast,
  variantToArray,
  variantToBinary,
  variantToBoolean,
  variantToDate,
  variantToDouble,
  variantToNumber,
  variantToObject,
  variantToTime,
  variantToTimestampLtz,
  variantToTimestampNtz,
  variantToTimestampTz,
  variantToVector,
} from "./cast.ts";
import { compareVariants, equalVariants, sortKey } from "./compare.ts";
import {
  binaryText,
  dateText,
  timestampLtzText,
  timestampNtzText,
  timestampTzText,
  timeText,
} from "./construct.ts";
import { floatText, numberText, stringText, unmarkXml } from "./encoding.ts";
import {
  bigint,
  bigintOrNull,
  boolean,
  bytes,
  integer,
  nullable,
  number,
  strict,
  text,
  textOrNull,
} from "./host-arguments.ts";
import { checkJson, parseJsonText, tryParseJsonText } from "./parse-json.ts";
import { printVariant, variantToText } from "./print.ts";
import { variantSession } from "./session.ts";
import { isKind, variantType } from "./typeof.ts";

const PARSING: readonly HostFunction[] = [
  strict("_v_parse_json", ["VARCHAR"], "VARCHAR", (s) => parseJsonText(text(s))),
  strict("_v_parse_json_d", ["VARCHAR"], "VARCHAR", (s) => parseJsonText(text(s), true)),
  strict("_v_try_parse_json", ["VARCHAR"], "VARCHAR", (s) => tryParseJsonText(text(s))),
  strict("_v_try_parse_json_d", ["VARCHAR"], "VARCHAR", (s) => tryParseJsonText(text(s), true)),
  strict("_v_check_json", ["VARCHAR"], "VARCHAR", (s) => checkJson(text(s))),
];

const FROM: readonly HostFunction[] = [
  strict("_v_from_number", ["VARCHAR"], "VARCHAR", (n) => numberText(text(n))),
  strict("_v_from_double", ["DOUBLE"], "VARCHAR", (n) => floatText(number(n))),
  strict("_v_from_text", ["VARCHAR"], "VARCHAR", (s) => stringText(text(s))),
  strict("_v_from_boolean", ["BOOLEAN"], "VARCHAR", (b) => String(boolean(b))),
  strict("_v_from_date", ["DATE"], "VARCHAR", (d) => dateText(number(d))),
  strict("_v_from_time", ["TIME"], "VARCHAR", (t) => timeText(bigint(t))),
  strict("_v_from_timestamp_ntz", ["TIMESTAMP"], "VARCHAR", (t) => timestampNtzText(bigint(t))),
  strict("_v_from_timestamp_ltz", ["TIMESTAMPTZ"], "VARCHAR", (t) => timestampLtzText(bigint(t))),
  strict("_v_from_timestamp_tz", ["TIMESTAMPTZ", "BIGINT"], "VARCHAR", (t, offset) =>
    timestampTzText({ instant: bigint(t), offsetMinutes: integer(offset) }),
  ),
  strict("_v_from_binary", ["BLOB"], "VARCHAR", (b) => binaryText(bytes(b))),
];

const PRINTING: readonly HostFunction[] = [
  strict("_v_compact", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, session) =>
    printVariant(text(v), { formats: variantSession(text(session)).formats }),
  ),
  strict("_v_to_json", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, session) =>
    printVariant(unmarkXml(text(v)), { formats: variantSession(text(session)).formats }),
  ),
  strict("_v_pretty", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, session) =>
    printVariant(text(v), variantSession(text(session)).display),
  ),
  strict("_v_to_text", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, session) =>
    variantToText(text(v), variantSession(text(session)).formats),
  ),
];

type Returns = HostFunction["returns"];
type Cast = (variant: string, rest: readonly HostValue[]) => HostValue;

/** A cast and its TRY form: `_v_to_date` and `_v_try_to_date`. */
function castPair(
  name: string,
  rest: HostFunction["parameters"],
  returns: Returns,
  cast: Cast,
): HostFunction[] {
  const parameters: HostFunction["parameters"] = ["VARCHAR", ...rest];
  return [
    strict(`_v_to_${name}`, parameters, returns, (v, ...more) => cast(text(v), more)),
    strict(`_v_try_to_${name}`, parameters, returns, (v, ...more) =>
      tryCast(() => cast(text(v), more)),
    ),
  ];
}

function session(rest: readonly HostValue[]): ReturnType<typeof variantSession> {
  return variantSession(text(rest[0]));
}

const CASTS: readonly HostFunction[] = [
  castPair("number", ["BIGINT", "BIGINT"], "VARCHAR", (v, [precision, scale]) =>
    variantToNumber(v, integer(precision), integer(scale)),
  ),
  castPair("double", [], "DOUBLE", variantToDouble),
  castPair("boolean", [], "BOOLEAN", variantToBoolean),
  castPair("binary", [], "BLOB", variantToBinary),
  castPair("date", ["VARCHAR"], "DATE", (v, rest) => variantToDate(v, session(rest))),
  castPair("time", ["VARCHAR"], "TIME", (v, rest) => variantToTime(v, session(rest))),
  castPair("timestamp_ntz", ["VARCHAR"], "TIMESTAMP", (v, rest) =>
    variantToTimestampNtz(v, session(rest)),
  ),
  castPair("timestamp_ltz", ["VARCHAR"], "TIMESTAMPTZ", (v, rest) =>
    variantToTimestampLtz(v, session(rest)),
  ),
  castPair(
    "timestamp_tz_instant",
    ["VARCHAR"],
    "TIMESTAMPTZ",
    (v, rest) => variantToTimestampTz(v, session(rest))?.instant ?? null,
  ),
  castPair("timestamp_tz_offset", ["VARCHAR"], "BIGINT", (v, rest) =>
    bigintOrNull(variantToTimestampTz(v, session(rest))?.offsetMinutes ?? null),
  ),
  castPair("vector", ["BIGINT"], "VARCHAR", (v, [dimension]) =>
    variantToVector(v, integer(dimension)),
  ),
  castPair("array", [], "VARCHAR", variantToArray),
  castPair("object", [], "VARCHAR", variantToObject),
].flat();

const CLASSIFYING: readonly HostFunction[] = [
  strict("_v_typeof", ["VARCHAR"], "VARCHAR", (v) => {
    const type = variantType(text(v));
    return type === "NULL" ? null : type;
  }),
  nullable("_v_is", ["VARCHAR", "VARCHAR"], "BOOLEAN", (v, kind) => {
    const value = textOrNull(v);
    // IS_NULL_VALUE of SQL NULL is NULL; every other IS_ function answers FALSE.
    if (value === null) return kind === "NULL_VALUE" ? null : false;
    return isKind(value, text(kind));
  }),
  strict("_v_as", ["VARCHAR", "VARCHAR"], "VARCHAR", (v, kind) =>
    isKind(text(v), text(kind)) ? v : null,
  ),
  strict("_v_compare", ["VARCHAR", "VARCHAR"], "BIGINT", (a, b) =>
    BigInt(Math.sign(compareVariants(text(a), text(b)))),
  ),
  strict("_v_equal", ["VARCHAR", "VARCHAR"], "BOOLEAN", (a, b) => equalVariants(text(a), text(b))),
  strict("_v_sort_key", ["VARCHAR"], "VARCHAR", (v) => sortKey(text(v))),
];

export const VALUE_FUNCTIONS: readonly HostFunction[] = [
  ...PARSING,
  ...FROM,
  ...PRINTING,
  ...CASTS,
  ...CLASSIFYING,
];
