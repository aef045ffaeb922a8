/**
 * Arithmetic functions. Rounding is in numeric-rounding.ts.
 * https://docs.snowflake.com/en/sql-reference/functions-numeric
 */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction } from "../base/host.ts";
import { encodeRuntimeError } from "../base/runtime-error.ts";
import { asNumber, divideSql, guardZero } from "../lower/numbers.ts";
import { quoteText } from "../lower/sql.ts";
import { divisionType, moduloType } from "../types/arithmetic.ts";
import { FLOAT, INTEGER, numberType, type SnowType } from "../types/types.ts";
import { type Example, type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import { ABSOLUTE_INTERVAL } from "./intervals.ts";
import { ROUNDING_FUNCTIONS } from "./numeric-rounding.ts";
import { argument, firstType } from "./rules.ts";

const define = family("numeric");

type Pair = { readonly a: SnowType; readonly b: SnowType };

function pairOf(types: readonly SnowType[]): Pair {
  return { a: firstType(types), b: firstType(types.slice(1)) };
}

function quotient(types: readonly SnowType[]): SnowType {
  const { a, b } = pairOf(types);
  return divisionType(asNumber(a), asNumber(b));
}

function remainder(types: readonly SnowType[]): SnowType {
  const { a, b } = pairOf(types);
  return moduloType(asNumber(a), asNumber(b));
}

/** A function of one FLOAT with a DuckDB expression of `{1}`. */
function math(
  name: string,
  summary: string,
  sql: string,
  examples: readonly Example[],
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("value float", FLOAT, sql)],
    examples,
  });
}

/** Stands for the argument in the error's text until it is cut there. */
const VALUE = "\u0001";

/** SQL that raises Snowflake's domain error, which shows the call with its value, when the condition holds. */
function domain(condition: string, name: string, sql: string, shown = "{1}"): string {
  const message = encodeRuntimeError(
    snowflakeError("floatOperation", { call: `${name}(${VALUE})` }),
  );
  const [before = "", after = ""] = message.split(VALUE).map(quoteText);
  const value = `regexp_replace(CAST(${shown} AS VARCHAR), '\\.0$', '')`;
  return `CASE WHEN ${condition} THEN error(${before} || ${value} || ${after}) ELSE ${sql} END`;
}

const BUCKET =
  "CASE WHEN {2} IS NULL OR {3} IS NULL OR {4} IS NULL THEN NULL WHEN {1} < {2} THEN 0 WHEN {1} >= {3} THEN {4} + 1 ELSE floor(({1} - {2}) / ({3} - {2}) * CAST({4} AS DOUBLE)) + 1 END";

/** DuckDB's cbrt is a power of 1/3, which misses the roots of cubes. */
const CUBE_ROOT: HostFunction = {
  name: "_num_cbrt",
  parameters: ["DOUBLE"],
  returns: "DOUBLE",
  evaluate: (value) => Math.cbrt(Number(value)),
};

function zeroDivision(condition: (divisor: string) => string) {
  return (call: LoweringCall): string => {
    const [a, b] = [argument(call, 0), argument(call, 1)];
    const quotientSql =
      call.returns.kind === "number" ? divideSql(a, b, call.returns) : `(${a.sql} / ${b.sql})`;
    return `CASE WHEN ${a.sql} IS NULL THEN NULL WHEN ${condition(b.sql)} THEN 0 ELSE ${quotientSql} END`;
  };
}

function division(condition: (divisor: string) => string) {
  const lower = zeroDivision(condition);
  const options = { nullability: "always" } as const;
  return [
    sig("dividend number, divisor number", quotient, lower, options),
    sig("dividend float, divisor float", FLOAT, lower, options),
  ];
}

function moduloSql(call: LoweringCall): string {
  const [a, b] = [argument(call, 0), argument(call, 1)];
  return guardZero(b, `(${a.sql} % ${b.sql})`);
}

const ARITHMETIC: readonly FunctionEntry[] = [
  define("ABS", {
    doc: "abs",
    summary: "Absolute value",
    signatures: [
      sig("value number", firstType, "abs({1})"),
      sig("value float", FLOAT, "abs({1})"),
      ABSOLUTE_INTERVAL,
    ],
    examples: [
      ["ABS(-5.5)", "5.5"],
      ["ABS(0)", "0"],
    ],
  }),
  define("SIGN", {
    doc: "sign",
    summary: "-1, 0 or 1 by the sign",
    signatures: [
      sig("value number", numberType(1, 0), "sign({1})"),
      sig("value interval", numberType(1, 0), "sign({1})"),
      sig("value float", numberType(1, 0), "sign({1})"),
    ],
    examples: [
      ["SIGN(-1.35e-10)", "-1"],
      ["SIGN(0)", "0"],
      ["SIGN(5)", "1"],
    ],
  }),
  define("MOD", {
    doc: "mod",
    summary: "Remainder, with the sign of the dividend",
    signatures: [
      sig("dividend number, divisor number", remainder, moduloSql),
      sig("dividend float, divisor float", FLOAT, moduloSql),
    ],
    examples: [
      ["MOD(3, 2)", "1"],
      ["MOD(4.5, 1.2)", "0.9"],
    ],
  }),
  define("DIV0", {
    doc: "div0",
    summary: "Division that gives 0 for the divisor 0",
    signatures: division((divisor) => `${divisor} = 0`),
    examples: [
      ["DIV0(1, 2)", "0.500000"],
      ["DIV0(1, 0)", "0.000000"],
      ["DIV0(1, NULL)", null],
    ],
  }),
  define("DIV0NULL", {
    doc: "div0null",
    summary: "Division that gives 0 for the divisor 0 or NULL",
    signatures: division((divisor) => `(${divisor} IS NULL OR ${divisor} = 0)`),
    examples: [
      ["DIV0NULL(1, 2)", "0.500000"],
      ["DIV0NULL(1, NULL)", "0.000000"],
    ],
  }),
  define("FACTORIAL", {
    doc: "factorial",
    summary: "Factorial of a whole number from 0 to 33",
    signatures: [
      sig(
        "value integer",
        INTEGER,
        domain("{1} < 0 OR {1} > 33", "factorial", "factorial(CAST({1} AS INTEGER))"),
      ),
    ],
    examples: [
      ["FACTORIAL(0)", "1"],
      ["FACTORIAL(33)", "8683317618811886495518194401280000000"],
    ],
  }),
  define("WIDTH_BUCKET", {
    doc: "width_bucket",
    summary: "Number of the histogram bucket of equal width, 0 below and n + 1 above the range",
    signatures: [
      sig(
        "value float, low float, high float, buckets integer",
        INTEGER,
        domain("{4} <= 0", "width_bucket", BUCKET, "{4}"),
      ),
    ],
    examples: [
      ["WIDTH_BUCKET(290000.00, 200000, 600000, 4)", "1"],
      ["WIDTH_BUCKET(400000.00, 200000, 600000, 4)", "3"],
      ["WIDTH_BUCKET(399999.99, 200000, 600000, 4)", "2"],
    ],
  }),
];

