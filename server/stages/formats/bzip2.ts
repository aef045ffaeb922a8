/**
 * Decompresses bzip2, which neither Node nor the engine can: block by block, so that no more than two of at most
 * 900,000 bytes are held.
 */

/** No compressed block is longer; input is gathered up to here before one is read. */
const BLOCK_BYTES_MAX = 1_500_000;
const LEVEL_BYTES = 100_000;
const BLOCK_MARK = 0x314159265359;
const END_MARK = 0x177245385090;
const GROUP_SYMBOLS = 50;
const CODE_BITS_MAX = 20;

/** @throws Error when the bytes are no bzip2 */
export async function* decompressBzip2(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  const bits = new BitReader();
  let isOver = false;
  const gather = async () => {
    while (!isOver && bits.bytesLeft < BLOCK_BYTES_MAX) {
      const next = await source.next();
      if (next.done === true) isOver = true;
      else bits.add(next.value);
    }
  };
  await gather();
  // Streams may follow one another, as parallel compressors write them.
  while (bits.bytesLeft > 0) {
    const level = readLevel(bits);
    for (;;) {
      await gather();
      const mark = bits.read(24) * 0x1000000 + bits.read(24);
      const checksum = bits.read(32);
      if (mark === END_MARK) break;
      if (mark !== BLOCK_MARK) throw broken("no block");
      yield readBlock(bits, level * LEVEL_BYTES, checksum);
    }
    bits.align();
    await gather();
  }
}

function broken(what: string): Error {
  return new Error(`bzip2: ${what}`);
}

function readLevel(bits: BitReader): number {
  if (bits.read(24) !== 0x425a68) throw broken("no header");
  const level = bits.read(8) - 48;
  if (level < 1 || level > 9) throw broken("no level");
  return level;
}

class BitReader {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #held = 0;
  #value = 0;

  get bytesLeft(): number {
    return this.#bytes.length - this.#at;
  }

