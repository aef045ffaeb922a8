/** Where unloaded files go: a stage of the account, or a directory of this machine. */

import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { allowedDirectory } from "../stages/local-directory.ts";
import { listFiles, type StageLocation, unreachableFiles } from "../stages/staged-files.ts";
import type { Execution } from "./execution.ts";

const NO_DIRECTORY = "091016";

export type UnloadedFile = {
  /** As LIST prints it. */
  readonly name: string;
  readonly size: number;
  readonly inputBytes: number;
  readonly rows: number;
};

/** @throws 001030 when files are there that the statement must not replace */
export function checkDestination(
  location: StageLocation,
  overwrite: boolean,
  { account }: Execution,
): void {
  if (overwrite || listExisting(location, account.stages).length === 0) return;
  throw snowflakeError("unloadFilesExist", { location: location.prefix + location.path });
}

function listExisting(location: StageLocation, stages: Execution["account"]["stages"]) {
  if (location.place.kind === "cloud") throw unreachableFiles(location.place.url);
  try {
    return listFiles(location, stages);
  } catch (error) {
    // A directory that is not there yet has no files.
    if (error instanceof SnowflakeError && error.code === NO_DIRECTORY) return [];
    throw error;
  }
}

/** Makes a written file the one of that path; the place it was written to is free then. */
export async function place(
  location: StageLocation,
  path: string,
  written: string,
  { account }: Execution,
): Promise<{ readonly name: string; readonly size: number }> {
  const name = location.prefix + path;
  if (location.place.kind === "stored") {
    const { size } = await account.stages.adopt(location.place.stage, path, written);
    return { name, size };
  }
  if (location.place.kind === "cloud") throw unreachableFiles(location.place.url);
  const directory = allowedDirectory(location.place.directory, account.stages.localFiles);
  const target = join(directory, path);
  // The path's dots are part of its name; outside of the directory it may not lead.
  if (!target.startsWith(directory + sep)) throw snowflakeError("invalidUrlPrefix", { url: name });
  await mkdir(dirname(target), { recursive: true });
  await copyFile(written, target);
  await rm(written, { force: true });
  const [file] = listFiles({ ...location, path }, account.stages);
  return { name, size: file?.size ?? 0 };
}
