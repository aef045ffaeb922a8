/**
 * Distances of vectors, computed in double precision.
 * https://docs.snowflake.com/en/sql-reference/functions-vector
 */

import { FLOAT, type SnowType } from "../types/types.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import { argument, refusedTypes } from "./rules.ts";

const define = family("vector");

/** The vector as a list of doubles of fixed length. */
function doubles(call: LoweringCall, index: number): string {
  const { sql, type } = argument(call, index);
  return type.kind === "vector" ? `CAST(${sql} AS DOUBLE[${type.dimension}])` : sql;
}

/** FLOAT for two vectors of one dimension. Throws 001044 for others. */
function distanceOf(name: string) {
  return (types: readonly SnowType[]): SnowType => {
    const [a, b] = types;
    if (a?.kind === "vector" && b?.kind === "vector" && a.dimension !== b.dimension) {
      throw refusedTypes(name, types);
    }
    return FLOAT;
  };
}

function measure(
  name: string,
  summary: string,
  build: (a: string, b: string) => string,
  example: string,
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [
      sig("left vector, right vector", distanceOf(name), (call) =>
        build(doubles(call, 0), doubles(call, 1)),
      ),
    ],
    examples: [[`${name}([1, 2]::VECTOR(FLOAT, 2), [4, 6]::VECTOR(FLOAT, 2))`, example]],
  });
}

export const VECTOR_FUNCTIONS: readonly FunctionEntry[] = [
  measure(
    "VECTOR_INNER_PRODUCT",
    "Inner product of two vectors",
    (a, b) => `array_inner_product(${a}, ${b})`,
    "16",
  ),
  measure(
    "VECTOR_L2_DISTANCE",
    "Euclidean distance of two vectors",
    (a, b) => `array_distance(${a}, ${b})`,
    "5",
  ),
  measure(
    "VECTOR_L1_DISTANCE",
    "Sum of the distances of two vectors by dimension",
    (a, b) =>
      `list_sum(list_transform(list_zip(CAST(${a} AS DOUBLE[]), CAST(${b} AS DOUBLE[])), lambda p: abs(p[1] - p[2])))`,
    "7",
  ),
  define("VECTOR_COSINE_SIMILARITY", {
    doc: "vector_cosine_similarity",
    summary: "Cosine of the angle between two vectors",
    signatures: [
      sig(
        "left vector, right vector",
        distanceOf("VECTOR_COSINE_SIMILARITY"),
        (call) => `array_cosine_similarity(${doubles(call, 0)}, ${doubles(call, 1)})`,
      ),
    ],
    examples: [
      ["VECTOR_COSINE_SIMILARITY([1, 0]::VECTOR(FLOAT, 2), [2, 0]::VECTOR(FLOAT, 2))", "1"],
      ["VECTOR_COSINE_SIMILARITY([1, 0]::VECTOR(FLOAT, 2), [0, 2]::VECTOR(FLOAT, 2))", "0"],
    ],
  }),
];
