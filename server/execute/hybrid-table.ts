/**
 * CREATE of the kinds of tables with a grammar of their own: hybrid tables, whose keys are enforced (enforced-keys.ts), and
 * dynamic tables (dynamic-table.ts).
 * https://docs.snowflake.com/en/sql-reference/sql/create-hybrid-table
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import { makeTable } from "./create-table.ts";
import { createDynamicTable } from "./dynamic-table.ts";
import type { Handler, StatementOf } from "./execution.ts";

type Statement = StatementOf<"create_special_table">;

/** @throws 000002 for the kinds of tables that are not made here, and for what a hybrid table cannot have */
export const createSpecialTable: Handler<"create_special_table"> = async (statement, execution) => {
  if (statement.object === "DYNAMIC TABLE") return createDynamicTable(statement, execution);
  const feature = unsupported(statement);
  if (feature !== undefined) throw snowflakeError("unsupportedFeature", { feature });
  return makeTable(statement, execution, "hybrid");
};

function unsupported(statement: Statement): string | undefined {
  const { object, persistence, source, constraints, columns } = statement;
  if (object !== "HYBRID TABLE") return `CREATE ${object}`;
  if (persistence !== "permanent") return `${persistence.toUpperCase()} HYBRID TABLE`;
  if (source?.kind === "clone") return "CLONE of a HYBRID TABLE";
  const written = [...constraints, ...columns.flatMap((column) => column.constraints)];
  const hasKey = written.some(({ kind }) => kind === "primary_key");
  return hasKey || source?.kind === "like" ? undefined : "HYBRID TABLE without PRIMARY KEY";
}
