/**
 * Exact arithmetic on NUMBER. DuckDB's own `/` on DECIMAL is a double, and its `*` fails where the exact product has more
 * than 38 digits before rounding; both have an exact path in HUGEINT where the digits fit, and one in
 * JavaScript's bigint where they may not.
 * https://docs.snowflake.com/en/sql-reference/operators-arithmetic
 */

import { assert, must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { decimalToText, fitsPrecision, powerOfTen, rescale } from "../format/decimal.ts";
import { parseDecimalText } from "../format/number-text.ts";
import type { LoweredArgument } from "../functions/define.ts";
import type { NumberType } from "../types/arithmetic.ts";
import { duckType } from "../types/physical.ts";
import { NUMBER_MAX_PRECISION, numberType, type SnowType } from "../types/types.ts";
import { raiseSql } from "./sql.ts";

/** Operands longer than this are not repeated in the SQL text: nesting would grow it exponentially. */
const MAX_REPEATED_LENGTH = 200;

export function asNumber(type: SnowType): NumberType {
  assert(type.kind === "number", "NUMBER expected");
  return type;
}

type Operand = Pick<LoweredArgument, "sql" | "type"> & {
  readonly bound?: LoweredArgument["bound"] | undefined;
};

/** True when the operand is short enough to stand several times in the SQL. */
function isRepeatable({ sql }: Operand): boolean {
  return sql.length <= MAX_REPEATED_LENGTH;
}

/** True when the operand is a constant that is not zero: no check is needed. */
function isNonZero(operand: Operand): boolean {
  const bound = operand.bound;
  return bound?.kind === "constant" && bound.value !== null && Number(bound.value) !== 0;
}

/** The SQL, guarded by Snowflake's division by zero error. */
export function guardZero(divisor: Operand, sql: string): string {
  if (isNonZero(divisor)) return sql;
  return `CASE WHEN ${divisor.sql} = 0 THEN ${raiseSql(snowflakeError("divisionByZero"))} ELSE ${sql} END`;
}

/** DuckDB has DECIMALs of up to so many digits in 64 bits. */
const NARROW_DIGITS = 18;

/**
 * True where DuckDB would compute in 64 bits what may need more: it widens the result of two narrow operands no further, and
 * fails for values that do not fit.
 */
function isTight(a: NumberType, b: NumberType, digits: number): boolean {
  return a.precision <= NARROW_DIGITS && b.precision <= NARROW_DIGITS && digits > NARROW_DIGITS;
}

/** A narrow operand as DuckDB computes with in 128 bits. */
function widened({ sql, type }: Operand): string {
  return `CAST(${sql} AS DECIMAL(${NARROW_DIGITS + 1},${asNumber(type).scale}))`;
}

/** `a + b` or `a - b` of two NUMBERs. */
export function addSql(symbol: "+" | "-", a: Operand, b: Operand): string {
  const [x, y] = [asNumber(a.type), asNumber(b.type)];
  const whole = Math.max(x.precision - x.scale, y.precision - y.scale);
  const isWide = isTight(x, y, whole + Math.max(x.scale, y.scale) + 1);
  return `(${isWide ? widened(a) : a.sql} ${symbol} ${b.sql})`;
}

/** Columns, constants and casts: DuckDB takes no aggregates, queries and volatile functions inside TRY. */
function isPlain({ sql }: Operand): boolean {
  const calls = [...sql.matchAll(/(\w+)\(/g)].map(([, name]) => name);
  return (
    /^[\w."\s()+*,-]*$/.test(sql) &&
    !/\bSELECT\b/i.test(sql) &&
    calls.every((name) => name === "CAST" || name === "DECIMAL")
  );
}

function productSql(a: Operand, b: Operand): string {
  const [x, y] = [asNumber(a.type), asNumber(b.type)];
  const scale = x.scale + y.scale;
  const digits = x.precision + y.precision;
  if (scale >= NARROW_DIGITS || !isTight(x, y, digits)) return `(${a.sql} * ${b.sql})`;
  const wide = `(${widened(a)} * ${b.sql})`;
  const isTried = [a, b].every((it) => isRepeatable(it) && isPlain(it));
  // 64 bits are several times as fast and nearly always enough.
  return isTried
    ? `COALESCE(CAST(TRY(${a.sql} * ${b.sql}) AS DECIMAL(${digits},${scale})), ${wide})`
    : wide;
}

export function multiplySql(a: Operand, b: Operand, returns: SnowType): string {
  const [x, y, result] = [asNumber(a.type), asNumber(b.type), asNumber(returns)];
  const scale = x.scale + y.scale;
  const fits = x.precision + y.precision <= NUMBER_MAX_PRECISION;
  if (scale <= NUMBER_MAX_PRECISION && (fits || scale === result.scale)) return productSql(a, b);
  return decimalFromText(
    `_number_multiply(CAST(${a.sql} AS VARCHAR), CAST(${b.sql} AS VARCHAR), ${result.scale})`,
    result,
  );
}

/** The unscaled integer of a DECIMAL as HUGEINT. */
function unscaled(operand: Operand): string {
  const { precision, scale } = asNumber(operand.type);
  if (scale === 0) return `CAST(${operand.sql} AS HUGEINT)`;
  if (precision + scale < NUMBER_MAX_PRECISION) {
    const factor = numberType(scale + 1, 0) as NumberType;
    const isWide = isTight(asNumber(operand.type), factor, precision + scale + 1);
    const value = isWide ? widened(operand) : operand.sql;
    return `CAST(${value} * CAST(${powerOfTen(scale)} AS ${duckType(factor)}) AS HUGEINT)`;
  }
  return `CAST(replace(CAST(${operand.sql} AS VARCHAR), '.', '') AS HUGEINT)`;
}

/** A HUGEINT taken as the unscaled integer of a DECIMAL of that scale. */
function scaled(sql: string, scale: number): string {
  if (scale === 0) return `CAST(${sql} AS DECIMAL(38,0))`;
  const unit = decimalToText(1n, scale);
  return `(CAST(${sql} AS DECIMAL(38,0)) * CAST(${unit} AS DECIMAL(${scale},${scale})))`;
}

/** Up to here DuckDB reads DECIMAL from text fast; beyond, a hundred times slower than HUGEINT. */
const FAST_PARSE_PRECISION = 18;

/** A NUMBER from decimal text that has exactly the type's fraction digits. */
export function decimalFromText(sql: string, type: NumberType): string {
  if (type.precision <= FAST_PARSE_PRECISION) return `CAST(${sql} AS ${duckType(type)})`;
  const digits = type.scale === 0 ? sql : `replace(${sql}, '.', '')`;
  return `CAST(${scaled(`CAST(${digits} AS HUGEINT)`, type.scale)} AS ${duckType(type)})`;
}

/**
 * `a / b` of two NUMBERs, rounded half away from zero to the result's scale.
 * The caller casts to the exact DECIMAL. Division by zero is error 100051.
 */
export function divideSql(a: Operand, b: Operand, returns: SnowType): string {
  const result = asNumber(returns);
  const exact = decimalFromText(
    `_number_divide(CAST(${a.sql} AS VARCHAR), CAST(${b.sql} AS VARCHAR), ${result.scale})`,
    result,
  );
  const [x, y] = [asNumber(a.type), asNumber(b.type)];
  const shift = result.scale - x.scale + y.scale;
  // Twice the numerator plus the divisor must stay below 1.7e38.
  const room = NUMBER_MAX_PRECISION - 1 - shift;
  if (room <= x.scale || !isRepeatable(a) || !isRepeatable(b) || x.scale > room) return exact;
  const native = guardZero(b, nativeDivision(a, b, shift, result.scale));
  if (x.precision <= room && y.precision < NUMBER_MAX_PRECISION) return native;
  const fits = [`abs(${a.sql}) < ${powerOfTen(room - x.scale)}`];
  if (y.precision >= NUMBER_MAX_PRECISION) {
    fits.push(`abs(${b.sql}) < ${powerOfTen(NUMBER_MAX_PRECISION - 1 - y.scale)}`);
  }
  return `CASE WHEN ${fits.join(" AND ")} THEN ${native} ELSE ${exact} END`;
}

function nativeDivision(a: Operand, b: Operand, shift: number, scale: number): string {
  const numerator = shift === 0 ? unscaled(a) : `(${unscaled(a)} * ${powerOfTen(shift)}::HUGEINT)`;
  const divisor = unscaled(b);
  const bound = b.bound;
  const isPositive = bound?.kind === "constant" && Number(bound.value) > 0;
  const size = isPositive ? divisor : `abs(${divisor})`;
  const sum = `(2 * ${numerator} + sign(${a.sql}) * ${size})`;
  return scaled(`(${sum} // (2 * ${divisor}))`, scale);
}

function decimalOf(value: HostValue | undefined): { unscaled: bigint; scale: number } {
  return must(parseDecimalText(String(value)), "decimal text");
}

function roundedDivision(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  const rest = numerator % divisor;
  const twice = rest < 0n ? -rest * 2n : rest * 2n;
  const size = divisor < 0n ? -divisor : divisor;
  if (twice < size) return quotient;
  return numerator < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** @throws 100046 for a value of more digits than a NUMBER has */
function numberText(unscaled: bigint, scale: number): string {
  const value = decimalToText(unscaled, scale);
  if (fitsPrecision(unscaled, NUMBER_MAX_PRECISION)) return value;
  throw snowflakeError("numberRange", {
    type: `FIXED[SB16](${NUMBER_MAX_PRECISION},${scale}){not null}`,
    value,
  });
}

export const NUMBER_HOST_FUNCTIONS: readonly HostFunction[] = [
  {
    name: "_number_multiply",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT"],
    returns: "VARCHAR",
    evaluate: (a, b, scale) => {
      const [x, y] = [decimalOf(a), decimalOf(b)];
      const product = rescale(x.unscaled * y.unscaled, x.scale + y.scale, Number(scale));
      return numberText(product, Number(scale));
    },
  },
  {
    name: "_number_divide",
    parameters: ["VARCHAR", "VARCHAR", "BIGINT"],
    returns: "VARCHAR",
    evaluate: (a, b, scale) => {
      const [x, y] = [decimalOf(a), decimalOf(b)];
      if (y.unscaled === 0n) throw snowflakeError("divisionByZero");
      const shift = Number(scale) - x.scale + y.scale;
      const numerator = shift >= 0 ? x.unscaled * powerOfTen(shift) : x.unscaled;
      const divisor = shift >= 0 ? y.unscaled : y.unscaled * powerOfTen(-shift);
      return numberText(roundedDivision(numerator, divisor), Number(scale));
    },
  },
];
