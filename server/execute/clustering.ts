/**
 * Clustering keys: kept, shown and checked. They change no result, and there are no micro-partitions here to sort.
 * https://docs.snowflake.com/en/user-guide/tables-clustering-keys
 */

import type { Expression } from "../../translator/ast/expressions.ts";
import { printExpression } from "../../translator/ast/printer.ts";
import { walkExpression } from "../../translator/ast/walk.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { TableObject } from "../catalog/objects.ts";

/** The key of CLUSTER BY as SHOW and GET_DDL print it, without the LINEAR around it. */
export function clusteringKey(expressions: readonly Expression[]): string {
  return expressions.map((expression) => printExpression(expression)).join(", ");
}

/**
 * Docs: tables-clustering-keys; data-types-datetime, "Limitations for interval data types".
 * @throws 000904 when the key names a column that the table does not have; unsupported feature for INTERVAL columns
 */
export function checkClustering(table: TableObject, expressions: readonly Expression[]): void {
  for (const expression of expressions) {
    walkExpression(expression, {
      expression: (node) => {
        const [part] = node.kind === "column" ? node.parts : [];
        if (part !== undefined && !table.columns.some(({ name }) => name === part.name)) {
          throw snowflakeError("columnNotFound", { name: part.name });
        }
      },
    });
  }
  if (table.clusterBy === "" || !table.columns.some(({ type }) => type.kind === "interval")) return;
  throw snowflakeError("unsupportedFeature", { feature: "INTERVAL column in a clustered table" });
}
