/** What data generation computes per row: sequences, seeded random numbers, texts, Zipf numbers. */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";

const MASK = (1n << 64n) - 1n;

/** The splitmix64 generator's output for a state. */
export function mix64(state: bigint): bigint {
  let value = (state * 0x9e3779b97f4a7c15n + 0x632be59bd9b4e019n) & MASK;
  value = ((value ^ (value >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  value = ((value ^ (value >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return value ^ (value >> 31n);
}

/** Rows counted for each place of a running statement; the oldest are forgotten. */
const counters = new Map<string, bigint>();
const MAX_COUNTERS = 4096;

/** The row number, from 0, at a place (id of the statement, number of the call). */
function nextRow(place: readonly HostValue[]): bigint {
  const key = place.join("/");
  const row = counters.get(key) ?? 0n;
  if (row === 0n && counters.size >= MAX_COUNTERS) {
    const [oldest] = counters.keys();
    if (oldest !== undefined) counters.delete(oldest);
  }
  counters.set(key, row + 1n);
  return row;
}

/** A longer text than a VARCHAR without a length is refused before it takes memory. */
const MAX_RANDOM_TEXT = 16_777_216;
/** The documentation's bound for the number of ranks. */
const MAX_RANKS = 16_777_215;
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Letters and digits, fixed by the generator's value. */
export function randomText(length: number, generator: bigint): string {
  if (length > MAX_RANDOM_TEXT) {
    throw snowflakeError("invalidParameterValue", { value: String(length), name: "RANDSTR" });
  }
  const codes = new Uint8Array(Math.max(0, length));
  let state = BigInt.asUintN(64, generator);
  for (let i = 0; i < length; i++) {
    state = mix64(state);
    codes[i] = LETTERS.charCodeAt(Number(state % BigInt(LETTERS.length)));
  }
  return new TextDecoder().decode(codes);
}

const distributions = new Map<string, Float64Array>();
const MAX_DISTRIBUTIONS = 8;

/** Cumulated probabilities of the ranks 1 to n. */
function zipf(exponent: number, count: number): Float64Array {
  const key = `${exponent}/${count}`;
  const known = distributions.get(key);
  if (known !== undefined) return known;
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) {
    sum += rank ** -exponent;
    sums[rank - 1] = sum;
  }
  if (distributions.size >= MAX_DISTRIBUTIONS) distributions.clear();
  distributions.set(key, sums);
  return sums;
}

/** The rank (from 1 to n) that a generator's value picks. */
export function zipfRank(exponent: number, count: number, generator: bigint): bigint {
  if (!(count >= 1 && count <= MAX_RANKS)) {
    throw snowflakeError("invalidParameterValue", { value: String(count), name: "ZIPF" });
  }
  const sums = zipf(exponent, count);
  const part = Number(mix64(BigInt.asUintN(64, generator)) >> 11n) / 2 ** 53;
  const wanted = part * (sums[count - 1] ?? 0);
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return BigInt(low + 1);
}

const whole = (value: HostValue | undefined): bigint => BigInt(String(value));

const UUID_TEXT = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** The 32 hex digits of a UUID. */
function uuidDigits(value: string): string {
  if (!UUID_TEXT.test(value)) throw snowflakeError("uuidNotRecognized", { value });
  return value.replaceAll("-", "");
}

/** The hex digits of version 5 by those of the SHA-1 digest of namespace and name. */
export function uuidOfDigest(digest: string): string {
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `5${digest.slice(13, 16)}`,
    variant + digest.slice(17, 20),
    digest.slice(20, 32),
  ].join("-");
}

export const GENERATION_HOST_FUNCTIONS: readonly HostFunction[] = [
  {
    name: "_gen_sequence",
    parameters: ["VARCHAR", "BIGINT"],
    returns: "BIGINT",
    volatile: true,
    evaluate: (...place) => nextRow(place),
  },
  {
    name: "_gen_random",
    parameters: ["VARCHAR", "BIGINT", "BIGINT"],
    returns: "BIGINT",
    volatile: true,
    evaluate: (query, place, seed) => {
      const row = nextRow([query ?? "", place ?? 0n]);
      return BigInt.asIntN(64, mix64((mix64(BigInt.asUintN(64, whole(seed))) + row) & MASK));
    },
  },
  {
    name: "_gen_text",
    parameters: ["BIGINT", "BIGINT"],
    returns: "VARCHAR",
    evaluate: (length, generator) => randomText(Number(length), whole(generator)),
  },
  {
    name: "_gen_zipf",
    parameters: ["DOUBLE", "BIGINT", "BIGINT"],
    returns: "BIGINT",
    evaluate: (exponent, count, generator) =>
      zipfRank(Number(exponent), Number(count), whole(generator)),
  },
  {
    name: "_gen_uuid_hex",
    parameters: ["VARCHAR"],
    returns: "VARCHAR",
    evaluate: (namespace) => uuidDigits(String(namespace)),
  },
  {
    name: "_gen_uuid5",
    parameters: ["VARCHAR"],
    returns: "VARCHAR",
    evaluate: (digest) => uuidOfDigest(String(digest)),
  },
];
