/**
 * Aggregates that count, add, average and compare.
 * https://docs.snowflake.com/en/sql-reference/functions-aggregation
 */

import { must } from "../base/assert.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { asNumber, divideSql } from "../lower/numbers.ts";
import { averageType, sumType } from "../types/arithmetic.ts";
import { duckType } from "../types/physical.ts";
import { ARRAY, BOOLEAN, DECFLOAT, numberType, type SnowType } from "../types/types.ts";
import {
  AGGREGATE_HOST_FUNCTIONS,
  aggregate,
  argumentAt,
  isWindowForm,
  key,
  truncatedAverage,
  variant,
} from "./aggregate-sql.ts";
import {
  type Example,
  type FunctionDefinition,
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";
import { AVERAGE_INTERVAL, averageInterval, roomyInterval } from "./intervals.ts";
import { keySql } from "./operators.ts";
import { refusedTypes } from "./rules.ts";

const family_ = family("aggregate");
const ALWAYS = { nullability: "always" } as const;
const NEVER = { nullability: "never" } as const;

/** COUNT and the functions that count give NUMBER(18,0). */
export const COUNT_TYPE = numberType(18, 0);

export function defineAggregate(
  name: string,
  definition: Omit<FunctionDefinition, "kind">,
): FunctionEntry {
  return family_(name, { ...definition, kind: "aggregate" });
}

const first = (types: readonly SnowType[]): SnowType => must(types[0]);

function sumRule(types: readonly SnowType[]): SnowType {
  const type = first(types);
  return type.kind === "number" ? sumType(type) : type;
}

function averageRule(types: readonly SnowType[], args: readonly BoundExpression[]): SnowType {
  const type = first(types);
  return type.kind === "number" ? averageType(type, isWindowForm(args)) : type;
}

/** DECFLOATs have no aggregate of DuckDB's: the values are collected and added up. */
function decfloatSum(call: LoweringCall): string {
  const values = aggregate(call, "list", argumentAt(call, 0).sql);
  const count = aggregate(call, "count", argumentAt(call, 0).sql);
  const numbers = `list_prepend('0', list_filter(${values}, lambda v_: v_ IS NOT NULL))`;
  const sum = `list_reduce(${numbers}, lambda a_, b_: _decfloat_add(a_, b_))`;
  return `CASE WHEN ${count} > 0 THEN ${sum} END`;
}

/** Fewer digits than this do not add up to 39: there are not that many rows. */
const SURE_DIGITS = 26;

/** DuckDB adds up past 38 digits without a word, but not one value to another: that is an error. */
function sumSql(call: LoweringCall): string {
  const { sql, type } = argumentAt(call, 0);
  const sum = aggregate(call, "sum", sql);
  const mayOverflow = type.kind === "number" && type.precision > SURE_DIGITS;
  return mayOverflow ? `(${sum} + CAST(0 AS ${duckType(call.returns)}))` : sum;
}

const SUM: readonly Signature[] = [
  sig("value decfloat", DECFLOAT, decfloatSum, ALWAYS),
  sig("value numeric", sumRule, sumSql, ALWAYS),
  sig("value interval", roomyInterval, sumSql, ALWAYS),
];

function averageSql(call: LoweringCall): string {
  const { sql, type } = argumentAt(call, 0);
  if (type.kind !== "number") return aggregate(call, "avg", sql);
  const input = asNumber(type);
  const sum = aggregate(call, "sum", sql);
  const count = aggregate(call, "count", sql);
  if (call.isWindow) {
    return truncatedAverage(sum, `nullif(${count}, 0)`, input, call.returns);
  }
  const divisor = `CAST(nullif(${count}, 0) AS DECIMAL(18,0))`;
  return divideSql(
    { sql: sum, type: sumType(input) },
    { sql: divisor, type: COUNT_TYPE },
    call.returns,
  );
}

const AVG: readonly Signature[] = [
  sig(
    "value decfloat",
    DECFLOAT,
    (call) =>
      `_decfloat_divide(${decfloatSum(call)}, CAST(nullif(${aggregate(call, "count", argumentAt(call, 0).sql)}, 0) AS VARCHAR))`,
    ALWAYS,
  ),
  sig("value numeric", averageRule, averageSql, ALWAYS),
  sig(
    "value interval",
    AVERAGE_INTERVAL,
    (call) => averageInterval(sumSql(call), aggregate(call, "count", argumentAt(call, 0).sql)),
    ALWAYS,
  ),
];

/** What COUNT looks at: JSON null counts as NULL. */
function countedSql({ sql, type }: LoweredArgument): string {
  return type.kind === "variant" ? `nullif(${sql}, 'null')` : sql;
}

/** COUNT(*), COUNT(a), COUNT(a, b): rows in which no argument is NULL. */
function countSql(call: LoweringCall): string {
  const args = call.arguments;
  const [only] = args;
  if (only === undefined) return `count(*)${call.over}`;
  if (args.length === 1) {
    const value = countedSql(only);
    return aggregate(call, "count", call.distinct ? keySql(value, only.type) : value);
  }
  const all = args.map((argument) => `${countedSql(argument)} IS NOT NULL`).join(" AND ");
  const counted = call.distinct ? `row(${args.map(key).join(", ")})` : "1";
  return aggregate(call, "count", `CASE WHEN ${all} THEN ${counted} END`);
}

/** MIN or MAX: types that DuckDB orders otherwise go by their key. */
function extreme(name: "min" | "max") {
  return (call: LoweringCall): string => {
    const value = argumentAt(call, 0);
    const by = key(value);
    const options = { distinct: false };
    if (by === value.sql) return aggregate(call, name, value.sql, options);
    return aggregate(call, `arg_${name}`, `${value.sql}, ${by}`, options);
  };
}

function extremeEntry(name: "MIN" | "MAX", examples: readonly Example[]): FunctionEntry {
  const lower = extreme(name === "MIN" ? "min" : "max");
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    summary: name === "MIN" ? "The smallest value" : "The largest value",
    signatures: [sig("value any", (types) => ordered(name, types), lower, ALWAYS)],
    examples,
  });
}

