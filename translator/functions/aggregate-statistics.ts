/**
 * Statistical and approximate aggregates. The approximate ones are exact here.
 * https://docs.snowflake.com/en/sql-reference/functions-aggregation#statistics
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import { decimalToText, powerOfTen } from "../format/decimal.ts";
import { asNumber } from "../lower/numbers.ts";
import { multiplicationType } from "../types/arithmetic.ts";
import { widestInterval } from "../types/intervals.ts";
import { ARRAY, FLOAT, NUMBER_MAX_SCALE, numberType, type SnowType } from "../types/types.ts";
import { COUNT_TYPE, defineAggregate } from "./aggregate.ts";
import { AGGREGATE_HOST_FUNCTIONS, aggregate, argumentAt, key, variant } from "./aggregate-sql.ts";
import { once } from "./date-parts.ts";
import { type FunctionEntry, type LoweringCall, type Signature, sig } from "./define.ts";

const ALWAYS = { nullability: "always" } as const;
const NEVER = { nullability: "never" } as const;

/** Variances of NUMBER have the scale of a quotient of squares. */
function varianceType(type: SnowType): SnowType {
  if (type.kind !== "number") return FLOAT;
  const { scale } = multiplicationType(type, type);
  return numberType(38, Math.min(NUMBER_MAX_SCALE, Math.max(scale, Math.min(scale + 6, 12))));
}

/** Squares of numbers of so many digits can be summed up in the 38 digits of a DECIMAL, for billions of rows. */
const SMALL_DIGITS = 14;

/**
 * Exact variance of NUMBER as decimal text: from sums of squares where those fit, and of the list of values where they
 * do not.
 */
function exactVariance(call: LoweringCall, isSample: boolean): string {
  const { sql, type } = argumentAt(call, 0);
  const result = varianceType(type);
  const places = result.kind === "number" ? result.scale : 0;
  const isWide = type.kind === "number" && type.scale * 2 > NUMBER_MAX_SCALE;
  if (call.distinct || isWide) {
    const values = aggregate(call, "list", `CAST(${sql} AS VARCHAR)`);
    return `_agg_variance_list(${values}, ${isSample}, ${places})`;
  }
  const { precision, scale } = asNumber(type);
  const limit = `CAST(${decimalToText(powerOfTen(SMALL_DIGITS), scale)} AS DECIMAL(38,${scale}))`;
  const isSmall = precision <= SMALL_DIGITS ? `${sql} IS NOT NULL` : `abs(${sql}) < ${limit}`;
  const value = `CAST(${sql} AS DECIMAL(${Math.min(38 - scale, 24)},${scale}))`;
  const squares = aggregate(call, "sum", `CASE WHEN ${isSmall} THEN ${value} * ${value} END`);
  const sum = aggregate(call, "sum", `CASE WHEN ${isSmall} THEN ${sql} END`);
  const large =
    precision <= SMALL_DIGITS
      ? "NULL"
      : aggregate(
          call,
          "string_agg",
          `CASE WHEN NOT (${isSmall}) THEN CAST(${sql} AS VARCHAR) END, ' '`,
        );
  const count = aggregate(call, "count", sql);
  const sums = [squares, sum].map((part) => `CAST(${part} AS VARCHAR)`);
  return `_agg_variance(${count}, ${sums.join(", ")}, ${large}, ${isSample}, ${places})`;
}

/**
 * An aggregate of FLOATs that DuckDB refuses for NaN and infinity: with one of them among the values the result
 * is NaN, as floating point arithmetic gives.
 */
function finite(call: LoweringCall, duck: string, values: readonly string[]): string {
  const all = values.map((sql) => `isfinite(${sql})`).join(" AND ");
  const given = values.map((sql) => `CASE WHEN ${all} THEN ${sql} END`).join(", ");
  const odd = aggregate(call, "bool_or", `NOT (${all})`, { distinct: false });
  return `CASE WHEN ${odd} THEN CAST('NaN' AS DOUBLE) ELSE ${aggregate(call, duck, given)} END`;
}

function variance(name: string, isSample: boolean, aliases: readonly string[]): FunctionEntry {
  const duck = isSample ? "var_samp" : "var_pop";
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    aliases,
    summary: `Variance of a ${isSample ? "sample" : "population"}`,
    signatures: [
      sig(
        "value numeric",
        (types) => varianceType(must(types[0])),
        (call) => {
          const { sql, type } = argumentAt(call, 0);
          return type.kind === "number" ? exactVariance(call, isSample) : finite(call, duck, [sql]);
        },
        ALWAYS,
      ),
    ],
    host: AGGREGATE_HOST_FUNCTIONS,
    examples: [[`${name}(1)`, isSample ? null : "0.000000"]],
  });
}

