/**
 * Bitwise functions on whole numbers (two's complement, 128 bits) and BINARY.
 * https://docs.snowflake.com/en/sql-reference/expressions-bitwise
 */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { INTEGER, numberType, type SnowType } from "../types/types.ts";
import { type FunctionEntry, family, type Signature, sig } from "./define.ts";
import { keepLength } from "./rules.ts";

const define = family("bitwise");

type Combine = (a: number, b: number) => number;

const COMBINE: Readonly<Record<string, Combine>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

function bytesOf(value: HostValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/**
 * Two byte strings combined. Unequal lengths need a side ("LEFT" or "RIGHT") on which the shorter one is
 * filled with zeros.
 */
export function combineBytes(
  a: Uint8Array,
  b: Uint8Array,
  side: string,
  combine: Combine,
): Uint8Array {
  if (a.length !== b.length && side !== "LEFT" && side !== "RIGHT") {
    throw snowflakeError("bitLengths", { left: a.length, right: b.length });
  }
  const length = Math.max(a.length, b.length);
  const shift = (bytes: Uint8Array): number => (side === "RIGHT" ? 0 : length - bytes.length);
  const [shiftA, shiftB] = [shift(a), shift(b)];
  return Uint8Array.from({ length }, (_, at) => combine(a[at - shiftA] ?? 0, b[at - shiftB] ?? 0));
}

/** A byte string moved by a number of bits to the left (negative: right), zeros moving in. */
export function shiftBytes(bytes: Uint8Array, bits: number): Uint8Array {
  const size = BigInt(bytes.length * 8);
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  const moved =
    bits >= 0 ? BigInt.asUintN(Number(size), value << BigInt(bits)) : value >> BigInt(-bits);
  return Uint8Array.from({ length: bytes.length }, (_, at) =>
    Number((moved >> (size - BigInt(at + 1) * 8n)) & 255n),
  );
}

function shiftNumber(
  value: HostValue | undefined,
  bits: HostValue | undefined,
  left: boolean,
): bigint {
  const count = BigInt.asUintN(7, BigInt(String(bits)));
  const whole = BigInt(String(value));
  return left ? BigInt.asIntN(128, whole << count) : whole >> count;
}

const HOST: readonly HostFunction[] = [
  ...Object.entries(COMBINE).map(
    ([name, combine]): HostFunction => ({
      name: `_bit_${name}`,
      parameters: ["BLOB", "BLOB", "VARCHAR"],
      returns: "BLOB",
      evaluate: (a, b, side) =>
        combineBytes(bytesOf(a), bytesOf(b), String(side).toUpperCase(), combine),
    }),
  ),
  {
    name: "_bit_not",
    parameters: ["BLOB"],
    returns: "BLOB",
    evaluate: (a) => bytesOf(a).map((byte) => ~byte & 255),
  },
  {
    name: "_bit_shift_binary",
    parameters: ["BLOB", "BIGINT"],
    returns: "BLOB",
    evaluate: (a, bits) => shiftBytes(bytesOf(a), Number(bits)),
  },
  {
    name: "_bit_shift_left",
    parameters: ["HUGEINT", "BIGINT"],
    returns: "HUGEINT",
    evaluate: (a, bits) => shiftNumber(a ?? 0n, bits ?? 0n, true),
  },
  {
    name: "_bit_shift_right",
    parameters: ["HUGEINT", "BIGINT"],
    returns: "HUGEINT",
    evaluate: (a, bits) => shiftNumber(a ?? 0n, bits ?? 0n, false),
  },
];

const whole = (at: number): string => `CAST({${at}} AS HUGEINT)`;

function wider(types: readonly SnowType[]): SnowType {
  const [a, b] = types;
  if (a?.kind !== "binary" || b?.kind !== "binary") return keepLength(types);
  return a.length >= b.length ? a : b;
}

function binaryOperator(name: string, sql: string): readonly Signature[] {
  return [
    sig("left integer, right integer", INTEGER, sql),
    sig("left binary, right binary", wider, `_bit_${name}({1}, {2}, '')`),
    sig("left binary, right binary, padding text", wider, `_bit_${name}({1}, {2}, {3})`),
  ];
}

function shift(direction: "left" | "right"): readonly Signature[] {
  const sign = direction === "left" ? "" : "-";
  return [
    sig(
      "value integer, bits integer",
      INTEGER,
      `_bit_shift_${direction}(${whole(1)}, CAST({2} AS BIGINT))`,
    ),
    sig(
      "value binary, bits integer",
      keepLength,
      `_bit_shift_binary({1}, ${sign}CAST({2} AS BIGINT))`,
    ),
  ];
}

export const BITWISE_FUNCTIONS: readonly FunctionEntry[] = [
  define("BITAND", {
    doc: "bitand",
    aliases: ["BIT_AND"],
    summary: "Bitwise AND",
    signatures: binaryOperator("and", `(${whole(1)} & ${whole(2)})`),
    host: HOST,
    examples: [
      ["BITAND(1, 3)", "1"],
      ["BITAND(16, 24)", "16"],
    ],
  }),
  define("BITOR", {
    doc: "bitor",
    aliases: ["BIT_OR"],
    summary: "Bitwise OR",
    signatures: binaryOperator("or", `(${whole(1)} | ${whole(2)})`),
    examples: [
      ["BITOR(1, 2)", "3"],
      ["BITOR(16, 24)", "24"],
    ],
  }),
  define("BITXOR", {
    doc: "bitxor",
    aliases: ["BIT_XOR"],
    summary: "Bitwise exclusive OR",
    signatures: binaryOperator("xor", `xor(${whole(1)}, ${whole(2)})`),
    examples: [
      ["BITXOR(1, 1)", "0"],
      ["BITXOR(16, 24)", "8"],
    ],
  }),
  define("BITNOT", {
    doc: "bitnot",
    aliases: ["BIT_NOT"],
    summary: "Bitwise complement",
    signatures: [
      sig("value integer", INTEGER, `(~${whole(1)})`),
      sig("value binary", keepLength, "_bit_not({1})"),
    ],
    examples: [["BITNOT(1)", "-2"]],
  }),
  define("BITSHIFTLEFT", {
    doc: "bitshiftleft",
    aliases: ["BIT_SHIFTLEFT"],
    summary: "Bits moved to the left",
    signatures: shift("left"),
    examples: [["BITSHIFTLEFT(2, 1)", "4"]],
  }),
  define("BITSHIFTRIGHT", {
    doc: "bitshiftright",
    aliases: ["BIT_SHIFTRIGHT"],
    summary: "Bits moved to the right, the sign kept",
    signatures: shift("right"),
    examples: [["BITSHIFTRIGHT(16, 3)", "2"]],
  }),
  define("GETBIT", {
    doc: "getbit",
    summary: "One bit of a whole number; position 0 is the least significant",
    signatures: [
      sig(
        "value integer, position integer",
        numberType(1, 0),
        `(_bit_shift_right(${whole(1)}, CAST({2} AS BIGINT)) & 1)`,
      ),
    ],
    examples: [
      ["GETBIT(11, 100)", "0"],
      ["GETBIT(11, 3)", "1"],
      ["GETBIT(11, 2)", "0"],
      ["GETBIT(11, 0)", "1"],
    ],
  }),
];
