/**
 * What DROP … RESTRICT and CASCADE mean: foreign keys of other tables that refer to what is dropped.
 * https://docs.snowflake.com/en/sql-reference/sql/drop-table
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { CatalogObject, Constraint, TableObject } from "../catalog/objects.ts";
import type { CatalogChange, Snapshot } from "../catalog/snapshot.ts";

type Behavior = "CASCADE" | "RESTRICT" | "FORCE" | undefined;
type Place = { readonly database: string; readonly schema: string; readonly table: TableObject };

/**
 * The changes of the tables whose foreign keys end with the dropped object. Without a word standard tables cascade,
 * hybrid tables restrict.
 * @throws 003932 with RESTRICT when there is such a table
 */
export function referenceChanges(
  dropped: CatalogObject,
  behavior: Behavior,
  snapshot: Snapshot,
): CatalogChange[] {
  if (dropped.kind !== "table" && dropped.kind !== "schema" && dropped.kind !== "database") {
    return [];
  }
  const places = tables(snapshot);
  const gone = places.filter((place) => isIn(place, dropped, snapshot));
  const refersToGone = ({ references }: Constraint) =>
    references !== undefined &&
    gone.some(
      ({ database, schema, table }) =>
        references.database === database &&
        references.schema === schema &&
        references.table === table.name,
    );
  const referring = places
    .filter((place) => !gone.includes(place))
    .map(({ table }) => table)
    .filter(({ constraints }) => constraints.some(refersToGone));
  const isHybrid = dropped.kind === "table" && dropped.hybrid === true;
  const restricts = behavior === "RESTRICT" || (isHybrid && behavior === undefined);
  if (restricts && referring.length > 0) {
    throw snowflakeError("droppedHasDependencies", { kind: dropped.kind });
  }
  return referring.map((table) => ({
    kind: "put",
    object: { ...table, constraints: table.constraints.filter((item) => !refersToGone(item)) },
  }));
}

function isIn({ table, database }: Place, dropped: CatalogObject, snapshot: Snapshot): boolean {
  if (dropped.kind === "table") return table.id === dropped.id;
  if (dropped.kind === "schema") return table.schemaId === dropped.id;
  return snapshot.database(database)?.id === dropped.id;
}

/** Every table of the account but temporary ones. */
function tables(snapshot: Snapshot): Place[] {
  return snapshot
    .list("database", 0)
    .flatMap((database) =>
      snapshot
        .list("schema", database.id)
        .flatMap((schema) =>
          snapshot
            .list("relation", schema.id)
            .flatMap((object) =>
              object.kind === "table"
                ? [{ database: database.name, schema: schema.name, table: object }]
                : [],
            ),
        ),
    );
}
