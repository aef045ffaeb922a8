/** The columns of a table whose rows come from a query: names, types and comments of the column list, where it has them. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { OutputColumn } from "../../translator/bind/bound.ts";
import type { ColumnDefinition } from "../../translator/statements/columns.ts";
import type { CatalogColumn, TableObject } from "../catalog/objects.ts";
import { checkDistinct, planColumn } from "./columns.ts";
import type { Execution } from "./execution.ts";

/**
 * @param definitions the column list; empty for the query's own names
 * @param outputs what the query gives
 * @param table the table as far as it is known without columns
 * @throws 002026 for a list of another length, 002025 for a name that comes twice
 */
export function queryColumns(
  definitions: readonly ColumnDefinition[],
  outputs: readonly OutputColumn[],
  table: TableObject,
  execution: Execution,
): CatalogColumn[] {
  const names =
    definitions.length === 0
      ? outputs.map((column) => column.name)
      : definitions.map((column) => column.name.name);
  if (names.length !== outputs.length) throw snowflakeError("columnListMismatch", {});
  checkDistinct(names);
  return outputs.map((output, index) => {
    const definition = definitions[index];
    const name = names[index] ?? output.name;
    if (definition?.type !== undefined) {
      return planColumn(definition, index + 1, table, execution).column;
    }
    return {
      name,
      type: output.type,
      nullable: definition?.nullable !== false,
      physical: `c${index + 1}_${name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`,
      comment: definition?.comment ?? "",
    };
  });
}
