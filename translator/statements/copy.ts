/**
 * COPY INTO a table (load) and COPY INTO a location (unload).
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-location
 */

import type { Expression, Identifier, ObjectName } from "../ast/expressions.ts";
import { printExpression, printQuery } from "../ast/printer.ts";
import type { Query } from "../ast/queries.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import { parseQuery } from "../parse/query.ts";
import { optionalColumns, printObjectName, printPath, spaced } from "./print.ts";
import {
  atProperty,
  type Property,
  parseProperties,
  parseProperty,
  printProperties,
  propertyNames,
} from "./properties.ts";

/** A stage path, or a URL in quotes ('s3://…'). */
export type Location =
  | { readonly kind: "stage"; readonly path: string }
  | { readonly kind: "url"; readonly url: string };

export type CopyIntoTableStatement = {
  readonly kind: "copy_into_table";
  readonly table: ObjectName;
  readonly columns: readonly Identifier[];
  /** A query is a transformation: SELECT … FROM @stage. Undefined for a pipe of the classic streaming kind. */
  readonly from?: Location | Query | undefined;
  /** FILES, PATTERN, FILE_FORMAT, ON_ERROR, … */
  readonly properties: readonly Property[];
};

export type CopyIntoLocationStatement = {
  readonly kind: "copy_into_location";
  readonly location: Location;
  readonly from: ObjectName | Query;
  readonly partitionBy?: Expression | undefined;
  readonly properties: readonly Property[];
};

export const LOAD_OPTIONS = propertyNames(`
  FILES PATTERN FILE_FORMAT ON_ERROR SIZE_LIMIT PURGE RETURN_FAILED_ONLY MATCH_BY_COLUMN_NAME
  INCLUDE_METADATA ENFORCE_LENGTH TRUNCATECOLUMNS FORCE LOAD_UNCERTAIN_FILES FILE_PROCESSOR LOAD_MODE
  CLUSTER_AT_INGEST_TIME VALIDATION_MODE STORAGE_INTEGRATION CREDENTIALS ENCRYPTION COPY_OPTIONS
`);

export const UNLOAD_OPTIONS = propertyNames(`
  FILE_FORMAT OVERWRITE SINGLE MAX_FILE_SIZE INCLUDE_QUERY_ID DETAILED_OUTPUT HEADER VALIDATION_MODE
  STORAGE_INTEGRATION CREDENTIALS ENCRYPTION
`);

export function parseCopy(cursor: Cursor): CopyIntoTableStatement | CopyIntoLocationStatement {
  cursor.expectKeyword("COPY", "INTO");
  return cursor.at("stage_path") || cursor.at("string") ? parseUnload(cursor) : parseLoad(cursor);
}

function parseLoad(cursor: Cursor): CopyIntoTableStatement {
  const table = cursor.objectName();
  const columns = cursor.optionalIdentifierList();
  const before = parseProperties(cursor, LOAD_OPTIONS, "COPY");
  const from = cursor.acceptKeyword("FROM") ? parseLoadSource(cursor) : undefined;
  const properties = [...before, ...parseProperties(cursor, LOAD_OPTIONS, "COPY")];
  return { kind: "copy_into_table", table, columns, from, properties };
}

function parseLoadSource(cursor: Cursor): Location | Query {
  if (!cursor.acceptPunctuation("(")) return parseLocation(cursor);
  const query = parseQuery(cursor);
  cursor.expectPunctuation(")");
  return query;
}

function parseUnload(cursor: Cursor): CopyIntoLocationStatement {
  const location = parseLocation(cursor);
  cursor.expectKeyword("FROM");
  const from = parseUnloadSource(cursor);
  const properties: Property[] = [];
  let partitionBy: Expression | undefined;
  for (;;) {
    if (cursor.acceptKeyword("PARTITION", "BY")) {
      cursor.expectPunctuation("(");
      partitionBy = parseExpression(cursor);
      cursor.expectPunctuation(")");
    } else if (atProperty(cursor)) {
      properties.push(parseProperty(cursor, UNLOAD_OPTIONS, "COPY"));
      cursor.acceptPunctuation(",");
    } else {
      return { kind: "copy_into_location", location, from, partitionBy, properties };
    }
  }
}

function parseUnloadSource(cursor: Cursor): ObjectName | Query {
  if (!cursor.acceptPunctuation("(")) return cursor.objectName();
  const query = parseQuery(cursor);
  cursor.expectPunctuation(")");
  return query;
}

function parseLocation(cursor: Cursor): Location {
  if (cursor.atStagePath()) return { kind: "stage", path: cursor.stagePath() };
  return { kind: "url", url: cursor.stringLiteral() };
}

export function printCopyIntoTable(statement: CopyIntoTableStatement): string {
  const { from } = statement;
  return spaced(
    `COPY INTO ${printObjectName(statement.table)}`,
    optionalColumns(statement.columns),
    from && "FROM",
    from && (from.kind === "query" ? `(${printQuery(from)})` : printLocation(from)),
    printProperties(statement.properties),
  );
}

export function printCopyIntoLocation(statement: CopyIntoLocationStatement): string {
  const { from } = statement;
  return spaced(
    `COPY INTO ${printLocation(statement.location)} FROM`,
    from.kind === "query" ? `(${printQuery(from)})` : printObjectName(from),
    statement.partitionBy && `PARTITION BY (${printExpression(statement.partitionBy)})`,
    printProperties(statement.properties),
  );
}

function printLocation(location: Location): string {
  return location.kind === "stage" ? printPath(location.path) : quoteString(location.url);
}
