/**
 * DECFLOAT arithmetic on decimal text: 38 significant digits, rounded half up.
 * https://docs.snowflake.com/en/sql-reference/data-types-numeric#decfloat
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { parseDecimalText } from "../format/number-text.ts";

/** The value is `digits * 10 ** exponent`. */
type Value = { readonly digits: bigint; readonly exponent: number };

const PRECISION = 38;
/** The largest power of ten, https://docs.snowflake.com/en/sql-reference/data-types-numeric#decfloat. */
const MAX_EXPONENT = 16384;

function read(value: HostValue | undefined): Value {
  const { unscaled, scale } = must(parseDecimalText(String(value)), "decfloat text");
  return { digits: unscaled, exponent: -scale };
}

function length(digits: bigint): number {
  return (digits < 0n ? -digits : digits).toString().length;
}

/** At most 38 digits, without trailing zeros. */
function normalize({ digits, exponent }: Value): Value {
  let value = digits;
  let power = exponent;
  const extra = length(value) - PRECISION;
  if (extra > 0) {
    const unit = 10n ** BigInt(extra);
    const half = value < 0n ? -unit / 2n : unit / 2n;
    value = (value + half) / unit;
    power += extra;
  }
  while (value !== 0n && value % 10n === 0n) {
    value /= 10n;
    power += 1;
  }
  return value === 0n ? { digits: 0n, exponent: 0 } : { digits: value, exponent: power };
}

/** Exponents of a value in scientific notation. Docs: data-types-numeric, DECFLOAT. */
const EXPONENT_MAX = 16_384;
const EXPONENT_MIN = -16_383;

/**
 * Plain notation where it is short, else with an exponent. What is too small for the type is 0.
 * @throws 100039 for what is too large
 */
function print(result: Value): string {
  const { digits, exponent } = normalize(result);
  const text = (digits < 0n ? -digits : digits).toString();
  const sign = digits < 0n ? "-" : "";
  const magnitude = text.length + exponent;
  if (magnitude - 1 < EXPONENT_MIN) return "0";
  if (magnitude - 1 > EXPONENT_MAX) {
    const value = `${sign}${text.charAt(0)}e${magnitude - 1}`;
    throw snowflakeError("numericOutOfRange", { value });
  }
  if (magnitude > PRECISION || magnitude < -5) {
    if (magnitude - 1 > MAX_EXPONENT) {
      throw snowflakeError("numericOutOfRange", { value: `${sign}${text}e${exponent}` });
    }
    const fraction = text.length > 1 ? `.${text.slice(1)}` : "";
    return `${sign}${text.charAt(0)}${fraction}e${magnitude - 1}`;
  }
  if (exponent >= 0) return sign + text + "0".repeat(exponent);
  if (magnitude > 0) return `${sign}${text.slice(0, magnitude)}.${text.slice(magnitude)}`;
  return `${sign}0.${"0".repeat(-magnitude)}${text}`;
}

/** Digits further apart than this cannot influence each other's 38. */
const MAX_SHIFT = 2 * PRECISION + 2;

function aligned(a: Value, b: Value): readonly [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  if (a.exponent - exponent > MAX_SHIFT + length(b.digits)) return [a.digits, 0n, a.exponent];
  if (b.exponent - exponent > MAX_SHIFT + length(a.digits)) return [0n, b.digits, b.exponent];
  return [
    a.digits * 10n ** BigInt(a.exponent - exponent),
    b.digits * 10n ** BigInt(b.exponent - exponent),
    exponent,
  ];
}

function divide(a: Value, b: Value): Value {
  if (b.digits === 0n) throw snowflakeError("divisionByZero");
  const shift = Math.max(0, PRECISION + 2 + length(b.digits) - length(a.digits));
  const digits = (a.digits * 10n ** BigInt(shift)) / b.digits;
  return { digits, exponent: a.exponent - b.exponent - shift };
}

function compare(a: Value, b: Value): number {
  const [x, y] = [a, b].map((value) => (value.digits === 0n ? { digits: 0n, exponent: 0 } : value));
  const [left, right] = aligned(must(x), must(y));
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A text that orders as the value does: sign, magnitude, digits (complemented below zero). */
function key(value: Value): string {
  const { digits, exponent } = normalize(value);
  if (digits === 0n) return "1";
  const text = (digits < 0n ? -digits : digits).toString();
  const magnitude = String(text.length + exponent + 50_000).padStart(6, "0");
  const body = magnitude + text.padEnd(PRECISION, "0");
  if (digits > 0n) return `2${body}`;
  return `0${body.replace(/\d/g, (digit) => String(9 - Number(digit)))}`;
}

function binary(name: string, evaluate: (a: Value, b: Value) => Value): HostFunction {
  return {
    name: `_decfloat_${name}`,
    parameters: ["VARCHAR", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (a, b) => print(evaluate(read(a), read(b))),
  };
}

/** A DECFLOAT's canonical text from any number text. Throws 100038 for a text that is no number. */
export function decfloatText(text: string): string {
  const found = parseDecimalText(text);
  if (found === null) throw snowflakeError("numericNotRecognized", { value: text });
  return print({ digits: found.unscaled, exponent: -found.scale });
}

export const DECFLOAT_HOST_FUNCTIONS: readonly HostFunction[] = [
  binary("add", (a, b) => {
    const [x, y, exponent] = aligned(a, b);
    return { digits: x + y, exponent };
  }),
  binary("subtract", (a, b) => {
    const [x, y, exponent] = aligned(a, b);
    return { digits: x - y, exponent };
  }),
  binary("multiply", (a, b) => ({
    digits: a.digits * b.digits,
    exponent: a.exponent + b.exponent,
  })),
  binary("divide", divide),
  binary("modulo", (a, b) => {
    if (b.digits === 0n) throw snowflakeError("divisionByZero");
    const [x, y, exponent] = aligned(a, b);
    return { digits: y === 0n ? x : x % y, exponent };
  }),
  {
    name: "_decfloat_compare",
    parameters: ["VARCHAR", "VARCHAR"],
    returns: "BIGINT",
    evaluate: (a, b) => BigInt(compare(read(a), read(b))),
  },
  {
    name: "_decfloat_key",
    parameters: ["VARCHAR"],
    returns: "VARCHAR",
    evaluate: (a) => key(read(a)),
  },
];
