/** What the aggregates share: DuckDB's aggregate calls as text, exact quotients, collected lists. */

import { must } from "../base/assert.ts";
import type { HostFunction } from "../base/host.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { decimalToText, powerOfTen, rescale } from "../format/decimal.ts";
import { parseDecimalText } from "../format/number-text.ts";
import { asNumber } from "../lower/numbers.ts";
import type { NumberType } from "../types/arithmetic.ts";
import { duckType } from "../types/physical.ts";
import { type SnowType, VARIANT } from "../types/types.ts";
import {
  bigint,
  boolean,
  integer,
  list,
  nullable,
  strict,
  text,
} from "../variant/host-arguments.ts";
import type { LoweredArgument, LoweringCall } from "./define.ts";
import { keySql } from "./operators.ts";

/** True when a return rule is asked for the window form of an aggregate. */
export function isWindowForm(args: readonly BoundExpression[]): boolean {
  const last = args.at(-1);
  return last?.kind === "lambda_parameter" && last.name === "OVER";
}

/** A DuckDB aggregate over the argument texts, with DISTINCT and the FILTER and OVER of the call. */
export function aggregate(
  call: LoweringCall,
  name: string,
  args: string,
  options: { readonly distinct?: boolean; readonly ordered?: boolean } = {},
): string {
  const distinct = (options.distinct ?? call.distinct) ? "DISTINCT " : "";
  const isOrdered = (options.ordered ?? false) && call.orderBy.length > 0;
  const order = isOrdered ? ` ORDER BY ${call.context.orderBy(call.orderBy)}` : "";
  return `${name}(${distinct}${args}${order})${call.over}`;
}

/** The text by which an argument's values are equal and ordered. */
export function key(argument: LoweredArgument): string {
  return keySql(argument.sql, argument.type);
}

/** The call's window with a frame from the partition's begin to the current row. */
export function runningFrame(over: string): string {
  if (!over.endsWith(")") || / (?:ROWS|RANGE|GROUPS) BETWEEN [^)]*\)$/.test(over)) return over;
  return `${over.slice(0, -1)} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
}

export function argumentAt(call: LoweringCall, at: number): LoweredArgument {
  return must(call.arguments[at]);
}

/** The argument as VARIANT. */
export function variant(call: LoweringCall, at = 0): string {
  return call.context.cast(argumentAt(call, at), VARIANT);
}

/**
 * `sum / count` cut off (not rounded) after the digits of the result: what AVG over a window gives.
 */
export function truncatedAverage(
  sum: string,
  count: string,
  input: NumberType,
  returns: SnowType,
): string {
  const result = asNumber(returns);
  const shift = result.scale - input.scale;
  const host = `CAST(_agg_average(CAST(${sum} AS VARCHAR), ${count}, ${result.scale}) AS ${duckType(result)})`;
  const room = 37 - input.scale * 2 - shift;
  if (room <= input.scale) return host;
  const unit = `CAST(${powerOfTen(input.scale)} AS DECIMAL(${input.scale + 1},0))`;
  const unscaled = input.scale === 0 ? sum : `(${sum} * ${unit})`;
  const quotient = `((CAST(${unscaled} AS HUGEINT) * ${powerOfTen(shift)}) // ${count})`;
  const scale = result.scale;
  const one = `CAST(${decimalToText(1n, scale)} AS DECIMAL(${scale + 1},${scale}))`;
  const native = `CAST(CAST(${quotient} AS DECIMAL(38,0)) * ${one} AS ${duckType(result)})`;
  return `CASE WHEN abs(${sum}) < ${powerOfTen(room - input.scale)} THEN ${native} ELSE ${host} END`;
}

/** Variance of values whose count, sum of squares and sum are known, rounded half away from zero. */
type Decimal = { readonly unscaled: bigint; readonly scale: number };

function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [rescale(a.unscaled, a.scale, scale), rescale(b.unscaled, b.scale, scale)];
  return { unscaled: x + y, scale };
}

