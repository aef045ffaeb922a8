/**
 * INFORMATION_SCHEMA: views over the catalog, one of each in every database. A view's rows are made when a query
 * names it, and kept as long as the snapshot. https://docs.snowflake.com/en/sql-reference/info-schema
 */

import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { overriddenColumns, viewOverrideName } from "./column-overrides.ts";
import { parseShape, type ShapeColumn } from "./information-schema/column-spec.ts";
import { CONSTRAINT_VIEWS } from "./information-schema/constraint-rows.ts";
import { CONTAINER_VIEWS } from "./information-schema/container-rows.ts";
import type { Rows } from "./information-schema/define.ts";
import { FUNCTION_VIEWS } from "./information-schema/function-rows.ts";
import { inlineRelation } from "./information-schema/inline.ts";
import { PIPE_VIEWS } from "./information-schema/pipe-rows.ts";
import { PRIVILEGE_VIEWS } from "./information-schema/privilege-rows.ts";
import { PROCEDURE_VIEWS } from "./information-schema/procedure-rows.ts";
import { RELATION_VIEWS } from "./information-schema/relation-rows.ts";
import { VIEW_SHAPES } from "./information-schema/shapes.ts";
import { STAGE_VIEWS } from "./information-schema/stage-rows.ts";
import type { Snapshot } from "./snapshot.ts";

/** Who fills a view. The others list objects that cannot be made here: they are empty. */
const ROWS: Readonly<Record<string, Rows>> = {
  ...RELATION_VIEWS,
  ...CONTAINER_VIEWS,
  ...FUNCTION_VIEWS,
  ...PROCEDURE_VIEWS,
  ...CONSTRAINT_VIEWS,
  ...PRIVILEGE_VIEWS,
  ...STAGE_VIEWS,
  ...PIPE_VIEWS,
};

/** The views' names with their columns, ordered by name. */
export const INFORMATION_VIEWS: ReadonlyMap<string, readonly ShapeColumn[]> = new Map(
  Object.entries(VIEW_SHAPES).map(([name, shape]) => [name, parseShape(shape)]),
);

/** Relations kept of one snapshot; a session with temporary tables has its own. */
const KEPT_MAX = 64;
const kept = new WeakMap<Snapshot, Map<string, Relation>>();

/**
 * The view of that name as an inline relation.
 * @param sessionId whose temporary tables are listed
 * @returns undefined when there is no such view or database
 */
export function informationSchema(
  snapshot: Snapshot,
  name: QualifiedName,
  sessionId: string,
): Relation | undefined {
  const columns = INFORMATION_VIEWS.get(name.name);
  const database = snapshot.database(name.database);
  if (columns === undefined || database === undefined) return undefined;
  const relations = kept.get(snapshot) ?? new Map<string, Relation>();
  kept.set(snapshot, relations);
  const key = JSON.stringify([name.database, name.name, sessionId]);
  const known = relations.get(key);
  if (known !== undefined) return known;
  const views = INFORMATION_VIEWS;
  const rows = ROWS[name.name]?.({ snapshot, database, sessionId, views }) ?? [];
  const relation = starred(inlineRelation(name, columns, rows), snapshot);
  if (relations.size >= KEPT_MAX) relations.clear();
  relations.set(key, relation);
  return relation;
}

/** `*` gives the columns that an override of the account leaves. */
function starred(relation: Relation, snapshot: Snapshot): Relation {
  const view = viewOverrideName(`INFORMATION_SCHEMA.${relation.name.name}`);
  const shown = overriddenColumns(snapshot, view);
  if (shown === undefined) return relation;
  const columns = relation.columns.map((column) => ({
    ...column,
    hidden: !shown.includes(column.name),
  }));
  return { ...relation, columns };
}
