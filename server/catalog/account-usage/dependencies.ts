/**
 * OBJECT_DEPENDENCIES: which tables and views the views of the account read, by the names in their queries.
 * https://docs.snowflake.com/en/sql-reference/account-usage/object_dependencies
 */

import type { Identifier } from "../../../translator/ast/expressions.ts";
import { walk } from "../../../translator/ast/walk.ts";
import type { QualifiedName } from "../../../translator/bind/catalog.ts";
import { Cursor } from "../../../translator/parse/cursor.ts";
import { parseQuery } from "../../../translator/parse/query.ts";
import type { InlineRow } from "../information-schema/inline.ts";
import type { TableObject, ViewObject } from "../objects.ts";
import type { Snapshot } from "../snapshot.ts";

type Relation = TableObject | ViewObject;

/** Names that the query reads from, without those of its own common table expressions. */
function namesRead(text: string): readonly (readonly Identifier[])[] {
  const names: (readonly Identifier[])[] = [];
  const own = new Set<string>();
  walk(
    { sort: "query", node: parseQuery(new Cursor(text)) },
    {
      query: (query) => {
        for (const cte of query.ctes) own.add(cte.name.name);
        return true;
      },
      from: (item) => {
        if (item.kind === "table" && item.name.kind === "name") names.push(item.name.parts);
        return true;
      },
    },
  );
  return names.filter(([first, ...more]) => more.length > 0 || !own.has(first?.name ?? ""));
}

/** A name inside a view is completed with the view's own database and schema. */
function completed(parts: readonly Identifier[], place: QualifiedName): QualifiedName {
  const [name, schema, database] = parts.map((part) => part.name).reverse();
  return {
    name: name ?? "",
    schema: schema === "" ? "PUBLIC" : (schema ?? place.schema),
    database: database ?? place.database,
  };
}

function domainOf(relation: Relation): string {
  if (relation.kind === "table") return "TABLE";
  return relation.materialized ? "MATERIALIZED VIEW" : "VIEW";
}

function rowOf(
  view: ViewObject,
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

/** A row for each object that a view reads, once. */
export function dependencyRows(
  snapshot: Snapshot,
  view: ViewObject,
  place: QualifiedName,
): InlineRow[] {
  const read = new Map<number, InlineRow>();
  for (const parts of namesRead(view.query)) {
    const name = completed(parts, place);
    const schema = snapshot.schema(name.database, name.schema);
    const found = schema && snapshot.find("relation", schema.id, name.name, view.sessionId);
    if (found?.kind !== "table" && found?.kind !== "view") continue;
    read.set(found.id, rowOf(view, place, found, name));
  }
  return [...read.values()];
}