/** From the sums of most values' squares and of themselves, and the large values one by one. */
function varianceOfSums(
  count: bigint,
  sums: readonly Decimal[],
  large: readonly Decimal[],
  [isSample, scale]: readonly [boolean, number],
): string | null {
  let [squares, sum] = [must(sums[0]), must(sums[1])];
  for (const value of large) {
    squares = plus(squares, { unscaled: value.unscaled ** 2n, scale: value.scale * 2 });
    sum = plus(sum, value);
  }
  return variance(count, squares, sum, isSample, scale);
}

function variance(
  count: bigint,
  squares: Decimal,
  sum: Decimal,
  isSample: boolean,
  scale: number,
): string | null {
  if (count === 0n || (isSample && count === 1n)) return null;
  const common = Math.max(squares.scale, sum.scale * 2);
  const first = rescale(squares.unscaled, squares.scale, common) * count;
  const second = rescale(sum.unscaled * sum.unscaled, sum.scale * 2, common);
  const divisor = count * (isSample ? count - 1n : count);
  const extra = Math.max(0, scale - common);
  const numerator = (first - second) * powerOfTen(extra);
  const at = common + extra;
  // One more step of division than digits wanted: the numerator is never negative.
  const scaled = numerator * powerOfTen(1);
  return decimalToText(rescale(scaled / divisor, at + 1, scale), scale);
}

function decimalOf(value: string): Decimal {
  return must(parseDecimalText(value), "decimal text");
}

function varianceOfList(values: readonly (string | null)[], sample: boolean, scale: number) {
  const decimals = values.filter((value) => value !== null).map(decimalOf);
  const widest = Math.max(0, ...decimals.map((value) => value.scale));
  let sum = 0n;
  let squares = 0n;
  for (const value of decimals) {
    const unscaled = rescale(value.unscaled, value.scale, widest);
    sum += unscaled;
    squares += unscaled * unscaled;
  }
  return variance(
    BigInt(decimals.length),
    { unscaled: squares, scale: widest * 2 },
    { unscaled: sum, scale: widest },
    sample,
    scale,
  );
}

type Counted = { readonly value: string; readonly count: bigint };

/** The most frequent values as `[[value, count], …]`. */
function topValues(counts: readonly Counted[], size: number): string {
  const sorted = [...counts].sort((a, b) => {
    if (a.count !== b.count) return a.count > b.count ? -1 : 1;
    return a.value < b.value ? -1 : 1;
  });
  return `[${sorted
    .slice(0, size)
    .map(({ value, count }) => `[${value},${count}]`)
    .join(",")}]`;
}

export const AGGREGATE_HOST_FUNCTIONS: readonly HostFunction[] = [
  strict("_agg_average", ["VARCHAR", "BIGINT", "BIGINT"], "VARCHAR", (sum, count, scale) => {
    const total = decimalOf(text(sum));
    const places = Math.max(integer(scale), total.scale);
    const quotient = rescale(total.unscaled, total.scale, places) / bigint(count);
    return decimalToText(quotient / powerOfTen(places - integer(scale)), integer(scale));
  }),
  nullable(
    "_agg_variance",
    ["BIGINT", "VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "BIGINT"],
    "VARCHAR",
    (count, squares, sum, large, isSample, scale) =>
      varianceOfSums(
        bigint(count),
        [squares, sum].map((value) => decimalOf(value === null ? "0" : text(value))),
        large === null ? [] : text(large).split(" ").map(decimalOf),
        [boolean(isSample), integer(scale)],
      ),
  ),
  nullable("_agg_variance_list", ["VARCHAR[]", "BOOLEAN", "BIGINT"], "VARCHAR", (l, s, scale) =>
    l === null ? null : varianceOfList(list(l), boolean(s), integer(scale)),
  ),
  nullable("_agg_top", ["VARCHAR[]", "VARCHAR[]", "BIGINT"], "VARCHAR", (values, counts, size) => {
    if (values === null || counts === null) return "[]";
    const sizes = list(counts);
    const counted = list(values).map((value, index) => ({
      value: value ?? "null",
      count: BigInt(sizes[index] ?? "0"),
    }));
    return topValues(counted, integer(size));
  }),
];
