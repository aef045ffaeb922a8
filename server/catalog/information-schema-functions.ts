/**
 * INFORMATION_SCHEMA's table functions. Those of QUERY_HISTORY read the statements of this process; the others are about services that
 * are not here and give no rows. https://docs.snowflake.com/en/sql-reference/info-schema#table-functions
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import type { QueryHistory, QueryRecord } from "../observe/history.ts";
import { parseShape } from "./information-schema/column-spec.ts";
import { FUNCTION_SHAPES } from "./information-schema/function-shapes.ts";
import { type InlineRow, inlineRelation } from "./information-schema/inline.ts";
import { INFORMATION_SCHEMA } from "./information-schema/objects.ts";

type Arguments = ReadonlyMap<string, string | null>;

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
};

const HISTORY_PARAMETERS = [
  "END_TIME_RANGE_START",
  "END_TIME_RANGE_END",
  "RESULT_LIMIT",
  "INCLUDE_CLIENT_GENERATED_STATEMENT",
];

/** Parameters in the order of positional arguments. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  QUERY_HISTORY: HISTORY_PARAMETERS,
  QUERY_HISTORY_BY_SESSION: ["SESSION_ID", ...HISTORY_PARAMETERS],
  QUERY_HISTORY_BY_USER: ["USER_NAME", ...HISTORY_PARAMETERS],
  QUERY_HISTORY_BY_WAREHOUSE: ["WAREHOUSE_NAME", ...HISTORY_PARAMETERS],
};

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 10_000;

/**
 * The rows of a table function.
 * @param args by upper-case name, or by position from 1
 * @param caller whose queries a call without a session, user or warehouse means; all queries when undefined
 * @returns undefined for a name that is no such function
 * @throws 001008 for an argument that cannot be read
 */
export function informationSchemaFunction(
  name: QualifiedName,
  args: Arguments,
  history: QueryHistory,
  caller?: HistoryCaller | undefined,
): Relation | undefined {
  if (name.schema !== INFORMATION_SCHEMA) return undefined;
  const shape = FUNCTION_SHAPES[SAME_COLUMNS[name.name] ?? name.name];
  if (shape === undefined) return undefined;
  const parameters = PARAMETERS[name.name];
  const rows =
    parameters === undefined
      ? []
      : historyRows(named(args, parameters), name.name, history, caller);
  return inlineRelation(name, parseShape(shape), rows);
}

/** Arguments by name only. */
function named(args: Arguments, parameters: readonly string[]): Arguments {
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
  history: QueryHistory,
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

function limit(text: string | undefined): number {
  if (text === undefined) return LIMIT_DEFAULT;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= LIMIT_MAX) return value;
  throw snowflakeError("invalidParameterValue", { value: text, name: "RESULT_LIMIT" });
}

/** Milliseconds since the epoch. A text without a zone counts as UTC. */
function moment(text: string | undefined, name: string): number | undefined {
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
