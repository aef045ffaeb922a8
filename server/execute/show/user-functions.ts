/** SHOW USER FUNCTIONS and DESCRIBE FUNCTION. https://docs.snowflake.com/en/sql-reference/sql/show-user-functions */

import type { FunctionObject } from "../../catalog/objects.ts";
import {
  nullHandling,
  overloadText,
  parameterList,
  resultText,
} from "../../catalog/routine-text.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { type ShowRow, shapedResult, shapeOf, yn } from "./rows.ts";
import { scopePlaces } from "./scope.ts";

type Statement = StatementOf<"show">;

/** The rows of users' functions in the scope of a SHOW command, ordered by name. */
export function userFunctionRows(statement: Statement, execution: Execution): ShowRow[] {
  const { snapshot } = execution.account.catalog;
  const sessionId = String(execution.session.id);
  return scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : snapshot
          .list("function", schema.id, sessionId)
          .filter((object) => object.kind === "function")
          .map((routine) => functionRow(routine, database.name, schema.name)),
  );
}

function functionRow(routine: FunctionObject, database: string, schema: string): ShowRow {
  const { parameters } = routine;
  return {
    created_on: routine.createdAt,
    name: routine.name,
    schema_name: schema,
    is_builtin: "N",
    is_aggregate: "N",
    is_ansi: "N",
    min_num_arguments: parameters.filter(({ default: given }) => given === undefined).length,
    max_num_arguments: parameters.length,
    arguments: overloadText(routine),
    description: routine.comment === "" ? "user-defined function" : routine.comment,
    catalog_name: database,
    is_table_function: yn(routine.returns.kind === "table"),
    valid_for_clustering: "N",
    is_secure: yn(routine.secure),
    secrets: null,
    external_access_integrations: null,
    is_external_function: "N",
    language: routine.language,
    is_memoizable: yn(routine.memoizable),
    is_data_metric: "N",
  };
}

export async function showUserFunctions(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const rows = userFunctionRows(statement, execution);
  return shapedResult(shapeOf("FUNCTIONS"), applyClauses(rows, statement));
}

/** One row for each property of the function. */
export function describeFunction(routine: FunctionObject): StatementResult {
  const isSql = routine.language === "SQL";
  const properties: readonly (readonly [string, string | null])[] = [
    ["signature", parameterList(routine.parameters)],
    ["returns", resultText(routine.returns)],
    ["language", routine.language],
    ...(isSql
      ? []
      : [
          ["null handling", nullHandling(routine)] as const,
          ["volatility", routine.volatility] as const,
        ]),
    ["body", routine.secure ? null : routine.body],
  ];
  const rows = properties.map(([property, value]) => ({ property, value }));
  return shapedResult("property, value", rows, DESCRIBE_STATEMENT);
}
