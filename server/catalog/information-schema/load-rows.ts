/**
 * What was loaded into tables: LOAD_HISTORY, COPY_HISTORY and VALIDATE. The rows are the account's own tables (server/stages/load),
 * read when the query runs; tables that are gone take theirs along.
 * https://docs.snowflake.com/en/sql-reference/info-schema/load_history
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import { splitName } from "../../../translator/bind/binder.ts";
import type { QualifiedName, Relation } from "../../../translator/bind/catalog.ts";
import { quoteText } from "../../../translator/lower/sql.ts";
import { duckType } from "../../../translator/types/physical.ts";
import type { TableObject } from "../objects.ts";
import type { Snapshot } from "../snapshot.ts";
import { parseShape, type ShapeColumn } from "./column-spec.ts";
import { FUNCTION_SHAPES, VALIDATED } from "./function-shapes.ts";
import { relations, schemas } from "./objects.ts";
import { pipeUsageHistory, validatePipeLoad } from "./pipe-load-rows.ts";
import { VIEW_SHAPES } from "./shapes.ts";

/** Who asks: names resolve and `_last` is found from here. */
export type LoadScope = {
  readonly snapshot: Snapshot;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly sessionId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

export type LoadArguments = ReadonlyMap<string, string | null>;

export const HISTORY = "mockhaus.load_history";
export const ERRORS = "mockhaus.load_errors";

/** Columns that the history has under other names than the views. */
export const FIRST_ERROR: Readonly<Record<string, string>> = {
  file_name: "file",
  last_load_time: "loaded_at",
  first_commit_time: "loaded_at",
  first_error_message: "first_error",
  first_error_line_number: "first_error_line",
  first_error_character_position: "first_error_character",
  first_error_character_pos: "first_error_character",
  first_error_col_name: "first_error_column",
  first_error_column_name: "first_error_column",
};

export function relationOf(
  name: QualifiedName,
  columns: readonly ShapeColumn[],
  items: Readonly<Record<string, string>>,
  from: string,
): Relation {
  const list = columns.map((column, index) => {
    const sql = items[column.name] ?? column.name;
    return `CAST(${sql} AS ${duckType(column.type)}) AS c${index + 1}`;
  });
  return {
    kind: "inline",
    name,
    sql: `SELECT ${list.join(", ")} FROM ${from}`,
    columns: columns.map((column, index) => ({
      name: column.name.toUpperCase(),
      type: column.type,
      nullable: true,
      physical: `c${index + 1}`,
    })),
  };
}

/** INFORMATION_SCHEMA.LOAD_HISTORY of a database. */
export function loadHistoryView(name: QualifiedName, scope: LoadScope): Relation | undefined {
  const database = scope.snapshot.database(name.database);
  if (database === undefined) return undefined;
  const tables = schemas(scope.snapshot, database).flatMap((schema) =>
    relations(scope.snapshot, schema, scope.sessionId)
      .filter(({ kind }) => kind === "table")
      .map(({ id, name: table }) => `(${id}, ${quoteText(schema.name)}, ${quoteText(table)})`),
  );
  const known = tables.length === 0 ? "(NULL, '', '')" : tables.join(", ");
  const items = {
    ...FIRST_ERROR,
    status: "replace(status, '_', ' ')",
    schema_name: "t.schema_name",
    table_name: "t.table_name",
  };
  const from = `${HISTORY} JOIN (VALUES ${known}) AS t(id, schema_name, table_name) ON t.id = table_id WHERE pipe_id IS NULL`;
  return relationOf(name, parseShape(VIEW_SHAPES.LOAD_HISTORY ?? ""), items, from);
}

/**
 * COPY_HISTORY(TABLE_NAME => …, START_TIME => …) and VALIDATE(table, JOB_ID => …).
 * @returns undefined for another function
 * @throws 002003 for a table that is not there, 001008 for an argument that is missing or cannot be read
 */
export function loadFunction(
  name: QualifiedName,
  args: LoadArguments,
  scope: LoadScope,
): Relation | undefined {
  if (name.name === "VALIDATE") return validate(name, args, scope);
  if (name.name === "VALIDATE_PIPE_LOAD") return validatePipeLoad(name, args, scope);
  if (name.schema === "INFORMATION_SCHEMA" && name.name === "PIPE_USAGE_HISTORY") {
    return pipeUsageHistory(name, args, scope);
  }
  const isHistory = name.name === "COPY_HISTORY" && name.schema === "INFORMATION_SCHEMA";
  return isHistory ? copyHistory(name, args, scope) : undefined;
}

/** A status as COPY_HISTORY prints it. */
export const STATUS = `CASE status WHEN 'LOADED' THEN 'Loaded' WHEN 'LOAD_FAILED' THEN 'Load failed' ELSE 'Partially loaded' END`;

function copyHistory(name: QualifiedName, args: LoadArguments, scope: LoadScope): Relation {
  const given = (key: string, position: number) => args.get(key) ?? args.get(String(position));
  const { table, path } = findTable(given("TABLE_NAME", 1), "TABLE_NAME", scope);
  const conditions = [`table_id = ${table.id}`];
  const start = instantSql(given("START_TIME", 2), "START_TIME");
  const end = instantSql(given("END_TIME", 3), "END_TIME");
  if (start === undefined) {
    throw snowflakeError("invalidParameterValue", { value: "NULL", name: "START_TIME" });
  }
  conditions.push(`loaded_at >= ${start}`);
  if (end !== undefined) conditions.push(`loaded_at <= ${end}`);
  const items = {
    ...FIRST_ERROR,
    status: STATUS,
    table_catalog_name: quoteText(path.database),
    table_schema_name: quoteText(path.schema),
    table_name: quoteText(table.name),
  };
  const from = `${HISTORY} WHERE ${conditions.join(" AND ")}`;
  return relationOf(name, parseShape(FUNCTION_SHAPES.COPY_HISTORY ?? ""), items, from);
}

function validate(name: QualifiedName, args: LoadArguments, scope: LoadScope): Relation {
  const { table } = findTable(args.get("1"), "table", scope);
  const job = args.get("JOB_ID") ?? args.get("2");
  if (typeof job !== "string") {
    throw snowflakeError("invalidParameterValue", { value: "NULL", name: "JOB_ID" });
  }
  const last = `(SELECT max_by(query_id, loaded_at) FROM ${HISTORY} WHERE table_id = ${table.id} AND session_id = ${quoteText(scope.sessionId)})`;
  const query = job.toLowerCase() === "_last" ? last : quoteText(job);
  const from = `${ERRORS} WHERE table_id = ${table.id} AND query_id = ${query}`;
  return relationOf(name, parseShape(VALIDATED), {}, from);
}

function findTable(
  text: string | null | undefined,
  parameter: string,
  scope: LoadScope,
): { readonly table: TableObject; readonly path: QualifiedName } {
  if (text === undefined || text === null) {
    throw snowflakeError("invalidParameterValue", { value: "NULL", name: parameter });
  }
  const parts = splitName(text, { start: 0, end: text.length }).map((part) => part.name);
  const [name = "", schema = scope.schema ?? "", database = scope.database ?? ""] = [
    ...parts,
  ].reverse();
  const container = scope.snapshot.schema(database, schema);
  const table = container && scope.snapshot.find("relation", container.id, name, scope.sessionId);
  if (table?.kind !== "table") throw snowflakeError("objectNotFound", { name: text });
  return { table, path: { database, schema, name } };
}

/** A DuckDB instant. A text without a zone counts as UTC. */
export function instantSql(text: string | null | undefined, name: string): string | undefined {
  if (text === undefined || text === null) return undefined;
  const spaced = text.replace(/ ([+-]\d{2}):?(\d{2})$/, "$1:$2");
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(spaced) ? spaced : `${spaced} Z`;
  const value = Date.parse(zoned);
  if (Number.isNaN(value)) throw snowflakeError("invalidParameterValue", { value: text, name });
  return `'${new Date(value).toISOString()}'::TIMESTAMPTZ`;
}
