import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lock, LockEntry } from "./lockfile.ts";
import { ROOT } from "./root.ts";

const LOCK_FILE = join(ROOT, "package-lock.json");

export function readLock(): Lock {
  return JSON.parse(readFileSync(LOCK_FILE, "utf8")) as Lock;
}

/** Writes the lock as npm does: two spaces and a line end, so that npm leaves it as it is. */
export function writeLock(lock: Lock): void {
  writeFileSync(LOCK_FILE, `${JSON.stringify(lock, null, 2)}\n`);
}

/** What the packages of the lock declare themselves, as far as they are installed. */
export function declaredByInstalled(lock: Lock): Lock["packages"] {
  const manifests = Object.keys(lock.packages)
    .map((path) => [path, join(ROOT, path, "package.json")] as const)
    .filter(([, manifest]) => existsSync(manifest))
    .map(([path, manifest]) => {
      const text = readFileSync(manifest, "utf8");
      return [path, JSON.parse(text) as LockEntry] as const;
    });
  return Object.fromEntries(manifests);
}
