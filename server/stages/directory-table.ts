/**
 * Directory tables: a stage's list of its files, as of the last refresh.
 * https://docs.snowflake.com/en/user-guide/data-load-dirtables
 */

import type { StageDirectory } from "../catalog/objects.ts";
import type { StagedFile } from "./staged-files.ts";

export type RefreshedFile = {
  readonly file: string;
  readonly status: "REGISTERED_NEW" | "REGISTERED_UPDATE" | "UNREGISTERED";
  readonly description: string;
};

export type Refreshed = {
  readonly directory: StageDirectory;
  readonly changes: readonly RefreshedFile[];
};

/**
 * The directory after a refresh, and what changed.
 * @param files all files of the stage below `subpath`, with their MD5
 * @param subpath only files below it are looked at; empty for all
 */
export function refreshDirectory(
  directory: StageDirectory,
  files: readonly StagedFile[],
  subpath: string,
  now: number,
): Refreshed {
  const known = new Map(directory.files.map((file) => [file.path, file]));
  const found = new Set(files.map(({ path }) => path));
  const changes: RefreshedFile[] = [];
  for (const { path, md5, modifiedAt } of files) {
    const before = known.get(path);
    if (before?.md5 === md5 && before?.modifiedAt === modifiedAt) continue;
    const status = before === undefined ? "REGISTERED_NEW" : "REGISTERED_UPDATE";
    changes.push({ file: path, status, description: "File registered successfully." });
  }
  const isLooked = (path: string) => path.startsWith(subpath);
  for (const { path } of directory.files) {
    if (!isLooked(path) || found.has(path)) continue;
    const description = "File unregistered successfully.";
    changes.push({ file: path, status: "UNREGISTERED", description });
  }
  const kept = directory.files.filter(({ path }) => !isLooked(path));
  const listed = files.map(({ path, size, md5 = "", modifiedAt }) => ({
    path,
    size,
    md5,
    modifiedAt,
  }));
  const all = [...kept, ...listed].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { directory: { ...directory, files: all, refreshedAt: now }, changes };
}
