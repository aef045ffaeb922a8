/**
 * Functions that only exist over a window.
 * https://docs.snowflake.com/en/sql-reference/functions-window
 */

import { must } from "../base/assert.ts";
import type { HostFunction } from "../base/host.ts";
import { asNumber, divideSql } from "../lower/numbers.ts";
import { divisionType, sumType } from "../types/arithmetic.ts";
import { FLOAT, numberType, type SnowType } from "../types/types.ts";
import { list, strict } from "../variant/host-arguments.ts";
import { argumentAt, key, runningFrame } from "./aggregate-sql.ts";
import {
  type Example,
  type FunctionEntry,
  family,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";
import { refusedTypes } from "./rules.ts";

const family_ = family("window");
const ALWAYS = { nullability: "always" } as const;
const NEVER = { nullability: "never" } as const;
const POSITION = numberType(18, 0);

function define(
  name: string,
  summary: string,
  signatures: readonly Signature[],
  examples: readonly Example[] = [],
  host: readonly HostFunction[] = [],
): FunctionEntry {
  return family_(name, {
    kind: "window",
    doc: name.toLowerCase(),
    summary,
    signatures,
    examples,
    host,
  });
}

const first = (types: readonly SnowType[]): SnowType => must(types[0]);

function nulls(call: LoweringCall): string {
  return call.nulls === "ignore" ? " IGNORE NULLS" : "";
}

/** LAG and LEAD; a negative constant offset looks the other way, as in Snowflake. */
function neighbour(name: "lag" | "lead"): Signature {
  return sig(
    "value same, offset? const number, otherwise? same",
    first,
    (call) => {
      const [value, offset, otherwise] = call.arguments;
      const count = offset === undefined ? "1" : `CAST(${offset.sql} AS BIGINT)`;
      const rest = otherwise === undefined ? "" : `, ${otherwise.sql}`;
      return `${name}(${must(value).sql}, ${count}${rest}${nulls(call)})${call.over}`;
    },
    ALWAYS,
  );
}

function edge(name: string): Signature {
  return sig(
    "value any",
    first,
    (call) => `${name}(${argumentAt(call, 0).sql}${nulls(call)})${call.over}`,
    ALWAYS,
  );
}

/** NTH_VALUE … FROM LAST has no counterpart: the frame's values are collected and counted from the end. */
function nthValue(call: LoweringCall): string {
  const value = argumentAt(call, 0).sql;
  const position = `CAST(${argumentAt(call, 1).sql} AS BIGINT)`;
  if (!call.fromLast) return `nth_value(${value}, ${position}${nulls(call)})${call.over}`;
  const values = `list(${value})${call.over}`;
  const kept =
    call.nulls === "ignore" ? `list_filter(${values}, lambda v_: v_ IS NOT NULL)` : values;
  return `list_extract(${kept}, -${position})`;
}

function ratioRule(types: readonly SnowType[]): SnowType {
  const type = first(types);
  return type.kind === "number" ? divisionType(type, sumType(type)) : FLOAT;
}

function ratioSql(call: LoweringCall): string {
  const { sql, type } = argumentAt(call, 0);
  const sum = `nullif(sum(${sql})${call.over}, 0)`;
  if (type.kind !== "number") return `(${sql} / ${sum})`;
  return divideSql({ sql, type }, { sql: sum, type: sumType(asNumber(type)) }, call.returns);
}

/** How often neighbours in a list differ; NULL differs from nothing. */
function changes(values: readonly (string | null)[]): bigint {
  let count = 0n;
  for (let i = 1; i < values.length; i++) {
    const [before, now] = [values[i - 1] ?? null, values[i] ?? null];
    if (before !== null && now !== null && before !== now) count++;
  }
  return count;
}

const WINDOW_HOST_FUNCTIONS: readonly HostFunction[] = [
  strict("_win_changes", ["VARCHAR[]"], "BIGINT", (values) => changes(list(values))),
];

/**
 * Where bind/change-events.ts could not make it a count over LAG (a SELECT with grouping or subqueries): the values so far are
 * collected and compared in one call.
 */
function changeSql(call: LoweringCall): string {
  const text = `CAST(${key(argumentAt(call, 0))} AS VARCHAR)`;
  return `_win_changes(list(${text})${runningFrame(call.over)})`;
}

const RANKING: readonly FunctionEntry[] = [
  define(
    "ROW_NUMBER",
    "The number of the row in its partition",
    [sig("", POSITION, "row_number(){over}", NEVER)],
    [["ROW_NUMBER() OVER (ORDER BY 1)", "1"]],
  ),
  define(
    "RANK",
    "The rank, with gaps after equals",
    [sig("", POSITION, "rank(){over}", NEVER)],
    [["RANK() OVER (ORDER BY 1)", "1"]],
  ),
  define(
    "DENSE_RANK",
    "The rank without gaps",
    [sig("", POSITION, "dense_rank(){over}", NEVER)],
    [["DENSE_RANK() OVER (ORDER BY 1)", "1"]],
  ),
  define(
    "NTILE",
    "The number of the bucket among equally large ones",
    [sig("count number", POSITION, "ntile(CAST({1} AS BIGINT)){over}", NEVER)],
    [["NTILE(4) OVER (ORDER BY 1)", "1"]],
  ),
  define(
    "PERCENT_RANK",
    "The rank between 0 and 1",
    [sig("", FLOAT, "percent_rank(){over}", NEVER)],
    [["PERCENT_RANK() OVER (ORDER BY 1)", "0"]],
  ),
  define(
    "CUME_DIST",
    "The share of rows up to this one and its equals",
    [sig("", FLOAT, "cume_dist(){over}", NEVER)],
    [["CUME_DIST() OVER (ORDER BY 1)", "1"]],
  ),
];

const VALUES: readonly FunctionEntry[] = [
  define(
    "LAG",
    "A value of an earlier row",
    [neighbour("lag")],
    [["LAG('x', 1, 'none') OVER (ORDER BY 1)", "none"]],
  ),
  define(
    "LEAD",
    "A value of a later row",
    [neighbour("lead")],
    [["LEAD(5) OVER (ORDER BY 1)", null]],
  ),
  define(
    "FIRST_VALUE",
    "The first value of the frame",
    [edge("first_value")],
    [["FIRST_VALUE(5) OVER (ORDER BY 1)", "5"]],
  ),
  define(
    "LAST_VALUE",
    "The last value of the frame",
    [edge("last_value")],
    [["LAST_VALUE(5) OVER (ORDER BY 1)", "5"]],
  ),
  define(
    "NTH_VALUE",
    "The value at a position of the frame",
    [sig("value any, position number", first, nthValue, ALWAYS)],
    [["NTH_VALUE(5, 1) OVER (ORDER BY 1)", "5"]],
  ),
  define(
    "RATIO_TO_REPORT",
    "The share of a value in the sum of its partition",
    [sig("value numeric", ratioRule, ratioSql, ALWAYS)],
    [["RATIO_TO_REPORT(5::NUMBER(9,2)) OVER ()", "1.00000000"]],
  ),
];

function filled(name: string, summary: string, lower: (call: LoweringCall) => string) {
  const returns = (types: readonly SnowType[]): SnowType => {
    const type = first(types);
    if (type.kind === "geography" || type.kind === "geometry") throw refusedTypes(name, types);
    return type;
  };
  return define(name, summary, [sig("value any", returns, lower, ALWAYS)]);
}

/** The call's window with a frame from the current row to the partition's end. */
function followingFrame(over: string): string {
  return `${over.slice(0, -1)} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)`;
}

/** Only between two values: DuckDB's fill goes on beyond the first and the last. */
function linearSql(call: LoweringCall): string {
  const value = argumentAt(call, 0).sql;
  const before = `last_value(${value} IGNORE NULLS)${runningFrame(call.over)}`;
  const after = `first_value(${value} IGNORE NULLS)${followingFrame(call.over)}`;
  const isBetween = `${value} IS NULL AND ${before} IS NOT NULL AND ${after} IS NOT NULL`;
  const filled = `fill(CAST(${value} AS DOUBLE))${call.over}`;
  const { returns } = call;
  // The result has the value's own type: a NUMBER is rounded to its scale.
  const rounded = returns.kind === "number" ? `round(${filled}, ${returns.scale})` : filled;
  const typed = call.context.cast({ sql: rounded, type: FLOAT }, returns);
  return `CASE WHEN ${isBetween} THEN ${typed} ELSE ${value} END`;
}

const EVENTS: readonly FunctionEntry[] = [
  define(
    "CONDITIONAL_TRUE_EVENT",
    "How often a condition was true up to the row",
    [
      sig(
        "condition boolean",
        POSITION,
        (call) =>
          `count(CASE WHEN ${argumentAt(call, 0).sql} THEN 1 END)${runningFrame(call.over)}`,
        NEVER,
      ),
    ],
    [["CONDITIONAL_TRUE_EVENT(TRUE) OVER (ORDER BY 1)", "1"]],
  ),
  define(
    "CONDITIONAL_CHANGE_EVENT",
    "How often a value changed up to the row",
    [sig("value any", POSITION, changeSql, NEVER)],
    [["CONDITIONAL_CHANGE_EVENT(7) OVER (ORDER BY 1)", "0"]],
    WINDOW_HOST_FUNCTIONS,
  ),
  filled(
    "INTERPOLATE_FFILL",
    "The value, or the last one before that is not NULL",
    (call) => `last_value(${argumentAt(call, 0).sql} IGNORE NULLS)${runningFrame(call.over)}`,
  ),
  define(
    "INTERPOLATE_LINEAR",
    "The value, or the point between its neighbours at the row's order",
    [sig("value numeric", first, linearSql, ALWAYS)],
  ),
  filled(
    "INTERPOLATE_BFILL",
    "The value, or the next one that is not NULL",
    (call) => `first_value(${argumentAt(call, 0).sql} IGNORE NULLS)${followingFrame(call.over)}`,
  ),
];

export const WINDOW_FUNCTIONS: readonly FunctionEntry[] = [...RANKING, ...VALUES, ...EVENTS];
