/**
 * Bitmaps that count different whole numbers: 32,768 bits per bucket.
 * https://docs.snowflake.com/en/user-guide/querying-bitmaps-for-distinct-counts
 */

import type { HostFunction } from "../base/host.ts";
import { hexToBytes } from "../format/binary-text.ts";
import { ARRAY, BINARY, numberType } from "../types/types.ts";
import { bigint, bytes, list, strict } from "../variant/host-arguments.ts";
import { defineAggregate } from "./aggregate.ts";
import { aggregate, argumentAt } from "./aggregate-sql.ts";
import { once } from "./date-parts.ts";
import { type Example, type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";

const scalar = family("aggregate");
const ALWAYS = { nullability: "always" } as const;
const COUNT = numberType(38, 0);

/** Bits of a bucket. */
const BUCKET = 32_768;

/** A bitmap with all its bits: bit n of byte n / 8. */
const FULL_BYTES = BUCKET / 8;

/**
 * Up to so many bits a bitmap is their count and their positions, 16 bits each, in ten bytes (the documented bytes of one
 * bit are 00010000000000000000); with more it is all bits. Where Snowflake changes over is not documented.
 */
const MOST_LISTED = 4;
const LISTED_BYTES = 2 * (MOST_LISTED + 1);

type Texts = readonly (string | null)[];

function positions(bitmap: Uint8Array): number[] {
  const view = new DataView(bitmap.buffer, bitmap.byteOffset, bitmap.byteLength);
  if (bitmap.length === LISTED_BYTES) {
    const count = Math.min(view.getUint16(0), MOST_LISTED);
    return Array.from({ length: count }, (_, i) => view.getUint16(2 * (i + 1)));
  }
  const found: number[] = [];
  bitmap.forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) found.push(i * 8 + bit);
  });
  return found;
}

function bitmapOf(given: Iterable<number>): Uint8Array {
  const sorted = [...new Set(given)].sort((a, b) => a - b);
  if (sorted.length > MOST_LISTED) {
    const bitmap = new Uint8Array(FULL_BYTES);
    for (const at of sorted) bitmap[at >> 3] = (bitmap[at >> 3] ?? 0) | (1 << (at & 7));
    return bitmap;
  }
  const bitmap = new Uint8Array(LISTED_BYTES);
  const view = new DataView(bitmap.buffer);
  view.setUint16(0, sorted.length);
  sorted.forEach((at, i) => {
    view.setUint16(2 * (i + 1), at);
  });
  return bitmap;
}

function constructed(given: Texts): Uint8Array | null {
  const inBucket = given.flatMap((at) => {
    return at === null ? [] : [((Number(at) % BUCKET) + BUCKET) % BUCKET];
  });
  return inBucket.length === 0 ? null : bitmapOf(inBucket);
}

type Fold = (a: readonly number[], b: readonly number[]) => readonly number[];

const union: Fold = (a, b) => [...a, ...b];

const intersection: Fold = (a, b) => {
  const others = new Set(b);
  return a.filter((at) => others.has(at));
};

function folded(bitmaps: Texts, fold: Fold): Uint8Array | null {
  const all = bitmaps.flatMap((hex): (readonly number[])[] =>
    hex === null ? [] : [positions(hexToBytes(hex))],
  );
  const [first, ...rest] = all;
  return first === undefined ? null : bitmapOf(rest.reduce(fold, first));
}

/** The numbers that the bits of a bucket's bitmap stand for. */
function numbersOf(bitmap: Uint8Array, bucket: bigint): string {
  const size = BigInt(BUCKET);
  const numbers = positions(bitmap).map((at) =>
    bucket > 0n ? (bucket - 1n) * size + BigInt(at) + 1n : bucket * size - BigInt(at),
  );
  return `[${numbers.join(",")}]`;
}

const BITMAP_HOST_FUNCTIONS: readonly HostFunction[] = [
  strict("_bm_construct", ["VARCHAR[]"], "BLOB", (values) => constructed(list(values))),
  strict("_bm_or_list", ["VARCHAR[]"], "BLOB", (bitmaps) => folded(list(bitmaps), union)),
  strict("_bm_and_list", ["VARCHAR[]"], "BLOB", (bitmaps) => folded(list(bitmaps), intersection)),
  ...(
    [
      ["_bm_or", union],
      ["_bm_and", intersection],
    ] as const
  ).map(([name, fold]) =>
    strict(name, ["BLOB", "BLOB"], "BLOB", (a, b) =>
      bitmapOf(fold(positions(bytes(a)), positions(bytes(b)))),
    ),
  ),
  strict("_bm_count", ["BLOB"], "BIGINT", (b) => BigInt(positions(bytes(b)).length)),
  strict("_bm_array", ["BLOB", "BIGINT"], "VARCHAR", (b, bucket) =>
    numbersOf(bytes(b), bigint(bucket)),
  ),
];

