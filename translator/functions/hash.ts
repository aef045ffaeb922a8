/**
 * HASH: one 64-bit number of any values.
 * https://docs.snowflake.com/en/sql-reference/functions/hash
 */

import type { HostFunction } from "../base/host.ts";
import { decimalFromFloat, decimalToText } from "../format/decimal.ts";
import { numberType, type SnowType } from "../types/types.ts";
import { type FunctionEntry, family, type LoweredArgument, sig } from "./define.ts";

/** Decimal text without zeros behind the fraction: equal numbers of any scale are equal text. */
function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A float as the decimal of the same value, so that it hashes as the equal NUMBER does. */
function floatKey(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const { unscaled, scale } = decimalFromFloat(value);
  return trimmed(
    decimalToText(unscaled, Math.max(0, scale)) + (scale < 0 ? "0".repeat(-scale) : ""),
  );
}

const MASK = (1n << 64n) - 1n;

/** A signed 64-bit digest of texts; null is a value of its own. */
export function hashTexts(items: readonly (string | null)[]): bigint {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  const mix = (unit: number): void => {
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + (low >>> 7)), 0x85ebca6b);
    high ^= high >>> 13;
  };
  for (const item of items) {
    mix(item === null ? 0x1fff1 : 0x1fff0);
    for (let i = 0; i < (item?.length ?? 0); i++) mix(item?.charCodeAt(i) ?? 0);
  }
  let value = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) & MASK;
  value = ((value ^ (value >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  value = ((value ^ (value >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return BigInt.asIntN(64, value ^ (value >> 31n));
}

/** Host functions that HASH and HASH_AGG use. */
export const HASH_HOST_FUNCTIONS: readonly HostFunction[] = [
  {
    name: "_hash",
    parameters: [],
    variadic: "VARCHAR",
    returns: "BIGINT",
    handlesNull: true,
    evaluate: (...items) => hashTexts(items.map((item) => (item === null ? null : String(item)))),
  },
  {
    name: "_hash_number",
    parameters: ["VARCHAR"],
    returns: "VARCHAR",
    evaluate: (text) => `n${trimmed(String(text))}`,
  },
  {
    name: "_hash_float",
    parameters: ["DOUBLE"],
    returns: "VARCHAR",
    evaluate: (value) => `n${floatKey(Number(value))}`,
  },
];

function textKey(sql: string, type: SnowType): string {
  switch (type.kind) {
    case "number":
      return `_hash_number(CAST(${sql} AS VARCHAR))`;
    case "float":
      return `_hash_float(${sql})`;
    case "text":
      return `('t' || ${sql})`;
    case "binary":
      return `('x' || hex(${sql}))`;
    case "timestamp":
      if (type.flavor === "tz") return `('z' || epoch_us((${sql}).instant))`;
      return `('${type.flavor === "ltz" ? "z" : "c"}' || epoch_us(${sql}))`;
    case "variant":
    case "object":
    case "array":
    case "map":
      return `('v' || _v_sort_key(${sql}))`;
    default:
      return `('${type.kind.slice(0, 1)}' || CAST(${sql} AS VARCHAR))`;
  }
}

/** SQL (BIGINT) of the hash of values together. */
export function hashSql(values: readonly Pick<LoweredArgument, "sql" | "type">[]): string {
  return `_hash(${values.map(({ sql, type }) => textKey(sql, type)).join(", ")})`;
}

export const HASH_FUNCTIONS: readonly FunctionEntry[] = [
  family("hash")("HASH", {
    doc: "hash",
    summary:
      "A signed 64-bit hash of the values, never NULL; Snowflake's own algorithm is not public, so the numbers differ",
    signatures: [
      sig("value... any", numberType(19, 0), (call) => hashSql(call.arguments), {
        nullability: "never",
      }),
    ],
    host: HASH_HOST_FUNCTIONS,
    examples: [
      ["HASH(10) = HASH(10::NUMBER(5,3)) AND HASH(10) = HASH(10::FLOAT)", "true"],
      ["HASH(10) = HASH('10')", "false"],
      ["HASH(NULL) IS NULL", "false"],
    ],
  }),
];
