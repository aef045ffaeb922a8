/** Which staged files are a pipe's. */

import { SnowflakeError } from "../../../translator/base/errors.ts";
import { compilePattern } from "../../../translator/functions/regexp-match.ts";
import type { PipeObject } from "../../catalog/pipe-object.ts";
import type { Snapshot } from "../../catalog/snapshot.ts";
import { copyLocation } from "../../execute/copy-plan.ts";
import { pipeScope, pipeStatement, pipeTable, unlessGone } from "../../execute/pipe-definition.ts";
import type { StageLocation } from "../../stages/staged-files.ts";
import { isAnotherStage } from "./state.ts";

/** Where a pipe reads; undefined when the stage is gone, or another one by now. */
export function pipeLocation(pipe: PipeObject, snapshot: Snapshot): StageLocation | undefined {
  const statement = pipeStatement(pipe.definition);
  const scope = pipeScope(snapshot.qualify(pipe.schemaId), snapshot);
  const table = pipeTable(statement, scope);
  if (table === undefined && statement.from === undefined) return undefined;
  const location = unlessGone(() => copyLocation(statement, table, scope));
  if (location instanceof SnowflakeError) return undefined;
  return isAnotherStage(location, pipe) ? undefined : location;
}

/** Where a pipe reads, if a file of a stage is what it reads; otherwise undefined. */
export function ingestLocation(
  pipe: PipeObject,
  snapshot: Snapshot,
  stage: string,
  path: string,
): StageLocation | undefined {
  const location = pipeLocation(pipe, snapshot);
  if (location?.place.kind !== "stored" || location.place.stage !== stage) return undefined;
  if (!path.startsWith(location.path)) return undefined;
  const { pattern } = pipe;
  if (pattern === undefined) return location;
  const rest = path.slice(location.path.length);
  return compilePattern(pattern, "s").matches(rest) ? location : undefined;
}
