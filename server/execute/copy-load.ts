/** Loading one file of a COPY or a pipe into its table, and noting what came of it. */

import { SnowflakeError } from "../../translator/base/errors.ts";
import type { OnError } from "../stages/load/copy-options.ts";
import {
  type LoadProblem,
  type LoadStatus,
  type PipeOrigin,
  recordLoad,
} from "../stages/load/load-history.ts";
import type { StagedFile } from "../stages/staged-files.ts";
import { insertRows } from "../storage/changes.ts";
import type { StatementWriter } from "../storage/writer.ts";
import { type FileLoader, fileInMessages, Problems, type ReadyRows } from "./copy-context.ts";
import { type CopyPlan, fileKey } from "./copy-plan.ts";
import type { FileLoad } from "./copy-results.ts";
import type { Execution } from "./execution.ts";
import { storageTable } from "./physical-table.ts";

export type DoneLoad = FileLoad & {
  readonly problems: readonly LoadProblem[];
  readonly source: StagedFile | undefined;
};

export function loadLocks({ table: { id, name } }: CopyPlan) {
  return [
    { table: id, name, mode: "share" },
    // Two loads of one table take turns: neither may load what the other is loading.
    { table: -id, name, mode: "exclusive" },
  ] as const;
}

/** Loads a file as ON_ERROR says. @throws its first error under ABORT_STATEMENT */
export async function loadFile(
  writer: StatementWriter,
  plan: CopyPlan,
  loader: FileLoader,
  file: StagedFile,
): Promise<DoneLoad> {
  const { onError } = plan.options;
  const problems = new Problems(onError, fileInMessages(plan.location, file));
  const ready = await readFile(loader, file, problems);
  try {
    const limit = errorLimit(onError, ready.parsed);
    const isSkipped = isLeftOut(onError, problems.count, ready.parsed);
    const loaded = isSkipped ? 0 : await insert(writer, plan, ready);
    return {
      file: file.name,
      status: statusOf(problems.count, loaded),
      parsed: ready.parsed,
      loaded,
      errorLimit: limit,
      errorCount: problems.count,
      first: problems.kept[0],
      problems: problems.kept,
      source: file,
    };
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

/** What a file that could not be loaded at all counts as: one error and no rows. */
export function failedLoad(
  { options }: CopyPlan,
  file: string,
  source: StagedFile | undefined,
  error: SnowflakeError,
): DoneLoad {
  const problems = new Problems(undefined, file);
  problems.addWhole(error);
  return {
    file,
    status: "LOAD_FAILED",
    parsed: 0,
    loaded: 0,
    errorLimit: errorLimit(options.onError, 1),
    errorCount: 1,
    first: problems.kept[0],
    problems: problems.kept,
    source,
  };
}

/** Notes what was done with a file. @param pipe which has loaded it */
export async function record(
  writer: StatementWriter,
  { table, location }: CopyPlan,
  load: DoneLoad,
  contentKey: string,
  { account, session, queryId }: Execution,
  pipe?: PipeOrigin | undefined,
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
    pipe,
  });
}
