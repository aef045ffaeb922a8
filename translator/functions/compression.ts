/**
 * COMPRESS and DECOMPRESS. SNAPPY is written out here; the other methods need code that a pure translator does not
 * have and are refused by name.
 * https://docs.snowflake.com/en/sql-reference/functions/compress
 */

import { snowflakeError } from "../base/errors.ts";
import type { HostFunction, HostValue } from "../base/host.ts";
import { bytesToUtf8 } from "../format/binary-text.ts";
import { type FunctionEntry, family, type LoweringCall, sig } from "./define.ts";
import { argument, MAX_BINARY, MAX_TEXT } from "./rules.ts";

const define = family("string and binary");

/** Longest literal whose length is written in its tag byte. */
const SHORT_LITERAL = 60;
/** A literal's length takes two bytes at most here. */
const LONGEST_LITERAL = 65_536;

function lengthBytes(length: number): number[] {
  const bytes: number[] = [];
  let rest = length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
}

/** Data in Snappy's format as literals: valid, but not smaller. */
export function snappyCompress(data: Uint8Array): Uint8Array {
  const result = lengthBytes(data.length);
  for (let at = 0; at < data.length; at += LONGEST_LITERAL) {
    const literal = data.subarray(at, at + LONGEST_LITERAL);
    const size = literal.length - 1;
    if (size < SHORT_LITERAL) result.push(size << 2);
    else if (size < 256) result.push(SHORT_LITERAL << 2, size);
    else result.push((SHORT_LITERAL + 1) << 2, size & 255, size >> 8);
    for (const byte of literal) result.push(byte);
  }
  return Uint8Array.from(result);
}

function malformed(): Error {
  return snowflakeError("compression", { reason: "Invalid compressed data" });
}

/** Little-endian number of some bytes. */
function littleEndian(data: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) {
    const byte = data[at + i];
    if (byte === undefined) throw malformed();
    value = value * 256 + byte;
  }
  return value;
}

type Step = {
  readonly literal: boolean;
  readonly length: number;
  readonly offset: number;
  readonly size: number;
};

/** What a tag byte and its operands say. */
function readStep(data: Uint8Array, at: number): Step {
  const tag = littleEndian(data, at, 1);
  const kind = tag & 3;
  if (kind === 0) {
    const short = tag >> 2;
    const extra = short < SHORT_LITERAL ? 0 : short - SHORT_LITERAL + 1;
    const length = extra === 0 ? short + 1 : littleEndian(data, at + 1, extra) + 1;
    return { literal: true, length, offset: 0, size: 1 + extra };
  }
  if (kind === 1) {
    const offset = ((tag >> 5) << 8) | littleEndian(data, at + 1, 1);
    return { literal: false, length: ((tag >> 2) & 7) + 4, offset, size: 2 };
  }
  const bytes = kind === 2 ? 2 : 4;
  const offset = littleEndian(data, at + 1, bytes);
  return { literal: false, length: (tag >> 2) + 1, offset, size: 1 + bytes };
}

/** Longest result: what a BINARY holds. */
const MOST_BYTES = 67_108_864;

/** The data of Snappy's format. Throws for malformed input. */
export function snappyDecompress(data: Uint8Array): Uint8Array {
  let size = 0;
  let at = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = littleEndian(data, at++, 1);
    size += (byte & 127) * factor;
    if (byte < 128) break;
    if (at > 5) throw malformed();
  }
  if (size > MOST_BYTES) throw malformed();
  const result = new Uint8Array(size);
  let filled = 0;
  while (at < data.length) {
    const step = readStep(data, at);
    at += step.size;
    if (filled + step.length > size) throw malformed();
    if (step.literal) {
      if (at + step.length > data.length) throw malformed();
      result.set(data.subarray(at, at + step.length), filled);
      at += step.length;
    } else {
      if (step.offset === 0 || step.offset > filled) throw malformed();
      for (let i = 0; i < step.length; i++) {
        result[filled + i] = result[filled + i - step.offset] ?? 0;
      }
    }
    filled += step.length;
  }
  if (filled !== size) throw malformed();
  return result;
}

const bytes = (value: HostValue | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array();

function requireSnappy(method: HostValue | undefined): void {
  if (/^snappy(\(\d*\))?$/i.test(String(method).trim())) return;
  throw snowflakeError("unsupportedFeature", { feature: `compression method ${String(method)}` });
}

const HOST: readonly HostFunction[] = [
  {
    name: "_bin_compress",
    parameters: ["BLOB", "VARCHAR"],
    returns: "BLOB",
    evaluate: (data, method) => {
      requireSnappy(method);
      return snappyCompress(bytes(data));
    },
  },
  {
    name: "_bin_decompress",
    parameters: ["BLOB", "VARCHAR"],
    returns: "BLOB",
    evaluate: (data, method) => {
      requireSnappy(method);
      return snappyDecompress(bytes(data));
    },
  },
  {
    name: "_bin_decompress_text",
    parameters: ["BLOB", "VARCHAR"],
    returns: "VARCHAR",
    evaluate: (data, method) => {
      requireSnappy(method);
      return bytesToUtf8(snappyDecompress(bytes(data)));
    },
  },
];

function compressSql(call: LoweringCall): string {
  const { sql, type } = argument(call, 0);
  return `_bin_compress(${type.kind === "binary" ? sql : `encode(${sql})`}, ${argument(call, 1).sql})`;
}

export const COMPRESSION_FUNCTIONS: readonly FunctionEntry[] = [
  define("COMPRESS", {
    doc: "compress",
    summary: "Compressed bytes; only SNAPPY",
    signatures: [
      sig("value text, method text", MAX_BINARY, compressSql),
      sig("value binary, method text", MAX_BINARY, compressSql),
    ],
    host: HOST,
    examples: [["COMPRESS('Snowflake', 'SNAPPY')", "0920536E6F77666C616B65"]],
  }),
  define("DECOMPRESS_BINARY", {
    doc: "decompress_binary",
    summary: "The bytes that were compressed; only SNAPPY",
    signatures: [sig("value binary, method text", MAX_BINARY, "_bin_decompress({1}, {2})")],
    host: HOST,
    examples: [
      [
        "DECOMPRESS_BINARY(TO_BINARY('0920536E6F77666C616B65', 'HEX'), 'SNAPPY')",
        "536E6F77666C616B65",
      ],
    ],
  }),
  define("DECOMPRESS_STRING", {
    doc: "decompress_string",
    summary: "The text that was compressed; only SNAPPY",
    signatures: [sig("value binary, method text", MAX_TEXT, "_bin_decompress_text({1}, {2})")],
    host: HOST,
    examples: [
      ["DECOMPRESS_STRING(TO_BINARY('0920536E6F77666C616B65', 'HEX'), 'SNAPPY')", "Snowflake"],
    ],
  }),
];
