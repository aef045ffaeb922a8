import { gapsIn, platformless } from "./lockfile.ts";
import { declaredByInstalled, readLock } from "./lockfile-on-disk.ts";

/** Fails when package-lock.json leaves out a platform package that a dependency declares. */
function main(): void {
  const lock = readLock();
  const gaps = gapsIn(lock, declaredByInstalled(lock));
  const bare = platformless(lock);

  for (const { declaredBy, name, wanted, found } of gaps) {
    process.stdout.write(
      `${declaredBy} wants ${name} ${wanted}, the lock has ${found ?? "none"}\n`,
    );
  }
  for (const path of bare) process.stdout.write(`${path} is optional but names no platform\n`);
  if (gaps.length > 0) {
    process.stdout.write("add them with: npm run lockfile:complete\n");
  }
  process.exitCode = gaps.length + bare.length === 0 ? 0 : 1;
}

main();
