/**
 * Text and bytes of a vector. A DuckDB string takes 16 bytes: a length and, up to 12 bytes, the string itself, else a pointer. Each
 * fetch through a pointer costs the client about a microsecond, so strings that lie one after the other are fetched together.
 */

import duckdb from "@duckdb/node-bindings";
import { must } from "../../translator/base/assert.ts";

const ENTRY_BYTES = 16;
const INLINE_BYTES = 12;
const POINTER_OFFSET = 8;
/** Two strings with a smaller gap lie in one allocation: allocators keep more than this between two. */
const MAX_GAP = 7;

type Run = { readonly row: number; readonly start: number; end: number; bytes?: Buffer };

export class StringReader {
  readonly #entries: Buffer;
  readonly #rowCount: number;
  readonly #isNull: (row: number) => boolean;
  #runs: readonly Run[] | undefined;
  /** For each row with a long string, its run and its place in it. */
  #runOf = new Int32Array(0);
  #placeOf = new Int32Array(0);

  /** @param bytes the vector's entries */
  constructor(bytes: Uint8Array, rowCount: number, isNull: (row: number) => boolean) {
    this.#entries = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#rowCount = rowCount;
    this.#isNull = isNull;
  }

  text(row: number): string {
    const length = this.#length(row);
    if (length <= INLINE_BYTES) {
      const from = row * ENTRY_BYTES + 4;
      return this.#entries.toString("utf8", from, from + length);
    }
    const bytes = this.#run(row);
    const from = must(this.#placeOf[row]);
    return bytes.toString("utf8", from, from + length);
  }

  /** A copy: it stays when the vector goes. */
  bytes(row: number): Uint8Array {
    const length = this.#length(row);
    const inline = length <= INLINE_BYTES;
    const source = inline ? this.#entries : this.#run(row);
    const from = inline ? row * ENTRY_BYTES + 4 : must(this.#placeOf[row]);
    return Uint8Array.prototype.slice.call(source, from, from + length);
  }

  #length(row: number): number {
    return this.#entries.readUInt32LE(row * ENTRY_BYTES);
  }

  #run(row: number): Buffer {
    this.#runs ??= this.#findRuns();
    const run = must(this.#runs[must(this.#runOf[row])]);
    run.bytes ??= this.#fetch(run);
    return run.bytes;
  }

  #fetch(run: Run): Buffer {
    const bytes = duckdb.get_data_from_pointer(
      this.#entries.buffer as ArrayBuffer,
      this.#entries.byteOffset + run.row * ENTRY_BYTES + POINTER_OFFSET,
      run.end - run.start,
    );
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #findRuns(): readonly Run[] {
    const runs: Run[] = [];
    this.#runOf = new Int32Array(this.#rowCount);
    this.#placeOf = new Int32Array(this.#rowCount);
    let run: Run | undefined;
    for (let row = 0; row < this.#rowCount; row++) {
      if (this.#isNull(row)) continue;
      const length = this.#length(row);
      if (length <= INLINE_BYTES) continue;
      const pointer = this.#pointer(row);
      if (run === undefined || pointer < run.start || pointer > run.end + MAX_GAP) {
        run = { row, start: pointer, end: pointer };
        runs.push(run);
      }
      run.end = Math.max(run.end, pointer + length);
      this.#runOf[row] = runs.length - 1;
      this.#placeOf[row] = pointer - run.start;
    }
    return runs;
  }

  /** An address: at most 57 bits by the processor, 48 in practice, so a number holds it. */
  #pointer(row: number): number {
    const at = row * ENTRY_BYTES + POINTER_OFFSET;
    return this.#entries.readUInt32LE(at) + this.#entries.readUInt32LE(at + 4) * 2 ** 32;
  }
}