/** Standard deviation: the root of the variance as Snowflake rounds that. */
function deviation(name: string, isSample: boolean): FunctionEntry {
  const duck = isSample ? "stddev_samp" : "stddev_pop";
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    summary: `Standard deviation of a ${isSample ? "sample" : "population"}`,
    signatures: [
      sig(
        "value numeric",
        FLOAT,
        (call) => {
          const { sql, type } = argumentAt(call, 0);
          if (type.kind !== "number") return finite(call, duck, [`CAST(${sql} AS DOUBLE)`]);
          return `sqrt(CAST(${exactVariance(call, isSample)} AS DOUBLE))`;
        },
        ALWAYS,
      ),
    ],
    host: AGGREGATE_HOST_FUNCTIONS,
    examples: isSample ? [[`${name}(1)`, null]] : [],
  });
}

/** An aggregate that DuckDB has on DOUBLE. */
function float(name: string, parameters: string, summary: string, duck = name.toLowerCase()) {
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [
      sig(
        parameters,
        FLOAT,
        (call) => {
          const values = call.arguments.map(({ sql }) => `CAST(${sql} AS DOUBLE)`);
          return finite(call, duck, values);
        },
        ALWAYS,
      ),
    ],
  });
}

const PAIR = "y float, x float";

const STATISTICS: readonly FunctionEntry[] = [
  variance("VAR_SAMP", true, ["VARIANCE", "VARIANCE_SAMP"]),
  variance("VAR_POP", false, ["VARIANCE_POP"]),
  deviation("STDDEV", true),
  deviation("STDDEV_SAMP", true),
  deviation("STDDEV_POP", false),
  float("CORR", PAIR, "Correlation of two columns"),
  float("COVAR_POP", PAIR, "Covariance of a population"),
  float("COVAR_SAMP", PAIR, "Covariance of a sample"),
  float("KURTOSIS", "value float", "Excess kurtosis of a population's sample"),
  float("SKEW", "value float", "Skewness of a sample", "skewness"),
  float("REGR_AVGX", PAIR, "Average of the independent variable"),
  float("REGR_AVGY", PAIR, "Average of the dependent variable"),
  float("REGR_INTERCEPT", PAIR, "Where the regression line meets the y axis"),
  float("REGR_R2", PAIR, "Coefficient of determination"),
  float("REGR_SLOPE", PAIR, "Slope of the regression line"),
  float("REGR_SXX", PAIR, "Sum of squares of the independent variable"),
  float("REGR_SXY", PAIR, "Sum of products of both variables"),
  float("REGR_SYY", PAIR, "Sum of squares of the dependent variable"),
  defineAggregate("REGR_COUNT", {
    doc: "regr_count",
    summary: "How many pairs have no NULL",
    signatures: [
      sig(
        PAIR,
        COUNT_TYPE,
        (call) => aggregate(call, "regr_count", call.arguments.map(({ sql }) => sql).join(", ")),
        NEVER,
      ),
    ],
    examples: [["REGR_COUNT(1, 2)", "1"]],
  }),
];

/** MEDIAN and PERCENTILE_CONT of NUMBER(p,s) have three digits more. */
function interpolatedType(type: SnowType): SnowType {
  if (type.kind === "interval") return widestInterval(type);
  if (type.kind !== "number") return FLOAT;
  const scale = Math.min(NUMBER_MAX_SCALE, type.scale + 3);
  return numberType(Math.min(38, type.precision + 3), scale);
}

function interpolated(call: LoweringCall, at: number, fraction: string): string {
  const value = argumentAt(call, at);
  const wide = call.context.cast(value, call.returns);
  return fromTop(call, wide, (each) =>
    aggregate(call, "quantile_cont", `${each}, ${fraction}`, { distinct: false }),
  );
}

/** Counted from the largest value where the order is descending: over a window DuckDB takes no order of an aggregate. */
function fromTop(call: LoweringCall, value: string, build: (value: string) => string): string {
  return call.orderBy[0]?.descending ? `(-${build(`(-${value})`)})` : build(value);
}

const SIGNED: ReadonlySet<SnowType["kind"]> = new Set(["number", "float", "interval"]);

function discrete(call: LoweringCall): string {
  const { sql, type } = argumentAt(call, 1);
  const fraction = argumentAt(call, 0).sql;
  const pick = (each: string, order = ""): string =>
    aggregate(call, "quantile_disc", `${each}, ${fraction}${order}`, { distinct: false });
  if (SIGNED.has(type.kind)) return fromTop(call, sql, pick);
  if (!call.orderBy[0]?.descending) return pick(sql);
  if (!call.isWindow) return pick(sql, ` ORDER BY ${sql} DESC`);
  const feature = "PERCENTILE_DISC of a descending order over a window";
  throw snowflakeError("unsupportedFeature", { feature });
}

