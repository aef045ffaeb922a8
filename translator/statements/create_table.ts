/**
 * CREATE TABLE and the other kinds of tables.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table
 */

import type { Cursor } from "../parse/cursor.ts";
import {
  type CreateHead,
  type CreatePrefix,
  type Persistence,
  parseCreateHead,
  persistenceOf,
  printCreateHead,
  printPersistence,
} from "./create_head.ts";
import { compileForms } from "./forms.ts";
import { spaced } from "./print.ts";
import { propertyNames } from "./properties.ts";
import { parseTableBody, printTableBody, type TableBody, type TableGrammar } from "./table_body.ts";

export type TableKind =
  | "TABLE"
  | "HYBRID TABLE"
  | "EVENT TABLE"
  | "EXTERNAL TABLE"
  | "ICEBERG TABLE"
  | "DYNAMIC TABLE"
  | "DYNAMIC ICEBERG TABLE"
  | "INTERACTIVE TABLE";

/** CREATE TABLE has the kind create_table; the other kinds of tables share one node with `object`. */
export type CreateTableStatement = {
  readonly kind: "create_table";
  readonly persistence: Persistence;
} & CreateHead &
  TableBody;

export type CreateSpecialTableStatement = {
  readonly kind: "create_special_table";
  readonly object: Exclude<TableKind, "TABLE">;
  readonly persistence: Persistence;
} & CreateHead &
  TableBody;

/** Options of a permanent table, also what ALTER TABLE … SET takes. */
export const TABLE_PROPERTIES = propertyNames(`
  DATA_RETENTION_TIME_IN_DAYS MAX_DATA_EXTENSION_TIME_IN_DAYS CHANGE_TRACKING
  ENABLE_SCHEMA_EVOLUTION DEFAULT_DDL_COLLATION STAGE_FILE_FORMAT STAGE_COPY_OPTIONS
  ERROR_LOGGING ROW_TIMESTAMP DATA_METRIC_SCHEDULE COMMENT OBJECT_VISIBILITY
  ENABLE_DATA_COMPACTION LOG_LEVEL TRACE_LEVEL METRIC_LEVEL
`);

export const EXTERNAL_TABLE_PROPERTIES = propertyNames(`
  LOCATION PARTITION_TYPE REFRESH_ON_CREATE AUTO_REFRESH PATTERN FILE_FORMAT AWS_SNS_TOPIC
  TABLE_FORMAT INTEGRATION COMMENT USER_SPECIFIED
`);

export const ICEBERG_TABLE_PROPERTIES = propertyNames(
  `
  EXTERNAL_VOLUME CATALOG BASE_LOCATION CATALOG_TABLE_NAME CATALOG_NAMESPACE CATALOG_SYNC
  METADATA_FILE_PATH STORAGE_SERIALIZATION_POLICY REPLACE_INVALID_CHARACTERS AUTO_REFRESH
  TARGET_FILE_SIZE PATH_LAYOUT ICEBERG_VERSION ICEBERG_MERGE_ON_READ_BEHAVIOR
  ENABLE_ICEBERG_MERGE_ON_READ AUTO_CLUSTERING
  `,
  TABLE_PROPERTIES,
);

export const DYNAMIC_TABLE_PROPERTIES = propertyNames(
  "TARGET_LAG WAREHOUSE INITIALIZATION_WAREHOUSE REFRESH_MODE INITIALIZE SCHEDULER",
  ICEBERG_TABLE_PROPERTIES,
);

const DYNAMIC_FORMS = `
  REQUIRE USER
  EXECUTE AS USER <name> [USE SECONDARY ROLES <words>]
  IMMUTABLE WHERE ( <expression> )
  BACKFILL FROM <name> [<time_travel>]
`;

/** No special phrases. */
const NO_FORMS = compileForms("");

export const TABLE_GRAMMARS: Readonly<Record<TableKind, TableGrammar>> = {
  TABLE: { object: "TABLE", properties: TABLE_PROPERTIES, forms: NO_FORMS },
  "HYBRID TABLE": { object: "HYBRID TABLE", properties: TABLE_PROPERTIES, forms: NO_FORMS },
  "EVENT TABLE": { object: "EVENT TABLE", properties: TABLE_PROPERTIES, forms: NO_FORMS },
  "EXTERNAL TABLE": {
    object: "EXTERNAL TABLE",
    properties: EXTERNAL_TABLE_PROPERTIES,
    forms: NO_FORMS,
    partitioned: true,
  },
  "ICEBERG TABLE": {
    object: "ICEBERG TABLE",
    properties: ICEBERG_TABLE_PROPERTIES,
    forms: NO_FORMS,
    partitioned: true,
  },
  "DYNAMIC TABLE": {
    object: "DYNAMIC TABLE",
    properties: DYNAMIC_TABLE_PROPERTIES,
    forms: compileForms(DYNAMIC_FORMS),
  },
  "DYNAMIC ICEBERG TABLE": {
    object: "DYNAMIC TABLE",
    properties: DYNAMIC_TABLE_PROPERTIES,
    forms: compileForms(DYNAMIC_FORMS),
    partitioned: true,
  },
  "INTERACTIVE TABLE": {
    object: "INTERACTIVE TABLE",
    properties: DYNAMIC_TABLE_PROPERTIES,
    forms: compileForms(DYNAMIC_FORMS),
  },
};

const KINDS: readonly TableKind[] = [
  "DYNAMIC ICEBERG TABLE",
  "HYBRID TABLE",
  "EVENT TABLE",
  "EXTERNAL TABLE",
  "ICEBERG TABLE",
  "DYNAMIC TABLE",
  "INTERACTIVE TABLE",
  "TABLE",
];

/** After CREATE and its modifiers: a whole CREATE … TABLE, or undefined (and nothing taken) for another kind. */
export function acceptCreateTable(
  cursor: Cursor,
  prefix: CreatePrefix,
): CreateTableStatement | CreateSpecialTableStatement | undefined {
  const object = KINDS.find((kind) => cursor.acceptKeyword(...kind.split(" ")));
  if (object === undefined) return undefined;
  const head = parseCreateHead(cursor, prefix);
  const persistence = persistenceOf(prefix);
  const written = parseTableBody(cursor, TABLE_GRAMMARS[object]);
  const readOnly = prefix.modifiers.has("READ") ? [{ form: "READ ONLY", arguments: [] }] : [];
  const body = { ...written, clauses: [...readOnly, ...written.clauses] };
  return object === "TABLE"
    ? { kind: "create_table", persistence, ...head, ...body }
    : { kind: "create_special_table", object, persistence, ...head, ...body };
}

export function printCreateTable(
  statement: CreateTableStatement | CreateSpecialTableStatement,
): string {
  const object = statement.kind === "create_table" ? "TABLE" : statement.object;
  return spaced(
    printCreateHead(statement, object, printPersistence(statement.persistence)),
    printTableBody(statement),
  );
}
