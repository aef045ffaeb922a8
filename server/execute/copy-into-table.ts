/**
 * COPY INTO a table: files one after the other, each loaded as a whole, in part, or not at all, as ON_ERROR says.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 */

import { rm } from "node:fs/promises";
import { snowflakeError } from "../../translator/base/errors.ts";
import { contentKey } from "../stages/content-key.ts";
import { loadedFiles } from "../stages/load/load-history.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { checkRunning } from "./check-running.ts";
import type { FileLoader } from "./copy-context.ts";
import { type DoneLoad, failedLoad, loadFile, loadLocks, record } from "./copy-load.ts";
import { loaderOf } from "./copy-loader.ts";
import { type CopyPlan, fileKey, planCopy } from "./copy-plan.ts";
import { copyResult } from "./copy-results.ts";
import { validateFiles } from "./copy-validate.ts";
import { writing } from "./dml.ts";
import type { Execution, Handler } from "./execution.ts";
import { evolveSchema } from "./schema-evolution.ts";

export const copyIntoTable: Handler<"copy_into_table"> = async (statement, begun) => {
  const first = planCopy(statement, begun);
  const isEvolved = await evolveSchema(first, begun);
  const execution = isEvolved ? begun.refreshed() : begun;
  const plan = isEvolved ? planCopy(statement, execution) : first;
  const loader = await loaderOf(plan, execution);
  if (plan.options.validation !== undefined)
    return validateFiles(plan, plan.options.validation, execution);
  if (execution.describeOnly) return copyResult([], false);
  const loads = await writing(loadLocks(plan), execution, (writer) =>
    loadFiles(writer, plan, loader, execution),
  );
  if (plan.options.purge) await purge(plan, loads, execution);
  return copyResult(loads, plan.options.returnFailedOnly);
};

async function loadFiles(
  writer: StatementWriter,
  plan: CopyPlan,
  loader: FileLoader,
  execution: Execution,
): Promise<DoneLoad[]> {
  const { options, table, location } = plan;
  const known = options.force ? new Map<string, string>() : await loadedFiles(writer, table.id);
  const loads: DoneLoad[] = [];
  let size = 0;
  for (const file of plan.files) {
    if (options.sizeLimit !== undefined && size >= options.sizeLimit) break;
    const key = await contentKey(file);
    if (known.get(fileKey(location, file)) === key) continue;
    checkRunning(execution);
    const load = await loadFile(writer, plan, loader, file);
    await record(writer, plan, load, key, execution);
    loads.push(load);
    size += file.size;
  }
  for (const missing of plan.missing) loads.push(missingLoad(plan, missing));
  return loads;
}

/** A file of FILES that is not there, where that is no reason to give up. */
function missingLoad(plan: CopyPlan, path: string): DoneLoad {
  const file = plan.location.prefix + path;
  return failedLoad(plan, file, undefined, snowflakeError("remoteFileNotFound", { file }));
}

/** Removes the files that were loaded. What cannot be removed stays: the load is done. */
async function purge(
  { location: { place } }: CopyPlan,
  loads: readonly DoneLoad[],
  { account }: Execution,
): Promise<void> {
  for (const { status, source } of loads) {
    if (source === undefined || status === "LOAD_FAILED") continue;
    if (place.kind === "stored") await account.stages.remove(place.stage, source.path);
    else await rm(source.localPath, { force: true }).catch(() => undefined);
  }
}
