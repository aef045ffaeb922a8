/**
 * Every parameter of Snowflake's parameter page with its default, and the ones only drivers know.
 * `session` parameters travel to drivers with each response; `wire` ones are session parameters that SHOW
 * PARAMETERS does not list. Source: docs "Parameters" page and the drivers' sources.
 */

export type ParameterValue = string | number | boolean;
export type ParameterKind = "session" | "wire" | "account" | "object" | "user";

export type ParameterEntry = {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly fallback: ParameterValue;
  /** Allowed values, compared without case. */
  readonly allowed?: readonly string[] | undefined;
  readonly minimum?: number | undefined;
  /** Of a text the most characters. */
  readonly maximum?: number | undefined;
  /** Another value would change results on Snowflake and does nothing here: setting one is refused by name. */
  readonly onlyDefault?: true | undefined;
};

type Limits = Pick<ParameterEntry, "allowed" | "minimum" | "maximum" | "onlyDefault">;

const ONLY_DEFAULT: Limits = { onlyDefault: true };

function parameter(
  kind: ParameterKind,
  name: string,
  fallback: ParameterValue,
  limits: Limits = {},
): ParameterEntry {
  return { name, kind, fallback, ...limits };
}

/** Sizes of warehouses that serverless tasks get. */
const SIZES: Limits = {
  allowed: ["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE", "X2LARGE"],
};

