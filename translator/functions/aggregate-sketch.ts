/**
 * Approximate aggregates in steps: accumulate to a state, combine states, estimate from a state.
 * https://docs.snowflake.com/en/sql-reference/functions/hll_accumulate
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import { ARRAY, BINARY, FLOAT, numberType, OBJECT, type SnowType } from "../types/types.ts";
import { defineAggregate } from "./aggregate.ts";
import { aggregate, argumentAt, key, variant } from "./aggregate-sql.ts";
import {
  type Example,
  type FunctionEntry,
  family,
  type LoweringCall,
  type Signature,
  sig,
} from "./define.ts";
import { refusedTypes } from "./rules.ts";
import { SKETCH_HOST_FUNCTIONS } from "./sketch-host.ts";

const scalar = family("aggregate");
const NEVER = { nullability: "never" } as const;
const ALWAYS = { nullability: "always" } as const;
const COUNT = numberType(38, 0);

/** The different values of the arguments as texts. */
function valuesSql(call: LoweringCall, from: number): string {
  const args = call.arguments.slice(from);
  const keys = args.map(key);
  const joined = keys.length === 1 ? must(keys[0]) : `row(${keys.join(", ")})`;
  return aggregate(call, "list", `CAST(${joined} AS VARCHAR)`, { distinct: true });
}

function statesSql(call: LoweringCall, isBinary: boolean): string {
  const { sql } = argumentAt(call, 0);
  return aggregate(call, "list", isBinary ? `hex(${sql})` : sql, { distinct: false });
}

const DEFAULT_PRECISION = 12;
/** More registers than this would tell no more values apart: they are counted by 48 bits of a hash. */
const MAX_PRECISION = 18;

/** The documented bounds of max_log_k. */
const [LEAST_LOG_K, MOST_LOG_K] = [4, 21];

/**
 * The constant second argument of DATASKETCHES_HLL: the logarithm of the number of registers.
 * @throws 001008 when it is not between 4 and 21
 */
function precisionOf(call: LoweringCall): number {
  const bound = call.arguments[1]?.bound;
  if (bound?.kind !== "constant" || bound.value === null) return DEFAULT_PRECISION;
  const given = Number(bound.value);
  if (given >= LEAST_LOG_K && given <= MOST_LOG_K) return Math.min(MAX_PRECISION, given);
  throw snowflakeError("invalidParameterValue", { value: String(given), name: "max_log_k" });
}

/** The types that Apache DataSketches can take: text, bytes, FLOAT and whole numbers. */
function sketched(name: string, returns: SnowType) {
  return (types: readonly SnowType[]): SnowType => {
    const type = must(types[0]);
    const isTaken =
      ["text", "binary", "float", "null"].includes(type.kind) ||
      (type.kind === "number" && type.scale === 0);
    if (!isTaken) throw refusedTypes(name, types);
    return returns;
  };
}

function entry(name: string, summary: string, signatures: readonly Signature[]): FunctionEntry {
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    summary,
    signatures,
    host: SKETCH_HOST_FUNCTIONS,
  });
}

function estimate(
  name: string,
  summary: string,
  signature: Signature,
  examples: readonly Example[] = [],
): FunctionEntry {
  return scalar(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [signature],
    examples,
    host: SKETCH_HOST_FUNCTIONS,
  });
}

const ACCUMULATE_HLL = "A state that counts different values";
const COMBINE = "One state of several";
const ESTIMATE_HLL = "How many different values a state has seen";

function combineBinary(parameters: string): Signature {
  return sig(parameters, BINARY, (call) => `_sk_hll_combine(${statesSql(call, true)})`, ALWAYS);
}

