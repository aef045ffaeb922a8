/** SYSTEM$GET_DIRECTORY_TABLE_STATUS. https://docs.snowflake.com/en/sql-reference/functions/system_get_directory_table_status */

import type { BoundExpression } from "../../../translator/bind/bound.ts";
import type { StageObject } from "../../catalog/objects.ts";
import { refreshDirectory } from "../../stages/directory-table.ts";
import { listFiles, stageLocation, withMd5 } from "../../stages/staged-files.ts";
import { noDirectory } from "../alter-stage.ts";
import type { Execution } from "../execution.ts";
import { findMember, memberName, shownQualified } from "../names.ts";
import { writtenName } from "../task-changes.ts";
import { answered, type ServerRequest, textArgument } from "./request.ts";

/** Records that one call gives. */
const RECORDS_MAX = 10_000;

/**
 * The directory tables of a stage, or of all, as JSON: CONSISTENT when a refresh would change nothing.
 * @throws 002003 for a stage that is not there, or has no directory table
 */
export function directoryStatus(request: ServerRequest): BoundExpression {
  const { execution } = request;
  const written = textArgument(request, 0) ?? undefined;
  return answered(request, async () => {
    const stages =
      written === undefined ? allDirectories(execution) : [namedStage(written, request)];
    const records: { stage: string; status: string }[] = [];
    for (const stage of stages.slice(0, RECORDS_MAX)) {
      const isConsistent = await isInStep(stage, execution);
      records.push({ stage: stage.name, status: isConsistent ? "CONSISTENT" : "INCONSISTENT" });
    }
    return JSON.stringify(records);
  });
}

function allDirectories({ account }: Execution): StageObject[] {
  return [...account.catalog.snapshot.all()].flatMap((object) =>
    object.kind === "stage" && object.droppedAt === undefined && object.directory.enabled
      ? [object]
      : [],
  );
}

function namedStage(written: string, { execution, call }: ServerRequest): StageObject {
  const name = memberName(writtenName(written), execution, call.entry.name);
  const found = findMember(execution.account.catalog.snapshot, "stage", name, execution);
  if (found?.kind === "stage" && found.directory.enabled) return found;
  throw noDirectory(shownQualified(name));
}

async function isInStep(stage: StageObject, { account }: Execution): Promise<boolean> {
  if (stage.directory.autoRefresh) return true;
  const files = await withMd5(listFiles(stageLocation(stage, ""), account.stages));
  return refreshDirectory(stage.directory, files, "", account.now()).changes.length === 0;
}
