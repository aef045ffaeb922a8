/** What Snowpipe's REST endpoints ask for. https://docs.snowflake.com/en/user-guide/data-load-snowpipe-rest-apis */

import { snowflakeError } from "../../translator/base/errors.ts";
import { splitName } from "../../translator/bind/binder.ts";
import type { PipeObject } from "../catalog/pipe-object.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { pipeLocation } from "../program/pipes/source.ts";
import type { SentFile } from "../stages/load/pipe-queue.ts";
import { type EventRange, type PipeEvent, pipeEvents } from "../stages/load/pipe-reports.ts";
import { listFiles } from "../stages/staged-files.ts";
import { fileKey } from "./copy-plan.ts";
import type { AccountState } from "./execution.ts";

/** Files of one call of insertFiles, and the bytes of a path of them. */
const FILES_MAX = 5_000;
const PATH_BYTES_MAX = 1_024;
/** insertReport tells what was loaded no longer ago. */
const REPORT_MS = 600_000;

export type InsertedFile = { readonly path: string; readonly size?: number | undefined };

/** The pipe of a full name in a URL. @throws 390404 when there is none */
export function servedPipe(name: string, { catalog: { snapshot } }: AccountState): PipeObject {
  const folded = splitName(name, { start: 0, end: 0 }).map((part) => part.name);
  // The name is exact, says the page; the libraries pass on what users write without quotes.
  const pipe = findPipe(name.split("."), snapshot) ?? findPipe(folded, snapshot);
  if (pipe !== undefined) return pipe;
  throw snowflakeError("pipeNotFound");
}

function findPipe(
  [database = "", schema = "", name = ""]: readonly string[],
  snapshot: Snapshot,
): PipeObject | undefined {
  const container = snapshot.schema(database, schema);
  const found = container && snapshot.find("pipe", container.id, name);
  return found?.kind === "pipe" ? found : undefined;
}

/**
 * Queues files of the pipe's stage. Those that are not there are noted as failed when their turn comes.
 * @throws 390400 for too many files, or a path that is too long
 */
export async function insertFiles(
  pipe: PipeObject,
  files: readonly InsertedFile[],
  { catalog, pipes, stages }: AccountState,
): Promise<void> {
  const isLong = ({ path }: InsertedFile) => Buffer.byteLength(path) > PATH_BYTES_MAX;
  if (files.length > FILES_MAX || files.some(isLong)) {
    const detail = `no more than ${FILES_MAX} files, with paths of ${PATH_BYTES_MAX} bytes`;
    throw snowflakeError("badRequest", { detail });
  }
  const location = pipeLocation(pipe, catalog.snapshot);
  if (location === undefined) {
    throw snowflakeError("badRequest", { detail: "the stage of the pipe is gone" });
  }
  const all = listFiles(location, stages);
  const staged = new Set(all.map(({ path }) => path));
  const matching = new Set(listFiles(location, stages, pipe.pattern).map(({ path }) => path));
  const sent = files.flatMap(({ path: given, size = 0 }): SentFile[] => {
    // A path goes on where the location of the pipe ends, or says it once more.
    const below = location.path + given;
    const path = staged.has(below) || !staged.has(given) ? below : given;
    if (staged.has(path) && !matching.has(path)) return [];
    return [{ path, size, key: fileKey(location, { path }) }];
  });
  await pipes.send(pipe, sent);
}

export type InsertReport = {
  readonly files: readonly PipeEvent[];
  /** What a report that goes on where this one ends begins with. */
  readonly next: number;
  /** Whether nothing was left out since the mark. */
  readonly isComplete: boolean;
};

/**
 * What was loaded lately.
 * @param after the mark that the report before gave
 * @param recentMs how lately; no longer ago than ten minutes
 */
export async function insertReport(
  pipe: PipeObject,
  after: number,
  recentMs: number,
  account: AccountState,
): Promise<InsertReport> {
  const all = await events(pipe, { after }, account);
  const earliest = account.now() - Math.min(recentMs, REPORT_MS);
  const files = all.filter(({ loadedAt }) => loadedAt >= earliest);
  const next = all.at(-1)?.number ?? after;
  return { files, next, isComplete: files.length === all.length };
}

/** What was loaded in a range of time. */
export function loadHistoryScan(
  pipe: PipeObject,
  from: number,
  until: number,
  account: AccountState,
): Promise<readonly PipeEvent[]> {
  return events(pipe, { from, until }, account);
}

async function events(
  pipe: PipeObject,
  range: EventRange,
  { database }: AccountState,
): Promise<readonly PipeEvent[]> {
  const connection = await database.connect();
  try {
    return await pipeEvents(connection, pipe.id, range);
  } finally {
    await connection.close();
  }
}
