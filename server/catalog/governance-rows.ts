/**
 * Which tags and policies are on what: rows for the table functions of INFORMATION_SCHEMA and the views of ACCOUNT_USAGE.
 * https://docs.snowflake.com/en/sql-reference/functions/policy_references
 * https://docs.snowflake.com/en/sql-reference/functions/tag_references
 */

import type { PolicyObject, TagObject } from "./governance-objects.ts";
import type { InlineRow } from "./information-schema/inline.ts";
import { databases, relations, schemas } from "./information-schema/objects.ts";
import type { CatalogObject, TableObject, ViewObject } from "./objects.ts";
import { columnMasks, referencedPolicy } from "./protection.ts";
import type { Snapshot } from "./snapshot.ts";
import { type EffectiveTag, effectiveTags, tagDomain } from "./tag-values.ts";

type Relation = TableObject | ViewObject;

/** The policies on a table or view and its columns. */
export function policyRows(relation: Relation, snapshot: Snapshot): readonly InlineRow[] {
  const masks = columnMasks(relation, snapshot).map(({ reference, tag, column }): InlineRow => {
    const others = reference.columns.slice(1);
    return {
      ...policyRow(referencedPolicy(reference, snapshot), relation, snapshot),
      ref_column_name: column,
      ref_arg_column_names: others.length === 0 ? null : columnList(others),
      ...(tag !== undefined && tagName(tag, snapshot)),
    };
  });
  const { rowAccess } = relation;
  if (rowAccess === undefined) return masks;
  const row = {
    ...policyRow(referencedPolicy(rowAccess, snapshot), relation, snapshot),
    ref_arg_column_names: columnList(rowAccess.columns),
  };
  return [...masks, row];
}

/** As Snowflake prints an array in these rows: `[ "A", "B" ]`. */
function columnList(names: readonly string[]): string {
  return `[ ${names.map((name) => JSON.stringify(name)).join(", ")} ]`;
}

function policyRow(policy: PolicyObject, relation: Relation, snapshot: Snapshot): InlineRow {
  const place = snapshot.qualify(policy.schemaId);
  const own = snapshot.qualify(relation.schemaId);
  return {
    policy_db: place.database,
    policy_schema: place.schema,
    policy_id: policy.id,
    policy_name: policy.name,
    policy_kind: policy.kind.toUpperCase(),
    ref_database_name: own.database,
    ref_schema_name: own.schema,
    ref_entity_name: relation.name,
    ref_entity_domain: relation.kind.toUpperCase(),
    policy_status: "ACTIVE",
  };
}

function tagName({ name, schemaId }: TagObject, snapshot: Snapshot): InlineRow {
  const { database, schema } = snapshot.qualify(schemaId);
  return { tag_database: database, tag_schema: schema, tag_name: name };
}

/** All live tables and views of the account, temporary ones left out. */
export function allRelations(snapshot: Snapshot): readonly Relation[] {
  return databases(snapshot).flatMap((database) =>
    schemas(snapshot, database).flatMap((schema) => relations(snapshot, schema, "")),
  );
}

/**
 * The tags of an object, or of one of its columns, its own and inherited ones.
 * @param column of a table or view
 */
export function tagRows(
  object: CatalogObject,
  column: string | undefined,
  snapshot: Snapshot,
): readonly InlineRow[] {
  const domain = column === undefined ? tagDomain(object) : "COLUMN";
  const rows: InlineRow[] = [];
  for (const [id, { value, level }] of effectiveTags(object, column, snapshot)) {
    const tag = snapshot.get(id);
    if (tag?.kind !== "tag") continue;
    rows.push({
      ...tagName(tag, snapshot),
      tag_id: tag.id,
      tag_value: value,
      level,
      ...objectName(object, snapshot),
      domain,
      column_name: column ?? null,
      apply_method: level === domain ? "MANUAL" : "INHERITED",
    } satisfies InlineRow);
  }
  return rows;
}

function objectName(object: CatalogObject, snapshot: Snapshot): InlineRow {
  const named = { object_id: object.id, object_name: object.name };
  if ("schemaId" in object) {
    const { database, schema } = snapshot.qualify(object.schemaId);
    return { ...named, object_database: database, object_schema: schema };
  }
  const above = "databaseId" in object ? snapshot.get(object.databaseId) : undefined;
  return { ...named, object_database: above?.name ?? null, object_schema: null };
}

/** The tags that were set, on every object and column of the account: what is inherited is left out. */
export function setTagRows(snapshot: Snapshot): readonly InlineRow[] {
  const isSet = ({ apply_method: method }: InlineRow) => method === "MANUAL";
  return [...snapshot.all()].flatMap((object) => {
    if (object.kind === "grant" || !isLive(object, snapshot)) return [];
    const columns = object.kind === "table" || object.kind === "view" ? object.columns : [];
    const onColumns = [...columns].flatMap(({ name }: { readonly name: string }) =>
      tagRows(object, name, snapshot),
    );
    return [...tagRows(object, undefined, snapshot), ...onColumns].filter(isSet);
  });
}

function isLive(object: CatalogObject, snapshot: Snapshot): boolean {
  if (object.droppedAt !== undefined) return false;
  const id =
    "schemaId" in object ? object.schemaId : "databaseId" in object ? object.databaseId : undefined;
  const above = id === undefined ? undefined : snapshot.get(id);
  return id === undefined || (above !== undefined && isLive(above, snapshot));
}

/** The value of a tag on an object or column; undefined when it has none. */
export function tagValueOf(
  tag: TagObject,
  object: CatalogObject,
  column: string | undefined,
  snapshot: Snapshot,
): EffectiveTag | undefined {
  return effectiveTags(object, column, snapshot).get(tag.id);
}
