/** The catalog with all tables as they were at a point: what a view reads AT or BEFORE it. Docs: constructs/at-before. */

import { snowflakeError } from "../base/errors.ts";
import type { CatalogSnapshot, HistoryPoint, Relation } from "./catalog.ts";

/**
 * A relation at a point of its history; a view is read from what its tables were.
 * @throws 000002 for what has no history: streams, INFORMATION_SCHEMA, functions
 */
export function relationInPast(
  relation: Relation,
  point: HistoryPoint,
  catalog: CatalogSnapshot,
): Relation {
  if (relation.kind === "view") return { ...relation, catalog: pastCatalog(catalog, point) };
  const sql = relation.kind === "table" ? catalog.relationAt?.(relation, point) : undefined;
  if (sql === undefined) throw snowflakeError("unsupportedFeature", { feature: "AT | BEFORE" });
  return { kind: "inline", name: relation.name, sql, columns: relation.columns };
}

function pastCatalog(catalog: CatalogSnapshot, point: HistoryPoint): CatalogSnapshot {
  return {
    version: catalog.version,
    hasDatabase: (database) => catalog.hasDatabase(database),
    hasSchema: (database, schema) => catalog.hasSchema(database, schema),
    sequence: (name) => catalog.sequence(name),
    userTableFunctions: (name) => catalog.userTableFunctions?.(name) ?? [],
    relation: (name) => {
      const found = catalog.relation(name);
      return found && relationInPast(found, point, catalog);
    },
  };
}
