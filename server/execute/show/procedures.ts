/**
 * SHOW PROCEDURES and DESCRIBE PROCEDURE.
 * https://docs.snowflake.com/en/sql-reference/sql/show-procedures
 * https://docs.snowflake.com/en/sql-reference/sql/desc-procedure
 */

import type { ProcedureObject } from "../../catalog/objects.ts";
import { bareType } from "../../catalog/routine-text.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { EMPTY_SHAPES } from "./empty-shapes.ts";
import { type ShowRow, shapedResult, yn } from "./rows.ts";
import { scopePlaces } from "./scope.ts";

type Statement = StatementOf<"show">;

function returnsText({ returns }: ProcedureObject): string {
  if (returns.kind === "value") return bareType(returns.type);
  const columns = returns.columns.map(({ name, type }) => `${name} ${bareType(type)}`);
  return `TABLE (${columns.join(", ")})`;
}

function signatureText(procedure: ProcedureObject): string {
  const list = procedure.parameters.map(({ type, mode, default: given }) => {
    const word = `${mode === "out" ? "OUT " : ""}${bareType(type)}`;
    return given === undefined ? word : `DEFAULT ${word}`;
  });
  return `${procedure.procedureName}(${list.join(", ")}) RETURN ${returnsText(procedure)}`;
}

function procedureRow(
  procedure: ProcedureObject,
  place: { readonly database: string; readonly schema: string },
): ShowRow {
  const { parameters } = procedure;
  return {
    created_on: procedure.createdAt,
    name: procedure.procedureName,
    schema_name: place.schema,
    is_builtin: "N",
    is_aggregate: "N",
    is_ansi: "N",
    min_num_arguments: parameters.filter((parameter) => parameter.default === undefined).length,
    max_num_arguments: parameters.length,
    arguments: signatureText(procedure),
    description: procedure.comment === "" ? "user-defined procedure" : procedure.comment,
    catalog_name: place.database,
    is_table_function: yn(procedure.returns.kind === "table"),
    valid_for_clustering: "N",
    is_secure: yn(procedure.secure),
    secrets: null,
    external_access_integrations: null,
  };
}

/** The procedures of users; there are no built-in ones. */
export async function showProcedures(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const { account, session } = execution;
  const { snapshot } = account.catalog;
  const rows = scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : snapshot
          .list("procedure", schema.id, String(session.id))
          .filter((object) => object.kind === "procedure")
          .map((object) => procedureRow(object, { database: database.name, schema: schema.name })),
  );
  const shape = EMPTY_SHAPES["PROCEDURES"] ?? "";
  return shapedResult(shape, applyClauses(rows, statement));
}

/** Properties and their values, one per row. */
export function describeProcedure(procedure: ProcedureObject): StatementResult {
  const signature = procedure.parameters.map(({ name, type }) => `${name} ${bareType(type)}`);
  const property = (name: string, value: string): ShowRow => ({ property: name, value });
  const rows = [
    property("signature", `(${signature.join(", ")})`),
    property("returns", returnsText(procedure)),
    property("language", procedure.language),
    property(
      "null handling",
      procedure.strict ? "RETURNS NULL ON NULL INPUT" : "CALLED ON NULL INPUT",
    ),
    property("volatility", "VOLATILE"),
    property("execute as", procedure.executeAs),
    property("body", procedure.body),
  ];
  return shapedResult("property, value", rows, DESCRIBE_STATEMENT);
}
