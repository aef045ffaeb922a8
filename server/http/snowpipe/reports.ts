/** Files in Snowpipe's reports. https://docs.snowflake.com/en/user-guide/data-load-snowpipe-rest-apis */

import type { PipeObject } from "../../catalog/pipe-object.ts";
import type { AccountState } from "../../execute/execution.ts";
import { shownQualified } from "../../execute/names.ts";
import type { PipeEvent } from "../../stages/load/pipe-reports.ts";

export function shownPipe({ schemaId, name }: PipeObject, { catalog }: AccountState): string {
  return shownQualified({ ...catalog.snapshot.qualify(schemaId), name });
}

/** What became of one file; members about errors only where there was one. */
export function fileReport(event: PipeEvent) {
  const { firstError } = event;
  return {
    path: event.path,
    stageLocation: event.stageLocation,
    fileSize: event.size,
    timeReceived: new Date(event.receivedAt).toISOString(),
    lastInsertTime: new Date(event.loadedAt).toISOString(),
    rowsInserted: event.loaded,
    rowsParsed: event.parsed,
    errorsSeen: event.errorCount,
    errorLimit: event.errorLimit,
    ...(firstError && {
      firstError: firstError.message,
      firstErrorLineNum: firstError.line,
      firstErrorCharacterPos: firstError.character,
      firstErrorColumnName: firstError.column,
    }),
    complete: true,
    status: event.status,
  };
}
