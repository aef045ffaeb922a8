/**
 * INFORMATION_SCHEMA's table functions. Those of QUERY_HISTORY and LOGIN_HISTORY read what happened in this process; the others are
 * about services that are not here and give no rows. https://docs.snowflake.com/en/sql-reference/info-schema#table-functions
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import type { QueryHistory, QueryRecord } from "../observe/history.ts";
import type { LoginHistory } from "../observe/logins.ts";
import { GOVERNANCE_FUNCTIONS } from "./governance-functions.ts";
import { parseShape } from "./information-schema/column-spec.ts";
import { FUNCTION_SHAPES } from "./information-schema/function-shapes.ts";
import { type InlineRow, inlineRelation } from "./information-schema/inline.ts";
import { INFORMATION_SCHEMA } from "./information-schema/objects.ts";

export type Arguments = ReadonlyMap<string, string | null>;

/** What a call without the argument means: the caller's own. */
export type HistoryCaller = {
  readonly sessionId: number;
  readonly user: string;
  readonly warehouse: string | undefined;
};

/** Functions with another's columns. */
const SAME_COLUMNS: Readonly<Record<string, string>> = {
  QUERY_HISTORY_BY_SESSION: "QUERY_HISTORY",
  QUERY_HISTORY_BY_USER: "QUERY_HISTORY",
  QUERY_HISTORY_BY_WAREHOUSE: "QUERY_HISTORY",
  LOGIN_HISTORY_BY_USER: "LOGIN_HISTORY",
  TAG_REFERENCES_ALL_COLUMNS: "TAG_REFERENCES",
  DATABASE_REFRESH_PROGRESS_BY_JOB: "DATABASE_REFRESH_PROGRESS",
  REPLICATION_GROUP_REFRESH_PROGRESS_BY_JOB: "REPLICATION_GROUP_REFRESH_PROGRESS",
};

const HISTORY_PARAMETERS = [
  "END_TIME_RANGE_START",
  "END_TIME_RANGE_END",
  "RESULT_LIMIT",
  "INCLUDE_CLIENT_GENERATED_STATEMENT",
];
const LOGIN_PARAMETERS = ["TIME_RANGE_START", "TIME_RANGE_END", "RESULT_LIMIT"];

/** What the functions read. */
export type Histories = { readonly history: QueryHistory; readonly logins: LoginHistory };

type Source = {
  /** Parameters in the order of positional arguments. */
  readonly parameters: readonly string[];
  readonly rows: (
    args: Arguments,
    name: string,
    histories: Histories,
    caller: HistoryCaller | undefined,
  ) => InlineRow[];
};

/** The functions that have rows here. */
const SOURCES: Readonly<Record<string, Source>> = {
  QUERY_HISTORY: { parameters: HISTORY_PARAMETERS, rows: historyRows },
  QUERY_HISTORY_BY_SESSION: {
    parameters: ["SESSION_ID", ...HISTORY_PARAMETERS],
    rows: historyRows,
  },
  QUERY_HISTORY_BY_USER: { parameters: ["USER_NAME", ...HISTORY_PARAMETERS], rows: historyRows },
  QUERY_HISTORY_BY_WAREHOUSE: {
    parameters: ["WAREHOUSE_NAME", ...HISTORY_PARAMETERS],
    rows: historyRows,
  },
  LOGIN_HISTORY: { parameters: LOGIN_PARAMETERS, rows: loginRows },
  LOGIN_HISTORY_BY_USER: { parameters: ["USER_NAME", ...LOGIN_PARAMETERS], rows: loginRows },
};

/**
 * Functions with rows of another room: load-rows.ts, pipe-load-rows.ts, governance-functions.ts, and those of tasks,
 * alerts and notifications in server/execute (task-tables.ts, alert-tables.ts, notification-tables.ts).
 */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "ALERT_HISTORY",
  "COMPLETE_TASK_GRAPHS",
  "COPY_HISTORY",
  "CURRENT_TASK_GRAPHS",
  "NOTIFICATION_HISTORY",
  "PIPE_USAGE_HISTORY",
  "TASK_DEPENDENTS",
  "TASK_HISTORY",
  "VALIDATE_PIPE_LOAD",
  ...GOVERNANCE_FUNCTIONS,
]);

