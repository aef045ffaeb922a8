/**
 * System functions of services that a local account does not have: they answer as an account answers that does not
 * use the service.
 * https://docs.snowflake.com/en/sql-reference/functions-system
 */

import { BOOLEAN, type SnowType, TEXT } from "../types/types.ts";
import { type FunctionEntry, family, sig } from "./define.ts";

const define = family("system");

type Answer = readonly [name: string, answer: string | boolean | null, parameters?: string];

/** A text answer is given as it is; a boolean as BOOLEAN. Parameters that are not known to us are not checked. */
const ANSWERS: readonly Answer[] = [
  ["EXTRACT_SEMANTIC_CATEGORIES", "{}", "object text, max_rows? any"],
  ["GET_ANACONDA_PACKAGES_REPODATA", "{}", "arch text"],
  ["GET_PYTHON_PROFILER_OUTPUT", "", "query_id any"],
  ["SHOW_PYTHON_PACKAGES_DEPENDENCIES", "[]", "runtime text, array any"],
  ["SYSTEM$ALLOWLIST", "[]", ""],
  ["SYSTEM$ALLOWLIST_PRIVATELINK", "[]", ""],
  ["SYSTEM$WHITELIST", "[]", ""],
  ["SYSTEM$WHITELIST_PRIVATELINK", "[]", ""],
  ["SYSTEM$APPLICATION_GET_LOG_LEVEL", "OFF"],
  ["SYSTEM$APPLICATION_GET_METRIC_LEVEL", "NONE"],
  ["SYSTEM$APPLICATION_GET_TRACE_LEVEL", "OFF"],
  ["SYSTEM$APP_COMPATIBILITY_CHECK", "[]"],
  ["SYSTEM$AUTO_REFRESH_STATUS", null, "iceberg_table text"],
  ["SYSTEM$BEHAVIOR_CHANGE_BUNDLE_STATUS", "RELEASED", "bundle text"],
  ["SYSTEM$CATALOG_LINK_STATUS", "{}", "db text"],
  [
    "SYSTEM$CLEANUP_DATABASE_ROLE_GRANTS",
    "Statement executed successfully.",
    "role text, share text",
  ],
  ["SYSTEM$CLIENT_VERSION_INFO", "[]", ""],
  ["SYSTEM$CLIENT_VULNERABILITY_INFO", "[]", ""],
  ["SYSTEM$CLUSTERING_DEPTH", "1", "table text, cols? text, predicate? text"],
  ["SYSTEM$CLUSTERING_INFORMATION", "{}", "table text, cols? any"],
  ["SYSTEM$CLUSTERING_RATIO", "100", "table text, cols? text, predicate? text"],
  ["SYSTEM$DATABASE_REFRESH_HISTORY", "[]", "db text"],
  ["SYSTEM$DATABASE_REFRESH_PROGRESS", "[]", "db text"],
  ["SYSTEM$DATABASE_REFRESH_PROGRESS_BY_JOB", "[]", "query_id text"],
  ["SYSTEM$DBT_GET_LAST_FAILED_RUN_TARGET", null, "project text"],
  ["SYSTEM$DBT_GET_LAST_RUN_TARGET", null, "project text"],
  ["SYSTEM$DBT_GET_LAST_SUCCESSFUL_RUN_TARGET", null, "project text"],
  ["SYSTEM$DECODE_PAT", "{}", "secret text"],
  ["SYSTEM$DEMIGRATE_DBT_PROJECT", "Statement executed successfully."],
  ["SYSTEM$DISABLE_BEHAVIOR_CHANGE_BUNDLE", "DISABLED", "bundle text"],
  ["SYSTEM$ENABLE_BEHAVIOR_CHANGE_BUNDLE", "ENABLED", "bundle text"],
  ["SYSTEM$DISABLE_FEATURE_GROUPS", "Statement executed successfully."],
  ["SYSTEM$DISABLE_FEATURE_GROUPS_PREVIEW", "Statement executed successfully."],
  ["SYSTEM$ENABLE_FEATURE_GROUPS", "Statement executed successfully."],
  [
    "SYSTEM$DISABLE_PREVIEW_ACCESS",
    "Preview access has been successfully disabled for this account",
    "",
  ],
  [
    "SYSTEM$ENABLE_PREVIEW_ACCESS",
    "Preview access has been successfully enabled for this account",
    "",
  ],
  ["SYSTEM$ESTIMATE_AUTOMATIC_CLUSTERING_COSTS", "{}", "table text, cols? text"],
  ["SYSTEM$ESTIMATE_QUERY_ACCELERATION", '{"status":"ineligible"}', "query_id text"],
  ["SYSTEM$ESTIMATE_SEARCH_OPTIMIZATION_COSTS", "{}", "table text, methods? text"],
  ["SYSTEM$EXPORT_TDS_FROM_SEMANTIC_VIEW", null, "view text"],
  [
    "SYSTEM$EXTERNAL_TABLE_PIPE_STATUS",
    '{"executionState":"RUNNING","pendingFileCount":0}',
    "table text",
  ],
  ["SYSTEM$GET_ALERT_TEMPLATE", null],
  ["SYSTEM$GET_CLASSIFICATION_RESULT", "{}", "object text"],
  ["SYSTEM$GET_COMPUTE_POOL_PENDING_MAINTENANCE", '{"maintenanceRequired":false}', ""],
  ["SYSTEM$GET_COMPUTE_POOL_STATUS", "{}", "pool text"],
  ["SYSTEM$GET_DBT_LOG", "", "query_id text"],
  ["SYSTEM$GET_DEBUG_STATUS", "{}", ""],
  ["SYSTEM$GET_HASH_FOR_APPLICATION", null],
  ["SYSTEM$GET_ICEBERG_TABLE_INFORMATION", "{}", "table text"],
  ["SYSTEM$GET_LOGIN_FAILURE_DETAILS", "{}", "uuid text"],
  ["SYSTEM$GET_PREVIEW_ACCESS_STATUS", "Preview access is enabled for this account", ""],
  ["SYSTEM$GET_SNOWFLAKE_EGRESS_IP_RANGES", "[]", ""],
  ["SYSTEM$GET_SNOWFLAKE_PLATFORM_INFO", "{}", ""],
  ["SYSTEM$GET_TABLE_ARCHIVE_METADATA", "{}", "table text"],
  ["SYSTEM$HOLD_PRIVILEGE_ON_ACCOUNT", false, "privilege text"],
  ["SYSTEM$INGEST_REBIND_PIPE", "Statement executed successfully."],
  [
    "SYSTEM$INTERNAL_STAGES_PUBLIC_ACCESS_STATUS",
    "Public Access to internal stages is unblocked",
    "",
  ],
  ["SYSTEM$IS_APPLICATION_ALL_MANDATORY_TELEMETRY_EVENT_DEFINITIONS_ENABLED", false, ""],
  ["SYSTEM$IS_APPLICATION_AUTHORIZED_FOR_TELEMETRY_EVENT_SHARING", false, ""],
  ["SYSTEM$IS_APPLICATION_INSTALLED_FROM_SAME_ACCOUNT", false, ""],
  ["SYSTEM$IS_APPLICATION_SHARING_EVENTS_WITH_PROVIDER", false, ""],
  ["SYSTEM$IS_GLOBAL_DATA_SHARING_ENABLED_FOR_ACCOUNT", false, "account text"],
  ["SYSTEM$IS_LISTING_PURCHASED", false, "global_name? text"],
  ["SYSTEM$IS_LISTING_TRIAL", false, ""],
  ["SYSTEM$LINK_ACCOUNT_OBJECTS_BY_NAME", "Statement executed successfully.", "group text"],
  ["SYSTEM$LIST_ALERT_TEMPLATES", "[]", ""],
  ["SYSTEM$LIST_APPLICATION_RESTRICTED_FEATURES", "[]", "app text"],
  ["SYSTEM$LOCATE_DBT_ARCHIVE", null, "query_id text"],
  ["SYSTEM$LOCATE_DBT_ARTIFACTS", null, "query_id text"],
  ["SYSTEM$MIGRATE_DBT_PROJECT", "Statement executed successfully."],
  [
    "SYSTEM$PIPE_REBINDING_WITH_NOTIFICATION_CHANNEL",
    "Statement executed successfully.",
    "pipe text",
  ],
  ["SYSTEM$READ_OSI_YAML_FROM_SEMANTIC_VIEW", null, "view text"],
  ["SYSTEM$READ_OSSIE_YAML_FROM_SEMANTIC_VIEW", null, "view text"],
  ["SYSTEM$READ_YAML_FROM_SEMANTIC_VIEW", null, "view text"],
  ["SYSTEM$REPORT_HEALTH_STATUS", "Statement executed successfully.", "status text"],
  ["SYSTEM$RESOLVE_PYTHON_PACKAGES", "[]"],
  ["SYSTEM$SET_ROW_TIMESTAMP_ON_ALL_SUPPORTED_TABLES", "Statement executed successfully."],
  ["SYSTEM$SHOW_ACTIVE_BEHAVIOR_CHANGE_BUNDLES", "[]", ""],
  ["SYSTEM$SHOW_BUDGETS_FOR_RESOURCE", "[]", "domain text, name text"],
  ["SYSTEM$SHOW_BUDGETS_IN_ACCOUNT", "[]", ""],
  ["SYSTEM$SHOW_BUDGET_SHARED_RESOURCE_CANDIDATES", "[]"],
  ["SYSTEM$SHOW_DYNAMIC_TABLES_CREATED_FOR_RESHARING", "[]"],
  ["SYSTEM$SHOW_SENSITIVE_DATA_MONITORED_ENTITIES", "[]", "kind text"],
  [
    "SYSTEM$SNOWPIPE_STREAMING_UPDATE_CHANNEL_OFFSET_TOKEN",
    "SUCCESS",
    "table text, channel text, token text",
  ],
  ["SYSTEM$START_USER_EMAIL_VERIFICATION", "Statement executed successfully.", "user text"],
  ["SYSTEM$SUPPORTED_DBT_VERSIONS", "[]", ""],
  [
    "SYSTEM$VALIDATE_STORAGE_INTEGRATION",
    '{"status":"success","actions":{}}',
    "integration text, path text, file text, action text",
  ],
  ["SYSTEM$VERIFY_CATALOG_INTEGRATION", '{"success":true}', "integration text"],
  ["SYSTEM$VERIFY_EXTERNAL_VOLUME", '{"success":true}', "volume text"],
  ["SYSTEM$WAIT_FOR_SERVICES", "Statement executed successfully.", "timeout any, svc... text"],
];

const ANYTHING = "arguments?... any";
const SUMMARY = "The service behind it is not here: always the same answer";

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A value for each parameter that must be given. */
function exampleCall(name: string, parameters: string): string {
  const required = sig(parameters, TEXT, "").parameters.filter(({ optional }) => !optional);
  return `${name}(${required.map(() => "'x'").join(", ")})`;
}

function stub([name, answer, parameters = ANYTHING]: Answer): FunctionEntry {
  const type: SnowType = typeof answer === "boolean" ? BOOLEAN : TEXT;
  const sql =
    answer === null
      ? "CAST(NULL AS VARCHAR)"
      : typeof answer === "boolean"
        ? String(answer).toUpperCase()
        : quoted(answer);
  return define(name, {
    doc: name.toLowerCase().replace("$", "_"),
    summary: SUMMARY,
    signatures: [sig(parameters, type, () => sql, { nullability: "always" })],
    stub: SUMMARY,
    examples: [
      [exampleCall(name, parameters), typeof answer === "boolean" ? String(answer) : answer],
    ],
  });
}

export const SYSTEM_STUB_FUNCTIONS: readonly FunctionEntry[] = ANSWERS.map(stub);