function whole(call: LoweringCall, at: number): string {
  return `CAST(${argumentAt(call, at).sql} AS BIGINT)`;
}

function overHex(host: string) {
  return (call: LoweringCall): string =>
    `${host}(${aggregate(call, "list", `hex(${argumentAt(call, 0).sql})`, { distinct: true })})`;
}

function folding(name: string, summary: string, host: string): FunctionEntry {
  return defineAggregate(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("bitmap binary", BINARY, overHex(host), ALWAYS)],
    host: BITMAP_HOST_FUNCTIONS,
  });
}

function plain(
  name: string,
  summary: string,
  signature: ReturnType<typeof sig>,
  examples: readonly Example[] = [],
): FunctionEntry {
  return scalar(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [signature],
    examples,
    host: BITMAP_HOST_FUNCTIONS,
  });
}

export const BITMAP_FUNCTIONS: readonly FunctionEntry[] = [
  plain(
    "BITMAP_BIT_POSITION",
    "The position of a number's bit in its bucket",
    sig("value number", COUNT, (call) =>
      once(
        whole(call, 0),
        (v) => `CASE WHEN ${v} > 0 THEN (${v} - 1) % ${BUCKET} ELSE abs(${v}) % ${BUCKET} END`,
      ),
    ),
    [
      ["BITMAP_BIT_POSITION(1)", "0"],
      ["BITMAP_BIT_POSITION(32769)", "0"],
    ],
  ),
  plain(
    "BITMAP_BUCKET_NUMBER",
    "The number of the bucket that a number's bit lies in",
    sig("value number", COUNT, (call) =>
      once(
        whole(call, 0),
        (v) => `CASE WHEN ${v} > 0 THEN (${v} - 1) // ${BUCKET} + 1 ELSE ${v} // ${BUCKET} END`,
      ),
    ),
    [
      ["BITMAP_BUCKET_NUMBER(1)", "1"],
      ["BITMAP_BUCKET_NUMBER(32769)", "2"],
    ],
  ),
  plain(
    "BITMAP_ABSOLUTE_POSITION",
    "The number that a bucket and a position stand for",
    sig("bucket number, position number", COUNT, (call) => {
      const [bucket, position] = [whole(call, 0), whole(call, 1)];
      return once(
        bucket,
        (b) =>
          `CASE WHEN ${b} > 0 THEN (${b} - 1) * ${BUCKET} + ${position} + 1 ELSE ${b} * ${BUCKET} - ${position} END`,
      );
    }),
    [["BITMAP_ABSOLUTE_POSITION(2, 0)", "32769"]],
  ),
  plain(
    "BITMAP_COUNT",
    "How many bits of a bitmap are set",
    sig("bitmap binary", COUNT, "_bm_count({1})"),
    [["BITMAP_COUNT(BITMAP_CONSTRUCT_AGG(5))", "1"]],
  ),
  plain(
    "BITMAP_AND",
    "The bits that are set in both bitmaps",
    sig("left binary, right binary", BINARY, "_bm_and({1}, {2})"),
  ),
  plain(
    "BITMAP_OR",
    "The bits that are set in one of two bitmaps",
    sig("left binary, right binary", BINARY, "_bm_or({1}, {2})"),
  ),
  plain(
    "BITMAP_TO_ARRAY",
    "The numbers that the set bits of a bucket (the first by default) stand for",
    sig("bitmap binary, bucket? number", ARRAY, (call) => {
      const bucket = call.arguments[1] === undefined ? "1" : whole(call, 1);
      return `_bm_array(${argumentAt(call, 0).sql}, ${bucket})`;
    }),
    [
      ["BITMAP_TO_ARRAY(BITMAP_CONSTRUCT_AGG(9))::VARCHAR", "[10]"],
      ["BITMAP_TO_ARRAY(BITMAP_CONSTRUCT_AGG(9), 2)::VARCHAR", "[32778]"],
    ],
  ),
  folding("BITMAP_OR_AGG", "The bits that are set in some bitmap", "_bm_or_list"),
  folding("BITMAP_AND_AGG", "The bits that are set in all bitmaps", "_bm_and_list"),
  defineAggregate("BITMAP_CONSTRUCT_AGG", {
    doc: "bitmap_construct_agg",
    summary: "A bitmap with the bits at the given positions set",
    signatures: [
      sig(
        "position number",
        BINARY,
        (call) => {
          const values = aggregate(call, "list", `CAST(${whole(call, 0)} AS VARCHAR)`, {
            distinct: true,
          });
          return `_bm_construct(${values})`;
        },
        ALWAYS,
      ),
    ],
    host: BITMAP_HOST_FUNCTIONS,
  }),
];