  add(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), chunk]);
    this.#at = 0;
  }

  bit(): number {
    if (this.#held === 0) {
      if (this.#at >= this.#bytes.length) throw broken("the end is missing");
      this.#value = this.#bytes[this.#at++] ?? 0;
      this.#held = 8;
    }
    return (this.#value >> --this.#held) & 1;
  }

  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  align(): void {
    this.#held = 0;
  }
}

/** A code's symbols by length: canonical, so that the first code and symbol of each length say all. */
type Code = {
  readonly first: readonly number[];
  readonly count: readonly number[];
  readonly offset: readonly number[];
  readonly symbols: readonly number[];
};

function readBlock(bits: BitReader, size: number, checksum: number): Buffer {
  if (bits.bit() === 1) throw broken("a randomised block");
  const origin = bits.read(24);
  const used = readUsed(bits);
  const codeCount = bits.read(3);
  const selectors = readSelectors(bits, codeCount);
  const codes = Array.from({ length: codeCount }, () => readCode(bits, used.length + 2));
  const transformed = readSymbols(bits, used, selectors, codes, size);
  const block = withoutRuns(inverse(transformed, origin));
  if (crc(block) !== checksum) throw broken("a checksum does not match");
  return block;
}

function readUsed(bits: BitReader): number[] {
  const groups = bits.read(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group++) {
    if ((groups & (0x8000 >> group)) === 0) continue;
    const members = bits.read(16);
    for (let i = 0; i < 16; i++) if ((members & (0x8000 >> i)) !== 0) used.push(group * 16 + i);
  }
  return used;
}

function readSelectors(bits: BitReader, codeCount: number): number[] {
  const count = bits.read(15);
  const recent = Array.from({ length: codeCount }, (_, i) => i);
  return Array.from({ length: count }, () => {
    let place = 0;
    while (bits.bit() === 1) place++;
    if (place >= codeCount) throw broken("a selector is out of range");
    const [selector = 0] = recent.splice(place, 1);
    recent.unshift(selector);
    return selector;
  });
}

function readCode(bits: BitReader, symbolCount: number): Code {
  let length = bits.read(5);
  const lengths = Array.from({ length: symbolCount }, () => {
    while (bits.bit() === 1) length += bits.bit() === 0 ? 1 : -1;
    if (length < 1 || length > CODE_BITS_MAX) throw broken("a code is too long");
    return length;
  });
  const symbols: number[] = [];
  const first: number[] = [0];
  const count: number[] = [0];
  const offset: number[] = [0];
  let code = 0;
  for (let bitCount = 1; bitCount <= CODE_BITS_MAX; bitCount++) {
    code *= 2;
    first.push(code);
    offset.push(symbols.length);
    lengths.forEach((own, symbol) => {
      if (own === bitCount) symbols.push(symbol);
    });
    const own = symbols.length - (offset[bitCount] ?? 0);
    count.push(own);
    code += own;
  }
  return { first, count, offset, symbols };
}

function readSymbol(bits: BitReader, { first, count, offset, symbols }: Code): number {
  let code = 0;
  for (let length = 1; length <= CODE_BITS_MAX; length++) {
    code = code * 2 + bits.bit();
    const place = code - (first[length] ?? 0);
    if (place < (count[length] ?? 0)) return symbols[(offset[length] ?? 0) + place] ?? 0;
  }
  throw broken("no such code");
}

/** The block before its last steps: runs of the front symbol, and moves to the front. */
function readSymbols(
  bits: BitReader,
  used: readonly number[],
  selectors: readonly number[],
  codes: readonly Code[],
  size: number,
): Uint8Array {
  const result = new Uint8Array(size);
  const recent = Uint8Array.from(used);
  const end = used.length + 1;
  let length = 0;
  let run = 0;
  let weight = 1;
  for (let read = 0; ; read++) {
    const code = codes[selectors[Math.floor(read / GROUP_SYMBOLS)] ?? -1];
    if (code === undefined) throw broken("a selector is missing");
    const symbol = readSymbol(bits, code);
    if (symbol <= 1) {
      run += weight << symbol;
      weight *= 2;
      if (run > size) throw broken("a run is too long");
      continue;
    }
    if (length + run > size) throw broken("a block is too long");
    result.fill(recent[0] ?? 0, length, length + run);
    length += run;
    run = 0;
    weight = 1;
    if (symbol === end) return result.subarray(0, length);
    const byte = recent[symbol - 1] ?? 0;
    recent.copyWithin(1, 0, symbol - 1);
    recent[0] = byte;
    if (length >= size) throw broken("a block is too long");
    result[length++] = byte;
  }
}

/** Burrows and Wheeler's transform backwards. */
function inverse(bytes: Uint8Array, origin: number): Uint8Array {
  if (origin >= bytes.length && bytes.length > 0) throw broken("the origin is out of range");
  const starts = new Uint32Array(257);
  for (const byte of bytes) starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
  for (let i = 1; i < 257; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const next = new Uint32Array(bytes.length);
  bytes.forEach((byte, at) => {
    const place = starts[byte] ?? 0;
    starts[byte] = place + 1;
    next[place] = at;
  });
  const result = new Uint8Array(bytes.length);
  let at = next[origin] ?? 0;
  for (let i = 0; i < bytes.length; i++) {
    result[i] = bytes[at] ?? 0;
    at = next[at] ?? 0;
  }
  return result;
}

/** Four equal bytes are followed by how many more of them there are. */
function withoutRuns(bytes: Uint8Array): Buffer {
  const parts: Uint8Array[] = [];
  let from = 0;
  let same = 1;
  for (let i = 1; i <= bytes.length; i++) {
    same = i < bytes.length && bytes[i] === bytes[i - 1] ? same + 1 : 1;
    if (same < 4) continue;
    const more = bytes[i + 1] ?? 0;
    parts.push(bytes.subarray(from, i + 1), new Uint8Array(more).fill(bytes[i] ?? 0));
    from = i + 2;
    i += 2;
    same = 1;
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value << 8) ^ (CRC_TABLE[((value >>> 24) ^ byte) & 255] ?? 0);
  return ~value >>> 0;
}
