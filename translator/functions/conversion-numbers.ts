/**
 * Conversion to NUMBER, FLOAT, DECFLOAT, BOOLEAN and BINARY.
 * https://docs.snowflake.com/en/sql-reference/functions/to_decimal
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { isSingleField } from "../types/intervals.ts";
import { typeText } from "../types/names.ts";
import {
  BINARY,
  BOOLEAN,
  DECFLOAT,
  FLOAT,
  numberType,
  type SnowType,
  TEXT,
  type TypeKind,
} from "../types/types.ts";
import { CONVERSION_HOST_FUNCTIONS } from "./conversion-host.ts";
import { type FunctionEntry, family, type LoweringCall, type Signature, sig } from "./define.ts";

const define = family("conversion");
const ALWAYS = { nullability: "always" } as const;

/** Refuses an argument of a kind that the function does not convert (001044). */
function demand(name: string, types: readonly SnowType[], kinds: readonly TypeKind[]): void {
  const type = must(types[0]);
  // Of several fields no number can be made.
  const isRange = type.kind === "interval" && !isSingleField(type);
  if (type.kind === "null" || (kinds.includes(type.kind) && !isRange)) return;
  throw snowflakeError("invalidArgumentTypes", { name, types: typeText(type) });
}

/**
 * The TRY_TO_ functions are TRY_CAST: they take text only, without a conversion to it.
 * https://docs.snowflake.com/en/sql-reference/functions/try_cast
 * @throws 001065 for anything that is no text
 */
export function textOnly(type: SnowType | undefined, returns: SnowType): SnowType {
  if (type === undefined || type.kind === "text" || type.kind === "null") return returns;
  const types = `${typeText(type)} and ${typeText(returns)}`;
  throw snowflakeError("functionTypes", { name: "TRY_CAST", types });
}

/** A signature of a TRY_TO_ function without a format. */
export function trySignature(returns: SnowType, lower: (call: LoweringCall) => string): Signature {
  return sig("value any", (types) => textOnly(types[0], returns), lower, ALWAYS);
}

/** The first argument as VARCHAR, also where it is a bare NULL. */
export function textSql(call: LoweringCall): string {
  return call.context.cast(must(call.arguments[0]), TEXT);
}

/** The first argument cast to the result type. */
export function castFirst(call: LoweringCall): string {
  return call.context.cast(must(call.arguments[0]), call.returns);
}

const DEFAULT_PRECISION = 38;

function constantOr(bound: BoundExpression | undefined, otherwise: number): number {
  if (bound?.kind !== "constant" || bound.value === null) return otherwise;
  return Number(bound.value);
}

/**
 * NUMBER of the constant precision and scale at two positions; (38,0) without.
 * @throws 002040 outside NUMBER's limits
 */
export function numberAt(args: readonly BoundExpression[], precision: number): SnowType {
  const digits = constantOr(args[precision], DEFAULT_PRECISION);
  const scale = constantOr(args[precision + 1], 0);
  if (digits < 1 || digits > DEFAULT_PRECISION || scale < 0 || scale > Math.min(digits, 37)) {
    throw snowflakeError("unsupportedDataType", { type: `NUMBER(${digits},${scale})` });
  }
  return numberType(digits, scale);
}

const NUMBER_SOURCES: readonly TypeKind[] = [
  "number",
  "float",
  "decfloat",
  "text",
  "boolean",
  "variant",
  "interval",
];

function sizes(call: LoweringCall): string {
  const { returns } = call;
  return returns.kind === "number" ? `${returns.precision}, ${returns.scale}` : "38, 0";
}

function toNumber(name: string): readonly Signature[] {
  return [
    sig(
      "value any, precision? const integer, scale? const integer",
      (types, args) => {
        demand(name, types, NUMBER_SOURCES);
        return numberAt(args, 1);
      },
      castFirst,
    ),
    sig(
      "value text, format text, precision? const integer, scale? const integer",
      (_types, args) => numberAt(args, 2),
      (call) =>
        `_cv_number_format(${must(call.arguments[0]).sql}, ${must(call.arguments[1]).sql}, ${sizes(call)})`,
    ),
  ];
}

function tryToNumber(): readonly Signature[] {
  return [
    sig(
      "value any, precision? const integer, scale? const integer",
      (types, args) => textOnly(types[0], numberAt(args, 1)),
      (call) => `_cv_try_number(${textSql(call)}, ${sizes(call)})`,
      ALWAYS,
    ),
    sig(
      "value text, format text, precision? const integer, scale? const integer",
      (_types, args) => numberAt(args, 2),
      (call) =>
        `_cv_try_number_format(${must(call.arguments[0]).sql}, ${must(call.arguments[1]).sql}, ${sizes(call)})`,
      ALWAYS,
    ),
  ];
}

function numbers(name: string): FunctionEntry {
  return define(name, {
    doc: "to_decimal",
    summary: "A NUMBER of a precision and scale, (38,0) by default",
    signatures: toNumber(name),
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      [`${name}('12.3456')`, "12"],
      [`${name}('12.3456', 10, 1)`, "12.3"],
      [`${name}('-12.3', '99.9', 9, 5)`, "-12.30000"],
    ],
  });
}

