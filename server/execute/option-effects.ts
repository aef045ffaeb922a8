/**
 * What every option and phrase of the statements that run does here: it takes effect, or it is kept and shown where Snowflake
 * shows it. What a kind's grammar knows and this table does not is refused by name before a handler sees the
 * statement; docs/coverage.md is made from the table.
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { Statement } from "../../translator/statements/statement.ts";
import { PARAMETERS } from "../session/parameter-table.ts";
import { parameterValue } from "../session/parameters.ts";
import type { Execution } from "./execution.ts";
import { propertyText } from "./properties.ts";

export type OptionEffects = {
  /** Options that do what Snowflake's documentation says. */
  readonly applied: readonly string[];
  /** Kept and shown by SHOW, DESCRIBE, SHOW PARAMETERS or GET_DDL; what they govern is not here. */
  readonly shown: readonly string[];
  /** Taken without being shown anywhere, there as here; what they govern is not here. */
  readonly moot: readonly string[];
  /** Phrases of CREATE that take effect; undefined where the handler goes through all of them itself. */
  readonly phrases: readonly string[] | undefined;
};

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function effects(
  applied: string,
  more: { shown?: string; moot?: string; phrases?: readonly string[] | "own" } = {},
): OptionEffects {
  const { shown = "", moot = "", phrases = [] } = more;
  return {
    applied: words(applied),
    shown: words(shown),
    moot: words(moot),
    phrases: phrases === "own" ? undefined : phrases,
  };
}

/** Parameters that databases and schemas hand down, which SHOW PARAMETERS IN lists. */
const CONTAINER_SHOWN = `
  BASE_LOCATION_PREFIX CATALOG CATALOG_SYNC DEFAULT_NOTEBOOK_COMPUTE_POOL_CPU
  DEFAULT_NOTEBOOK_COMPUTE_POOL_GPU DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE ENABLE_DATA_COMPACTION
  EXTERNAL_VOLUME LOG_LEVEL METRIC_LEVEL QUOTED_IDENTIFIERS_IGNORE_CASE
  REPLACE_INVALID_CHARACTERS SERVERLESS_TASK_MAX_STATEMENT_SIZE
  SERVERLESS_TASK_MIN_STATEMENT_SIZE STORAGE_SERIALIZATION_POLICY SUSPEND_ALERT_AFTER_NUM_FAILURES
  SUSPEND_TASK_AFTER_NUM_FAILURES TASK_AUTO_RETRY_ATTEMPTS TRACE_LEVEL USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE
  USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS USER_TASK_TIMEOUT_MS
`;

const CONTAINER_APPLIED =
  "COMMENT DATA_RETENTION_TIME_IN_DAYS DEFAULT_DDL_COLLATION MAX_DATA_EXTENSION_TIME_IN_DAYS";

const TABLE = effects(
  `CHANGE_TRACKING COMMENT DATA_RETENTION_TIME_IN_DAYS DEFAULT_DDL_COLLATION ENABLE_SCHEMA_EVOLUTION
   MAX_DATA_EXTENSION_TIME_IN_DAYS`,
  { shown: "DATA_METRIC_SCHEDULE", phrases: ["COPY TAGS"] },
);

const ROUTINE = effects("COMMENT");

