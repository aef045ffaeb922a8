/**
 * DuckDB's errors as Snowflake's. What the lowering did not foresee reaches the client as an internal error without
 * DuckDB's words; the original is the `cause`, for the log.
 */

import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { decodeRuntimeError } from "../../translator/base/runtime-error.ts";

type Rule = readonly [RegExp, (match: RegExpExecArray) => SnowflakeError];

const LOCATION = /\n\nLINE \d+:[\s\S]*$/;
const MAX_LOB = 134_217_728;
const NUMBER = /^\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*$/;

const RULES: readonly Rule[] = [
  [/^INTERRUPT Error/, () => snowflakeError("canceled")],
  [/expression depth limit|stack overflow/i, () => snowflakeError("compilationMemory")],
  [
    /Failed to cast decimal value (\S+) to type/,
    ([, value = ""]) => snowflakeError("numericOutOfRange", { value }),
  ],
  [
    /Invalid escape string/,
    () => snowflakeError("invalidEscape", { reason: "the escape is one character" }),
  ],
  [
    /Like pattern must not end with escape character/,
    () => snowflakeError("invalidEscape", { reason: "the pattern ends with the escape" }),
  ],
  [/Date out of range: (\S+)/, ([, value = ""]) => snowflakeError("dateNotRecognized", { value })],
  [
    /Cannot create a string of size: '(\d+)'/,
    ([, size = ""]) => snowflakeError("lobSize", { limit: MAX_LOB, size }),
  ],
  [/QUANTILE can only take parameters/, () => outside("PERCENTILE", "0 to 1")],
  [/Argument for ntile must be greater/, () => outside("NTILE", "1 and up")],
  [/LIMIT\/OFFSET cannot be negative/, () => outside("LIMIT", "0 and up")],
  [
    /frame starting from (?:following|current) row cannot/i,
    () =>
      snowflakeError("unsupportedFeature", { feature: "window frame that ends before it starts" }),
  ],
  [
    /Out of Range Error: (\w+)[^\n]* is out of range!/,
    ([, call = ""]) => snowflakeError("floatOperation", { call: call.toLowerCase() }),
  ],
  [/NOT NULL constraint failed/, () => snowflakeError("nullInNonNullable")],
  [/More than one row returned by a subquery/, () => snowflakeError("singleRowSubquery")],
  [
    /Could not convert string ["']([\s\S]*)["'] to BOOL/,
    ([, value = ""]) => snowflakeError("booleanNotRecognized", { value }),
  ],
  [
    /Could not convert string ["']([\s\S]*)["'] to (?:DECIMAL|DOUBLE|FLOAT|U?INT|HUGEINT)/,
    ([, value = ""]) =>
      snowflakeError(NUMBER.test(value) ? "numericOutOfRange" : "numericNotRecognized", { value }),
  ],
  [
    /(?:invalid date field format|date field value out of range): "([\s\S]*?)"/,
    ([, value = ""]) => snowflakeError("dateNotRecognized", { value }),
  ],
  [
    /(?:invalid timestamp field format|timestamp field value out of range): "([\s\S]*?)"/,
    ([, value = ""]) => snowflakeError("timestampNotRecognized", { value }),
  ],
  [
    /(?:invalid time field format|time field value out of range): "([\s\S]*?)"/,
    ([, value = ""]) => snowflakeError("timeNotRecognized", { value }),
  ],
  [
    /Overflow in \w+ of DECIMAL\(\d+\) \((-?\d+) ([-+*]) (-?\d+)\)/,
    ([, left = "0", operator = "+", right = "0"]) =>
      outOfRange(compute(BigInt(left), operator, BigInt(right))),
  ],
  [
    /Overflow in HUGEINT \w+: (-?\d+) ([-+*]) (-?\d+)/,
    ([, left = "0", operator = "+", right = "0"]) =>
      outOfRange(compute(BigInt(left), operator, BigInt(right))),
  ],
];

/** A constant argument outside of the values it may have. */
function outside(name: string, range: string): SnowflakeError {
  return snowflakeError("invalidParameterValue", { value: `outside of ${range}`, name });
}

function compute(left: bigint, operator: string, right: bigint): bigint {
  if (operator === "+") return left + right;
  return operator === "-" ? left - right : left * right;
}

function outOfRange(value: bigint): SnowflakeError {
  return snowflakeError("numberRange", {
    type: "FIXED[SB16](38,0){not null}",
    value: String(value),
  });
}

/** The Snowflake error of anything that DuckDB or the storage threw, with the original as `cause`. */
export function translateError(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const translated = translateMessage(message);
  translated.cause = error;
  return translated;
}

function translateMessage(message: string): SnowflakeError {
  // An error of our own may quote any text, also one that reads like DuckDB's.
  if (!message.includes("MH|")) {
    const bare = message.replace(LOCATION, "");
    for (const [pattern, make] of RULES) {
      const match = pattern.exec(bare);
      if (match !== null) return make(match);
    }
  }
  const known = decodeRuntimeError(message);
  if (known !== undefined) return known;
  return snowflakeError("internal", { detail: "the storage engine could not run the statement" });
}
