/** A staged file's bytes, decompressed while they are read. */

import { createReadStream, type ReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import { decompressBzip2 } from "./bzip2.ts";
import { decompressZstd } from "./zstd.ts";

/** Bytes that are read and parsed in one go. */
const CHUNK_BYTES = 1_048_576;
const MAGIC_BYTES = 4;

export type Compression = "none" | "gzip" | "bz2" | "brotli" | "zstd" | "deflate" | "raw_deflate";

/** By what AUTO knows a compressed file, beside its first bytes: Brotli has none of its own. */
const EXTENSIONS: readonly (readonly [string, Compression])[] = [
  [".gz", "gzip"],
  [".bz2", "bz2"],
  [".br", "brotli"],
  [".zst", "zstd"],
  [".zstd", "zstd"],
  [".deflate", "deflate"],
  [".raw_deflate", "raw_deflate"],
];

const MAGIC: readonly (readonly [readonly number[], Compression])[] = [
  [[0x1f, 0x8b], "gzip"],
  [[0x42, 0x5a, 0x68], "bz2"],
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd"],
];

const DECOMPRESSORS: Partial<Record<Compression, (options: { chunkSize: number }) => Transform>> = {
  gzip: createGunzip,
  brotli: createBrotliDecompress,
  deflate: createInflate,
  raw_deflate: createInflateRaw,
};

/**
 * @param path where the file lies
 * @param name the staged file's name, by whose ending AUTO tells compressions apart
 * @param compression the COMPRESSION option
 * @returns chunks of decompressed bytes
 * @throws 100085 when the bytes are not of the compression
 */
export async function* readBytes(
  path: string,
  name: string,
  compression: string,
): AsyncGenerator<Buffer> {
  const kind = await compressionOf(path, name, compression);
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (kind === "none") {
    yield* source as AsyncIterable<Buffer>;
    return;
  }
  try {
    yield* decompressed(source, kind);
  } catch (error) {
    const broken = snowflakeError("fileDecompression", { compression: kind.toUpperCase() });
    broken.cause = error;
    throw broken;
  } finally {
    source.destroy();
  }
}

function decompressed(source: ReadStream, kind: Compression): AsyncIterable<Buffer> {
  if (kind === "bz2") return decompressBzip2(source as AsyncIterable<Buffer>);
  if (kind === "zstd") return decompressZstd(source as AsyncIterable<Buffer>);
  const decompressor = must(DECOMPRESSORS[kind])({ chunkSize: CHUNK_BYTES });
  source.on("error", (error) => decompressor.destroy(error));
  return source.pipe(decompressor) as AsyncIterable<Buffer>;
}

async function compressionOf(path: string, name: string, option: string): Promise<Compression> {
  if (option !== "AUTO") return option.toLowerCase() as Compression;
  const magic = await firstBytes(path);
  const known = MAGIC.find(([bytes]) => bytes.every((byte, i) => magic[i] === byte));
  if (known !== undefined) return known[1];
  const lower = name.toLowerCase();
  const byName = EXTENSIONS.find(([extension]) => lower.endsWith(extension))?.[1];
  // The others always begin with their mark: a file without it is not compressed, whatever its name.
  return byName !== undefined && !MAGIC.some(([, kind]) => kind === byName) ? byName : "none";
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
