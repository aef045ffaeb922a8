/** A view at a point of its tables' history, each row with its identity and version: what a stream on a view compares. */

import type { Query } from "../../translator/ast/queries.ts";
import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type {
  CatalogSnapshot,
  QualifiedName,
  Relation,
  RelationColumn,
} from "../../translator/bind/catalog.ts";
import { TRACKED_ROW, TRACKED_VERSION, trackedQuery } from "../../translator/bind/tracked-query.ts";
import type { TranslatedQuery } from "../../translator/translate.ts";
import { TEXT } from "../../translator/types/types.ts";
import { METADATA_COLUMNS } from "../storage/history.ts";
import type { Table } from "../storage/tables.ts";

type View = Extract<Relation, { kind: "view" }>;
type TableRelation = Extract<Relation, { kind: "table" }>;

/** Translates a view's query in the view's own schema, with the tables as the catalog given has them. */
export type TranslateIn = (
  query: Query,
  text: string,
  place: QualifiedName,
  catalog: CatalogSnapshot,
) => TranslatedQuery;

export type TrackedSurroundings = {
  readonly catalog: CatalogSnapshot;
  readonly translate: TranslateIn;
  readonly stored: (relation: TableRelation) => Table;
  /** A parenthesised SELECT of a table's rows with _id and _from. */
  readonly rows: (table: Table) => string;
};

/** Physical names of the two columns. */
const ROW = "tracked_row";
const VERSION = "tracked_version";

const HIDDEN: readonly RelationColumn[] = [
  { name: TRACKED_ROW, type: TEXT, nullable: false, physical: ROW, hidden: true },
  { name: TRACKED_VERSION, type: TEXT, nullable: false, physical: VERSION, hidden: true },
];

type Tracked = Extract<Relation, { kind: "inline" }>;

/**
 * The view's rows under the view's column names, with `tracked_row` and `tracked_version` besides.
 * @throws 000002 for a view that cannot be followed
 */
export function trackedView(view: View, around: TrackedSurroundings): Tracked {
  const { catalog, translate } = around;
  const tracked: CatalogSnapshot = {
    version: catalog.version,
    hasDatabase: (database) => catalog.hasDatabase(database),
    hasSchema: (database, schema) => catalog.hasSchema(database, schema),
    sequence: () => undefined,
    relation: (name) => {
      const found = catalog.relation(name);
      return found && trackedRelation(found, around);
    },
  };
  const { sql, columns, features } = translate(
    trackedQuery(view.query),
    view.text,
    view.name,
    tracked,
  );
  if (features.staged.length > 0 || features.usesJavaScript) {
    throw unsupported("staged files or JavaScript");
  }
  const [row, version] = columns.slice(-HIDDEN.length);
  const own = view.columns.map((column, index) => ({
    ...column,
    physical: must(columns[index]).physical,
  }));
  const list = own.map(({ physical }) => `q.${physical}`).join(", ");
  return {
    kind: "inline",
    name: view.name,
    sql: `SELECT ${list}, q.${must(row).physical} AS ${ROW}, q.${must(version).physical} AS ${VERSION}
      FROM (${sql}) AS q`,
    columns: [...own, ...HIDDEN],
  };
}

function trackedRelation(relation: Relation, around: TrackedSurroundings): Relation {
  if (relation.kind === "view") return trackedView(relation, around);
  if (relation.kind === "inline") throw unsupported("a source that is no table or view");
  const table = around.stored(relation);
  const columns = table.columns.map(({ physical }) => `t.${physical}`);
  return {
    kind: "inline",
    name: relation.name,
    sql: `SELECT ${columns.join(", ")}, '${table.id}:' || t._id AS ${ROW}, CAST(t._from AS VARCHAR) AS ${VERSION}
      FROM ${around.rows(table)} AS t`,
    columns: [...relation.columns, ...HIDDEN],
  };
}

/**
 * The ids of the tables that a view reads, those of the views in it among them; one that is read twice is there twice.
 * @throws 000002 for a view that cannot be followed
 */
export function tablesBehind(view: View, around: Omit<TrackedSurroundings, "rows">): number[] {
  const found: number[] = [];
  const rows = (table: Table) => {
    found.push(table.id);
    return table.physical;
  };
  trackedView(view, { ...around, rows });
  return found;
}

/** A SELECT of how a view's rows differ between two points, with METADATA$ columns. */
export function viewChanges(before: Tracked, after: Tracked): string {
  const added = changeRows("n", "o", "INSERT", before);
  const removed = changeRows("o", "n", "DELETE", before);
  return `WITH o AS (${before.sql}), n AS (${after.sql}) ${added} UNION ALL ${removed}`;
}

function changeRows(rows: string, others: string, action: string, { columns }: Tracked): string {
  return `SELECT ${listed(columns, action, `x.${ROW} IS NOT NULL`)}
    FROM ${rows} AS t LEFT JOIN ${others} AS x ON x.${ROW} = t.${ROW}
    WHERE x.${ROW} IS NULL OR x.${VERSION} <> t.${VERSION}`;
}

/** A SELECT of a view's rows as if they had just been inserted. */
export function viewInserted(rows: Tracked): string {
  return `SELECT ${listed(rows.columns, "INSERT", "FALSE")} FROM (${rows.sql}) AS t`;
}

function listed(columns: readonly RelationColumn[], action: string, isUpdate: string): string {
  return [
    ...columns.filter(({ hidden }) => hidden !== true).map(({ physical }) => `t.${physical}`),
    `'${action}' AS ${METADATA_COLUMNS.action}`,
    `${isUpdate} AS ${METADATA_COLUMNS.isUpdate}`,
    `sha1(t.${ROW}) AS ${METADATA_COLUMNS.rowId}`,
  ].join(", ");
}

function unsupported(what: string) {
  return snowflakeError("unsupportedFeature", { feature: `STREAM on a view with ${what}` });
}
