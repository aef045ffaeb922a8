/** What is in a stream. Docs: system_stream_has_data, system_stream_get_table_timestamp. */

import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { keepsHistory, type StreamObject } from "../../catalog/objects.ts";
import { liveSource, streamTables } from "../../catalog/stream-relation.ts";
import { historyOf } from "../../storage/tables.ts";
import type { Execution } from "../execution.ts";
import { shown } from "../names.ts";
import { fillStreams } from "../placeholders.ts";
import { firstColumnTexts } from "../read-values.ts";
import { streamNamed } from "../stream-offset.ts";
import { readableRange, upTo } from "../stream-range.ts";
import { answered, requiredText, type ServerRequest } from "./request.ts";

const NANOS_PER_MILLI = 1_000_000n;

function streamOf(request: ServerRequest): StreamObject {
  const { execution } = request;
  return streamNamed(requiredText(request, 0), execution.account.catalog.snapshot, execution);
}

/**
 * Whether a query of the stream would give rows.
 * @throws 002003 when there is no such stream, 092118 when it cannot be read
 */
export function streamHasData(request: ServerRequest): BoundExpression {
  const { execution } = request;
  const stream = streamOf(request);
  return answered(request, async () => {
    const [found] = await firstColumnTexts(
      `SELECT CAST(EXISTS (SELECT 1 FROM (${changesOf(stream, execution)})) AS VARCHAR)`,
      execution,
    );
    return found === "true";
  });
}

/** A SELECT of what the stream gives now. */
export function changesOf(stream: StreamObject, execution: Execution): string {
  const { snapshot } = execution.account.catalog;
  const name = { ...snapshot.qualify(stream.schemaId), name: stream.name };
  const relation = execution.context.catalog.relation(name);
  if (relation?.kind !== "inline") throw new Error("a stream is a relation of its own");
  return fillStreams(relation.sql, execution);
}

/**
 * When the newest version of the table that is behind the stream's offset was committed, in nanoseconds.
 * @throws 002003 when there is no such stream, 002003 for a stream on a view
 */
export function streamTableTimestamp(request: ServerRequest): BoundExpression {
  const { execution } = request;
  const stream = streamOf(request);
  const { snapshot } = execution.account.catalog;
  if (liveSource(stream, snapshot)?.kind === "view") {
    throw snowflakeError("streamOnView", { stream: shown(stream.name) });
  }
  return answered(request, () => tableTimestamp(stream, execution));
}

async function tableTimestamp(stream: StreamObject, execution: Execution): Promise<string> {
  // A source that is gone is an error of the stream's own relation.
  changesOf(stream, execution);
  const table = must(streamTables(stream, execution.account.catalog.snapshot)?.[0]);
  const { from } = readableRange(stream, execution);
  const versions = [`SELECT _from FROM ${table.physical}`];
  if (keepsHistory(table)) {
    const history = historyOf(table.physical);
    versions.push(`SELECT _from FROM ${history}`, `SELECT _to FROM ${history}`);
  }
  const [newest] = await firstColumnTexts(
    `SELECT max(epoch_ns(committed_at)) FROM mockhaus.commits
     WHERE (${upTo(from)}) AND version IN (${versions.join(" UNION ALL ")})`,
    execution,
  );
  const created = BigInt(Math.round(table.createdAt)) * NANOS_PER_MILLI;
  return typeof newest === "string" ? newest : String(created);
}
