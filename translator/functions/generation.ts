/**
 * Data generation: random numbers and texts, row numbers, UUIDs. Snowflake's generators are not public; the values
 * of seeded calls are repeatable, but others than there.
 * https://docs.snowflake.com/en/sql-reference/functions-data-generation
 */

import { must } from "../base/assert.ts";
import { powerOfTen } from "../format/decimal.ts";
import { asNumber } from "../lower/numbers.ts";
import { widerNumber } from "../types/arithmetic.ts";
import { duckType } from "../types/physical.ts";
import { FLOAT, INTEGER, numberType, type SnowType, textType } from "../types/types.ts";
import {
  type FunctionEntry,
  family,
  type LoweredArgument,
  type LoweringCall,
  sig,
} from "./define.ts";
import { GENERATION_HOST_FUNCTIONS } from "./generation-host.ts";
import { argument, bigint, constantBetween, MAX_TEXT } from "./rules.ts";

const define = family("data generation");
const NEVER_NULL = { nullability: "never" } as const;

let lastPlace = 0;

/**
 * SQL arguments that name a place in a running statement: its id, and a number of its own for every call that
 * was lowered, since two SEQ4() of one row count alike but apart.
 */
function place(call: LoweringCall): string {
  lastPlace = (lastPlace + 1) % 1_000_000_000;
  return `${call.context.queryId()}, ${lastPlace}`;
}

function sequence(bytes: 1 | 2 | 4 | 8, precision: number): FunctionEntry {
  const name = `SEQ${bytes}`;
  const size = 2n ** BigInt(bytes * 8);
  const lower = (call: LoweringCall): string => {
    const row = `_gen_sequence(${place(call)})`;
    const sign = call.named("sign");
    const signed = sign === undefined ? 0 : constantBetween(sign.bound, [0, 1], name);
    if (bytes === 8) return row;
    if (signed === 0) return `(${row} % ${size})`;
    return `((${row} + ${size / 2n}) % ${size} - ${size / 2n})`;
  };
  return define(name, {
    doc: "seq1",
    summary: `Row numbers from 0 of ${bytes} byte${bytes === 1 ? "" : "s"}, starting over at 0 or at the smallest number`,
    signatures: [sig("sign? const integer", numberType(precision, 0), lower, NEVER_NULL)],
    volatile: true,
    host: GENERATION_HOST_FUNCTIONS,
    examples: [[`${name}()`, "0"]],
  });
}

/** A number from 0 up to 2^64 that is fixed by the generator's value. */
function spread({ sql, nullable }: LoweredArgument): string {
  const hash = `hash(${bigint(sql)})`;
  return nullable ? `CASE WHEN ${sql} IS NOT NULL THEN ${hash} END` : hash;
}

/** A fraction from 0 (inclusive) to 1. */
function fraction(generator: LoweredArgument): string {
  return `(CAST(${spread(generator)} AS DOUBLE) / 18446744073709551616.0)`;
}

function uniformType(types: readonly SnowType[]): SnowType {
  return widerNumber(asNumber(must(types[0])), asNumber(must(types[1])));
}

function uniformNumber(call: LoweringCall): string {
  const { scale } = asNumber(call.returns);
  const type = duckType(call.returns);
  const unit = powerOfTen(scale);
  const steps = (sql: string): string =>
    scale === 0
      ? `CAST(${sql} AS HUGEINT)`
      : `CAST(CAST(${sql} AS DECIMAL(38,${scale})) * ${unit} AS HUGEINT)`;
  const [low, high] = [steps(argument(call, 0).sql), steps(argument(call, 1).sql)];
  const step = `(${low} + CAST(${spread(argument(call, 2))} AS HUGEINT) % (${high} - ${low} + 1))`;
  if (scale === 0) return step;
  return `CAST(CAST(${step} AS DECIMAL(38,0)) / ${unit} AS ${type})`;
}

function uniformFloat(call: LoweringCall): string {
  const [low, high] = [argument(call, 0).sql, argument(call, 1).sql];
  return `(${low} + (${high} - ${low}) * ${fraction(argument(call, 2))})`;
}

