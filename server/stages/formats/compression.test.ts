import { describe, expect, it } from "vitest";
import { decompressBzip2 } from "./bzip2.ts";
import { decompressZstd } from "./zstd.ts";

async function text(
  decompress: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
  base64: string,
  pieces = 1,
): Promise<string> {
  const bytes = Buffer.from(base64, "base64");
  const size = Math.ceil(bytes.length / pieces);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const parts: Buffer[] = [];
  for await (const part of decompress(chunks())) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** Made by bzip2 and zstd themselves. */
const SMALL_BZ2 = "QlpoOTFBWSZTWbJLgeoAAANZAAAQAAQwADAAIAAhkxqDALcCF4u5IpwoSFklwPUA";
const SMALL_ZSTD = "KLUv/SQIQQAAYSwxCmIsMgrhoBmh";
const RUNS_BZ2 = "QlpoOTFBWSZTWfUcQT0AAAfQgeAQAAQgcACAAAggADEAMBtUephqZXXhvi4ciRCDaXxdyRThQkPUcQT0";
const EMPTY_BZ2 = "QlpoORdyRThQkAAAAAA=";
const SMALL = "a,1\nb,2\n";
const RUNS = `${"x".repeat(1000)},y,y,y\nzzzz\nqqqqq\n`;

describe("bzip2", () => {
  it("is read, whatever pieces it comes in", async () => {
    expect(await text(decompressBzip2, SMALL_BZ2)).toBe(SMALL);
    expect(await text(decompressBzip2, SMALL_BZ2, 9)).toBe(SMALL);
    expect(await text(decompressBzip2, RUNS_BZ2)).toBe(RUNS);
    expect(await text(decompressBzip2, EMPTY_BZ2)).toBe("");
  });

  it("may be several streams", async () => {
    const two = Buffer.concat([SMALL_BZ2, RUNS_BZ2].map((part) => Buffer.from(part, "base64")));
    expect(await text(decompressBzip2, two.toString("base64"))).toBe(SMALL + RUNS);
  });

  it("that is broken is an error", async () => {
    const bytes = Buffer.from(SMALL_BZ2, "base64");
    await expect(text(decompressBzip2, bytes.subarray(0, 30).toString("base64"))).rejects.toThrow();
    bytes[12] = (bytes[12] ?? 0) ^ 1;
    await expect(text(decompressBzip2, bytes.toString("base64"))).rejects.toThrow("checksum");
    await expect(text(decompressBzip2, "bm90IGJ6aXAy")).rejects.toThrow("header");
  });
});

describe("Zstandard", () => {
  it("is read, whatever pieces it comes in", async () => {
    expect(await text(decompressZstd, SMALL_ZSTD)).toBe(SMALL);
    expect(await text(decompressZstd, SMALL_ZSTD, 5)).toBe(SMALL);
  });

  it("that is broken is an error", async () => {
    await expect(text(decompressZstd, "bm90IHpzdGQ=")).rejects.toThrow();
  });
});
