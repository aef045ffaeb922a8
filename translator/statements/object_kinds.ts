/**
 * The kinds of objects that commands name: `CREATE <kind>`, `DROP <kind>`, `SHOW <kinds>`, `GRANT … ON <kind>`.
 * A kind is written as its upper-case words everywhere in the tree ("MASKING POLICY").
 * https://docs.snowflake.com/en/sql-reference/commands
 */

import type { ObjectName } from "../ast/expressions.ts";
import type { Cursor } from "../parse/cursor.ts";

export const OBJECT_KINDS = [
  "ACCOUNT",
  "AGENT",
  "AGGREGATION POLICY",
  "ALERT",
  "API INTEGRATION",
  "APPLICATION",
  "APPLICATION PACKAGE",
  "APPLICATION ROLE",
  "APPLICATION SERVICE",
  "ARTIFACT REPOSITORY",
  "AUTHENTICATION POLICY",
  "BACKUP POLICY",
  "BACKUP SET",
  "CATALOG INTEGRATION",
  "CODE BUNDLE",
  "COLUMN",
  "COMPUTE POOL",
  "CONNECTION",
  "CONTACT",
  "CORTEX SEARCH SERVICE",
  "DATA METRIC FUNCTION",
  "DATA MOVEMENT POLICY",
  "DATA MOVEMENT RULE",
  "DATABASE",
  "DATABASE ROLE",
  "DATASET",
  "DBT PROJECT",
  "DCM PROJECT",
  "DYNAMIC TABLE",
  "EVENT ROUTING TABLE",
  "EVENT TABLE",
  "EXPERIMENT",
  "EXTERNAL ACCESS INTEGRATION",
  "EXTERNAL AGENT",
  "EXTERNAL CONSUMER",
  "EXTERNAL FUNCTION",
  "EXTERNAL LISTING",
  "EXTERNAL TABLE",
  "EXTERNAL VOLUME",
  "FAILOVER GROUP",
  "FEATURE POLICY",
  "FILE FORMAT",
  "FUNCTION",
  "GATEWAY",
  "GIT REPOSITORY",
  "HYBRID TABLE",
  "ICEBERG TABLE",
  "IMAGE REPOSITORY",
  "INDEX",
  "INSTANCE",
  "INTEGRATION",
  "INTERACTIVE TABLE",
  "INTERACTIVE WAREHOUSE",
  "JOB SERVICE",
  "JOIN POLICY",
  "LISTING",
  "MAINTENANCE POLICY",
  "MANAGED ACCOUNT",
  "MASKING POLICY",
  "MATERIALIZED VIEW",
  "MCP SERVER",
  "MODEL",
  "MODEL MONITOR",
  "MULTI PARTY APPROVAL POLICY",
  "NETWORK POLICY",
  "NETWORK RULE",
  "NOTEBOOK",
  "NOTEBOOK PROJECT",
  "NOTIFICATION INTEGRATION",
  "ONLINE FEATURE TABLE",
  "OPENFLOW CONNECTOR",
  "OPENFLOW DEPLOYMENT",
  "OPENFLOW RUNTIME",
  "ORGANIZATION",
  "ORGANIZATION ACCOUNT",
  "ORGANIZATION LISTING",
  "ORGANIZATION PROFILE",
  "ORGANIZATION USER",
  "ORGANIZATION USER GROUP",
  "PACKAGES POLICY",
  "PASSWORD POLICY",
  "PIPE",
  "POSTGRES INSTANCE",
  "PRIVACY POLICY",
  "PROCEDURE",
  "PROJECTION POLICY",
  "PROVISIONED THROUGHPUT",
  "REPLICATION GROUP",
  "RESOURCE MONITOR",
  "RESTRICTED SESSION SCOPE",
  "ROLE",
  "ROW ACCESS POLICY",
  "SCHEMA",
  "SECRET",
  "SECURITY INTEGRATION",
  "SEMANTIC VIEW",
  "SEQUENCE",
  "SERVICE",
  "SESSION POLICY",
  "SHARE",
  "SNAPSHOT",
  "SNAPSHOT POLICY",
  "SNAPSHOT SET",
  "STAGE",
  "STORAGE INTEGRATION",
  "STORAGE LIFECYCLE POLICY",
  "STREAM",
  "STREAMLIT",
  "TABLE",
  "TAG",
  "TASK",
  "TYPE",
  "USER",
  "VIEW",
  "WAREHOUSE",
  "WORKSPACE",
] as const;

export type ObjectKind = (typeof OBJECT_KINDS)[number];

type KindWords = { readonly kind: ObjectKind; readonly words: readonly string[] };

/** Longest first, so that `DATABASE ROLE` is not read as `DATABASE`. */
const SINGULAR: readonly KindWords[] = longestFirst(
  OBJECT_KINDS.map((kind) => ({ kind, words: kind.split(" ") })),
);
const PLURAL: readonly KindWords[] = longestFirst(
  OBJECT_KINDS.map((kind) => ({ kind, words: pluralOf(kind).split(" ") })),
);

function longestFirst(items: KindWords[]): readonly KindWords[] {
  return items.sort((a, b) => b.words.length - a.words.length);
}

/** The plural that SHOW and GRANT ON ALL use: TABLES, MASKING POLICIES, GATEWAYS. */
export function pluralOf(kind: ObjectKind): string {
  if (/[^AEIOU]Y$/.test(kind)) return `${kind.slice(0, -1)}IES`;
  return kind.endsWith("X") ? `${kind}ES` : kind.endsWith("S") ? kind : `${kind}S`;
}

/** Takes the words of an object kind, or takes nothing and gives undefined. */
export function acceptObjectKind(cursor: Cursor): ObjectKind | undefined {
  return acceptFrom(cursor, SINGULAR);
}

/** Takes the words of an object kind; a syntax error when there is none. */
export function parseObjectKind(cursor: Cursor): ObjectKind {
  return acceptObjectKind(cursor) ?? cursor.unexpected();
}

/** Classes that the default search path finds without SNOWFLAKE.ML or SNOWFLAKE.CORE before them. */
const CLASSES = [
  "ANOMALY_DETECTION",
  "BUDGET",
  "CLASSIFICATION",
  "CLASSIFICATION_PROFILE",
  "CUSTOM_CLASSIFIER",
  "DOCUMENT_INTELLIGENCE",
  "FORECAST",
  "TOP_INSIGHTS",
] as const;

/**
 * The name of a class where no kind of object stands: `SNOWFLAKE.ML.FORECAST`.
 * @throws a syntax error at a word that is neither, such as TABEL
 */
export function parseClassName(cursor: Cursor): ObjectName {
  const isQualified = cursor.atPunctuation(".", 1);
  if (!isQualified && cursor.atAnyKeyword(...CLASSES) === undefined) cursor.unexpected();
  return cursor.objectName();
}

/** As {@link acceptObjectKind}, for the plural. */
export function acceptPluralKind(cursor: Cursor): ObjectKind | undefined {
  return acceptFrom(cursor, PLURAL);
}

function acceptFrom(cursor: Cursor, table: readonly KindWords[]): ObjectKind | undefined {
  const found = table.find(({ words }) => cursor.acceptKeyword(...words));
  return found?.kind;
}
