/** Decompresses Zstandard: Node has it only from version 22.15 on. */

import { Decompress } from "fzstd";

/** @throws Error when the bytes are no Zstandard */
export async function* decompressZstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  const decompressor = new Decompress((part) => {
    ready.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  });
  for await (const chunk of chunks) {
    decompressor.push(chunk);
    yield* ready.splice(0);
  }
  decompressor.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}
