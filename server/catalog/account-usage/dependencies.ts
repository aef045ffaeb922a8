/**
 * OBJECT_DEPENDENCIES: which tables and views the views and dynamic tables of the account read, by the names in their queries.
 * https://docs.snowflake.com/en/sql-reference/account-usage/object_dependencies
 */

import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import { type DynamicTable, inputsOf, relationWord } from "../dynamic-table.ts";
import type { InlineRow } from "../information-schema/inline.ts";
import type { TableObject, ViewObject } from "../objects.ts";
import type { Snapshot } from "../snapshot.ts";

type Relation = TableObject | ViewObject;

function domainOf(relation: Relation): string {
  return relationWord(relation).replaceAll("_", " ");
}

function rowOf(
  view: Relation,
  place: QualifiedName,
  read: Relation,
  name: QualifiedName,
): InlineRow {
  return {
    referenced_database: name.database,
    referenced_schema: name.schema,
    referenced_object_name: read.name,
    referenced_object_id: read.id,
    referenced_object_domain: domainOf(read),
    referencing_database: place.database,
    referencing_schema: place.schema,
    referencing_object_name: view.name,
    referencing_object_id: view.id,
    referencing_object_domain: domainOf(view),
    dependency_type: "BY_NAME",
  };
}

/** A row for each object that a view or dynamic table reads, once. */
export function dependencyRows(
  snapshot: Snapshot,
  reader: ViewObject | DynamicTable,
  place: QualifiedName,
): InlineRow[] {
  return inputsOf(reader, snapshot).map((read) =>
    rowOf(reader, place, read, { ...snapshot.qualify(read.schemaId), name: read.name }),
  );
}