const EXPONENTIAL: readonly FunctionEntry[] = [
  math("SQRT", "Square root", domain("{1} < 0", "sqrt", "sqrt({1})"), [["SQRT(4)", "2"]]),
  define("CBRT", {
    doc: "cbrt",
    summary: "Cube root",
    signatures: [sig("value float", FLOAT, "_num_cbrt({1})")],
    host: [CUBE_ROOT],
    examples: [["CBRT(27)", "3"]],
  }),
  math("SQUARE", "The value times itself", "({1} * {1})", [["SQUARE(-2.0)", "4"]]),
  math("EXP", "e to the power of the value", "exp({1})", [["EXP(0)", "1"]]),
  math("LN", "Natural logarithm", domain("{1} <= 0", "ln", "ln({1})"), [["LN(1)", "0"]]),
  define("LOG", {
    doc: "log",
    summary: "Logarithm to a base, which comes first",
    signatures: [
      sig(
        "base float, value float",
        FLOAT,
        domain("{1} <= 0 OR {1} = 1 OR {2} <= 0", "log", "(ln({2}) / ln({1}))", "{2}"),
      ),
    ],
    examples: [
      ["LOG(2, 8)", "3"],
      ["LOG(2, 0.5)", "-1"],
    ],
  }),
  define("POWER", {
    doc: "pow",
    aliases: ["POW"],
    summary: "The first value to the power of the second",
    signatures: [sig("value float, exponent float", FLOAT, "pow({1}, {2})")],
    examples: [
      ["POW(2, 3)", "8"],
      ["POWER(2, -1)", "0.5"],
    ],
  }),
];

const ofFinite = (name: string, sql: string): string => domain("isinf({1})", name, sql);
const inUnit = (name: string): string => domain("abs({1}) > 1", name, `${name}({1})`);

const TRIGONOMETRIC: readonly FunctionEntry[] = [
  define("PI", {
    doc: "pi",
    summary: "The number π as a FLOAT",
    signatures: [sig("", FLOAT, "pi()", { nullability: "never" })],
    examples: [["PI()", "3.141592654"]],
  }),
  math("SIN", "Sine of radians", ofFinite("sin", "sin({1})"), [["SIN(0)", "0"]]),
  math("COS", "Cosine of radians", ofFinite("cos", "cos({1})"), [["COS(0)", "1"]]),
  math("TAN", "Tangent of radians", ofFinite("tan", "tan({1})"), [["TAN(0)", "0"]]),
  math("COT", "Cotangent of radians", ofFinite("cot", "(1 / tan({1}))"), [["COT(0)", "inf"]]),
  math("ASIN", "Arc sine", inUnit("asin"), [["ASIN(0)", "0"]]),
  math("ACOS", "Arc cosine", inUnit("acos"), [["ACOS(1)", "0"]]),
  math("ATAN", "Arc tangent", "atan({1})", [["ATAN(0)", "0"]]),
  math("SINH", "Hyperbolic sine", "sinh({1})", [["SINH(0)", "0"]]),
  math("COSH", "Hyperbolic cosine", "cosh({1})", [["COSH(0)", "1"]]),
  math("TANH", "Hyperbolic tangent", "tanh({1})", [["TANH(0)", "0"]]),
  math("ASINH", "Inverse hyperbolic sine", "asinh({1})", [["ASINH(0)", "0"]]),
  math("ACOSH", "Inverse hyperbolic cosine", domain("{1} < 1", "acosh", "acosh({1})"), [
    ["ACOSH(1)", "0"],
  ]),
  math("ATANH", "Inverse hyperbolic tangent", domain("abs({1}) > 1", "atanh", "atanh({1})"), [
    ["ATANH(0)", "0"],
  ]),
  math("DEGREES", "Radians to degrees", "degrees({1})", [["DEGREES(PI())", "180"]]),
  math("RADIANS", "Degrees to radians", "radians({1})", [["RADIANS(0)", "0"]]),
  define("ATAN2", {
    doc: "atan2",
    summary: "Angle of the point (x, y), y first",
    signatures: [sig("y float, x float", FLOAT, "atan2({1}, {2})")],
    examples: [["ATAN2(0, 1)", "0"]],
  }),
];

export const NUMERIC_FUNCTIONS: readonly FunctionEntry[] = [
  ...ARITHMETIC,
  ...ROUNDING_FUNCTIONS,
  ...EXPONENTIAL,
  ...TRIGONOMETRIC,
];
