/**
 * COPY INTO a table: files one after the other, each loaded as a whole, in part, or not at all, as ON_ERROR says.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 */

import { rm } from "node:fs/promises";
import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import { contentKey } from "../stages/content-key.ts";
import type { OnError } from "../stages/load/copy-options.ts";
import {
  type LoadProblem,
  type LoadStatus,
  loadedFiles,
  recordLoad,
} from "../stages/load/load-history.ts";
import type { StagedFile, StageLocation } from "../stages/staged-files.ts";
import { isSemiStructured } from "../stages/staged-rows.ts";
import { insertRows } from "../storage/changes.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { checkRunning } from "./check-running.ts";
import { type FileLoader, fileInMessages, Problems, type ReadyRows } from "./copy-context.ts";
import { fieldLoader } from "./copy-fields.ts";
import { type CopyPlan, planCopy } from "./copy-plan.ts";
import { queryLoader } from "./copy-query.ts";
import { copyResult, type FileLoad } from "./copy-results.ts";
import { validateFiles } from "./copy-validate.ts";
import { writing } from "./dml.ts";
import type { Execution, Handler } from "./execution.ts";
import { storageTable } from "./physical-table.ts";

export const copyIntoTable: Handler<"copy_into_table"> = async (statement, execution) => {
  const plan = planCopy(statement, execution);
  const loader = await loaderOf(plan, execution);
  if (plan.options.validation !== undefined)
    return validateFiles(plan, plan.options.validation, execution);
  if (execution.describeOnly) return copyResult([], false);
  const { table } = plan;
  const locks = [
    { table: table.id, name: table.name, mode: "share" },
    // Two loads of one table take turns: neither may load what the other is loading.
    { table: -table.id, name: table.name, mode: "exclusive" },
  ] as const;
  const loads = await writing(locks, execution, (writer) =>
    loadFiles(writer, plan, loader, execution),
  );
  if (plan.options.purge) await purge(plan, loads, execution);
  return copyResult(loads, plan.options.returnFailedOnly);
};

/** The files' rows go through a SELECT, unless fields are columns as they are. */
export async function loaderOf(plan: CopyPlan, execution: Execution): Promise<FileLoader> {
  if (plan.query === undefined && !isSemiStructured(plan.format)) {
    return fieldLoader(plan, execution);
  }
  return queryLoader(plan, execution);
}

type DoneLoad = FileLoad & { readonly source: StagedFile | undefined };

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
    loads.push(await loadFile(writer, plan, loader, file, key, execution));
    size += file.size;
  }
  for (const missing of plan.missing) loads.push(missingLoad(plan, missing));
  return loads;
}

async function loadFile(
  writer: StatementWriter,
  plan: CopyPlan,
  loader: FileLoader,
  file: StagedFile,
  contentKey: string,
  execution: Execution,
): Promise<DoneLoad> {
  const { onError } = plan.options;
  const problems = new Problems(onError, fileInMessages(plan.location, file));
  const ready = await readFile(loader, file, problems);
  try {
    const limit = errorLimit(onError, ready.parsed);
    const isSkipped = isLeftOut(onError, problems.count, ready.parsed);
    const loaded = isSkipped ? 0 : await insert(writer, plan, ready);
    const load: DoneLoad = {
      file: file.name,
      status: statusOf(problems.count, loaded),
      parsed: ready.parsed,
      loaded,
      errorLimit: limit,
      errorCount: problems.count,
      first: problems.kept[0],
      source: file,
    };
    await record(writer, plan, load, problems.kept, contentKey, execution);
    return load;
  } finally {
    await ready.close();
  }
}

const NOTHING: ReadyRows = {
  parsed: 0,
  rowCount: 0,
  select: undefined,
  close: async () => undefined,
};

/** What a file that cannot be read at all counts as: one error and no rows. */
async function readFile(
  loader: FileLoader,
  file: StagedFile,
  problems: Problems,
): Promise<ReadyRows> {
  try {
    return await loader(file, problems);
  } catch (error) {
    if (!(error instanceof SnowflakeError) || !BROKEN_FILES.has(error.code)) throw error;
    problems.addWhole(error);
    return NOTHING;
  }
}

/** Errors that are about a file as a whole: no Parquet, wrong compression, no UTF-8. */
const BROKEN_FILES: ReadonlySet<string> = new Set(["100152", "100085", "100144"]);

async function insert(
  writer: StatementWriter,
  { table }: CopyPlan,
  { select, rowCount }: ReadyRows,
): Promise<number> {
  if (select === undefined || rowCount === 0) return 0;
  const target = storageTable(table);
  const columns = target.columns.map(({ physical }) => physical);
  const { inserted } = await insertRows(writer, { table: target, columns, select });
  return inserted;
}

function isLeftOut(onError: OnError, errors: number, parsed: number): boolean {
  if (onError.kind === "skip_file") return errors >= onError.count;
  return onError.kind === "skip_percent" && errors * 100 > onError.percent * parsed;
}

/** How many errors a file may have; one ends its load under ABORT_STATEMENT and SKIP_FILE. */
function errorLimit(onError: OnError, parsed: number): number {
  switch (onError.kind) {
    case "abort":
      return 1;
    case "continue":
      return parsed;
    case "skip_file":
      return onError.count;
    case "skip_percent":
      return Math.max(1, Math.ceil((onError.percent * parsed) / 100));
  }
}

function statusOf(errors: number, loaded: number): LoadStatus {
  if (errors === 0) return "LOADED";
  return loaded === 0 ? "LOAD_FAILED" : "PARTIALLY_LOADED";
}

/** A file of FILES that is not there, where that is no reason to give up. */
function missingLoad({ location, options }: CopyPlan, path: string): DoneLoad {
  const file = location.prefix + path;
  const problems = new Problems(undefined, file);
  problems.addWhole(snowflakeError("remoteFileNotFound", { file }));
  return {
    file,
    status: "LOAD_FAILED",
    parsed: 0,
    loaded: 0,
    errorLimit: errorLimit(options.onError, 1),
    errorCount: 1,
    first: problems.kept[0],
    source: undefined,
  };
}

async function record(
  writer: StatementWriter,
  { table, location }: CopyPlan,
  load: DoneLoad,
  problems: readonly LoadProblem[],
  contentKey: string,
  { account, session, queryId }: Execution,
): Promise<void> {
  const { source } = load;
  if (source === undefined) return;
  await recordLoad(writer, {
    ...load,
    tableId: table.id,
    queryId,
    sessionId: String(session.id),
    fileKey: fileKey(location, source),
    stageLocation: location.prefix,
    contentKey,
    size: source.size,
    loadedAt: account.now(),
    problems,
  });
}

function fileKey({ place }: StageLocation, { path }: StagedFile): string {
  return place.kind === "stored" ? `${place.stage}/${path}` : place.url + path;
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
