/**
 * COPY_HISTORY and LOAD_HISTORY over all databases, read from the account's own tables when the query runs.
 * https://docs.snowflake.com/en/sql-reference/account-usage/copy_history
 */

import type { QualifiedName, Relation } from "../../../translator/bind/catalog.ts";
import { quoteText } from "../../../translator/lower/sql.ts";
import { parseShape } from "../information-schema/column-spec.ts";
import { FIRST_ERROR, HISTORY, relationOf, STATUS } from "../information-schema/load-rows.ts";
import { databases, relations, schemas } from "../information-schema/objects.ts";
import type { Snapshot } from "../snapshot.ts";
import { ACCOUNT_USAGE_SHAPES } from "./shapes.ts";

/** Columns that the table of tables has under other names. */
const PLACES: Readonly<Record<string, string>> = {
  schema_id: "table_schema_id",
  schema_name: "table_schema_name",
  catalog_id: "table_catalog_id",
  catalog_name: "table_catalog_name",
  bytes_billed: "NULL",
};

/** @returns undefined for another view */
export function loadUsage(name: QualifiedName, snapshot: Snapshot): Relation | undefined {
  const isCopy = name.name === "COPY_HISTORY";
  if (!isCopy && name.name !== "LOAD_HISTORY") return undefined;
  const status = isCopy ? STATUS : "replace(status, '_', ' ')";
  // What pipes have loaded is no load of LOAD_HISTORY's.
  const which = isCopy ? "TRUE" : "pipe_id IS NULL";
  const from = `${HISTORY} JOIN (${tablesSql(snapshot)}) AS t ON t.id = table_id WHERE ${which}`;
  const shape = parseShape(ACCOUNT_USAGE_SHAPES[name.name] ?? "");
  return relationOf(name, shape, { ...FIRST_ERROR, ...PLACES, status }, from);
}

/** The tables of the account with the names and ids of their places. */
function tablesSql(snapshot: Snapshot): string {
  const rows = databases(snapshot).flatMap((database) =>
    schemas(snapshot, database).flatMap((schema) =>
      relations(snapshot, schema, "").map(
        ({ id, name }) =>
          `(${id}, ${quoteText(name)}, ${schema.id}, ${quoteText(schema.name)}, ${database.id}, ${quoteText(database.name)})`,
      ),
    ),
  );
  const values = rows.length === 0 ? "(NULL, '', NULL, '', NULL, '')" : rows.join(", ");
  return `SELECT * FROM (VALUES ${values})
    AS v(id, table_name, table_schema_id, table_schema_name, table_catalog_id, table_catalog_name)`;
}