/** By the kind of object, or the words of the statement. */
export const OPTION_EFFECTS: Readonly<Record<string, OptionEffects>> = {
  TABLE,
  "HYBRID TABLE": effects("COMMENT DATA_RETENTION_TIME_IN_DAYS DEFAULT_DDL_COLLATION"),
  VIEW: effects("CHANGE_TRACKING COMMENT"),
  "MATERIALIZED VIEW": effects("COMMENT"),
  DATABASE: effects(CONTAINER_APPLIED, {
    shown: `${CONTAINER_SHOWN} EVENT_TABLE`,
    phrases: ["IGNORE HYBRID TABLES"],
  }),
  SCHEMA: effects(`${CONTAINER_APPLIED} PIPE_EXECUTION_PAUSED`, {
    shown: CONTAINER_SHOWN,
    phrases: ["WITH MANAGED ACCESS", "IGNORE HYBRID TABLES"],
  }),
  WAREHOUSE: effects(
    `AUTO_RESUME AUTO_SUSPEND COMMENT INITIALLY_SUSPENDED STATEMENT_TIMEOUT_IN_SECONDS
     WAREHOUSE_SIZE`,
    {
      shown: `ENABLE_QUERY_ACCELERATION GENERATION MAX_CLUSTER_COUNT MAX_CONCURRENCY_LEVEL
        MIN_CLUSTER_COUNT QUERY_ACCELERATION_MAX_SCALE_FACTOR RESOURCE_CONSTRAINT RESOURCE_MONITOR
        SCALING_POLICY STATEMENT_QUEUED_TIMEOUT_IN_SECONDS WAREHOUSE_TYPE`,
      moot: "WAIT_FOR_COMPLETION",
    },
  ),
  ROLE: effects("COMMENT"),
  FUNCTION: ROUTINE,
  PROCEDURE: ROUTINE,
  STAGE: effects("COMMENT COPY_OPTIONS DIRECTORY FILE_FORMAT URL", {
    shown: "CREDENTIALS ENCRYPTION ENDPOINT STORAGE_INTEGRATION",
  }),
  // Integrations are looked up; none can be made here.
  PIPE: effects("AUTO_INGEST COMMENT ERROR_INTEGRATION INTEGRATION PIPE_EXECUTION_PAUSED", {
    phrases: "own",
  }),
  STREAM: effects("APPEND_ONLY COMMENT INSERT_ONLY SHOW_INITIAL_ROWS", { phrases: "own" }),
  TAG: effects("COMMENT", { phrases: "own" }),
  INDEX: effects("", { phrases: "own" }),
  "MASKING POLICY": effects("COMMENT EXEMPT_OTHER_POLICIES", { phrases: "own" }),
  "ROW ACCESS POLICY": effects("COMMENT", { phrases: "own" }),
  "COPY INTO TABLE": effects(
    `ENFORCE_LENGTH FILES FILE_FORMAT FORCE INCLUDE_METADATA MATCH_BY_COLUMN_NAME ON_ERROR PATTERN
     PURGE RETURN_FAILED_ONLY SIZE_LIMIT TRUNCATECOLUMNS VALIDATION_MODE`,
    { moot: "CLUSTER_AT_INGEST_TIME LOAD_UNCERTAIN_FILES" },
  ),
  "COPY INTO LOCATION": effects(
    `DETAILED_OUTPUT FILE_FORMAT HEADER INCLUDE_QUERY_ID MAX_FILE_SIZE OVERWRITE SINGLE
     VALIDATION_MODE`,
  ),
  "COPY FILES": effects("DETAILED_OUTPUT FILES PATTERN"),
  PUT: effects("AUTO_COMPRESS OVERWRITE PARALLEL SOURCE_COMPRESSION"),
  GET: effects("PARALLEL PATTERN"),
  LIST: effects("PATTERN"),
  REMOVE: effects("PATTERN"),
  DROP: effects(""),
};

/** Owners whose options are parameters where they have a parameter's name. */
const WITH_PARAMETERS: ReadonlySet<string> = new Set([
  "DATABASE",
  "HYBRID TABLE",
  "SCHEMA",
  "TABLE",
  "WAREHOUSE",
]);

/** Kinds whose options a handler goes through one by one, and refuses what it does not know: their lists are open. */
export const SELF_CHECKED: readonly string[] = [
  "ACCOUNT",
  "ALERT",
  "FILE FORMAT",
  "NOTIFICATION INTEGRATION",
  "TASK",
  "USER",
];