function normalSql(call: LoweringCall): string {
  const generator = argument(call, 2);
  const first = `((CAST(${spread(generator)} AS DOUBLE) + 1) / 18446744073709551617.0)`;
  const angle = `(CAST(hash(${spread(generator)}) AS DOUBLE) / 18446744073709551616.0)`;
  return `(${argument(call, 0).sql} + ${argument(call, 1).sql} * sqrt(-2 * ln(${first})) * cos(2 * pi() * ${angle}))`;
}

const FRESH = "CAST(CAST(hash(uuid()) AS HUGEINT) - 9223372036854775808 AS BIGINT)";

export const GENERATION_FUNCTIONS: readonly FunctionEntry[] = [
  sequence(1, 3),
  sequence(2, 5),
  sequence(4, 10),
  sequence(8, 19),
  define("RANDOM", {
    doc: "random",
    summary: "A random signed 64-bit number for every row, repeatable with a seed",
    signatures: [
      sig("", numberType(19, 0), FRESH, NEVER_NULL),
      sig(
        "seed integer",
        numberType(19, 0),
        (call) => `_gen_random(${place(call)}, ${bigint(argument(call, 0).sql)})`,
      ),
    ],
    volatile: true,
    host: GENERATION_HOST_FUNCTIONS,
    examples: [["RANDOM(4711) = RANDOM(4711)", "true"]],
  }),
  define("UNIFORM", {
    doc: "uniform",
    summary: "An evenly spread number between two bounds, fixed by the generator's value",
    signatures: [
      sig("min number, max number, generator integer", uniformType, uniformNumber),
      sig("min float, max float, generator integer", FLOAT, uniformFloat),
    ],
    examples: [
      ["UNIFORM(1, 10, 1234) BETWEEN 1 AND 10", "true"],
      ["UNIFORM(0::FLOAT, 1::FLOAT, 1234) BETWEEN 0 AND 1", "true"],
      ["UNIFORM(7, 7, RANDOM())", "7"],
    ],
  }),
  define("NORMAL", {
    doc: "normal",
    summary:
      "A normally distributed number by mean and standard deviation, fixed by the generator's value",
    signatures: [sig("mean float, deviation float, generator integer", FLOAT, normalSql)],
    examples: [["NORMAL(5, 0, 1234)", "5"]],
  }),
  define("ZIPF", {
    doc: "zipf",
    summary: "A whole number from 1 to n by Zipf's law, fixed by the generator's value",
    signatures: [
      sig(
        "exponent float, count integer, generator integer",
        INTEGER,
        `_gen_zipf({1}, ${bigint("{2}")}, ${bigint("{3}")})`,
      ),
    ],
    host: GENERATION_HOST_FUNCTIONS,
    examples: [["ZIPF(1, 10, 1234) BETWEEN 1 AND 10", "true"]],
  }),
  define("RANDSTR", {
    doc: "randstr",
    summary: "A text of letters and digits, fixed by the generator's value",
    signatures: [
      sig(
        "length integer, generator integer",
        MAX_TEXT,
        `_gen_text(${bigint("{1}")}, ${bigint("{2}")})`,
      ),
    ],
    host: GENERATION_HOST_FUNCTIONS,
    examples: [["LENGTH(RANDSTR(5, 1234))", "5"]],
  }),
  define("UUID_STRING", {
    doc: "uuid_string",
    summary: "A random UUID, or the version 5 UUID of a namespace and a name",
    signatures: [
      sig("", textType(36), "CAST(uuid() AS VARCHAR)", NEVER_NULL),
      sig(
        "namespace text, name text",
        textType(36),
        "_gen_uuid5(sha1(unhex(_gen_uuid_hex({1})) || encode({2})))",
      ),
    ],
    volatile: true,
    host: GENERATION_HOST_FUNCTIONS,
    examples: [
      ["LENGTH(UUID_STRING())", "36"],
      [
        "UUID_STRING('fe971b24-9572-4005-b22f-351e9c09274d', 'foo')",
        "dc0b6f65-fca6-5b4b-9d37-ccc3fde1f3e2",
      ],
    ],
  }),
];
