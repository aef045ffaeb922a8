import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The files of the repository, relative to its root with forward slashes: those that git tracks,
 * and new ones that it does not ignore, so that a rule speaks before the commit.
 */
export function repositoryFiles(): string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const files = new Set(listed.split("\0").filter((file) => file !== ""));
  return [...files].filter((file) => existsSync(join(ROOT, file))).sort();
}
