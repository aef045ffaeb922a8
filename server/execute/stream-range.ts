/** Where a stream stands for the statement that reads it. Docs: user-guide/streams-intro, streams-manage. */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { objectParameter } from "../catalog/object-parameters.ts";
import type { StreamObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { type RangePart, streamTables } from "../catalog/stream-relation.ts";
import { type StreamRange, type VersionPlace, WHOLE_COMMIT } from "../storage/stream-offsets.ts";
import type { WriteStatement } from "../storage/transactions.ts";
import type { Execution } from "./execution.ts";
import { shown } from "./names.ts";

const DAY_MS = 86_400_000;

/**
 * When the stream cannot be read any more unless it is consumed before; milliseconds since the epoch.
 * Undefined when its source is gone.
 */
export function staleAfter(
  stream: StreamObject,
  snapshot: Snapshot,
  movedAt: number,
): number | undefined {
  const days = streamTables(stream, snapshot)?.map((table) => {
    const extension = objectParameter(table, "MAX_DATA_EXTENSION_TIME_IN_DAYS", snapshot);
    return Math.max(table.retentionDays, Number(extension.value));
  });
  return days === undefined ? undefined : movedAt + Math.min(...days) * DAY_MS;
}

/**
 * What the stream gives to the statement.
 * @throws 092118 when its offset is past the retention of its source
 */
export function readableRange(stream: StreamObject, execution: Execution): StreamRange {
  const { account, session } = execution;
  const range = must(session.transactions.streamRange(stream.id), "a stream has an offset");
  const stale = staleAfter(stream, account.catalog.snapshot, range.from.movedAt);
  if (stale !== undefined && stale < account.now()) {
    throw snowflakeError("streamStale", { stream: shown(stream.name) });
  }
  return range;
}

/** The text for a placeholder of a stream's range (stream-relation.ts). */
export function rangeText(part: RangePart, id: number, execution: Execution): string {
  const stream = execution.account.catalog.snapshot.get(id);
  if (stream?.kind !== "stream") throw new Error(`no stream ${id}`);
  const { from, until } = readableRange(stream, execution);
  switch (part) {
    case "initial":
      return from.initial ? "TRUE" : "FALSE";
    case "before":
      return `(${upTo(from)})`;
    case "until":
      // A stream that another transaction has moved past this one's beginning has nothing to show.
      return `(${upTo(from)} OR commit_number <= ${until})`;
  }
}

/** The condition on `mockhaus.commits` for the versions up to a place. */
export function upTo({ commit, version }: VersionPlace): string {
  if (version === WHOLE_COMMIT) return `commit_number <= ${commit}`;
  return `commit_number < ${commit} OR (commit_number = ${commit} AND version <= ${version})`;
}

/** The locks of a statement that consumes streams: nobody else consumes them meanwhile. */
export function streamLocks(
  streams: Iterable<number>,
  snapshot: Snapshot,
): WriteStatement["locks"] {
  return [...streams].map((id) => ({
    table: id,
    name: snapshot.get(id)?.name ?? "",
    mode: "exclusive" as const,
  }));
}
