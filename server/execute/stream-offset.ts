/** Where a new stream begins: now, at the offset of another stream, or AT | BEFORE a point of its source's past. */

import type { TimeTravel } from "../../translator/ast/queries.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { splitName } from "../../translator/bind/binder.ts";
import {
  NUMBER_MAX_PRECISION,
  numberType,
  TEXT,
  timestampType,
} from "../../translator/types/types.ts";
import type { StreamObject, TableObject, ViewObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { firstOffsetSql, type StreamOffset, WHOLE_COMMIT } from "../storage/stream-offsets.ts";
import type { StatementWriter } from "../storage/writer.ts";
import type { Execution } from "./execution.ts";
import { completeMember, findMember, notFound, shownQualified } from "./names.ts";
import { evaluate, firstColumnTexts } from "./read-values.ts";

type Source = TableObject | ViewObject;
type Place = Pick<StreamOffset, "commit" | "version" | "movedAt">;

const MICROS_PER_MILLI = 1_000;
const MICROS_PER_SECOND = 1_000_000;
/** Digits of a second that an offset may have. */
const OFFSET_SCALE = 6;

/** The newest commit: the stream shows what comes after it. */
export function placeNow({ account }: Execution): Place {
  return {
    commit: account.database.commits.current,
    version: WHOLE_COMMIT,
    movedAt: account.now(),
  };
}

/** A stream begins after the commit of the statement that makes it. */
export function beginAtCommit(id: number, writer: StatementWriter, { account }: Execution): void {
  writer.endings.push((commit) => {
    const offset = { commit, version: WHOLE_COMMIT, initial: false, movedAt: account.now() };
    account.database.streams.put(id, offset);
    return firstOffsetSql(id, offset);
  });
}

/** The offset of a stream that is there. */
export function placeOfStream(stream: StreamObject, { account }: Execution): Place {
  return must(account.database.streams.get(stream.id), "a stream has an offset");
}

/**
 * The place that AT or BEFORE means.
 * @throws 000707 for a time before the source was made, 000709 for the id of no statement that changed rows,
 *   002003 for a stream that is not there
 */
export async function placeAt(
  travel: TimeTravel,
  source: Source,
  snapshot: Snapshot,
  execution: Execution,
): Promise<Place> {
  const { clause, by, value } = travel;
  switch (by) {
    case "timestamp": {
      const [found] = await evaluate([value], execution, [timestampType("ltz")]);
      return placeAtTime(Number(found?.value), clause, source, execution);
    }
    case "offset": {
      const type = numberType(NUMBER_MAX_PRECISION, OFFSET_SCALE);
      const [found] = await evaluate([value], execution, [type]);
      const micros = Number(found?.value) * MICROS_PER_SECOND;
      const asked = execution.account.now() * MICROS_PER_MILLI + micros;
      return placeAtTime(Math.round(asked), clause, source, execution);
    }
    case "statement":
      return placeAtStatement(await textOf(travel, execution), clause, execution);
    case "stream": {
      const name = await textOf(travel, execution);
      return placeOfStream(streamNamed(name, snapshot, execution), execution);
    }
    case "version":
      throw snowflakeError("unsupportedFeature", { feature: "CREATE STREAM AT VERSION" });
  }
}

async function textOf({ value }: TimeTravel, execution: Execution): Promise<string> {
  const [found] = await evaluate([value], execution, [TEXT]);
  return String(found?.value ?? "");
}

/** @throws 002003 when there is no such stream */
export function streamNamed(text: string, snapshot: Snapshot, execution: Execution): StreamObject {
  const parts = splitName(text, { start: 0, end: 0 }).map(({ name }) => name);
  const name = completeMember(parts, execution, "SELECT");
  const found = findMember(snapshot, "relation", name, execution);
  if (found?.kind === "stream") return found;
  throw notFound("Stream", shownQualified(name));
}

async function placeAtTime(
  micros: number,
  clause: TimeTravel["clause"],
  source: Source,
  execution: Execution,
): Promise<Place> {
  const movedAt = micros / MICROS_PER_MILLI;
  if (!(movedAt >= Math.floor(source.createdAt))) {
    throw snowflakeError("beyondTimeTravel", { table: source.name });
  }
  const upTo = clause === "at" ? "<=" : "<";
  const place = await newest(`epoch_us(committed_at) ${upTo} ${Math.round(micros)}`, execution);
  return { ...(place ?? { commit: 0, version: 0 }), movedAt };
}

async function placeAtStatement(
  queryId: string,
  clause: TimeTravel["clause"],
  execution: Execution,
): Promise<Place> {
  const place = await newest(`query_id = '${queryId.replaceAll("'", "''")}'`, execution);
  if (place === undefined) throw snowflakeError("statementNotFound", { queryId });
  const version = clause === "at" ? place.version : place.version - 1;
  return { ...place, version, movedAt: place.committedAt };
}

type Commit = {
  readonly commit: number;
  readonly version: number;
  readonly committedAt: number;
};

/** The newest version for which a condition on the commits holds. */
async function newest(condition: string, execution: Execution): Promise<Commit | undefined> {
  const sql = `SELECT commit_number || ' ' || version || ' ' || epoch_ms(committed_at)
    FROM mockhaus.commits WHERE ${condition} ORDER BY commit_number DESC, version DESC LIMIT 1`;
  const [row] = await firstColumnTexts(sql, execution);
  if (typeof row !== "string") return undefined;
  const [commit = 0, version = 0, committedAt = 0] = row.split(" ").map(Number);
  return { commit, version, committedAt };
}