/** MIN and MAX of periods are refused, although they have an order. Docs: data-types-period. */
function ordered(name: string, types: readonly SnowType[]): SnowType {
  const type = first(types);
  if (type.kind === "period") throw refusedTypes(name, types);
  return type;
}

function extremeBy(name: "MIN_BY" | "MAX_BY", examples: readonly Example[]): FunctionEntry {
  const arg = name === "MIN_BY" ? "arg_min" : "arg_max";
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    summary: "The value of the row in which another is smallest or largest",
    signatures: [
      sig(
        "value any, by any",
        first,
        (call) => {
          const [value, by] = [argumentAt(call, 0), argumentAt(call, 1)];
          return aggregate(call, `${arg}_null`, `${value.sql}, ${key(by)}`, { distinct: false });
        },
        ALWAYS,
      ),
      sig(
        "value any, by any, count const number",
        ARRAY,
        (call) => {
          // Equal keys are ordered by the value, so that the result does not change from run to run.
          const by = key(argumentAt(call, 1));
          const direction = name === "MIN_BY" ? "ASC" : "DESC";
          const tie =
            argumentAt(call, 0).bound.kind === "constant" ? "" : `, ${key(argumentAt(call, 0))}`;
          const order = `${by} ${direction} NULLS LAST${tie}`;
          const value = `CASE WHEN ${by} IS NOT NULL THEN ${variant(call)} END ORDER BY ${order}`;
          const values = aggregate(call, "list", value, { distinct: false });
          return `_v_array_agg_list(list_slice(${values}, 1, CAST(${argumentAt(call, 2).sql} AS BIGINT)))`;
        },
        NEVER,
      ),
    ],
    examples,
  });
}

function bits(name: string, duck: string, aliases: readonly string[]): FunctionEntry {
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    aliases,
    summary: `Bitwise ${duck.slice(4).toUpperCase()} of whole numbers`,
    signatures: [
      sig(
        "value numeric",
        numberType(38, 0),
        (call) => aggregate(call, duck, `CAST(${argumentAt(call, 0).sql} AS HUGEINT)`),
        ALWAYS,
      ),
    ],
    examples: [[`${name}(15)`, "15"]],
  });
}

function truths(
  name: string,
  summary: string,
  lower: (call: LoweringCall) => string,
): FunctionEntry {
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("value boolean", BOOLEAN, lower, ALWAYS)],
    examples: [[`${name}(TRUE)::VARCHAR`, "true"]],
  });
}

function plain(name: string): (call: LoweringCall) => string {
  return (call) => aggregate(call, name, argumentAt(call, 0).sql, { distinct: false });
}

