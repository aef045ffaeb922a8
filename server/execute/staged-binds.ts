/** Array binds that the driver uploaded to a stage: read as if they had come with the request. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Session } from "../session/session.ts";
import { readBindFile } from "../stages/bind-file.ts";
import { listFiles, resolveStage } from "../stages/staged-files.ts";
import type { StatementRequest } from "./account.ts";
import type { BatchBinding } from "./bindings.ts";
import type { AccountState } from "./execution.ts";

/**
 * The request with the rows of its bind stage, if it has one. All values are text, which the INSERT casts.
 * @throws 002003 when the stage is not there, 390400 when it has no rows or rows of different lengths
 */
export async function withStagedBinds(
  { catalog, stages }: AccountState,
  session: Session,
  request: StatementRequest,
): Promise<StatementRequest> {
  const { bindStage } = request;
  if (bindStage === undefined) return request;
  const location = resolveStage(bindStage, {
    snapshot: catalog.snapshot,
    database: session.database,
    schema: session.schema,
    user: session.user,
    sessionId: String(session.id),
  });
  const rows: (string | null)[][] = [];
  for (const { localPath } of listFiles(location, stages)) {
    for (const row of await readBindFile(localPath)) rows.push(row);
  }
  return { ...request, binds: { single: new Map(), batch: batchOf(rows) } };
}

function batchOf(rows: readonly (readonly (string | null)[])[]): BatchBinding {
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width) || width === 0) {
    throw snowflakeError("badRequest", { detail: "the rows of the bind stage differ in length" });
  }
  const columns = Array.from({ length: width }, (_, index) => ({
    key: String(index + 1),
    type: "TEXT",
    values: rows.map((row) => row[index] ?? null),
  }));
  return { rowCount: rows.length, isStaged: true, columns };
}
