/** What package.json says of this package. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version of the package: its package.json is above this file, in the sources as in the build. */
export function packageVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const version = versionIn(join(folder, "package.json"));
    if (version !== undefined) return version;
    const parent = dirname(folder);
    if (parent === folder) return "unknown";
    folder = parent;
  }
}

function versionIn(file: string): string | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof found !== "object" || found === null) return undefined;
    if (!("name" in found) || found.name !== "mockhaus" || !("version" in found)) return undefined;
    return String(found.version);
  } catch {
    return undefined;
  }
}