/** Functions whose columns are not known to us: better refused than with columns made up. */
const UNKNOWN_COLUMNS: ReadonlySet<string> = new Set([
  "APPLICATION_CALLBACK_HISTORY",
  "APPLICATION_SPECIFICATION_STATUS_HISTORY",
  "AVAILABLE_LISTINGS",
  "AVAILABLE_LISTING_REFRESH_HISTORY",
  "BIND_VALUES",
  "CORTEX_SEARCH_REFRESH_HISTORY",
  "DATA_METRIC_FUNCTION_EXPECTATIONS",
  "DBT_PROJECT_EXECUTION_HISTORY",
  "DCM_DEPLOYMENT_HISTORY",
  "EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY",
  "ICEBERG_TABLE_FILES",
  "ICEBERG_TABLE_SNAPSHOT_REFRESH_HISTORY",
  "LISTING_REFRESH_HISTORY",
  "NETWORK_RULE_REFERENCES",
  "ONLINE_FEATURE_TABLE_REFRESH_HISTORY",
  "REPLICATION_GROUP_DANGLING_REFERENCES",
  "STAGE_DIRECTORY_FILE_REGISTRATION_HISTORY",
]);

const LOOPBACK = "127.0.0.1";

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 10_000;

/**
 * The rows of a table function.
 * @param args by upper-case name, or by position from 1
 * @param caller whose queries a call without a session, user or warehouse means; all queries when undefined
 * @returns undefined for a name that is no such function
 * @throws 001008 for an argument that cannot be read, 000002 for a function that is known and refused
 */
export function informationSchemaFunction(
  name: QualifiedName,
  args: Arguments,
  histories: Histories,
  caller?: HistoryCaller | undefined,
): Relation | undefined {
  if (name.schema !== INFORMATION_SCHEMA) return undefined;
  if (UNKNOWN_COLUMNS.has(name.name)) {
    throw snowflakeError("unsupportedFeature", { feature: `INFORMATION_SCHEMA.${name.name}` });
  }
  const shape = FUNCTION_SHAPES[SAME_COLUMNS[name.name] ?? name.name];
  if (shape === undefined) return undefined;
  const source = SOURCES[name.name];
  const rows =
    source === undefined
      ? []
      : source.rows(named(args, source.parameters), name.name, histories, caller);
  return inlineRelation(name, parseShape(shape), rows);
}

/** Every function that is known, in alphabetical order. */
export const INFORMATION_FUNCTIONS: readonly string[] = [
  ...Object.keys(FUNCTION_SHAPES),
  ...Object.keys(SAME_COLUMNS),
  ...UNKNOWN_COLUMNS,
].sort();

/** COPY_HISTORY is answered in load-rows.ts. Whether a function reads what this account knows, only has its columns, or is refused; undefined when it is not there. */
export function informationFunctionStanding(
  name: string,
): "supported" | "stub" | "refused" | undefined {
  if (UNKNOWN_COLUMNS.has(name)) return "refused";
  if (FUNCTION_SHAPES[SAME_COLUMNS[name] ?? name] === undefined) return undefined;
  return SOURCES[name] === undefined && !ELSEWHERE.has(name) ? "stub" : "supported";
}

/** Arguments by name only. @param parameters in the order of positional arguments */
export function named(args: Arguments, parameters: readonly string[]): Arguments {
  const result = new Map<string, string | null>();
  for (const [key, value] of args) {
    const position = /^\d+$/.test(key) ? parameters[Number(key) - 1] : key;
    if (position === undefined || !parameters.includes(position)) {
      throw snowflakeError("invalidParameterValue", { value: value ?? "null", name: key });
    }
    result.set(position, value);
  }
  return result;
}

