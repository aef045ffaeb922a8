/**
 * Snowflake errors that arise while DuckDB runs a statement: as text inside DuckDB's own message, and back.
 * DuckDB's own overflow messages are read as the Snowflake error that they stand for.
 */

import { SnowflakeError, snowflakeError } from "./errors.ts";

const OPEN = "MH|";
const CLOSE = "|MH";
const ENCODED = /MH\|(-?\d+)\|(\w{5})\|([\s\S]*)\|MH/;

/** The text that a host function throws: `MH|code|sqlstate|message|MH`. */
export function encodeRuntimeError(error: SnowflakeError): string {
  return `${OPEN}${error.code}|${error.sqlState}|${error.message}${CLOSE}`;
}

/** The physical size that Snowflake names in range errors, by precision. */
function fixedType(precision: number, scale: number): string {
  const bytes =
    precision <= 2 ? 1 : precision <= 4 ? 2 : precision <= 9 ? 4 : precision <= 18 ? 8 : 16;
  return `FIXED[SB${bytes}](${precision},${scale}){not null}`;
}

const DECIMAL_RANGE = [
  /(?:Could not cast value|Could not convert string|Casting value) "?([^"\s]+)"? to (?:type )?DECIMAL\((\d+),\s*(\d+)\)/,
] as const;
const OVERFLOW = /Overflow in \w+ of \w+(?:\(\d+\))? \((-?\d+) ([-+*]) (-?\d+)\)/;

/** The value that did not fit, as far as DuckDB tells the operands. */
function overflowValue(text: string): string {
  const [, left, operator, right] = OVERFLOW.exec(text) ?? [];
  if (left === undefined || right === undefined) return "";
  const [a, b] = [BigInt(left), BigInt(right)];
  return String(operator === "*" ? a * b : operator === "+" ? a + b : a - b);
}

/** Digits beyond a HUGEINT, on their way to a DECIMAL. */
const HUGE_RANGE = /Could not convert string ['"](-?\d+)['"] to INT128/;

function rangeError(text: string): SnowflakeError | undefined {
  const huge = HUGE_RANGE.exec(text);
  if (huge !== null) {
    return snowflakeError("numberRange", { type: fixedType(38, 0), value: huge[1] ?? "" });
  }
  for (const pattern of DECIMAL_RANGE) {
    const found = pattern.exec(text);
    if (found !== null) {
      const type = fixedType(Number(found[2]), Number(found[3]));
      return snowflakeError("numberRange", { type, value: found[1] ?? "" });
    }
  }
  if (!/Out of Range Error/.test(text) || !/overflow/i.test(text)) return undefined;
  return snowflakeError("numberRange", { type: fixedType(38, 0), value: overflowValue(text) });
}

/**
 * The Snowflake error in a message of DuckDB; undefined when the message stands for none.
 * @param text the whole message, with whatever DuckDB put around it
 */
export function decodeRuntimeError(text: string): SnowflakeError | undefined {
  const found = ENCODED.exec(text);
  if (found !== null) {
    return new SnowflakeError(found[1] ?? "", found[2] ?? "", found[3] ?? "");
  }
  if (text.includes("More than one row returned by a subquery")) {
    return snowflakeError("singleRowSubquery");
  }
  return rangeError(text);
}