const COUNTING: readonly FunctionEntry[] = [
  defineAggregate("COUNT", {
    doc: "count",
    summary: "How many rows, or rows without NULL in the arguments",
    signatures: [sig("values?... any", COUNT_TYPE, countSql, NEVER)],
    examples: [
      ["COUNT(*)", "1"],
      ["COUNT(NULL)", "0"],
      ["COUNT(1, NULL)", "0"],
    ],
  }),
  defineAggregate("COUNT_IF", {
    doc: "count_if",
    aliases: ["COUNTIF"],
    summary: "How many rows fulfil a condition",
    signatures: [
      sig(
        "condition boolean",
        COUNT_TYPE,
        (call) => aggregate(call, "count", `CASE WHEN ${argumentAt(call, 0).sql} THEN 1 END`),
        NEVER,
      ),
    ],
    examples: [["COUNT_IF(1 > 2)", "0"]],
  }),
  defineAggregate("SUM", {
    doc: "sum",
    summary: "The sum of the values",
    signatures: SUM,
    examples: [["SUM(1.5::NUMBER(10,5))", "1.50000"]],
  }),
  defineAggregate("AVG", {
    doc: "avg",
    summary: "The average of the values, exact for NUMBER",
    signatures: AVG,
    host: AGGREGATE_HOST_FUNCTIONS,
    examples: [["AVG(2::INT)", "2.000000"]],
  }),
];

const PICKING: readonly FunctionEntry[] = [
  extremeEntry("MIN", [["MIN('b')", "b"]]),
  extremeEntry("MAX", [["MAX(2)", "2"]]),
  extremeBy("MIN_BY", [["MIN_BY('a', 1)", "a"]]),
  extremeBy("MAX_BY", [["MAX_BY('a', 1, 3)::VARCHAR", '["a"]']]),
  defineAggregate("ANY_VALUE", {
    doc: "any_value",
    summary: "Some value of the group",
    signatures: [sig("value any", first, plain("any_value"), ALWAYS)],
    examples: [["ANY_VALUE(5)", "5"]],
  }),
  defineAggregate("MODE", {
    doc: "mode",
    summary: "The most frequent value",
    signatures: [sig("value any", first, plain("mode"), ALWAYS)],
    examples: [["MODE(3)", "3"]],
  }),
];

const LOGIC: readonly FunctionEntry[] = [
  bits("BITAND_AGG", "bit_and", ["BITANDAGG", "BIT_AND_AGG", "BIT_ANDAGG"]),
  bits("BITOR_AGG", "bit_or", ["BITORAGG", "BIT_OR_AGG", "BIT_ORAGG"]),
  bits("BITXOR_AGG", "bit_xor", ["BITXORAGG", "BIT_XOR_AGG", "BIT_XORAGG"]),
  truths("BOOLAND_AGG", "Whether all values are TRUE", plain("bool_and")),
  truths("BOOLOR_AGG", "Whether some value is TRUE", plain("bool_or")),
  truths("BOOLXOR_AGG", "Whether exactly one value is TRUE", (call) => {
    const { sql } = argumentAt(call, 0);
    const ones = aggregate(call, "count", `CASE WHEN ${sql} THEN 1 END`, { distinct: false });
    const count = aggregate(call, "count", sql, { distinct: false });
    return `CASE WHEN ${count} > 0 THEN ${ones} = 1 END`;
  }),
  ...["GROUPING", "GROUPING_ID"].map((name) =>
    defineAggregate(name, {
      doc: name.toLowerCase(),
      summary: "Bits that say which expressions a row is not grouped by",
      signatures: [
        sig(
          "values... any",
          numberType(38, 0),
          (call) => `grouping(${call.arguments.map(({ sql }) => sql).join(", ")})`,
          NEVER,
        ),
      ],
    }),
  ),
  defineAggregate("HASH_AGG", {
    doc: "hash_agg",
    summary: "A hash of the rows regardless of their order (not Snowflake's own number)",
    signatures: [
      sig(
        "values?... any",
        numberType(19, 0),
        (call) => {
          const keys = call.arguments.map((argument) => key(argument));
          const hash = keys.length === 0 ? "hash(1)" : `hash(row(${keys.join(", ")}))`;
          const sum = aggregate(call, "sum", `CAST(${hash} AS HUGEINT)`);
          return `((coalesce(${sum}, 0) % 18446744073709551616) - 9223372036854775808)`;
        },
        NEVER,
      ),
    ],
  }),
];

export const AGGREGATE_FUNCTIONS: readonly FunctionEntry[] = [...COUNTING, ...PICKING, ...LOGIC];
