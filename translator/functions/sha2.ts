/** SHA-2 digests in plain JavaScript (FIPS 180-4): the translator imports nothing of the platform. */

const PRIMES = primes(80);

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0)) found.push(n);
  }
  return found;
}

/** The largest integer whose power is not above the value. */
function root(value: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** degree <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

/** The first 64 bits of the fraction of a prime's square or cube root. */
function fractionBits(prime: number, degree: bigint): bigint {
  return BigInt.asUintN(64, root(BigInt(prime) << (64n * degree), degree));
}

const CUBES = PRIMES.map((prime) => fractionBits(prime, 3n));
const SQUARES = PRIMES.slice(0, 16).map((prime) => fractionBits(prime, 2n));
const K32 = Uint32Array.from(CUBES.slice(0, 64), (bits) => Number(bits >> 32n));

function padded(bytes: Uint8Array, block: number, lengthBytes: number): Uint8Array {
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const result = new Uint8Array(size);
  result.set(bytes);
  result[bytes.length] = 0x80;
  new DataView(result.buffer).setBigUint64(size - 8, BigInt(bytes.length) * 8n);
  return result;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function compress32(state: Uint32Array, words: Uint32Array): void {
  for (let i = 16; i < 64; i++) {
    const [x, y] = [words[i - 15] ?? 0, words[i - 2] ?? 0];
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    words[i] = (words[i - 16] ?? 0) + s0 + (words[i - 7] ?? 0) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K32[i] ?? 0) + (words[i] ?? 0)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] ?? 0) + word;
  });
}

function digest32(bytes: Uint8Array, initial: readonly number[], size: number): Uint8Array {
  const data = new DataView(padded(bytes, 64, 8).buffer);
  const state = Uint32Array.from(initial);
  const words = new Uint32Array(64);
  for (let at = 0; at < data.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = data.getUint32(at + i * 4);
    compress32(state, words);
  }
  const result = new DataView(new ArrayBuffer(32));
  for (const [i, word] of state.entries()) result.setUint32(i * 4, word);
  return new Uint8Array(result.buffer, 0, size);
}

const MASK = (1n << 64n) - 1n;

function rotate64(word: bigint, by: bigint): bigint {
  return ((word >> by) | (word << (64n - by))) & MASK;
}

function compress64(state: bigint[], words: bigint[]): void {
  for (let i = 16; i < 80; i++) {
    const [x, y] = [words[i - 15] ?? 0n, words[i - 2] ?? 0n];
    const s0 = rotate64(x, 1n) ^ rotate64(x, 8n) ^ (x >> 7n);
    const s1 = rotate64(y, 19n) ^ rotate64(y, 61n) ^ (y >> 6n);
    words[i] = ((words[i - 16] ?? 0n) + s0 + (words[i - 7] ?? 0n) + s1) & MASK;
  }
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let i = 0; i < 80; i++) {
    const s1 = rotate64(e, 14n) ^ rotate64(e, 18n) ^ rotate64(e, 41n);
    const t1 = h + s1 + ((e & f) ^ (~e & MASK & g)) + (CUBES[i] ?? 0n) + (words[i] ?? 0n);
    const s0 = rotate64(a, 28n) ^ rotate64(a, 34n) ^ rotate64(a, 39n);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = ((state[i] ?? 0n) + word) & MASK;
  });
}

function digest64(bytes: Uint8Array, initial: readonly bigint[], size: number): Uint8Array {
  const data = new DataView(padded(bytes, 128, 16).buffer);
  const state = [...initial];
  for (let at = 0; at < data.byteLength; at += 128) {
    const words = Array.from({ length: 16 }, (_, i) => data.getBigUint64(at + i * 8));
    compress64(state, words);
  }
  const result = new DataView(new ArrayBuffer(64));
  for (const [i, word] of state.entries()) result.setBigUint64(i * 8, word);
  return new Uint8Array(result.buffer, 0, size);
}

const SECOND_HALF = SQUARES.slice(8, 16);

/** The digest of 224, 256, 384 or 512 bits. */
export function sha2(bytes: Uint8Array, bits: 224 | 256 | 384 | 512): Uint8Array {
  switch (bits) {
    case 224:
      return digest32(
        bytes,
        SECOND_HALF.map((word) => Number(word & 0xffffffffn)),
        28,
      );
    case 256:
      return digest32(
        bytes,
        SQUARES.slice(0, 8).map((word) => Number(word >> 32n)),
        32,
      );
    case 384:
      return digest64(bytes, SECOND_HALF, 48);
    case 512:
      return digest64(bytes, SQUARES.slice(0, 8), 64);
  }
}
