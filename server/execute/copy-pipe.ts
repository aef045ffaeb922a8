/**
 * The loading of a pipe: the files that it was sent, each in a transaction of its own. A file that fails is noted as failed and
 * keeps no other from being loaded. https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { PipeObject } from "../catalog/pipe-object.ts";
import { newQueryId } from "../session/ids.ts";
import type { Session } from "../session/session.ts";
import { contentKey } from "../stages/content-key.ts";
import type { PipeOrigin } from "../stages/load/load-history.ts";
import type { PipeQueue, QueuedFile } from "../stages/load/pipe-queue.ts";
import { listFiles, type StagedFile } from "../stages/staged-files.ts";
import type { FileLoader } from "./copy-context.ts";
import { type DoneLoad, failedLoad, loadFile, loadLocks, record } from "./copy-load.ts";
import { loaderOf } from "./copy-loader.ts";
import { type CopyPlan, copySource, planOf, targetTable } from "./copy-plan.ts";
import { writing } from "./dml.ts";
import { asSnowflakeError } from "./errors.ts";
import type { AccountState, Execution } from "./execution.ts";
import { makeExecution } from "./make-execution.ts";
import { pipeScope, pipeStatement } from "./pipe-definition.ts";
import { evolveSchema } from "./schema-evolution.ts";
import { silentRun } from "./silent-run.ts";

type Ready = {
  readonly plan: CopyPlan;
  readonly loader: FileLoader;
  readonly execution: Execution;
  /** The version of the catalog that the plan was made for. */
  readonly version: number;
};

/** The COPY does not compile any more: the files stay in the queue. */
export class StalledPipe extends Error {
  override readonly name = "StalledPipe";
}

/**
 * Loads files in their order.
 * @param isRunning whether the pipe still runs: it is asked when the catalog has changed
 * @throws StalledPipe
 */
export async function loadPipeFiles(
  pipe: PipeObject,
  files: readonly QueuedFile[],
  queue: PipeQueue,
  session: Session,
  isRunning: () => boolean,
  account: AccountState,
): Promise<void> {
  const place = account.catalog.snapshot.qualify(pipe.schemaId);
  let ready: Ready | undefined;
  for (const [index, file] of files.entries()) {
    if (ready?.version !== account.catalog.snapshot.version) {
      if (!isRunning()) return;
      ready = await prepared(pipe, files.slice(index), session, account);
    }
    const { number, receivedAt } = file;
    const origin = { id: pipe.id, name: pipe.name, ...place, number, receivedAt };
    if (session.closed) throw snowflakeError("canceled");
    await loadQueued(file, origin, ready, queue);
    queue.done(file);
  }
}

/** @throws StalledPipe for what is wrong before any file is read */
async function prepared(
  pipe: PipeObject,
  files: readonly QueuedFile[],
  session: Session,
  account: AccountState,
): Promise<Ready> {
  try {
    await session.connection.setTimeZone(session.parameters.text("TIMEZONE"));
    const run = silentRun(session);
    const begun = makeExecution(account, session, run, { text: pipe.definition }, account.now());
    const first = planFiles(pipe, files, begun);
    const isEvolved = await evolveSchema(first, begun);
    const execution = isEvolved ? begun.refreshed() : begun;
    const plan = isEvolved ? planFiles(pipe, files, execution) : first;
    const loader = await loaderOf(plan, execution);
    return { plan, loader, execution, version: execution.snapshot.version };
  } catch (error) {
    if (session.closed) throw snowflakeError("canceled");
    throw new StalledPipe(asSnowflakeError(error).message, { cause: error });
  }
}

/** Of the stage's files those that were sent. Errors of a file never end the load: SKIP_FILE is what pipes begin with. */
function planFiles(
  { definition }: PipeObject,
  files: readonly QueuedFile[],
  execution: Execution,
): CopyPlan {
  const statement = pipeStatement(definition);
  const { database = "", schema = "" } = execution.session;
  const table = targetTable(statement, execution);
  const scope = pipeScope({ database, schema }, execution.snapshot);
  const source = copySource(statement, table, scope, definition);
  const { onError } = source.options;
  const options = {
    ...source.options,
    onError: onError.kind === "abort" ? ({ kind: "skip_file", count: 1 } as const) : onError,
  };
  const wanted = new Set(files.map(({ path }) => path));
  const found = listFiles(source.location, execution.account.stages);
  return planOf(
    statement,
    table,
    { ...source, options },
    { files: found.filter(({ path }) => wanted.has(path)), missing: [] },
  );
}

async function loadQueued(
  queued: QueuedFile,
  origin: PipeOrigin,
  { plan, loader, execution: shared }: Ready,
  queue: PipeQueue,
): Promise<void> {
  // Every file is a load of its own to VALIDATE_PIPE_LOAD.
  const execution = { ...shared, queryId: newQueryId() };
  const { path, size } = queued;
  const file =
    plan.files.find((candidate) => candidate.path === path) ?? lostFile(plan, path, size);
  const note = async (load: (write: Parameters<typeof loadFile>[0]) => Promise<DoneLoad>) => {
    await writing(loadLocks(plan), execution, async (writer) => {
      const done = await load(writer);
      const key = file.localPath === "" ? "" : await contentKey(file);
      await record(writer, plan, done, key, execution, origin);
      await writer.apply(queue.doneSql(queued));
    });
  };
  try {
    if (file.localPath === "") {
      throw snowflakeError("remoteFileNotFound", { file: plan.location.prefix + path });
    }
    await note((writer) => loadFile(writer, plan, loader, file));
  } catch (error) {
    if (execution.session.closed) throw error;
    await note(async () => failedLoad(plan, file.name, file, asSnowflakeError(error)));
  }
}

/** What stands for a file that was sent and is not there. */
function lostFile({ location }: CopyPlan, path: string, size: number): StagedFile {
  return { name: location.prefix + path, path, size, md5: undefined, modifiedAt: 0, localPath: "" };
}
