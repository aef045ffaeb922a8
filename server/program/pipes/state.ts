/** What keeps a pipe from loading. https://docs.snowflake.com/en/sql-reference/functions/system_pipe_status */

import { SnowflakeError } from "../../../translator/base/errors.ts";
import { printObjectName } from "../../../translator/statements/print.ts";
import { isPaused, type PipeObject } from "../../catalog/pipe-object.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";
import { copyLocation, copySource } from "../../execute/copy-plan.ts";
import { notFound, shown } from "../../execute/names.ts";
import { pipeScope, pipeStatement, pipeTable, unlessGone } from "../../execute/pipe-definition.ts";
import type { StageLocation } from "../../stages/staged-files.ts";

export type ExecutionState =
  | "RUNNING"
  | "PAUSED"
  | "STALLED_COMPILATION_ERROR"
  | "STALLED_INTERNAL_ERROR"
  | "STOPPED_FILE_FORMAT_DROPPED"
  | "STOPPED_MISSING_TABLE"
  | "STOPPED_STAGE_ALTERED"
  | "STOPPED_STAGE_DROPPED";

export type PipeState = {
  readonly state: ExecutionState;
  /** Why it does not run, when something is wrong. */
  readonly error?: SnowflakeError | undefined;
  /** When its last load ended with that; milliseconds since the epoch. */
  readonly failedAt?: number | undefined;
  /** Whether it was no fault of the pipe's. */
  readonly isFault?: boolean | undefined;
};

/** The state that the catalog decides: objects that are gone, and the pause. */
export function stateInCatalog(pipe: PipeObject, snapshot: Snapshot): PipeState {
  const broken = brokenReference(pipe, snapshot);
  return broken ?? { state: isPaused(pipe, snapshot) ? "PAUSED" : "RUNNING" };
}

function brokenReference(pipe: PipeObject, snapshot: Snapshot): PipeState | undefined {
  const statement = pipeStatement(pipe.definition);
  const scope = pipeScope(snapshot.qualify(pipe.schemaId), snapshot);
  const table = pipeTable(statement, scope);
  if (table === undefined) {
    const error = notFound("Table", printObjectName(statement.table));
    return { state: "STOPPED_MISSING_TABLE", error };
  }
  const location = unlessGone(() => copyLocation(statement, table, scope));
  if (location instanceof SnowflakeError) {
    return { state: "STOPPED_STAGE_DROPPED", error: location };
  }
  const { object } = location;
  const error = () => notFound("Stage", shown(object?.name ?? ""));
  if (isAnotherStage(location, pipe)) return { state: "STOPPED_STAGE_DROPPED", error: error() };
  if (pipe.stage !== undefined && object?.url !== pipe.stage.url) {
    return { state: "STOPPED_STAGE_ALTERED", error: error() };
  }
  const source = unlessGone(() => copySource(statement, table, scope, pipe.definition));
  if (!(source instanceof SnowflakeError)) return undefined;
  return { state: "STOPPED_FILE_FORMAT_DROPPED", error: source };
}

/** A stage that was made again is not the one that the pipe reads. Docs: create-stage, "Usage notes". */
export function isAnotherStage({ object }: StageLocation, { stage }: PipeObject): boolean {
  return stage !== undefined && object?.id !== stage.id;
}