const ENTRIES: readonly ParameterEntry[] = [
  parameter("session", "ABORT_DETACHED_QUERY", false),
  parameter("session", "ACTIVE_PYTHON_PROFILER", "", { allowed: ["", "LINE", "MEMORY"] }),
  parameter("account", "ALLOWED_SPCS_WORKLOAD_TYPES", "ALL"),
  parameter("account", "ALLOW_BIND_VALUES_ACCESS", true),
  parameter("account", "ALLOW_CLIENT_MFA_CACHING", false),
  parameter("account", "ALLOW_ID_TOKEN", false),
  parameter("session", "AUTOCOMMIT", true),
  parameter("object", "AUTO_EVENT_LOGGING", "OFF", {
    allowed: ["LOGGING", "TRACING", "ALL", "OFF"],
  }),
  parameter("object", "BASE_LOCATION_PREFIX", ""),
  parameter("session", "BINARY_INPUT_FORMAT", "HEX", {
    allowed: ["HEX", "BASE64", "UTF8", "UTF-8"],
  }),
  parameter("session", "BINARY_OUTPUT_FORMAT", "HEX", { allowed: ["HEX", "BASE64"] }),
  parameter("object", "CATALOG", ""),
  parameter("object", "CATALOG_SYNC", ""),
  parameter("session", "CLIENT_ENABLE_LOG_INFO_STATEMENT_PARAMETERS", false),
  parameter("account", "CLIENT_ENCRYPTION_KEY_SIZE", 128, { allowed: ["128", "256"] }),
  parameter("session", "CLIENT_MEMORY_LIMIT", 1536, { minimum: 0 }),
  parameter("session", "CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX", false),
  parameter("session", "CLIENT_METADATA_USE_SESSION_DATABASE", false),
  parameter("session", "CLIENT_PREFETCH_THREADS", 4, { minimum: 1, maximum: 10 }),
  parameter("session", "CLIENT_RESULT_CHUNK_SIZE", 160, { minimum: 16, maximum: 160 }),
  parameter("session", "CLIENT_RESULT_COLUMN_CASE_INSENSITIVE", false),
  parameter("session", "CLIENT_SESSION_KEEP_ALIVE", false),
  parameter("session", "CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", 3600, {
    minimum: 900,
    maximum: 3600,
  }),
  parameter("session", "CLIENT_TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_LTZ", {
    allowed: ["TIMESTAMP_LTZ", "TIMESTAMP_NTZ"],
  }),
  parameter("account", "CORTEX_ENABLED_CROSS_REGION", "DISABLED"),
  parameter("account", "CORTEX_MODELS_ALLOWLIST", "All"),
  parameter("session", "CSV_TIMESTAMP_FORMAT", "", ONLY_DEFAULT),
  parameter("object", "DATA_METRIC_SCHEDULE", ""),
  parameter("object", "DATA_RETENTION_TIME_IN_DAYS", 1, { minimum: 0, maximum: 90 }),
  parameter("session", "DATE_INPUT_FORMAT", "AUTO"),
  parameter("session", "DATE_OUTPUT_FORMAT", "YYYY-MM-DD"),
  parameter("object", "DEFAULT_DDL_COLLATION", ""),
  parameter("object", "DEFAULT_NOTEBOOK_COMPUTE_POOL_CPU", "SYSTEM_COMPUTE_POOL_CPU"),
  parameter("object", "DEFAULT_NOTEBOOK_COMPUTE_POOL_GPU", "SYSTEM_COMPUTE_POOL_GPU"),
  parameter("session", "DEFAULT_NULL_ORDERING", "LAST", { allowed: ["FIRST", "LAST"] }),
  parameter("object", "DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE", "SYSTEM$STREAMLIT_NOTEBOOK_WH"),
  parameter("object", "DISABLE_UI_DOWNLOAD_BUTTON", false),
  parameter("object", "DISABLE_USER_PRIVILEGE_GRANTS", false),
  parameter("account", "DISALLOWED_SPCS_WORKLOAD_TYPES", ""),
  parameter("account", "ENABLE_AUTOMATIC_SENSITIVE_DATA_CLASSIFICATION_LOG", true),
  parameter("account", "ENABLE_BUDGET_EVENT_LOGGING", true),
  parameter("object", "ENABLE_DATA_COMPACTION", true),
  parameter("account", "ENABLE_EGRESS_COST_OPTIMIZER", false),
  parameter("session", "ENABLE_GET_DDL_USE_DATA_TYPE_ALIAS", false, ONLY_DEFAULT),
  parameter("account", "ENABLE_IDENTIFIER_FIRST_LOGIN", false),
  parameter("account", "ENABLE_INTERNAL_STAGES_PRIVATELINK", false),
  parameter("user", "ENABLE_NOTEBOOK_CREATION_IN_PERSONAL_DB", false),
  parameter("account", "ENABLE_SPCS_BLOCK_STORAGE_SNOWFLAKE_FULL_ENCRYPTION_ENFORCEMENT", false),
  parameter("account", "ENABLE_TAG_PROPAGATION_EVENT_LOGGING", false),
  parameter("account", "ENABLE_TRI_SECRET_AND_REKEY_OPT_OUT_FOR_IMAGE_REPOSITORY", false),
  parameter("session", "ENABLE_UNHANDLED_EXCEPTIONS_REPORTING", true),
  parameter("session", "ENABLE_UNLOAD_PHYSICAL_TYPE_OPTIMIZATION", true, ONLY_DEFAULT),
  parameter("user", "ENABLE_UNREDACTED_QUERY_SYNTAX_ERROR", false),
  parameter("user", "ENABLE_UNREDACTED_SECURE_OBJECT_ERROR", false),
  parameter("account", "ENFORCE_NETWORK_RULES_FOR_INTERNAL_STAGES", false),
  parameter("session", "ERROR_ON_NONDETERMINISTIC_MERGE", true),
  parameter("session", "ERROR_ON_NONDETERMINISTIC_UPDATE", false),
  parameter("object", "EVENT_TABLE", ""),
  parameter("account", "EXTERNAL_OAUTH_ADD_PRIVILEGED_ROLES_TO_BLOCKED_LIST", true),
  parameter("object", "EXTERNAL_VOLUME", ""),
  parameter("session", "GEOGRAPHY_OUTPUT_FORMAT", "GeoJSON", {
    allowed: ["GeoJSON", "WKT", "WKB", "EWKT", "EWKB"],
  }),
  parameter("session", "GEOMETRY_OUTPUT_FORMAT", "GeoJSON", {
    allowed: ["GeoJSON", "WKT", "WKB", "EWKT", "EWKB"],
  }),
  parameter("session", "HYBRID_TABLE_LOCK_TIMEOUT", 3600, { minimum: 0 }),
  parameter("account", "INITIAL_REPLICATION_SIZE_LIMIT_IN_TB", 10, { minimum: 0 }),
  parameter("session", "JDBC_ENABLE_PUT_GET", true),
  parameter("session", "JDBC_TREAT_DECIMAL_AS_INT", true),
  parameter("session", "JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC", false),
  parameter("session", "JDBC_USE_SESSION_TIMEZONE", true),
  parameter("session", "JSON_INDENT", 2, { minimum: 0, maximum: 16 }),
  parameter("session", "JS_TREAT_INTEGER_AS_BIGINT", false),
  parameter("account", "LISTING_AUTO_FULFILLMENT_REPLICATION_REFRESH_SCHEDULE", ""),
  parameter("session", "LOCK_TIMEOUT", 43200, { minimum: 0 }),
  parameter("account", "LOGIN_IDP_REDIRECT", ""),
  parameter("session", "LOG_LEVEL", "OFF", {
    allowed: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"],
  }),
  parameter("object", "MAX_CONCURRENCY_LEVEL", 8, { minimum: 0 }),
  parameter("object", "MAX_DATA_EXTENSION_TIME_IN_DAYS", 14, { minimum: 0, maximum: 90 }),
  parameter("session", "METRIC_LEVEL", "NONE", { allowed: ["ALL", "NONE"] }),
  parameter("account", "MIN_DATA_RETENTION_TIME_IN_DAYS", 0, { minimum: 0, maximum: 90 }),
  parameter("session", "MULTI_STATEMENT_COUNT", 1, { minimum: 0 }),
  parameter("object", "NETWORK_POLICY", ""),
  parameter("session", "NOORDER_SEQUENCE_AS_DEFAULT", true),
  parameter("account", "OAUTH_ADD_PRIVILEGED_ROLES_TO_BLOCKED_LIST", true),
  parameter("session", "ODBC_TREAT_DECIMAL_AS_INT", false),
  parameter("account", "PERIODIC_DATA_REKEYING", false),
  parameter("object", "PIPE_EXECUTION_PAUSED", false),
  parameter("object", "PREVENT_UNLOAD_TO_INLINE_URL", false, ONLY_DEFAULT),
  parameter("user", "PREVENT_UNLOAD_TO_INTERNAL_STAGES", false, ONLY_DEFAULT),
  parameter("session", "PYTHON_PROFILER_MODULES", ""),
  parameter("session", "PYTHON_PROFILER_TARGET_STAGE", ""),
  parameter("session", "QUERY_TAG", "", { maximum: 2000 }),
  parameter("session", "QUOTED_IDENTIFIERS_IGNORE_CASE", false),
  parameter("account", "READ_CONSISTENCY_MODE", "SESSION", { allowed: ["SESSION", "GLOBAL"] }),
  parameter("object", "REPLACE_INVALID_CHARACTERS", false),
  parameter("account", "REQUIRE_STORAGE_INTEGRATION_FOR_STAGE_CREATION", false),
  parameter("account", "REQUIRE_STORAGE_INTEGRATION_FOR_STAGE_OPERATION", false),
  parameter("session", "ROWS_PER_RESULTSET", 0, { minimum: 0 }),
  parameter("session", "S3_STAGE_VPCE_DNS_NAME", ""),
  parameter("account", "SAML_IDENTITY_PROVIDER", ""),
  parameter("session", "SEARCH_PATH", "$current, $public"),
  parameter("object", "SERVERLESS_TASK_MAX_STATEMENT_SIZE", "X2LARGE", SIZES),
  parameter("object", "SERVERLESS_TASK_MIN_STATEMENT_SIZE", "XSMALL", SIZES),
  parameter("session", "SIMULATED_DATA_SHARING_CONSUMER", "", ONLY_DEFAULT),
  parameter("account", "SQL_TRACE_QUERY_TEXT", "OFF", { allowed: ["ON", "OFF"] }),
  parameter("account", "SSO_LOGIN_PAGE", false),
  parameter("session", "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS", 0, { minimum: 0 }),
  parameter("session", "STATEMENT_TIMEOUT_IN_SECONDS", 172800, { minimum: 0, maximum: 604800 }),
  parameter("object", "STORAGE_SERIALIZATION_POLICY", "OPTIMIZED", {
    allowed: ["COMPATIBLE", "OPTIMIZED"],
  }),
  parameter("session", "STRICT_JSON_OUTPUT", false),
  parameter("object", "SUSPEND_ALERT_AFTER_NUM_FAILURES", 0, { minimum: 0 }),
  parameter("object", "SUSPEND_TASK_AFTER_NUM_FAILURES", 10, { minimum: 0 }),
  parameter("object", "TASK_AUTO_RETRY_ATTEMPTS", 0, { minimum: 0, maximum: 30 }),
  parameter("session", "TIMESTAMP_DAY_IS_ALWAYS_24H", false, ONLY_DEFAULT),
  parameter("session", "TIMESTAMP_INPUT_FORMAT", "AUTO"),
  parameter("session", "TIMESTAMP_LTZ_OUTPUT_FORMAT", ""),
  parameter("session", "TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3"),
  parameter("session", "TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM"),
  parameter("session", "TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_NTZ", {
    allowed: ["TIMESTAMP_LTZ", "TIMESTAMP_NTZ", "TIMESTAMP_TZ"],
  }),
  parameter("session", "TIMESTAMP_TZ_OUTPUT_FORMAT", ""),
  parameter("session", "TIMEZONE", "America/Los_Angeles"),
  parameter("session", "TIME_INPUT_FORMAT", "AUTO"),
  parameter("session", "TIME_OUTPUT_FORMAT", "HH24:MI:SS"),
  parameter("session", "TRACE_LEVEL", "OFF", {
    allowed: ["ALWAYS", "ON_EVENT", "PROPAGATE", "OFF"],
  }),
  parameter("session", "TRANSACTION_ABORT_ON_ERROR", false, ONLY_DEFAULT),
  parameter("session", "TRANSACTION_DEFAULT_ISOLATION_LEVEL", "READ COMMITTED", {
    allowed: ["READ COMMITTED"],
  }),
  parameter("session", "TWO_DIGIT_CENTURY_START", 1970, { minimum: 1900, maximum: 2100 }),
  parameter("session", "UNSUPPORTED_DDL_ACTION", "IGNORE", { allowed: ["IGNORE", "FAIL"] }),
  parameter("object", "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE", "MEDIUM", SIZES),
  parameter("object", "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", 30, {
    minimum: 10,
    maximum: 604_800,
  }),
  parameter("object", "USER_TASK_TIMEOUT_MS", 3600000, { minimum: 0, maximum: 604_800_000 }),
  parameter("session", "USE_CACHED_RESULT", true),
  parameter("account", "USE_WORKSPACES_FOR_SQL", "", { allowed: ["", "always", "never"] }),
  parameter("session", "WEEK_OF_YEAR_POLICY", 0, { minimum: 0, maximum: 1 }),
  parameter("session", "WEEK_START", 0, { minimum: 0, maximum: 7 }),
  parameter("wire", "AUTOCOMMIT_API_SUPPORTED", true),
  parameter("wire", "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 65280),
  parameter("wire", "CLIENT_TELEMETRY_ENABLED", false),
  parameter("wire", "CLIENT_TELEMETRY_SESSIONLESS_ENABLED", false),
  parameter("wire", "CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED", false),
  parameter("wire", "CLIENT_RESULT_PREFETCH_SLOTS", 2),
  parameter("wire", "CLIENT_RESULT_PREFETCH_THREADS", 1),
  parameter("wire", "CLIENT_USE_V1_QUERY_API", true),
  parameter("wire", "CLIENT_HONOR_CLIENT_TZ_FOR_TIMESTAMP_NTZ", true),
  parameter("wire", "CLIENT_DISABLE_INCIDENTS", true),
  parameter("wire", "CLIENT_SESSION_CLONE", false),
  parameter("wire", "CLIENT_VALIDATE_DEFAULT_PARAMETERS", false),
  parameter("wire", "CLIENT_ENABLE_CONSERVATIVE_MEMORY_USAGE", true),
  parameter("wire", "CLIENT_CONSERVATIVE_MEMORY_ADJUST_STEP", 64),
  parameter("wire", "CLIENT_STORE_TEMPORARY_CREDENTIAL", false),
  parameter("wire", "CLIENT_REQUEST_MFA_TOKEN", false),
  parameter("wire", "JDBC_RS_COLUMN_CASE_INSENSITIVE", false),
  parameter("wire", "JDBC_USE_JSON_PARSER", true),
  parameter("wire", "JDBC_EFFICIENT_CHUNK_STORAGE", true),
  parameter("wire", "JDBC_FORMAT_DATE_WITH_TIMEZONE", true),
  parameter("wire", "JDBC_ENABLE_COMBINED_DESCRIBE", false),
  parameter("wire", "JDBC_EXECUTE_RETURN_COUNT_FOR_DML", false),
  parameter("wire", "JDBC_QUERY_RESULT_FORMAT", "JSON"),
  parameter("wire", "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT", "ARROW"),
  parameter("wire", "GO_QUERY_RESULT_FORMAT", "JSON"),
  parameter("wire", "DOTNET_QUERY_RESULT_FORMAT", "JSON"),
  parameter("wire", "ODBC_QUERY_RESULT_FORMAT", "JSON"),
  parameter("wire", "C_API_QUERY_RESULT_FORMAT", "JSON"),
  parameter("wire", "SQL_API_QUERY_RESULT_FORMAT", "JSON"),
  parameter("wire", "JS_DRIVER_DISABLE_OCSP_FOR_NON_SF_ENDPOINTS", true),
  parameter("wire", "QUERY_CONTEXT_CACHE_SIZE", 5),
  parameter("wire", "ENABLE_STAGE_S3_PRIVATELINK_FOR_US_EAST_1", false),
  parameter("wire", "SERVICE_NAME", ""),
  parameter("wire", "PYTHON_SNOWPARK_USE_SQL_SIMPLIFIER", true),
  parameter("wire", "PYTHON_SNOWPARK_USE_SCOPED_TEMP_OBJECTS", false),
  parameter("wire", "SNOWPARK_USE_SCOPED_TEMP_OBJECTS", false),
  parameter("wire", "PYTHON_SNOWPARK_USE_AST", false),
  parameter("wire", "PYTHON_SNOWPARK_CLIENT_AST_MODE", 0),
  parameter("wire", "SNOWPARK_LAZY_ANALYSIS", true),
  parameter("wire", "SNOWPARK_HIDE_INTERNAL_ALIAS", true),
  parameter("wire", "SNOWPARK_REQUEST_TIMEOUT_IN_SECONDS", 86400),
  parameter("wire", "VARCHAR_AND_BINARY_MAX_SIZE_IN_RESULT", 134217728),
  parameter("wire", "VARIANT_MAX_SIZE_IN_RESULT", 134217728),
];

/** The table by upper-case name. */
export const PARAMETERS: ReadonlyMap<string, ParameterEntry> = new Map(
  ENTRIES.map((entry) => [entry.name, entry]),
);
