/**
 * The tags of an object: its own, and those that it inherits from what contains it.
 * https://docs.snowflake.com/en/user-guide/object-tagging/inheritance
 */

import type { TagValues } from "./object-base.ts";
import type { CatalogObject } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";

/** A tag's value, and the kind of object that it was set on. */
export type EffectiveTag = {
  readonly value: string;
  /** COLUMN, TABLE, SCHEMA, DATABASE, WAREHOUSE …. */
  readonly level: string;
};

/** Views and all kinds of tables are of the domain TABLE. */
export function tagDomain(object: CatalogObject): string {
  return object.kind === "view" ? "TABLE" : object.kind.toUpperCase().replaceAll("_", " ");
}

/**
 * The live tags of an object by the tag's id; what is set nearer hides what is inherited.
 * @param column of a table or view
 */
export function effectiveTags(
  object: CatalogObject,
  column: string | undefined,
  snapshot: Snapshot,
): ReadonlyMap<number, EffectiveTag> {
  const found = new Map<number, EffectiveTag>();
  const take = (values: TagValues | undefined, level: string) => {
    for (const [id, value] of Object.entries(values ?? {})) {
      const tag = Number(id);
      const isLive = snapshot.get(tag)?.droppedAt === undefined && snapshot.get(tag) !== undefined;
      if (isLive && !found.has(tag)) found.set(tag, { value, level });
    }
  };
  if (column !== undefined && (object.kind === "table" || object.kind === "view")) {
    take(object.columns.find(({ name }) => name === column)?.tags, "COLUMN");
  }
  for (const each of upwards(object, snapshot)) take(each.tags, tagDomain(each));
  return found;
}

/** The object, its schema, its database. */
function upwards(object: CatalogObject, snapshot: Snapshot): readonly CatalogObject[] {
  const id =
    "schemaId" in object ? object.schemaId : "databaseId" in object ? object.databaseId : undefined;
  const above = id === undefined ? undefined : snapshot.get(id);
  return above === undefined ? [object] : [object, ...upwards(above, snapshot)];
}