const SKETCH_HLL: readonly FunctionEntry[] = [
  entry("HLL_ACCUMULATE", ACCUMULATE_HLL, [
    sig(
      "values... any",
      BINARY,
      (call) => `_sk_hll(${valuesSql(call, 0)}, ${DEFAULT_PRECISION})`,
      NEVER,
    ),
  ]),
  entry("HLL_COMBINE", COMBINE, [combineBinary("state binary")]),
  estimate("HLL_ESTIMATE", ESTIMATE_HLL, sig("state binary", COUNT, "_sk_hll_estimate({state})"), [
    ["HLL_ESTIMATE(HLL_ACCUMULATE(1))", "1"],
  ]),
  estimate(
    "HLL_EXPORT",
    "A state as an OBJECT",
    sig("state binary", OBJECT, "_sk_hll_export({1})"),
  ),
  estimate(
    "HLL_IMPORT",
    "The state of an OBJECT",
    sig("state semi", BINARY, "_sk_hll_import({1})"),
  ),
  entry("DATASKETCHES_HLL_ACCUMULATE", ACCUMULATE_HLL, [
    sig(
      "value any, precision? const number",
      sketched("DATASKETCHES_HLL_ACCUMULATE", BINARY),
      (call) => {
        const value = `CAST(${key(argumentAt(call, 0))} AS VARCHAR)`;
        return `_sk_hll(${aggregate(call, "list", value, { distinct: true })}, ${precisionOf(call)})`;
      },
      NEVER,
    ),
  ]),
  entry("DATASKETCHES_HLL_COMBINE", COMBINE, [
    combineBinary("state binary, precision? const number"),
  ]),
  estimate(
    "DATASKETCHES_HLL_ESTIMATE",
    ESTIMATE_HLL,
    sig("state binary", COUNT, "_sk_hll_estimate({state})"),
  ),
  entry("DATASKETCHES_HLL", "How many different values (exact here)", [
    sig(
      "value any, precision? const number",
      sketched("DATASKETCHES_HLL", COUNT),
      (call) => {
        precisionOf(call);
        return aggregate(call, "count", key(argumentAt(call, 0)), { distinct: true });
      },
      NEVER,
    ),
  ]),
];

function similar(name: string): FunctionEntry {
  return entry(name, "How alike the sets behind MinHash states are, from 0 to 1", [
    sig("state semi", FLOAT, (call) => `_sk_similarity(${statesSql(call, false)})`, ALWAYS),
  ]);
}

const SKETCH_MINHASH: readonly FunctionEntry[] = [
  entry("MINHASH", "A MinHash state of the different values", [
    sig(
      "size const number, values... any",
      OBJECT,
      (call) => `_sk_minhash(${valuesSql(call, 1)}, CAST(${argumentAt(call, 0).sql} AS BIGINT))`,
      NEVER,
    ),
  ]),
  entry("MINHASH_COMBINE", COMBINE, [
    sig("state semi", OBJECT, (call) => `_sk_minhash_combine(${statesSql(call, false)})`, ALWAYS),
  ]),
  similar("APPROXIMATE_SIMILARITY"),
  similar("APPROXIMATE_JACCARD_INDEX"),
];

function whole(call: LoweringCall, at: number, otherwise: number): string {
  const argument = call.arguments[at];
  return argument === undefined ? String(otherwise) : `CAST(${argument.sql} AS BIGINT)`;
}

const DEFAULT_COUNTERS = 100_000;

function state(
  parameters: string,
  type: SnowType,
  lower: (call: LoweringCall) => string,
): Signature {
  return sig(parameters, type, lower, ALWAYS);
}

const SKETCH_STATES: readonly FunctionEntry[] = [
  entry("APPROX_PERCENTILE_ACCUMULATE", "A state of the values' distribution", [
    state("value float", OBJECT, (call) => {
      const values = aggregate(call, "list", `CAST(${argumentAt(call, 0).sql} AS VARCHAR)`);
      return `_sk_quantile(${values})`;
    }),
  ]),
  entry("APPROX_PERCENTILE_COMBINE", COMBINE, [
    state("state semi", OBJECT, (call) => `_sk_quantile_combine(${statesSql(call, false)})`),
  ]),
  estimate(
    "APPROX_PERCENTILE_ESTIMATE",
    "The value at a fraction of the values that a state has seen",
    state("state semi, fraction float", FLOAT, (call) => {
      return `_sk_quantile_estimate(${argumentAt(call, 0).sql}, ${argumentAt(call, 1).sql})`;
    }),
  ),
  entry("APPROX_TOP_K_ACCUMULATE", "A state of the most frequent values", [
    state("value any, counters const number", OBJECT, (call) => {
      const values = aggregate(call, "list", variant(call), { distinct: false });
      return `_sk_top(${values}, ${whole(call, 1, DEFAULT_COUNTERS)})`;
    }),
  ]),
  entry("APPROX_TOP_K_COMBINE", COMBINE, [
    state("state semi, counters? const number", OBJECT, (call) => {
      return `_sk_top_combine(${statesSql(call, false)}, ${whole(call, 1, DEFAULT_COUNTERS)})`;
    }),
  ]),
  estimate(
    "APPROX_TOP_K_ESTIMATE",
    "The most frequent values that a state has seen, with their counts",
    state("state semi, size? number", ARRAY, (call) => {
      return `_sk_top_estimate(${argumentAt(call, 0).sql}, ${whole(call, 1, 1)})`;
    }),
  ),
];

export const SKETCH_FUNCTIONS: readonly FunctionEntry[] = [
  ...SKETCH_HLL,
  ...SKETCH_MINHASH,
  ...SKETCH_STATES,
];
