/**
 * SHOW in all its forms.
 * https://docs.snowflake.com/en/sql-reference/sql/show
 */

import type { Identifier, ObjectName } from "../ast/expressions.ts";
import { printIdentifier } from "../ast/printer-parts.ts";
import { quoteString } from "../lex/literals.ts";
import type { Cursor } from "../parse/cursor.ts";
import { acceptPhrase } from "./grammar.ts";
import { type GrantScope, parseGrantScope, printGrantScope } from "./grant_scope.ts";
import { acceptObjectKind, OBJECT_KINDS, type ObjectKind, pluralOf } from "./object_kinds.ts";
import { printObjectName, spaced } from "./print.ts";
import {
  atProperty,
  type Property,
  parseProperty,
  printProperties,
  propertyNames,
} from "./properties.ts";

/** Things that SHOW lists and that are not the plural of an object kind. */
const OTHER_SUBJECTS = [
  "ACCOUNTS",
  "ADDITIONAL FEATURES",
  "APPLICATION CONFIGURATIONS",
  "AVAILABLE LISTINGS",
  "AVAILABLE ORGANIZATION PROFILES",
  "BUILTIN FUNCTIONS",
  "CATALOGS",
  "CHANNELS",
  "CLASSES",
  "COMPUTE POOL INSTANCE FAMILIES",
  "CONFIGURATIONS",
  "CORTEX BASE MODELS",
  "CORTEX SEARCH SERVICES",
  "CUSTOM CLASSIFIERS",
  "DATA METRIC FUNCTIONS",
  "DATABASES IN FAILOVER GROUP",
  "DATABASES IN REPLICATION GROUP",
  "DELEGATED AUTHORIZATIONS",
  "DEPENDENTS",
  "DEPLOYMENTS IN DCM PROJECT",
  "ENDPOINTS IN SERVICE",
  "ENTITIES IN DCM PROJECT",
  "EXTERNAL ACCESS INTEGRATIONS",
  "FEATURE POLICIES",
  "GIT BRANCHES",
  "GIT TAGS",
  "GLOBAL ACCOUNTS",
  "IMAGES IN IMAGE REPOSITORY",
  "IMPORTED KEYS",
  "INDEXES",
  "INSTANCES",
  "KEYS",
  "LOCKS",
  "MFA METHODS",
  "MODELS",
  "OBJECTS",
  "OBJECTS OWNED BY APPLICATION",
  "OFFERS",
  "ORGANIZATION ACCOUNTS",
  "PRICING PLANS",
  "PRIVILEGES",
  "PRIMARY KEYS",
  "UNIQUE KEYS",
  "IMPORTED KEYS",
  "EXPORTED KEYS",
  "FOREIGN KEYS",
  "PROGRAMMATIC ACCESS TOKENS",
  "REFERENCES",
  "REGIONS",
  "RELEASE CHANNELS",
  "RELEASE DIRECTIVES",
  "REPLICATION ACCOUNTS",
  "REPLICATION DATABASES",
  "ROLES IN SERVICE",
  "RUN METRICS",
  "RUN PARAMETERS",
  "RUNS",
  "SEMANTIC DIMENSIONS FOR METRIC",
  "SEMANTIC DIMENSIONS",
  "SEMANTIC FACTS",
  "SEMANTIC METRICS",
  "SERVICE CONTAINERS IN SERVICE",
  "SERVICE INSTANCES IN SERVICE",
  "SERVICE VOLUMES IN SERVICE",
  "SESSIONS",
  "SHARED CONTENT",
  "SHARES IN FAILOVER GROUP",
  "SHARES IN REPLICATION GROUP",
  "SNAPSHOTS IN SNAPSHOT SET",
  "BACKUPS IN BACKUP SET",
  "SPECIFICATIONS",
  "TELEMETRY EVENT DEFINITIONS",
  "TRANSACTIONS",
  "USER FUNCTIONS",
  "USER PROCEDURES",
  "USER PROGRAMMATIC ACCESS TOKENS",
  "USER WORKLOAD IDENTITY AUTHENTICATION METHODS",
  "USER KEY PAIRS",
  "VARIABLES",
  "VERSIONS",
  "VERSIONS IN AGENT",
  "VERSIONS IN APPLICATION PACKAGE",
  "VERSIONS IN DATASET",
  "VERSIONS IN DBT PROJECT",
  "VERSIONS IN LISTING",
  "VERSIONS IN MODEL",
  "VERSIONS IN NOTEBOOK",
  "VERSIONS IN OPENFLOW CONNECTOR",
  "VERSIONS IN ORGANIZATION PROFILE",
  "VERSIONS IN STREAMLIT",
  "WORKSPACES",
] as const;

/** Longest first. */
const SUBJECTS: readonly string[] = [
  ...new Set<string>([...OTHER_SUBJECTS, ...OBJECT_KINDS.map(pluralOf)]),
].sort((a, b) => b.split(" ").length - a.split(" ").length);

