/** SHOW PIPES and DESCRIBE PIPE. https://docs.snowflake.com/en/sql-reference/sql/show-pipes */

import { type PipeObject, pipesOf } from "../../catalog/pipe-object.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { rowsInScope } from "./scope.ts";

export async function showPipes(
  statement: StatementOf<"show">,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const rows = rowsInScope(statement.scope, execution, (schema) =>
    pipesOf(snapshot, schema.id).map((pipe) => pipeRow(pipe, execution)),
  );
  const left = applyClauses(rows, statement);
  return shapedResult(shapeOf("PIPES"), left);
}

/** The row of SHOW PIPES. https://docs.snowflake.com/en/sql-reference/sql/desc-pipe */
export function describePipe(pipe: PipeObject, execution: Execution): StatementResult {
  return shapedResult(shapeOf("PIPES"), [pipeRow(pipe, execution)], DESCRIBE_STATEMENT);
}

function pipeRow(pipe: PipeObject, { account }: Execution): ShowRow {
  const { database, schema } = account.catalog.snapshot.qualify(pipe.schemaId);
  return {
    created_on: pipe.createdAt,
    name: pipe.name,
    database_name: database,
    schema_name: schema,
    definition: pipe.definition,
    owner: pipe.owner,
    notification_channel: null,
    comment: pipe.comment,
    integration: null,
    pattern: pipe.pattern ?? null,
    error_integration: null,
    owner_role_type: ownerRoleType(pipe.owner),
    invalid_reason: account.pipes.status(pipe).error?.message ?? null,
    kind: "STAGE",
  };
}
