/** A stream as a relation: the changes of its source with METADATA$ columns. Docs: user-guide/streams-intro. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation, RelationColumn } from "../../translator/bind/catalog.ts";
import { BOOLEAN, textType } from "../../translator/types/types.ts";
import { changesBetween, insertedAt, METADATA_COLUMNS, versionsWhere } from "../storage/history.ts";
import { tableOf } from "../storage/tables.ts";
import { quoted } from "./information-schema/names.ts";
import { keepsHistory, type StreamObject, type TableObject, type ViewObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

const ACTION_LENGTH = 6;
const ROW_ID_LENGTH = 40;

/** What CHANGES and streams add to the columns of their source. */
export const CHANGE_COLUMNS: readonly RelationColumn[] = [
  {
    name: "METADATA$ACTION",
    type: textType(ACTION_LENGTH),
    nullable: false,
    physical: METADATA_COLUMNS.action,
  },
  {
    name: "METADATA$ISUPDATE",
    type: BOOLEAN,
    nullable: false,
    physical: METADATA_COLUMNS.isUpdate,
  },
  {
    name: "METADATA$ROW_ID",
    type: textType(ROW_ID_LENGTH),
    nullable: false,
    physical: METADATA_COLUMNS.rowId,
  },
];

/**
 * What stands for a stream's range in lowered SQL: conditions on `mockhaus.commits` for the versions that are behind it and for those that it
 * shows or has shown, and whether the initial rows are still to be consumed. They are filled in when the statement runs, so a
 * translation serves again after the stream has moved.
 */
export type RangePart = "before" | "until" | "initial";

export function rangePlaceholder(part: RangePart, stream: number): string {
  return `⟦stream_${part}_${stream}⟧`;
}

/** The source while it can be read; undefined once it, or what contains it, has been dropped or replaced. */
export function liveSource(
  stream: StreamObject,
  snapshot: Snapshot,
): TableObject | ViewObject | undefined {
  const source = snapshot.get(stream.sourceId);
  if (source?.kind !== "table" && source?.kind !== "view") return undefined;
  const schema = snapshot.get(source.schemaId);
  const database = schema?.kind === "schema" ? snapshot.get(schema.databaseId) : undefined;
  const isLive = [source, schema, database].every(
    (object) => object !== undefined && object.droppedAt === undefined,
  );
  return isLive ? source : undefined;
}

/** The source's full name as it is now, or was when it was dropped. */
export function sourceName(stream: StreamObject, snapshot: Snapshot): string {
  const source = snapshot.get(stream.sourceId);
  if (source === undefined || !("schemaId" in source)) return "";
  const schema = snapshot.get(source.schemaId);
  const database = schema?.kind === "schema" ? snapshot.get(schema.databaseId) : undefined;
  return [database, schema, source].map((object) => quoted(object?.name ?? "")).join(".");
}

/**
 * @param relationOf the source as the session sees it
 * @throws 092118 when the source is gone
 */
export function streamRelation(
  stream: StreamObject,
  name: QualifiedName,
  snapshot: Snapshot,
  relationOf: (source: TableObject | ViewObject) => Relation | undefined,
): Relation {
  const source = liveSource(stream, snapshot);
  const relation = source && relationOf(source);
  if (source === undefined || relation === undefined) {
    const table = sourceName(stream, snapshot);
    throw snowflakeError("streamBaseDropped", { table, stream: quoted(stream.name) });
  }
  if (source.kind !== "table" || relation.kind !== "table") {
    throw snowflakeError("unsupportedFeature", { feature: "STREAM ON VIEW" });
  }
  const table = tableOf(relation, keepsHistory(source));
  const before = versionsWhere(rangePlaceholder("before", stream.id));
  const until = versionsWhere(rangePlaceholder("until", stream.id));
  const information = stream.mode === "APPEND_ONLY" ? "append_only" : "default";
  const changes = changesBetween(table, information, before, until);
  return {
    kind: "inline",
    name,
    sql: stream.initialRows
      ? withInitialRows(changes, insertedAt(table, before), stream.id)
      : changes,
    columns: [...relation.columns.map(({ default: _, ...column }) => column), ...CHANGE_COLUMNS],
    stream: stream.id,
  };
}

function withInitialRows(changes: string, rows: string, stream: number): string {
  const initial = rangePlaceholder("initial", stream);
  return `SELECT * FROM ${changes} AS c WHERE NOT ${initial}
    UNION ALL SELECT * FROM ${rows} AS r WHERE ${initial}`;
}

/** The tables whose changes a stream shows; undefined when one of them is gone. */
export function streamTables(
  stream: StreamObject,
  snapshot: Snapshot,
): readonly TableObject[] | undefined {
  const source = liveSource(stream, snapshot);
  if (source === undefined) return undefined;
  return source.kind === "table" ? [source] : undefined;
}