/** DuckDB interpolates DECIMALs as doubles: the mean of the two middle values is exact. */
function median(call: LoweringCall): string {
  const { returns } = call;
  if (returns.kind === "float") return interpolated(call, 0, "0.5");
  const scale = returns.kind === "number" ? returns.scale : 0;
  const value = call.context.cast(argumentAt(call, 0), returns);
  const middle = (each: string): string =>
    `CAST(${aggregate(call, "quantile_disc", `${each}, 0.5`, { distinct: false })} AS DECIMAL(38,${scale}))`;
  return `((${middle(value)} - ${middle(`(-${value})`)}) * CAST(0.5 AS DECIMAL(1,1)))`;
}

/** The binder puts the expression of WITHIN GROUP behind the fraction. */
const PERCENTILE_CONT: readonly Signature[] = ["numeric", "interval"].map((pattern) =>
  sig(
    `fraction const float, value ${pattern}`,
    (types) => interpolatedType(must(types[1])),
    (call) => interpolated(call, 1, argumentAt(call, 0).sql),
    ALWAYS,
  ),
);

const PERCENTILE_DISC: Signature = sig(
  "fraction const float, value any",
  (types) => must(types[1]),
  discrete,
  ALWAYS,
);

const QUANTILES: readonly FunctionEntry[] = [
  defineAggregate("MEDIAN", {
    doc: "median",
    summary: "The middle value, between two the average",
    signatures: ["numeric", "interval"].map((pattern) =>
      sig(`value ${pattern}`, (types) => interpolatedType(must(types[0])), median, ALWAYS),
    ),
    examples: [["MEDIAN(2.5::NUMBER(10,2))", "2.50000"]],
  }),
  defineAggregate("PERCENTILE_CONT", {
    doc: "percentile_cont",
    summary: "The value at a fraction of the ordered values, interpolated",
    signatures: PERCENTILE_CONT,
    examples: [["PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY 10::NUMBER(10,2))", "10.00000"]],
  }),
  defineAggregate("PERCENTILE_DISC", {
    doc: "percentile_disc",
    summary: "The first value at or above a fraction of the ordered values",
    signatures: [PERCENTILE_DISC],
    examples: [["PERCENTILE_DISC(0.25) WITHIN GROUP (ORDER BY 10)", "10"]],
  }),
  defineAggregate("APPROX_PERCENTILE", {
    doc: "approx_percentile",
    summary: "The value at a fraction of the ordered values (exact here)",
    signatures: [
      sig(
        "value float, fraction const float",
        FLOAT,
        (call) => {
          const [value, fraction] = [argumentAt(call, 0).sql, argumentAt(call, 1).sql];
          return aggregate(call, "quantile_cont", `${value}, ${fraction}`, { distinct: false });
        },
        ALWAYS,
      ),
    ],
  }),
  defineAggregate("APPROX_TOP_K", {
    doc: "approx_top_k",
    summary: "The most frequent values with their counts (exact here)",
    signatures: [
      sig(
        "value any, size? const number, counters? const number",
        ARRAY,
        (call) => {
          const counts = aggregate(call, "histogram", variant(call), { distinct: false });
          const size = call.arguments[1];
          const limit = size === undefined ? "1" : `CAST(${size.sql} AS BIGINT)`;
          return once(
            counts,
            (m) =>
              `_agg_top(map_keys(${m}), list_transform(map_values(${m}), lambda n_: CAST(n_ AS VARCHAR)), ${limit})`,
          );
        },
        NEVER,
      ),
    ],
    host: AGGREGATE_HOST_FUNCTIONS,
    examples: [["APPROX_TOP_K('a', 2)::VARCHAR", '[["a",1]]']],
  }),
  defineAggregate("APPROX_COUNT_DISTINCT", {
    doc: "approx_count_distinct",
    aliases: ["HLL"],
    summary: "How many different values (exact here)",
    signatures: [
      sig(
        "values... any",
        COUNT_TYPE,
        (call) => {
          const keys = call.arguments.map(key);
          const all = call.arguments.map(({ sql }) => `${sql} IS NOT NULL`).join(" AND ");
          const several = `CASE WHEN ${all} THEN row(${keys.join(", ")}) END`;
          const counted = keys.length === 1 ? must(keys[0]) : several;
          return aggregate(call, "count", counted, { distinct: true });
        },
        NEVER,
      ),
    ],
    examples: [["APPROX_COUNT_DISTINCT(1)", "1"]],
  }),
];

export const STATISTICAL_FUNCTIONS: readonly FunctionEntry[] = [...STATISTICS, ...QUANTILES];
