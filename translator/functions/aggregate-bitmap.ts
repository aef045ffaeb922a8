/**
 * Bitmaps that count different whole numbers: 32,768 bits per bucket.
 * https://docs.snowflake.com/en/user-guide/querying-bitmaps-for-distinct-counts
 */

import type { HostFunction } from "../base/host.ts";
import { hexToBytes } from "../format/binary-text.ts";
import { ARRAY, BINARY, numberType } from "../types/types.ts";
import { bytes, list, strict } from "../variant/host-arguments.ts";
import { defineAggregate } from "./aggregate.ts";
import { aggregate, argumentAt } from "./aggregate-sql.ts";
import { once } from "./date-parts.ts";
import { type Example, type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";

const scalar = family("aggregate");
const ALWAYS = { nullability: "always" } as const;
const COUNT = numberType(38, 0);

/** Bits of a bucket. */
const BUCKET = 32_768;

type Texts = readonly (string | null)[];

/** The bitmap without zero bytes at its end: bit n of byte n / 8. */
function trimmed(bitmap: Uint8Array): Uint8Array {
  let length = bitmap.length;
  while (length > 0 && bitmap[length - 1] === 0) length--;
  return bitmap.slice(0, length);
}

function constructed(positions: Texts): Uint8Array {
  const bitmap = new Uint8Array(BUCKET / 8);
  for (const position of positions) {
    if (position === null) continue;
    const at = ((Number(position) % BUCKET) + BUCKET) % BUCKET;
    bitmap[at >> 3] = (bitmap[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return trimmed(bitmap);
}

function union(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return long.map((byte, i) => byte | (short[i] ?? 0));
}

function intersection(a: Uint8Array, b: Uint8Array): Uint8Array {
  return trimmed(a.map((byte, i) => byte & (b[i] ?? 0)));
}

function folded(
  bitmaps: Texts,
  fold: (a: Uint8Array, b: Uint8Array) => Uint8Array,
): Uint8Array | null {
  const all = bitmaps.flatMap((hex) => (hex === null ? [] : [hexToBytes(hex)]));
  return all.length === 0 ? null : all.reduce(fold);
}

function positions(bitmap: Uint8Array): number[] {
  const found: number[] = [];
  bitmap.forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) found.push(i * 8 + bit);
  });
  return found;
}

const BITMAP_HOST_FUNCTIONS: readonly HostFunction[] = [
  strict("_bm_construct", ["VARCHAR[]"], "BLOB", (values) => constructed(list(values))),
  strict("_bm_or_list", ["VARCHAR[]"], "BLOB", (bitmaps) => folded(list(bitmaps), union)),
  strict("_bm_and_list", ["VARCHAR[]"], "BLOB", (bitmaps) => folded(list(bitmaps), intersection)),
  strict("_bm_or", ["BLOB", "BLOB"], "BLOB", (a, b) => union(bytes(a), bytes(b))),
  strict("_bm_and", ["BLOB", "BLOB"], "BLOB", (a, b) => intersection(bytes(a), bytes(b))),
  strict("_bm_count", ["BLOB"], "BIGINT", (b) => BigInt(positions(bytes(b)).length)),
  strict("_bm_array", ["BLOB"], "VARCHAR", (b) => `[${positions(bytes(b)).join(",")}]`),
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
    "The positions of the set bits",
    sig("bitmap binary", ARRAY, "_bm_array({1})"),
    [["BITMAP_TO_ARRAY(BITMAP_CONSTRUCT_AGG(9))::VARCHAR", "[9]"]],
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
