/** Return types and small SQL pieces that the function families share. */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { isNullConstant } from "../bind/fold.ts";
import { contains } from "../bind/query-walk.ts";
import { typeText } from "../types/names.ts";
import { duckType } from "../types/physical.ts";
import {
  BINARY_MAX_LENGTH,
  binaryType,
  numberType,
  type SnowType,
  textType,
  VARCHAR_MAX_LENGTH,
} from "../types/types.ts";
import type { LoweredArgument, LoweringCall } from "./define.ts";

/** Counts and positions. */
export const COUNT_TYPE: SnowType = numberType(18, 0);
/** Text whose length the arguments do not bound. */
export const MAX_TEXT: SnowType = textType(VARCHAR_MAX_LENGTH);
export const MAX_BINARY: SnowType = binaryType(BINARY_MAX_LENGTH);

export function firstType(types: readonly SnowType[]): SnowType {
  return must(types[0], "an argument");
}

/** The first argument's length: for functions that only shorten. */
export function keepLength(types: readonly SnowType[]): SnowType {
  const type = firstType(types);
  if (type.kind === "text") return textType(type.length);
  return type.kind === "binary" ? binaryType(type.length) : MAX_TEXT;
}

/** The longest type of the first argument's kind. */
export function longest(types: readonly SnowType[]): SnowType {
  return types[0]?.kind === "binary" ? MAX_BINARY : MAX_TEXT;
}

/** Sum of the text or binary lengths. */
export function sumLength(types: readonly SnowType[]): SnowType {
  let length = 0;
  for (const type of types) length += "length" in type ? type.length : 0;
  if (types[0]?.kind === "binary") return binaryType(Math.min(BINARY_MAX_LENGTH, length));
  return textType(Math.min(VARCHAR_MAX_LENGTH, length));
}

/** Texts or binaries joined by ||; over a NULL that DuckDB sees when it binds, its result has no type of its own. */
export function joinedSql(
  call: LoweringCall,
  items: readonly LoweredArgument[],
  between: string,
): string {
  const sql = items.map((item) => item.sql).join(between);
  const hasNull = call.arguments.some(({ bound }) => contains(bound, isNullConstant));
  return hasNull ? `CAST(${sql} AS ${duckType(call.returns)})` : `(${sql})`;
}

/** What Number() reads as Snowflake does: it takes "" and "0x1" for numbers as well. */
const DECIMAL_TEXT = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/** The number that a constant argument holds; null for NULL, undefined when it is no constant number. */
export function constantNumber(bound: BoundExpression | undefined): number | null | undefined {
  if (bound === undefined) return undefined;
  if (bound.kind === "cast" && bound.type.kind === "number" && bound.type.scale === 0) {
    const value = constantNumber(bound.operand);
    return typeof value === "number" ? Math.round(value) : value;
  }
  if (bound.kind === "call" && bound.entry.name === "NEGATE") {
    const value = constantNumber(bound.arguments[0]);
    return typeof value === "number" ? -value : value;
  }
  if (bound.kind !== "constant") return undefined;
  if (bound.value === null) return null;
  if (typeof bound.value === "string" && !DECIMAL_TEXT.test(bound.value)) return undefined;
  const value = Number(bound.value);
  return Number.isNaN(value) ? undefined : value;
}

/**
 * The value of an argument that, when it is constant, must be a number of a range; NULL and what is not constant pass.
 * @throws 001008 otherwise
 */
export function constantBetween(
  bound: BoundExpression,
  [low, high]: readonly [number, number],
  name: string,
): number | null | undefined {
  const value = constantNumber(bound);
  if (value === null) return value;
  const written = bound.kind === "cast" ? bound.operand : bound;
  const isText = written.kind === "constant" && typeof value !== "number";
  if (!isText && (value === undefined || (value >= low && value <= high))) return value;
  const shown = written.kind === "constant" ? String(written.value) : String(value);
  throw snowflakeError("invalidParameterValue", { value: shown, name });
}

/** The whole number that a constant argument holds; undefined when it is none or beyond what a BIGINT surely holds. */
export function constantWhole(bound: BoundExpression | undefined): number | undefined {
  const value = constantNumber(bound);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/**
 * The refusal of argument types that only the types together show.
 * @returns 001044
 */
export function refusedTypes(name: string, types: readonly SnowType[]): Error {
  return snowflakeError("invalidArgumentTypes", { name, types: types.map(typeText).join(", ") });
}

/** The text that a constant argument holds. */
export function constantText(bound: BoundExpression | undefined): string | undefined {
  return bound?.kind === "constant" && typeof bound.value === "string" ? bound.value : undefined;
}

export function argument(call: LoweringCall, index: number): LoweredArgument {
  return must(call.arguments[index], `argument ${index + 1}`);
}

/** SQL of a whole number argument as BIGINT. */
export function bigint(sql: string): string {
  return `CAST(${sql} AS BIGINT)`;
}

/** SQL of a named argument as BIGINT, or a default. */
export function wholeOr(call: LoweringCall, name: string, otherwise: number): string {
  const given = call.named(name);
  return given === undefined ? String(otherwise) : bigint(given.sql);
}

/** SQL of a named argument, or a default. */
export function sqlOr(call: LoweringCall, name: string, otherwise: string): string {
  return call.named(name)?.sql ?? otherwise;
}
