/** The checksum that tells one content of a file from another. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { StagedFile } from "./staged-files.ts";

/** MD5 in hexadecimal; of files outside of the store it is computed here. */
export async function contentKey({ md5, localPath }: StagedFile): Promise<string> {
  if (md5 !== undefined) return md5;
  const hash = createHash("md5");
  for await (const chunk of createReadStream(localPath)) hash.update(chunk);
  return hash.digest("hex");
}