/** Options of SHOW AVAILABLE LISTINGS. */
const OPTIONS = propertyNames("IS_IMPORTED IS_ORGANIZATION IS_SHARED_WITH_ME");

export type ShowScope =
  | { readonly kind: "ACCOUNT"; readonly name?: ObjectName | undefined }
  /** SHOW REGIONS IN DATA EXCHANGE x. */
  | { readonly kind: "DATA EXCHANGE"; readonly name: ObjectName }
  /** `IN x` without a word is a schema or a database. */
  | { readonly kind: "bare"; readonly name: ObjectName }
  /** The name may be left out: the current one. */
  | { readonly kind: ObjectKind | "CLASS"; readonly name?: ObjectName | undefined };

export type ShowStatement = {
  readonly kind: "show";
  readonly terse: boolean;
  /** Upper-case plural words: TABLES, PRIMARY KEYS, PARAMETERS. A class name for its instances. */
  readonly subject: string;
  /** `SHOW VERSIONS IN MODEL m`: the object named right after the subject. */
  readonly of?: ObjectName | undefined;
  readonly history: boolean;
  readonly like?: string | undefined;
  readonly scope?: ShowScope | undefined;
  /** SHOW SEMANTIC DIMENSIONS IN v FOR METRIC m. */
  readonly metric?: ObjectName | undefined;
  readonly startsWith?: string | undefined;
  readonly limit?: { readonly rows: number; readonly from?: string | undefined } | undefined;
  /** WITH PRIVILEGES a, b: upper-case. */
  readonly privileges: readonly string[];
  /** SHOW TASKS … ROOT ONLY, SHOW SERVICES EXCLUDE JOBS. */
  readonly filter?: "ROOT ONLY" | "EXCLUDE JOBS" | undefined;
  /** SHOW FUNCTIONS IN MODEL m VERSION v. */
  readonly version?: Identifier | undefined;
  /** SHOW RUN METRICS IN EXPERIMENT e RUN r. */
  readonly run?: Identifier | undefined;
  /** SHOW AVAILABLE LISTINGS … IS_ORGANIZATION = TRUE. */
  readonly options: readonly Property[];
  /** SHOW REPLICATION DATABASES … WITH PRIMARY o.a.d. */
  readonly primary?: ObjectName | undefined;
};

/** SHOW [FUTURE] GRANTS. */
export type ShowGrantsStatement = {
  readonly kind: "show_grants";
  readonly future: boolean;
  /** SHOW INHERITED GRANTS. */
  readonly inherited: boolean;
  /** SHOW CALLER GRANTS. */
  readonly caller: boolean;
  readonly like?: string | undefined;
  readonly scope?: GrantScope | undefined;
  readonly limit?: { readonly rows: number; readonly from?: string | undefined } | undefined;
};

export function parseShow(cursor: Cursor): ShowStatement | ShowGrantsStatement {
  cursor.expectKeyword("SHOW");
  const future = cursor.acceptKeyword("FUTURE");
  const inherited = !future && cursor.acceptKeyword("INHERITED");
  const caller = cursor.acceptKeyword("CALLER");
  if (future || inherited || caller || cursor.atKeyword("GRANTS")) {
    cursor.expectKeyword("GRANTS");
    const like = cursor.acceptKeyword("LIKE") ? cursor.stringLiteral() : undefined;
    const scope = parseGrantScope(cursor);
    const limit = acceptLimit(cursor);
    return { kind: "show_grants", future, inherited, caller, like, scope, limit };
  }
  const terse = cursor.acceptKeyword("TERSE");
  const subject = parseSubject(cursor);
  const named = / IN | FOR /.test(subject);
  const of = named ? cursor.objectName() : undefined;
  return { kind: "show", terse, subject, of, ...parseClauses(cursor) };
}

/** The words of what is shown, or the name of a class. */
function parseSubject(cursor: Cursor): string {
  const subject = acceptPhrase(cursor, ["PARAMETERS", ...SUBJECTS]);
  if (subject !== undefined) return subject;
  if (!cursor.atPunctuation(".", 1)) cursor.unexpected();
  const name = printObjectName(cursor.objectName());
  cursor.acceptKeyword("INSTANCES");
  return name;
}

