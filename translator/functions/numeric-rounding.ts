/**
 * ROUND, CEIL, FLOOR and TRUNC. A constant scale decides the result's type; NUMBER is exact.
 * https://docs.snowflake.com/en/sql-reference/functions/round
 * https://docs.snowflake.com/en/sql-reference/functions/ceil
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { HostFunction } from "../base/host.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { decimalToText, powerOfTen } from "../format/decimal.ts";
import { asNumber } from "../lower/numbers.ts";
import { duckType } from "../types/physical.ts";
import {
  DECFLOAT,
  FLOAT,
  NUMBER_MAX_PRECISION,
  numberType,
  type SnowType,
} from "../types/types.ts";
import { printDecfloat, readDecfloat } from "./decfloat.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import {
  argument,
  bigint,
  constantNumber,
  constantText,
  firstType,
  refusedTypes,
} from "./rules.ts";

const define = family("numeric");

type Mode = "round" | "even" | "ceil" | "floor" | "trunc";

/** The constant scale; 0 when left out, null for NULL, undefined when it is no constant. */
function scaleOf(bound: BoundExpression | undefined): number | null | undefined {
  if (bound === undefined || bound.type.kind === "null") return 0;
  return constantNumber(bound);
}

function resultType(
  types: readonly SnowType[],
  args: readonly BoundExpression[],
  carry: number,
): SnowType {
  const input = asNumber(firstType(types));
  const scale = scaleOf(args[1]);
  const digits = input.precision - input.scale;
  const sized = (places: number): SnowType =>
    numberType(Math.max(1, Math.min(NUMBER_MAX_PRECISION, digits + carry + places)), places);
  if (scale === null || scale === undefined) return sized(input.scale);
  return scale >= input.scale ? input : sized(Math.max(0, scale));
}

/** Divides an integer, rounding the quotient. */
function dividedBy(value: bigint, divisor: bigint, mode: Mode): bigint {
  const quotient = value / divisor;
  const rest = value % divisor;
  if (rest === 0n || mode === "trunc") return quotient;
  const away = value < 0n ? -1n : 1n;
  if (mode === "ceil") return value > 0n ? quotient + 1n : quotient;
  if (mode === "floor") return value < 0n ? quotient - 1n : quotient;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice > divisor) return quotient + away;
  if (twice < divisor) return quotient;
  return mode === "even" && quotient % 2n === 0n ? quotient : quotient + away;
}

/** A decimal text (plain notation) rounded to a scale, which may be negative. */
export function roundDecimal(text: string, scale: number, mode: Mode): string {
  const point = text.indexOf(".");
  const places = point < 0 ? 0 : text.length - point - 1;
  if (scale >= places) return text;
  if (scale < -NUMBER_MAX_PRECISION) return "0";
  const unscaled = BigInt(text.replace(".", ""));
  return decimalToText(dividedBy(unscaled, powerOfTen(places - scale), mode), scale);
}

/** Digits of a double beyond which scaling only adds error. */
const DOUBLE_DIGITS = 15;

/** A double rounded on its binary value. */
export function roundFloat(value: number, scale: number, mode: Mode): number {
  if (!Number.isFinite(value) || scale > DOUBLE_DIGITS) return value;
  if (scale < -308) return 0;
  const power = 10 ** Math.abs(scale);
  const scaled = scale >= 0 ? value * power : value / power;
  const rounded =
    mode === "ceil"
      ? Math.ceil(scaled)
      : mode === "floor"
        ? Math.floor(scaled)
        : Math.trunc(scaled);
  return scale >= 0 ? rounded / power : rounded * power;
}

/** A DECFLOAT rounded to a scale, which may be negative. */
function roundDecfloat(text: string, scale: number, mode: Mode): string {
  const { digits, exponent } = readDecfloat(text);
  if (exponent >= -scale) return text;
  const divisor = 10n ** BigInt(-scale - exponent);
  return printDecfloat({ digits: dividedBy(digits, divisor, mode), exponent: -scale });
}

