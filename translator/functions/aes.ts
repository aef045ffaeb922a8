/** AES (FIPS 197) and its modes of operation in plain JavaScript: the translator imports nothing of the platform. */

const SBOX = new Uint8Array(256);
const INVERSE = new Uint8Array(256);

function double(byte: number): number {
  return ((byte << 1) ^ (byte & 0x80 ? 0x1b : 0)) & 255;
}

function multiply(a: number, b: number): number {
  let result = 0;
  for (let factor = a, bits = b; bits > 0; bits >>= 1) {
    if (bits & 1) result ^= factor;
    factor = double(factor);
  }
  return result;
}

for (let p = 1, q = 1, first = true; first || p !== 1; first = false) {
  p = p ^ double(p);
  q ^= q << 1;
  q ^= q << 2;
  q ^= q << 4;
  q &= 255;
  if (q & 0x80) q ^= 0x09;
  const turned = (by: number): number => ((q << by) | (q >> (8 - by))) & 255;
  SBOX[p] = q ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63;
}
SBOX[0] = 0x63;
SBOX.forEach((value, at) => {
  INVERSE[value] = at;
});

export const BLOCK = 16;

/** One key, expanded. */
export class Aes {
  readonly #round: Uint8Array;
  readonly #rounds: number;

  /** @param key 16, 24 or 32 bytes */
  constructor(key: Uint8Array) {
    const words = key.length / 4;
    this.#rounds = words + 6;
    const size = BLOCK * (this.#rounds + 1);
    const expanded = new Uint8Array(size);
    expanded.set(key);
    let constant = 1;
    for (let at = key.length; at < size; at += 4) {
      const word = expanded.slice(at - 4, at);
      if (at % key.length === 0) {
        word.set([word[1] ?? 0, word[2] ?? 0, word[3] ?? 0, word[0] ?? 0]);
        word.forEach((byte, i) => {
          word[i] = SBOX[byte] ?? 0;
        });
        word[0] = (word[0] ?? 0) ^ constant;
        constant = double(constant);
      } else if (words > 6 && at % key.length === 16) {
        word.forEach((byte, i) => {
          word[i] = SBOX[byte] ?? 0;
        });
      }
      for (let i = 0; i < 4; i++) {
        expanded[at + i] = (expanded[at + i - key.length] ?? 0) ^ (word[i] ?? 0);
      }
    }
    this.#round = expanded;
  }

  #addKey(state: Uint8Array, round: number): void {
    for (let i = 0; i < BLOCK; i++) {
      state[i] = (state[i] ?? 0) ^ (this.#round[round * BLOCK + i] ?? 0);
    }
  }

  encrypt(block: Uint8Array): Uint8Array {
    let state: Uint8Array = block.slice(0, BLOCK);
    this.#addKey(state, 0);
    for (let round = 1; round <= this.#rounds; round++) {
      const moved = new Uint8Array(BLOCK);
      for (let i = 0; i < BLOCK; i++) {
        moved[i] = SBOX[state[(i + 4 * (i % 4)) % BLOCK] ?? 0] ?? 0;
      }
      state = round < this.#rounds ? mixColumns(moved, [2, 3, 1, 1]) : moved;
      this.#addKey(state, round);
    }
    return state;
  }

  decrypt(block: Uint8Array): Uint8Array {
    let state: Uint8Array = block.slice(0, BLOCK);
    for (let round = this.#rounds; round >= 1; round--) {
      this.#addKey(state, round);
      if (round < this.#rounds) state = mixColumns(state, [14, 11, 13, 9]);
      const moved = new Uint8Array(BLOCK);
      for (let i = 0; i < BLOCK; i++) {
        moved[(i + 4 * (i % 4)) % BLOCK] = INVERSE[state[i] ?? 0] ?? 0;
      }
      state = moved;
    }
    this.#addKey(state, 0);
    return state;
  }
}

function mixColumns(state: Uint8Array, row: readonly number[]): Uint8Array {
  const mixed = new Uint8Array(BLOCK);
  for (let at = 0; at < BLOCK; at++) {
    const column = at - (at % 4);
    let byte = 0;
    for (let i = 0; i < 4; i++) {
      byte ^= multiply(state[column + i] ?? 0, row[(i - (at % 4) + 4) % 4] ?? 0);
    }
    mixed[at] = byte;
  }
  return mixed;
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

function blocks(data: Uint8Array): Uint8Array[] {
  const count = Math.ceil(data.length / BLOCK);
  return Array.from({ length: count }, (_, i) => data.slice(i * BLOCK, (i + 1) * BLOCK));
}

/** The counter block after this one; `bytes` of it count. */
function next(counter: Uint8Array, bytes: number): Uint8Array {
  const result = counter.slice();
  for (let i = BLOCK - 1; i >= BLOCK - bytes; i--) {
    result[i] = ((result[i] ?? 0) + 1) & 255;
    if (result[i] !== 0) break;
  }
  return result;
}

/** CTR, its own inverse. */
export function counterMode(
  aes: Aes,
  start: Uint8Array,
  data: Uint8Array,
  bytes = BLOCK,
): Uint8Array {
  let counter = start;
  const parts: Uint8Array[] = [];
  for (const block of blocks(data)) {
    parts.push(xor(block, aes.encrypt(counter)));
    counter = next(counter, bytes);
  }
  return joinBytes(...parts);
}

/** OFB, its own inverse. */
export function outputFeedback(aes: Aes, iv: Uint8Array, data: Uint8Array): Uint8Array {
  let stream = iv;
  const parts = blocks(data).map((block) => {
    stream = aes.encrypt(stream);
    return xor(block, stream);
  });
  return joinBytes(...parts);
}

export function cipherFeedback(
  aes: Aes,
  iv: Uint8Array,
  data: Uint8Array,
  decrypting: boolean,
): Uint8Array {
  let previous = iv;
  const parts = blocks(data).map((block) => {
    const result = xor(block, aes.encrypt(previous));
    previous = decrypting ? block : result;
    return result;
  });
  return joinBytes(...parts);
}

/** CBC, or ECB without an initialization vector; whole blocks only. */
export function chain(
  aes: Aes,
  iv: Uint8Array | undefined,
  data: Uint8Array,
  decrypting: boolean,
): Uint8Array {
  let previous = iv ?? new Uint8Array(BLOCK);
  const parts = blocks(data).map((block) => {
    const result = decrypting
      ? xor(aes.decrypt(block), previous)
      : aes.encrypt(xor(block, previous));
    if (iv !== undefined) previous = decrypting ? block : result;
    return result;
  });
  return joinBytes(...parts);
}

function toNumber(block: Uint8Array): bigint {
  let value = 0n;
  for (let i = 0; i < BLOCK; i++) value = (value << 8n) | BigInt(block[i] ?? 0);
  return value;
}

function toBlock(value: bigint): Uint8Array {
  return Uint8Array.from({ length: BLOCK }, (_, i) =>
    Number((value >> BigInt(120 - 8 * i)) & 255n),
  );
}

const POLYNOMIAL = 0xe1n << 120n;

function fieldProduct(x: bigint, y: bigint): bigint {
  let product = 0n;
  let factor = y;
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ POLYNOMIAL : factor >> 1n;
  }
  return product;
}

function ghash(key: bigint, aad: Uint8Array, data: Uint8Array): bigint {
  let sum = 0n;
  for (const block of [...blocks(aad), ...blocks(data)]) {
    sum = fieldProduct(sum ^ toNumber(block), key);
  }
  const lengths = (BigInt(aad.length * 8) << 64n) | BigInt(data.length * 8);
  return fieldProduct(sum ^ lengths, key);
}

/** GCM (NIST SP 800-38D): the data en- or decrypted and the tag of 16 bytes that belongs to it. */
export function galoisCounter(
  aes: Aes,
  iv: Uint8Array,
  data: Uint8Array,
  aad: Uint8Array,
  decrypting: boolean,
): { readonly data: Uint8Array; readonly tag: Uint8Array } {
  const key = toNumber(aes.encrypt(new Uint8Array(BLOCK)));
  const start =
    iv.length === 12
      ? joinBytes(iv, Uint8Array.of(0, 0, 0, 1))
      : toBlock(ghash(key, new Uint8Array(), iv));
  const result = counterMode(aes, next(start, 4), data, 4);
  const sum = ghash(key, aad, decrypting ? data : result);
  return { data: result, tag: xor(toBlock(sum), aes.encrypt(start)) };
}