function tryNumbers(name: string): FunctionEntry {
  return define(name, {
    doc: "try_to_decimal",
    summary: "As TO_DECIMAL on text, with NULL instead of an error",
    signatures: tryToNumber(),
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      [`${name}('345.123', 10, 2)`, "345.12"],
      [`${name}('345.123', 4, 2)`, null],
    ],
  });
}

/** A signature whose first argument may be of certain kinds and is cast. */
export function castSignature(
  name: string,
  returns: SnowType,
  kinds: readonly TypeKind[],
): Signature {
  return sig(
    "value any",
    (types) => {
      demand(name, types, kinds);
      return returns;
    },
    castFirst,
    { nullability: "strict" },
  );
}

/** The session's format for BINARY text. */
function binaryInput(call: LoweringCall): string {
  const format = call.arguments[1];
  return (
    format?.sql ??
    call.context.quote(String(call.context.parameter("BINARY_INPUT_FORMAT") || "HEX"))
  );
}

export const NUMBER_CONVERSIONS: readonly FunctionEntry[] = [
  numbers("TO_NUMBER"),
  numbers("TO_DECIMAL"),
  numbers("TO_NUMERIC"),
  tryNumbers("TRY_TO_NUMBER"),
  tryNumbers("TRY_TO_DECIMAL"),
  tryNumbers("TRY_TO_NUMERIC"),
  define("TO_DOUBLE", {
    doc: "to_double",
    summary: "A FLOAT",
    signatures: [
      castSignature("TO_DOUBLE", FLOAT, NUMBER_SOURCES),
      sig("value text, format text", FLOAT, "_cv_double_format({value}, {format})"),
    ],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [["TO_DOUBLE('1.5') + 1", "2.5"]],
  }),
  define("TRY_TO_DOUBLE", {
    doc: "try_to_double",
    summary: "A FLOAT from text, NULL where the text is none",
    signatures: [
      trySignature(FLOAT, (call) => `_cv_try_double(${textSql(call)})`),
      sig("value text, format text", FLOAT, "_cv_try_double_format({value}, {format})", ALWAYS),
    ],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [["TRY_TO_DOUBLE('abc')", null]],
  }),
  define("TO_DECFLOAT", {
    doc: "to_decfloat",
    summary: "A DECFLOAT",
    signatures: [castSignature("TO_DECFLOAT", DECFLOAT, NUMBER_SOURCES)],
  }),
  define("TRY_TO_DECFLOAT", {
    doc: "try_to_decfloat",
    summary: "A DECFLOAT, NULL where the text is none",
    signatures: [trySignature(DECFLOAT, (call) => `_try_decfloat_parse(${textSql(call)})`)],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [["TRY_TO_DECFLOAT('x')", null]],
  }),
  define("TO_BOOLEAN", {
    doc: "to_boolean",
    summary: "TRUE or FALSE from text or a number",
    signatures: [
      castSignature("TO_BOOLEAN", BOOLEAN, [
        "boolean",
        "text",
        "number",
        "float",
        "decfloat",
        "variant",
      ]),
    ],
    examples: [
      ["TO_BOOLEAN('yes')::VARCHAR", "true"],
      ["TO_BOOLEAN(0)::VARCHAR", "false"],
    ],
  }),
  define("TRY_TO_BOOLEAN", {
    doc: "try_to_boolean",
    summary: "TRUE or FALSE from text, NULL where the text is neither",
    signatures: [
      sig("value numeric", BOOLEAN, castFirst),
      trySignature(BOOLEAN, (call) => `_cv_try_boolean(${textSql(call)})`),
    ],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      ["TRY_TO_BOOLEAN('on')::VARCHAR", "true"],
      ["TRY_TO_BOOLEAN('maybe')", null],
    ],
  }),
  define("TO_BINARY", {
    doc: "to_binary",
    summary: "BINARY from text in hex, base64 or UTF-8",
    signatures: [
      sig("value binary", BINARY, "{value}"),
      sig("value variant", BINARY, castFirst),
      sig("value text, format? text", BINARY, (call) => {
        return `_cv_binary(${must(call.arguments[0]).sql}, ${binaryInput(call)})`;
      }),
    ],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [
      ["TO_BINARY('SNOW', 'utf-8')::VARCHAR", "534E4F57"],
      ["TO_BINARY('U05PVw==', 'BASE64')::VARCHAR", "534E4F57"],
    ],
  }),
  define("TRY_TO_BINARY", {
    doc: "try_to_binary",
    summary: "BINARY from text, NULL where the text is not in the format",
    signatures: [
      trySignature(BINARY, (call) => `_cv_try_binary(${textSql(call)}, ${binaryInput(call)})`),
      sig(
        "value text, format text",
        BINARY,
        (call) => `_cv_try_binary(${must(call.arguments[0]).sql}, ${binaryInput(call)})`,
        ALWAYS,
      ),
    ],
    host: CONVERSION_HOST_FUNCTIONS,
    examples: [["TRY_TO_BINARY('xyz', 'HEX')", null]],
  }),
];