const HOST: readonly HostFunction[] = [
  {
    name: "_num_round_decfloat",
    parameters: ["VARCHAR", "BIGINT", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (text, scale, mode) =>
      roundDecfloat(String(text), Number(scale), String(mode) as Mode),
  },
  {
    name: "_num_round",
    parameters: ["VARCHAR", "BIGINT", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (text, scale, mode) =>
      roundDecimal(String(text), Number(scale), String(mode) as Mode),
  },
  {
    name: "_num_round_float",
    parameters: ["DOUBLE", "BIGINT", "VARCHAR"],
    returns: "DOUBLE",
    evaluate: (value, scale, mode) =>
      roundFloat(Number(value), Number(scale), String(mode) as Mode),
  },
];

function modeOf(call: LoweringCall, mode: Mode): Mode {
  const given = call.named("rounding_mode");
  if (given === undefined) return mode;
  const word = (constantText(given.bound) ?? "").toUpperCase();
  if (word === "HALF_AWAY_FROM_ZERO") return mode;
  if (word === "HALF_TO_EVEN") return "even";
  throw snowflakeError("invalidParameterValue", { name: "rounding_mode", value: word });
}

function numberSql(basic: Mode) {
  return (call: LoweringCall): string => {
    const value = argument(call, 0);
    const given = call.named("scale");
    const mode = modeOf(call, basic);
    const scale = given === undefined ? 0 : scaleOf(given.bound);
    const type = duckType(call.returns);
    if (scale === null) return `CAST(NULL AS ${type})`;
    const { scale: places } = asNumber(value.type);
    if (scale !== undefined && scale >= places) return value.sql;
    if (mode === "round" && scale !== undefined && scale >= 0)
      return `CAST(${value.sql} AS ${type})`;
    if (mode !== "even" && scale === 0) return `CAST(${mode}(${value.sql}) AS ${type})`;
    const to = bigint(must(given ?? { sql: "0" }).sql);
    return `CAST(_num_round(CAST(${value.sql} AS VARCHAR), ${to}, '${mode}') AS ${type})`;
  };
}

function floatSql(mode: Mode) {
  return (call: LoweringCall): string => {
    const value = argument(call, 0).sql;
    const scale = call.named("scale");
    if (scale === undefined) return `${mode}(${value})`;
    if (mode === "round") return `round(${value}, CAST(${scale.sql} AS INTEGER))`;
    return `_num_round_float(${value}, ${bigint(scale.sql)}, '${mode}')`;
  };
}

/**
 * FLOAT, which has no rounding mode.
 * @throws 001044
 */
function floatType(types: readonly SnowType[]): SnowType {
  if (types.length > 2) throw refusedTypes("ROUND", types);
  return FLOAT;
}

/** DECFLOAT, which has no rounding mode either. */
function roundedDecfloat(types: readonly SnowType[]): SnowType {
  if (types.length > 2) throw refusedTypes("ROUND", types);
  return DECFLOAT;
}

function decfloatSql(mode: Mode) {
  return (call: LoweringCall): string => {
    const scale = call.named("scale");
    const places = scale === undefined ? "0" : bigint(scale.sql);
    return `_num_round_decfloat(${argument(call, 0).sql}, ${places}, '${mode}')`;
  };
}

function rounding(mode: Mode, parameters: string, carry: number) {
  return [
    sig(
      `expr number, ${parameters}`,
      (types, args) => resultType(types, args, carry),
      numberSql(mode),
    ),
    sig(`expr decfloat, ${parameters}`, roundedDecfloat, decfloatSql(mode)),
    sig(`expr float, ${parameters}`, floatType, floatSql(mode)),
  ];
}

export const ROUNDING_FUNCTIONS: readonly FunctionEntry[] = [
  define("ROUND", {
    doc: "round",
    summary: "Rounds to a number of fraction digits, half away from zero or half to even",
    signatures: rounding("round", "scale? integer, rounding_mode? const text", 1),
    host: HOST,
    examples: [
      ["ROUND(135.135)", "135"],
      ["ROUND(-975.975)", "-976"],
      ["ROUND(2.5, 0, 'HALF_TO_EVEN')", "2"],
      ["ROUND(EXPR => -2.5, SCALE => 0)", "-3"],
      ["ROUND(1.005::FLOAT, 2)", "1"],
      ["ROUND(10.005::FLOAT, 2)", "10.01"],
      ["ROUND(135.135, -2)", "100"],
    ],
  }),
  define("CEIL", {
    doc: "ceil",
    summary: "The nearest equal or larger value with a number of fraction digits",
    signatures: rounding("ceil", "scale? integer", 1),
    examples: [
      ["CEIL(135.135)", "136"],
      ["CEIL(-975.975)", "-975"],
      ["CEIL(135.135, -2)", "200"],
      ["CEIL(135.135, 1)", "135.2"],
    ],
  }),
  define("FLOOR", {
    doc: "floor",
    summary: "The nearest equal or smaller value with a number of fraction digits",
    signatures: rounding("floor", "scale? integer", 1),
    examples: [
      ["FLOOR(135.135)", "135"],
      ["FLOOR(-975.975)", "-976"],
      ["FLOOR(-975.975, -1)", "-980"],
    ],
  }),
  define("TRUNC", {
    doc: "trunc",
    aliases: ["TRUNCATE"],
    summary: "Cuts to a number of fraction digits, towards zero",
    signatures: rounding("trunc", "scale? integer", 0),
    examples: [
      ["TRUNC(135.135)", "135"],
      ["TRUNCATE(-975.975)", "-975"],
      ["TRUNC(-975.975, -1)", "-970"],
      ["TRUNC(135.135, 1)", "135.1"],
    ],
  }),
];
