/** INFER_SCHEMA when it runs: the columns of the files as rows. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { SchemaScan } from "../../translator/bind/catalog.ts";
import { parseShape } from "../catalog/information-schema/column-spec.ts";
import { inlineRelation } from "../catalog/information-schema/inline.ts";
import { inferSchema } from "../stages/infer/infer-schema.ts";
import { nameParts } from "../stages/resolve-format.ts";
import { listFiles, namedFormat, resolveStage, type StagedFile } from "../stages/staged-files.ts";
import type { Execution } from "./execution.ts";
import { stageScope } from "./stage-scope.ts";

const SHAPE = parseShape("column_name, type, nullable b, expression, filenames, order_id n");

/**
 * @returns a SELECT in parentheses
 * @throws 001008 without LOCATION or FILE_FORMAT, 002003 for a stage or format that is not there
 */
export async function schemaRows(
  { arguments: given }: SchemaScan,
  execution: Execution,
): Promise<string> {
  const scope = stageScope(execution);
  const text = (name: string) => {
    const value = given.get(name)?.[0];
    if (value === undefined) throw snowflakeError("invalidParameterValue", { value: "NULL", name });
    return value;
  };
  const count = (name: string) => Number(given.get(name)?.[0] ?? Number.POSITIVE_INFINITY);
  const location = resolveStage(text("LOCATION"), scope);
  const listed = listFiles(location, execution.account.stages);
  const columns = await inferSchema(execution.account.database, {
    files: picked(listed, given.get("FILES"), location.path).slice(0, count("MAX_FILE_COUNT")),
    format: namedFormat(nameParts(text("FILE_FORMAT")), scope),
    ignoreCase: given.get("IGNORE_CASE")?.[0]?.toLowerCase() === "true",
    maxRecords: count("MAX_RECORDS_PER_FILE"),
  });
  const rows = columns.map(({ name, type, nullable, expression, files }, index) => ({
    column_name: name,
    type,
    nullable,
    expression,
    filenames: files.join(", "),
    order_id: index,
  }));
  const name = { database: "", schema: "", name: "INFER_SCHEMA" };
  const relation = inlineRelation(name, SHAPE, rows);
  return relation.kind === "inline" ? `(${relation.sql})` : "";
}

function picked(
  files: readonly StagedFile[],
  names: readonly string[] | undefined,
  path: string,
): readonly StagedFile[] {
  if (names === undefined) return files;
  const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
  return files.filter((file) => names.some((name) => file.path === folder + name));
}