function historyRows(
  args: Arguments,
  name: string,
  { history }: Histories,
  caller: HistoryCaller | undefined,
): InlineRow[] {
  const text = (key: string) => args.get(key) ?? undefined;
  const session = name.endsWith("_SESSION")
    ? (text("SESSION_ID") ?? caller?.sessionId.toString())
    : undefined;
  const user = name.endsWith("_USER")
    ? (text("USER_NAME")?.toUpperCase() ?? caller?.user)
    : undefined;
  const warehouse = name.endsWith("_WAREHOUSE")
    ? (text("WAREHOUSE_NAME")?.toUpperCase() ?? caller?.warehouse)
    : undefined;
  const from = moment(text("END_TIME_RANGE_START"), "END_TIME_RANGE_START") ?? 0;
  const until = moment(text("END_TIME_RANGE_END"), "END_TIME_RANGE_END");
  return [...history.all()]
    .filter((record) => session === undefined || String(record.sessionId) === session)
    .filter((record) => user === undefined || record.user === user)
    .filter((record) => warehouse === undefined || record.warehouse === warehouse)
    .filter(({ endedAt }) => (endedAt ?? Number.POSITIVE_INFINITY) >= from)
    .filter(({ endedAt }) => until === undefined || (endedAt !== undefined && endedAt <= until))
    .reverse()
    .slice(0, limit(text("RESULT_LIMIT")))
    .map(historyRow);
}

/** https://docs.snowflake.com/en/sql-reference/functions/login_history */
function loginRows(
  args: Arguments,
  name: string,
  { logins }: Histories,
  caller: HistoryCaller | undefined,
): InlineRow[] {
  const text = (key: string) => args.get(key) ?? undefined;
  const user = name.endsWith("_USER")
    ? (text("USER_NAME")?.toUpperCase() ?? caller?.user)
    : undefined;
  const from = moment(text("TIME_RANGE_START"), "TIME_RANGE_START") ?? 0;
  const until = moment(text("TIME_RANGE_END"), "TIME_RANGE_END") ?? Number.POSITIVE_INFINITY;
  return logins
    .newest()
    .filter((record) => user === undefined || record.user === user)
    .filter(({ at }) => at >= from && at <= until)
    .slice(0, limit(text("RESULT_LIMIT")))
    .map((record) => ({
      event_timestamp: record.at,
      event_id: record.eventId,
      event_type: "LOGIN",
      user_name: record.user,
      client_ip: LOOPBACK,
      reported_client_type: record.clientType,
      reported_client_version: record.clientVersion,
      first_authentication_factor: "PASSWORD",
      is_success: "YES",
      related_event_id: 0,
    }));
}

/** RESULT_LIMIT. @throws 001008 for a text that is no number from 1 to 10000 */
export function limit(text: string | undefined, fallback: number = LIMIT_DEFAULT): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= LIMIT_MAX) return value;
  throw snowflakeError("invalidParameterValue", { value: text, name: "RESULT_LIMIT" });
}

/** Milliseconds since the epoch. A text without a zone counts as UTC. */
export function moment(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text} Z`;
  const value = Date.parse(zoned);
  if (!Number.isNaN(value)) return value;
  throw snowflakeError("invalidParameterValue", { value: text, name });
}

const STATUS_WORDS: Readonly<Record<QueryRecord["status"], string>> = {
  RUNNING: "RUNNING",
  SUCCESS: "SUCCESS",
  FAILED_WITH_ERROR: "FAILED_WITH_ERROR",
  ABORTED: "FAILED_WITH_ERROR",
};

/** A record as QUERY_HISTORY shows it. */
export function historyRow(record: QueryRecord): InlineRow {
  const elapsed = record.endedAt === undefined ? 0 : record.endedAt - record.startedAt;
  return {
    query_id: record.queryId,
    query_text: record.text,
    database_name: record.database ?? null,
    schema_name: record.schema ?? null,
    query_type: record.statementKind,
    session_id: record.sessionId,
    user_name: record.user,
    role_name: record.role,
    warehouse_name: record.warehouse ?? null,
    query_tag: record.queryTag,
    execution_status: STATUS_WORDS[record.status],
    error_code: record.errorCode === "" ? null : Number(record.errorCode),
    error_message: record.errorMessage === "" ? null : record.errorMessage,
    start_time: record.startedAt,
    // While a statement runs its end is the epoch.
    end_time: record.endedAt ?? 0,
    total_elapsed_time: elapsed,
    execution_time: elapsed,
    compilation_time: 0,
    rows_produced: record.rowsProduced,
    bytes_scanned: 0,
    queued_provisioning_time: 0,
    queued_repair_time: 0,
    queued_overload_time: 0,
    transaction_blocked_time: 0,
    is_client_generated_statement: false,
  };
}
