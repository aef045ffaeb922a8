/** A stream as a relation: the changes of its source with METADATA$ columns. Docs: user-guide/streams-intro. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation, RelationColumn } from "../../translator/bind/catalog.ts";
import { BOOLEAN, textType } from "../../translator/types/types.ts";
import {
  appendedRows,
  changesBetween,
  insertedAt,
  METADATA_COLUMNS,
  relationAt,
  versionsWhere,
} from "../storage/history.ts";
import type { Table } from "../storage/tables.ts";
import { quoted } from "./information-schema/names.ts";
import type { StreamObject, TableObject, ViewObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";
import {
  type TrackedSurroundings,
  tablesBehind,
  trackedView,
  viewChanges,
  viewInserted,
} from "./tracked-view.ts";

type ViewRelation = Extract<Relation, { kind: "view" }>;

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
  return isLive(source, snapshot) ? source : undefined;
}

function isLive(source: TableObject | ViewObject, snapshot: Snapshot): boolean {
  const schema = snapshot.get(source.schemaId);
  const database = schema?.kind === "schema" ? snapshot.get(schema.databaseId) : undefined;
  return [source, schema, database].every(
    (object) => object !== undefined && object.droppedAt === undefined,
  );
}

/** The source's full name as it is now, or was when it was dropped. */
export function sourceName(stream: StreamObject, snapshot: Snapshot): string {
  const source = snapshot.get(stream.sourceId);
  if (source === undefined || !("schemaId" in source)) return "";
  const schema = snapshot.get(source.schemaId);
  const database = schema?.kind === "schema" ? snapshot.get(schema.databaseId) : undefined;
  return [database, schema, source].map((object) => quoted(object?.name ?? "")).join(".");
}

/** What a stream's relation is made with. */
export type StreamSurroundings = Omit<TrackedSurroundings, "rows"> & {
  readonly snapshot: Snapshot;
  /** The source as the session sees it. */
  readonly relationOf: (source: TableObject | ViewObject) => Relation | undefined;
};

/** @throws 092118 when the source, or a table that it reads, is gone */
export function streamRelation(
  stream: StreamObject,
  name: QualifiedName,
  around: StreamSurroundings,
): Relation {
  const { snapshot } = around;
  const source = liveSource(stream, snapshot);
  const relation = source && around.relationOf(source);
  if (relation === undefined || relation.kind === "inline") throw baseDropped(stream, snapshot);
  if (streamTables(stream, snapshot) === undefined) throw baseDropped(stream, snapshot);
  const { columns, changes, initial } =
    relation.kind === "table"
      ? tableRange(stream, relation, around)
      : viewRange(stream, relation, around);
  return {
    kind: "inline",
    name,
    sql: stream.initialRows ? withInitialRows(changes, initial, stream.id) : changes,
    columns: [...columns, ...CHANGE_COLUMNS],
    stream: stream.id,
  };
}

function withInitialRows(changes: string, rows: string, stream: number): string {
  const initial = rangePlaceholder("initial", stream);
  return `SELECT * FROM (${changes}) AS c WHERE NOT ${initial}
    UNION ALL SELECT * FROM (${rows}) AS r WHERE ${initial}`;
}

/** The columns of the source, and two SELECTs: what changed within the stream's range, and the rows at its beginning. */
type Range = {
  readonly columns: readonly RelationColumn[];
  readonly changes: string;
  readonly initial: string;
};

function tableRange(
  stream: StreamObject,
  relation: Extract<Relation, { kind: "table" }>,
  { stored }: StreamSurroundings,
): Range {
  const { before, until } = versionsOf(stream);
  const table = stored(relation);
  const information = stream.mode === "APPEND_ONLY" ? "append_only" : "default";
  return {
    columns: relation.columns.map(({ default: _, ...column }) => column),
    changes: changesBetween(table, information, before, until),
    initial: insertedAt(table, before),
  };
}

function viewRange(stream: StreamObject, view: ViewRelation, around: StreamSurroundings): Range {
  const { before, until } = versionsOf(stream);
  const information = stream.mode === "APPEND_ONLY" ? "append_only" : "default";
  const then = trackedView(view, { ...around, rows: (table) => relationAt(table, before) });
  return {
    columns: then.columns.filter(({ hidden }) => hidden !== true),
    changes: changesBehind(view, information, before, until, around),
    initial: viewInserted(then),
  };
}

/** CHANGES of a view. @throws 000002 for a view that cannot be followed */
export function changesOfView(
  view: ViewRelation,
  information: "default" | "append_only",
  from: string,
  to: string | undefined,
  around: Omit<TrackedSurroundings, "rows">,
): Relation {
  const tables = tablesBehind(view, around);
  if (information === "append_only" && tables.length > 1) throw appendOnlyJoin();
  const { columns } = trackedView(view, { ...around, rows: ({ physical }) => physical });
  const own = columns.filter(({ hidden }) => hidden !== true);
  const sql = changesBehind(view, information, from, to, around);
  return { kind: "inline", name: view.name, sql, columns: [...own, ...CHANGE_COLUMNS] };
}

/** What was appended to the tables of a join says nothing of what was appended to the join. */
export function appendOnlyJoin() {
  const feature = "APPEND_ONLY changes of a view of several tables";
  return snowflakeError("unsupportedFeature", { feature });
}

function changesBehind(
  view: ViewRelation,
  information: "default" | "append_only",
  from: string,
  to: string | undefined,
  around: Omit<TrackedSurroundings, "rows">,
): string {
  const at = (rows: (table: Table) => string) => trackedView(view, { ...around, rows });
  if (information === "append_only") {
    return viewInserted(at((table) => appendedRows(table, from, to)));
  }
  const now = at((table) => (to === undefined ? table.physical : relationAt(table, to)));
  return viewChanges(
    at((table) => relationAt(table, from)),
    now,
  );
}

/** SELECTs of the versions behind the stream, and of those that its range ends with. */
function versionsOf({ id }: StreamObject) {
  return {
    before: versionsWhere(rangePlaceholder("before", id)),
    until: versionsWhere(rangePlaceholder("until", id)),
  };
}

function baseDropped(stream: StreamObject, snapshot: Snapshot) {
  const table = sourceName(stream, snapshot);
  return snowflakeError("streamBaseDropped", { table, stream: quoted(stream.name) });
}
/** The tables whose changes a stream shows; undefined when one of them is gone. */
export function streamTables(
  stream: StreamObject,
  snapshot: Snapshot,
): readonly TableObject[] | undefined {
  const tables = stream.tableIds.map((id) => snapshot.get(id));
  const live = tables.filter((table) => table?.kind === "table");
  if (live.length < tables.length) return undefined;
  return live.every((table) => isLive(table, snapshot)) ? live : undefined;
}
