import { completed, gapsIn } from "./lockfile.ts";
import { declaredByInstalled, readLock, writeLock } from "./lockfile-on-disk.ts";

/** Adds the platform packages that `npm install` left out of package-lock.json. */
function main(): void {
  const lock = readLock();
  const gaps = gapsIn(lock, declaredByInstalled(lock));
  const stale = gaps.filter(({ found }) => found !== undefined);
  for (const { name, wanted, found } of stale) {
    process.stdout.write(`${name}: ${found} instead of ${wanted}; run npm install first\n`);
  }
  if (stale.length > 0) {
    process.exitCode = 1;
    return;
  }
  if (gaps.length > 0) writeLock(completed(lock, gaps));
  process.stdout.write(`${gaps.length} platform packages added\n`);
}

main();
