/**
 * Clustering keys. They change no result and no speed here; the account checks, remembers and lists them.
 * https://docs.snowflake.com/en/user-guide/tables-clustering-keys
 */

import type { Expression } from "../../translator/ast/expressions.ts";
import { printExpression } from "../../translator/ast/printer.ts";
import { walkExpression } from "../../translator/ast/walk.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { TableObject } from "../catalog/objects.ts";

/**
 * The text of a table's clustering key; empty without expressions.
 * @throws 000904 for a column that the table has not, 000002 for a table that can not be clustered
 */
export function clusteringKey(
  { columns, hybrid }: Pick<TableObject, "columns" | "hybrid">,
  expressions: readonly Expression[],
): string {
  if (expressions.length === 0) return "";
  if (hybrid === true) {
    throw snowflakeError("unsupportedFeature", { feature: "CLUSTER BY of a HYBRID TABLE" });
  }
  // Docs: data-types-datetime, "Limitations for interval data types".
  if (columns.some(({ type }) => type.kind === "interval")) {
    throw snowflakeError("unsupportedFeature", { feature: "INTERVAL column in a clustered table" });
  }
  const names = new Set(columns.map(({ name }) => name));
  for (const expression of expressions) {
    walkExpression(expression, {
      expression: (node) => {
        // A bare word in a call may be a date part.
        if (node.kind === "call") return false;
        const name = node.kind === "column" ? node.parts.at(-1)?.name : undefined;
        if (name !== undefined && !names.has(name))
          throw snowflakeError("columnNotFound", { name });
        return true;
      },
    });
  }
  return expressions.map((expression) => printExpression(expression)).join(", ");
}
