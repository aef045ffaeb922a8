/** SHOW STREAMS and DESCRIBE STREAM. https://docs.snowflake.com/en/sql-reference/sql/show-streams */

import { isDynamic } from "../../catalog/dynamic-table.ts";
import { streams } from "../../catalog/information-schema/objects.ts";
import type { StreamObject } from "../../catalog/objects.ts";
import { liveSource, sourceName, streamTables } from "../../catalog/stream-relation.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { shownQualified } from "../names.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { staleAfter } from "../stream-range.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { rowsInScope } from "./scope.ts";

/** What stands for a source that is gone. */
const GONE = "No privilege or table dropped";

export async function showStreams(
  statement: StatementOf<"show">,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const rows = rowsInScope(statement.scope, execution, (schema) =>
    streams(snapshot, schema).map((stream) => streamRow(stream, execution)),
  );
  const left = applyClauses(rows, statement);
  return shapedResult(shapeOf(statement.terse ? "TERSE STREAMS" : "STREAMS"), left);
}

/** The row of SHOW STREAMS. */
export function describeStream(stream: StreamObject, execution: Execution): StatementResult {
  return shapedResult(shapeOf("STREAMS"), [streamRow(stream, execution)], DESCRIBE_STATEMENT);
}

function sourceType(source: ReturnType<typeof liveSource>): string {
  if (source?.kind === "view") return "View";
  return isDynamic(source) ? "Dynamic Table" : "Table";
}

function streamRow(stream: StreamObject, execution: Execution): ShowRow {
  const { account } = execution;
  const { snapshot } = account.catalog;
  const place = snapshot.qualify(stream.schemaId);
  const source = liveSource(stream, snapshot);
  const offset = account.database.streams.get(stream.id);
  const after = offset && staleAfter(stream, snapshot, offset.movedAt);
  const table = source === undefined ? GONE : sourceName(stream, snapshot);
  const tables = (streamTables(stream, snapshot) ?? []).map(({ name, schemaId }) =>
    shownQualified({ ...snapshot.qualify(schemaId), name }),
  );
  return {
    created_on: stream.createdAt,
    name: stream.name,
    database_name: place.database,
    schema_name: place.schema,
    owner: stream.owner,
    comment: stream.comment === "" ? null : stream.comment,
    table_name: table,
    source_type: sourceType(source),
    base_tables: source === undefined ? GONE : tables.join(", "),
    type: "DELTA",
    stale: String(after === undefined || after < account.now()),
    mode: stream.mode,
    stale_after: after ?? null,
    invalid_reason: "N/A",
    owner_role_type: ownerRoleType(stream.owner),
    kind: "DELTA",
    tableOn: table,
  };
}