/** The clauses after the subject, in any order. */
function parseClauses(cursor: Cursor): Omit<ShowStatement, "kind" | "terse" | "subject" | "of"> {
  let history = false;
  let like: string | undefined;
  let scope: ShowScope | undefined;
  let startsWith: string | undefined;
  let metric: ObjectName | undefined;
  let limit: ShowStatement["limit"];
  let filter: ShowStatement["filter"];
  let version: Identifier | undefined;
  let run: Identifier | undefined;
  let primary: ObjectName | undefined;
  const privileges: string[] = [];
  const options: Property[] = [];
  for (;;) {
    if (cursor.acceptKeyword("HISTORY")) history = true;
    else if (cursor.acceptKeyword("LIKE")) like = cursor.stringLiteral();
    else if (cursor.acceptKeyword("FOR", "METRIC")) metric = cursor.objectName();
    else if (cursor.acceptAnyKeyword("BY", "TO", "IN", "FOR", "ON") !== undefined)
      scope = parseScope(cursor);
    else if (cursor.acceptKeyword("STARTS", "WITH")) startsWith = cursor.stringLiteral();
    else if (cursor.atKeyword("LIMIT")) limit = acceptLimit(cursor);
    else if (cursor.acceptKeyword("WITH", "PRIVILEGES")) {
      privileges.push(...cursor.commaSeparated(() => cursor.identifier().name));
    } else if (cursor.acceptKeyword("WITH", "PRIMARY")) primary = cursor.objectName();
    else if (cursor.acceptKeyword("ROOT", "ONLY")) filter = "ROOT ONLY";
    else if (cursor.acceptKeyword("EXCLUDE", "JOBS")) filter = "EXCLUDE JOBS";
    else if (cursor.acceptKeyword("VERSION")) version = cursor.identifier();
    else if (cursor.acceptKeyword("RUN")) run = cursor.identifier();
    else if (atProperty(cursor)) options.push(parseProperty(cursor, OPTIONS, "SHOW"));
    else {
      const found = { history, like, scope, metric, startsWith, limit, privileges };
      return { ...found, filter, version, run, options, primary };
    }
  }
}

function acceptLimit(cursor: Cursor): ShowStatement["limit"] {
  if (!cursor.acceptKeyword("LIMIT")) return undefined;
  const rows = cursor.integer();
  return { rows, from: cursor.acceptKeyword("FROM") ? cursor.stringLiteral() : undefined };
}

function parseScope(cursor: Cursor): ShowScope {
  if (cursor.acceptKeyword("ACCOUNT")) {
    const named = cursor.atIdentifier() && !atClause(cursor);
    return { kind: "ACCOUNT", name: named ? cursor.objectName() : undefined };
  }
  if (cursor.acceptKeyword("DATA", "EXCHANGE")) {
    return { kind: "DATA EXCHANGE", name: cursor.objectName() };
  }
  const mark = cursor.mark();
  const kind = cursor.acceptKeyword("CLASS") ? "CLASS" : acceptObjectKind(cursor);
  if (kind !== undefined && !cursor.atPunctuation(".")) {
    const named = cursor.atIdentifier() && !atClause(cursor);
    return { kind, name: named ? cursor.objectName() : undefined };
  }
  cursor.reset(mark);
  return { kind: "bare", name: cursor.objectName() };
}

/** A word that begins the next clause and not a name. */
function atClause(cursor: Cursor): boolean {
  return (
    cursor.atKeyword("LIMIT") ||
    cursor.atKeyword("STARTS", "WITH") ||
    cursor.atKeyword("ROOT", "ONLY")
  );
}

export function printShow(statement: ShowStatement): string {
  const { privileges } = statement;
  return spaced(
    "SHOW",
    statement.terse && "TERSE",
    statement.subject,
    statement.of && printObjectName(statement.of),
    statement.history && "HISTORY",
    statement.filter === "EXCLUDE JOBS" && statement.filter,
    statement.like !== undefined && `LIKE ${quoteString(statement.like)}`,
    statement.scope && printScope(statement.scope),
    statement.version && `VERSION ${printIdentifier(statement.version)}`,
    statement.run && `RUN ${printIdentifier(statement.run)}`,
    statement.primary && `WITH PRIMARY ${printObjectName(statement.primary)}`,
    statement.metric && `FOR METRIC ${printObjectName(statement.metric)}`,
    statement.startsWith !== undefined && `STARTS WITH ${quoteString(statement.startsWith)}`,
    statement.filter === "ROOT ONLY" && statement.filter,
    printLimit(statement.limit),
    privileges.length > 0 && `WITH PRIVILEGES ${privileges.join(", ")}`,
    printProperties(statement.options),
  );
}

function printScope(scope: ShowScope): string {
  const name = scope.name !== undefined && printObjectName(scope.name);
  return spaced("IN", scope.kind !== "bare" && scope.kind, name);
}

function printLimit(limit: ShowStatement["limit"]): string | undefined {
  if (limit === undefined) return undefined;
  const from = limit.from === undefined ? "" : ` FROM ${quoteString(limit.from)}`;
  return `LIMIT ${limit.rows}${from}`;
}

export function printShowGrants(statement: ShowGrantsStatement): string {
  return spaced(
    "SHOW",
    statement.future && "FUTURE",
    statement.inherited && "INHERITED",
    statement.caller && "CALLER",
    "GRANTS",
    statement.like !== undefined && `LIKE ${quoteString(statement.like)}`,
    statement.scope && printGrantScope(statement.scope),
    printLimit(statement.limit),
  );
}