const BY_STATEMENT: Partial<Record<Statement["kind"], string>> = {
  copy_files: "COPY FILES",
  copy_into_location: "COPY INTO LOCATION",
  copy_into_table: "COPY INTO TABLE",
  create_procedure: "PROCEDURE",
  create_table: "TABLE",
  drop: "DROP",
  get: "GET",
  list: "LIST",
  put: "PUT",
  remove: "REMOVE",
};

/** Languages whose routines run: those in others are refused for their language, not for its options. */
const LANGUAGES: ReadonlySet<string> = new Set(["SQL", "JAVASCRIPT"]);

/** Whose options a statement has. */
function ownerOf(statement: Statement): string | undefined {
  if ("definition" in statement && !LANGUAGES.has(statement.definition.language ?? "SQL")) {
    return undefined;
  }
  const known = BY_STATEMENT[statement.kind];
  if (known !== undefined) return known;
  const object = "object" in statement ? statement.object : undefined;
  return typeof object === "string" ? object : undefined;
}

/** The options that a statement sets. */
function propertiesOf(statement: Statement): readonly Property[] {
  if ("alteration" in statement) {
    const { alteration } = statement;
    return alteration.kind === "set" && "properties" in alteration ? alteration.properties : [];
  }
  if ("properties" in statement) return statement.properties;
  return "definition" in statement ? statement.definition.properties : [];
}

/** The names of the options that a statement sets or unsets. */
function optionsOf(statement: Statement): readonly string[] {
  const isUnset = "alteration" in statement && statement.alteration.kind === "unset";
  return isUnset ? statement.alteration.names : propertiesOf(statement).map(({ name }) => name);
}

/** Kinds that can be TRANSIENT or TEMPORARY, with their grammar of options and phrases. */
const SHORT_LIVED: Readonly<Record<string, string>> = {
  DATABASE: "transient",
  "FILE FORMAT": "temporary",
  SCHEMA: "transient",
  STAGE: "temporary",
};

/** What is no option and no phrase, and that no handler knows of. */
function unknownPart(statement: Statement, owner: string): string | undefined {
  if ("contacts" in statement && statement.contacts.length > 0) return "WITH CONTACT";
  if ("partitionBy" in statement && "contacts" in statement && statement.partitionBy.length > 0) {
    return "PARTITION BY";
  }
  if (statement.kind !== "create_object") return undefined;
  const { modifiers, persistence } = statement;
  const isKnown = persistence === "permanent" || persistence === SHORT_LIVED[owner];
  return isKnown ? modifiers[0] : persistence.toUpperCase();
}

/**
 * Refuses what the statement says and nobody would read.
 * @throws 000002 with the name of the first such option or phrase
 */
export function refuseSilentOptions(statement: Statement): void {
  const owner = ownerOf(statement);
  const known = owner === undefined ? undefined : OPTION_EFFECTS[owner];
  if (owner === undefined || known === undefined) return;
  const { applied, shown, moot, phrases } = known;
  const effective = new Set([...applied, ...shown, ...moot]);
  const option = optionsOf(statement).find((name) => !effective.has(name));
  const clauses = "clauses" in statement && phrases !== undefined ? statement.clauses : [];
  const phrase = clauses
    .map((clause) => ("form" in clause ? clause.form : ""))
    .find((form) => form !== "" && phrases?.includes(form) !== true);
  const unread = option ?? phrase?.replaceAll(/ ?<.*$/g, "") ?? unknownPart(statement, owner);
  if (unread === undefined) return;
  throw snowflakeError("unsupportedFeature", { feature: `${unread} of ${owner}` });
}

/**
 * Checks the values of options that are parameters.
 * @throws 001008 for a value that the parameter cannot have
 */
export function checkOptionValues(statement: Statement, execution: Execution): void {
  const owner = ownerOf(statement);
  if (owner === undefined || !WITH_PARAMETERS.has(owner)) return;
  for (const { name, value } of propertiesOf(statement)) {
    const entry = PARAMETERS.get(name);
    if (entry !== undefined) parameterValue(entry, propertyText(value, execution));
  }
}
