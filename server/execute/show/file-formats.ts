/** SHOW FILE FORMATS and DESCRIBE FILE FORMAT. https://docs.snowflake.com/en/sql-reference/sql/show-file-formats */

import { fileFormats } from "../../catalog/information-schema/objects.ts";
import type { FileFormatObject } from "../../catalog/objects.ts";
import { formatOf } from "../../stages/file-format.ts";
import { describedOptions, optionsJson } from "../../stages/format-text.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { DESCRIBE_STATEMENT } from "../statement-types.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { onceByName, scopePlaces } from "./scope.ts";

type Statement = StatementOf<"show">;

export async function showFileFormats(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const sessionId = String(execution.session.id);
  const rows = scopePlaces(statement.scope, execution).flatMap(({ database, schema }) =>
    schema === undefined
      ? []
      : fileFormats(snapshot, schema, sessionId).map((format) =>
          formatRow(format, database.name, schema.name),
        ),
  );
  const left = applyClauses(onceByName(rows, statement.scope, execution), statement);
  return shapedResult(shapeOf("FILE FORMATS"), left);
}

function formatRow(format: FileFormatObject, database: string, schema: string): ShowRow {
  return {
    created_on: format.createdAt,
    name: format.name,
    database_name: database,
    schema_name: schema,
    type: format.type,
    owner: format.owner,
    comment: format.comment,
    format_options: optionsJson(formatOf(format)),
    owner_role_type: ownerRoleType(format.owner),
  };
}

/** One row for each option. https://docs.snowflake.com/en/sql-reference/sql/desc-file-format */
export function describeFileFormat(object: FileFormatObject): StatementResult {
  const type = { name: "TYPE", type: "String", value: object.writtenType, default: "CSV" };
  const rows = [type, ...describedOptions(formatOf(object))].map((option) => ({
    property: option.name,
    property_type: option.type,
    property_value: option.value,
    property_default: option.default,
  }));
  const shape = "property, property_type, property_value, property_default";
  return shapedResult(shape, rows, DESCRIBE_STATEMENT);
}
