/** A text file that is written piece by piece, and compressed on the way. */

import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { PassThrough, type Transform } from "node:stream";
import { finished } from "node:stream/promises";
import { createBrotliCompress, createDeflate, createDeflateRaw, createGzip } from "node:zlib";
import { must } from "../../../translator/base/assert.ts";

const COMPRESSORS: Readonly<Record<string, () => Transform>> = {
  AUTO: createGzip,
  GZIP: createGzip,
  BROTLI: createBrotliCompress,
  DEFLATE: createDeflate,
  RAW_DEFLATE: createDeflateRaw,
  NONE: () => new PassThrough(),
};

export class TextFile {
  /** Before compression. */
  inputBytes = 0;
  rows = 0;
  readonly localPath: string;
  readonly #compressor: Transform;
  readonly #done: Promise<void>;
  #outputBytes = 0;

  /** @param compression one that `unloadedExtension` takes */
  constructor(localPath: string, compression: string) {
    this.localPath = localPath;
    this.#compressor = must(COMPRESSORS[compression])();
    const target = createWriteStream(localPath, { flags: "wx" });
    this.#compressor.on("data", (chunk: Buffer) => {
      this.#outputBytes += chunk.length;
    });
    this.#compressor.on("error", (error) => target.destroy(error));
    this.#compressor.pipe(target);
    this.#done = finished(target);
    // Whoever ends the file hears of a failure.
    this.#done.catch(() => undefined);
  }

  /**
   * Bytes that have come out of the compressor, on their way to the file or in it. After `write`
   * it depends on nothing but what was written, so that files are split at the same rows each time.
   */
  get outputBytes(): number {
    return this.#outputBytes + this.#compressor.readableLength;
  }

  async write(text: string, rows: number): Promise<void> {
    const bytes = Buffer.from(text);
    this.inputBytes += bytes.length;
    this.rows += rows;
    const compressed = new Promise<void>((resolve) => {
      this.#compressor.write(bytes, () => resolve());
    });
    // A target that failed takes no more: the failure ends the wait.
    await Promise.race([compressed, this.#done]);
  }

  async finish(): Promise<void> {
    this.#compressor.end();
    await this.#done;
  }

  async discard(): Promise<void> {
    this.#compressor.destroy();
    await rm(this.localPath, { force: true });
  }
}
