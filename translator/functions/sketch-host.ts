/**
 * States of approximate aggregates: HyperLogLog, MinHash, quantiles, top k. The states are our own (Snowflake's are not
 * public): they combine and estimate among themselves.
 * https://docs.snowflake.com/en/sql-reference/functions-aggregation#cardinality-estimation
 */

import { must } from "../base/assert.ts";
import { snowflakeError } from "../base/errors.ts";
import type { HostFunction } from "../base/host.ts";
import { hexToBytes } from "../format/binary-text.ts";
import { bytes, integer, list, nullable, number, strict, text } from "../variant/host-arguments.ts";

/** 48 bits of a text's hash, as two numbers below 2^24. */
function hash48(value: string, seed: number): readonly [number, number] {
  let a = 0x811c9dc5 ^ seed;
  let b = 0x01000193 + seed;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ (unit + i), 0x85ebca6b);
  }
  return [mixed(a ^ (b >>> 7)) >>> 8, mixed(b ^ (a >>> 11)) >>> 8];
}

function mixed(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

type Texts = readonly (string | null)[];

function present(values: Texts): readonly string[] {
  return values.filter((value) => value !== null);
}

/** A state: the precision in its first byte, then a register for each of 2^precision buckets. */
function hllState(values: Texts, precision: number): Uint8Array {
  const state = new Uint8Array(1 + 2 ** precision);
  state[0] = precision;
  for (const value of present(values)) {
    const [high, low] = hash48(value, 1);
    const at = 1 + (high >>> (24 - precision));
    const rest = low;
    const rank = rest === 0 ? 25 : Math.clz32(rest) - 7;
    if (rank > (state[at] ?? 0)) state[at] = rank;
  }
  return state;
}

/** The registers' maxima; states of another precision are refused. */
function hllCombined(states: Texts): Uint8Array | null {
  let result: Uint8Array | null = null;
  for (const hex of present(states)) {
    const state = hexToBytes(hex);
    if (result === null) result = state;
    else if (state.length !== result.length) throw snowflakeError("invalidState", { name: "HLL" });
    else {
      for (let i = 1; i < state.length; i++) {
        result[i] = Math.max(result[i] ?? 0, state[i] ?? 0);
      }
    }
  }
  return result;
}

function hllEstimate(state: Uint8Array): bigint {
  const registers = state.length - 1;
  if (registers !== 2 ** (state[0] ?? 0)) throw snowflakeError("invalidState", { name: "HLL" });
  let sum = 0;
  let zeros = 0;
  for (const rank of state.subarray(1)) {
    sum += 2 ** -rank;
    if (rank === 0) zeros++;
  }
  const raw = ((0.7213 / (1 + 1.079 / registers)) * registers * registers) / sum;
  // Few values: counting empty registers is nearer.
  const few = raw <= 2.5 * registers && zeros > 0;
  return BigInt(Math.round(few ? registers * Math.log(registers / zeros) : raw));
}

function hllExport(state: Uint8Array): string {
  return `{"dense":[${[...state.subarray(1)].join(",")}],"precision":${state[0] ?? 0},"version":4}`;
}

function hllImport(object: string): Uint8Array {
  const { dense, precision } = JSON.parse(object) as { dense?: number[]; precision?: number };
  if (dense === undefined || precision === undefined) {
    throw snowflakeError("invalidState", { name: "HLL_IMPORT" });
  }
  return Uint8Array.from([precision, ...dense]);
}

type State = { readonly state: unknown; readonly type: string; readonly version: number };

/** Canonical JSON of a state. */
function stateText(type: string, state: unknown): string {
  return `{"state":${JSON.stringify(state)},"type":"${type}","version":1}`;
}

function stateOf<T>(object: string, type: string): T {
  const found = JSON.parse(object) as State;
  if (found.type !== type) throw snowflakeError("invalidState", { name: type });
  return found.state as T;
}

const NO_VALUE = 2 ** 48 - 1;

/** The documentation's bound for the number of hash functions. */
const MAX_MINHASH = 1024;

function minhash(values: Texts, size: number): string {
  if (!(size >= 1 && size <= MAX_MINHASH)) {
    throw snowflakeError("invalidParameterValue", { value: String(size), name: "MINHASH" });
  }
  const minima = new Array<number>(size).fill(NO_VALUE);
  for (const value of present(values)) {
    const [high, low] = hash48(value, 7);
    for (let i = 0; i < size; i++) {
      const found = mixed(high ^ Math.imul(i + 1, 0x9e3779b1)) * 65_536 + (mixed(low + i) >>> 16);
      if (found < must(minima[i])) minima[i] = found;
    }
  }
  return stateText("minhash", minima);
}

function minhashes(states: Texts): number[][] {
  return present(states).map((state) => stateOf<number[]>(state, "minhash"));
}

function minhashCombined(states: Texts): string | null {
  const [first, ...rest] = minhashes(states);
  if (first === undefined) return null;
  const minima = first.map((value, i) => Math.min(value, ...rest.map((other) => must(other[i]))));
  return stateText("minhash", minima);
}

/** The share of positions at which all states agree. */
function similarity(states: Texts): number | null {
  const [first, ...rest] = minhashes(states);
  if (first === undefined) return null;
  const same = first.filter((value, i) => rest.every((other) => other[i] === value)).length;
  return same / first.length;
}

/** A state keeps this many pairs of value and weight; below that it is exact. */
const MAX_CENTROIDS = 1000;
type Centroid = readonly [value: number, weight: number];

function compressed(centroids: Centroid[]): Centroid[] {
  centroids.sort((a, b) => a[0] - b[0]);
  if (centroids.length <= MAX_CENTROIDS) return centroids;
  const total = centroids.reduce((sum, [, weight]) => sum + weight, 0);
  const size = total / MAX_CENTROIDS;
  const result: Centroid[] = [];
  let [sum, weight] = [0, 0];
  for (const [value, count] of centroids) {
    sum += value * count;
    weight += count;
    if (weight >= size) {
      result.push([sum / weight, weight]);
      [sum, weight] = [0, 0];
    }
  }
  if (weight > 0) result.push([sum / weight, weight]);
  return result;
}

/** Values travel as text: JSON numbers of canonical text have 15 digits at most. */
function quantileState(centroids: Centroid[]): string {
  return stateText(
    "tdigest",
    compressed(centroids).map(([value, weight]) => [String(value), weight]),
  );
}

function centroidsOf(state: string): Centroid[] {
  return stateOf<[string, number][]>(state, "tdigest").map(([value, weight]) => [
    Number(value),
    weight,
  ]);
}

function quantile(state: string, fraction: number): number | null {
  const centroids = centroidsOf(state);
  const total = centroids.reduce((sum, [, weight]) => sum + weight, 0);
  if (total === 0) return null;
  const wanted = fraction * (total - 1);
  let before = 0;
  for (const [index, [value, weight]] of centroids.entries()) {
    const next = centroids[index + 1];
    const last = before + weight - 1;
    if (wanted <= last || next === undefined) return value;
    if (wanted < last + 1) return value + (next[0] - value) * (wanted - last);
    before += weight;
  }
  return null;
}

type Counts = Map<string, number>;

function topState(counts: Counts, counters: number): string {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return stateText("topk", sorted.slice(0, counters));
}

function topAccumulated(values: Texts, counters: number): string {
  const counts: Counts = new Map();
  for (const value of present(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return topState(counts, counters);
}

function topCombined(states: Texts, counters: number): string {
  const counts: Counts = new Map();
  for (const state of present(states)) {
    for (const [value, count] of stateOf<[string, number][]>(state, "topk")) {
      counts.set(value, (counts.get(value) ?? 0) + count);
    }
  }
  return topState(counts, counters);
}

function topEstimated(state: string, size: number): string {
  const top = stateOf<[string, number][]>(state, "topk").slice(0, size);
  return `[${top.map(([value, count]) => `[${value},${count}]`).join(",")}]`;
}

export const SKETCH_HOST_FUNCTIONS: readonly HostFunction[] = [
  nullable("_sk_hll", ["VARCHAR[]", "BIGINT"], "BLOB", (values, precision) =>
    hllState(values === null ? [] : list(values), integer(precision)),
  ),
  strict("_sk_hll_combine", ["VARCHAR[]"], "BLOB", (states) => hllCombined(list(states))),
  strict("_sk_hll_estimate", ["BLOB"], "BIGINT", (state) => hllEstimate(bytes(state))),
  strict("_sk_hll_export", ["BLOB"], "VARCHAR", (state) => hllExport(bytes(state))),
  strict("_sk_hll_import", ["VARCHAR"], "BLOB", (object) => hllImport(text(object))),
  nullable("_sk_minhash", ["VARCHAR[]", "BIGINT"], "VARCHAR", (values, size) =>
    minhash(values === null ? [] : list(values), integer(size)),
  ),
  strict("_sk_minhash_combine", ["VARCHAR[]"], "VARCHAR", (s) => minhashCombined(list(s))),
  strict("_sk_similarity", ["VARCHAR[]"], "DOUBLE", (states) => similarity(list(states))),
  nullable("_sk_quantile", ["VARCHAR[]"], "VARCHAR", (values) =>
    quantileState(present(values === null ? [] : list(values)).map((v) => [Number(v), 1])),
  ),
  strict("_sk_quantile_combine", ["VARCHAR[]"], "VARCHAR", (states) =>
    quantileState(present(list(states)).flatMap(centroidsOf)),
  ),
  strict("_sk_quantile_estimate", ["VARCHAR", "DOUBLE"], "DOUBLE", (state, fraction) =>
    quantile(text(state), number(fraction)),
  ),
  nullable("_sk_top", ["VARCHAR[]", "BIGINT"], "VARCHAR", (values, counters) =>
    topAccumulated(values === null ? [] : list(values), integer(counters)),
  ),
  strict("_sk_top_combine", ["VARCHAR[]", "BIGINT"], "VARCHAR", (states, counters) =>
    topCombined(list(states), integer(counters)),
  ),
  strict("_sk_top_estimate", ["VARCHAR", "BIGINT"], "VARCHAR", (state, size) =>
    topEstimated(text(state), integer(size)),
  ),
];
