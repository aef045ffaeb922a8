/**
 * INFORMATION_SCHEMA's table functions of dynamic tables: DYNAMIC_TABLE_REFRESH_HISTORY, DYNAMIC_TABLE_GRAPH_HISTORY and
 * DYNAMIC_TABLES. https://docs.snowflake.com/en/sql-reference/functions/dynamic_table_refresh_history
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { encodeVariant, newObject, type VariantValue } from "../../translator/variant/encoding.ts";
import type { DynamicDefinition } from "../catalog/dynamic-definition.ts";
import type { DynamicTable } from "../catalog/dynamic-table.ts";
import type { InlineRow } from "../catalog/information-schema/inline.ts";
import { quoted } from "../catalog/information-schema/names.ts";
import { type Arguments, limit, moment } from "../catalog/information-schema-functions.ts";
import type { Description } from "../program/dynamic/descriptions.ts";
import { DynamicGraph } from "../program/dynamic/graph.ts";
import { isFailure, type RefreshRecord } from "../program/dynamic/refresh-history.ts";
import { suspensionMessage } from "../program/dynamic/suspension.ts";
import type { Session } from "../session/session.ts";
import { lagMeasures } from "./dynamic-lag.ts";
import type { AccountState } from "./execution.ts";
import { type FunctionScope, functionRows, isTrue, type RowSource } from "./own-table-functions.ts";

const DAY_MS = 86_400_000;
/** How far back all three look. */
const KEPT_MS = 7 * DAY_MS;

const SOURCES: Readonly<Record<string, RowSource>> = {
  DYNAMIC_TABLE_REFRESH_HISTORY: {
    parameters: [
      "DATA_TIMESTAMP_START",
      "DATA_TIMESTAMP_END",
      "RESULT_LIMIT",
      "NAME",
      "NAME_PREFIX",
      "ERROR_ONLY",
    ],
    rows: historyRows,
  },
  DYNAMIC_TABLE_GRAPH_HISTORY: {
    parameters: ["AS_OF", "HISTORY_START", "HISTORY_END"],
    rows: graphRows,
  },
  DYNAMIC_TABLES: {
    parameters: ["NAME", "REFRESH_DATA_TIMESTAMP_START", "RESULT_LIMIT", "INCLUDE_CONNECTED"],
    rows: tableRows,
  },
};

/**
 * The rows of a function of dynamic tables.
 * @returns undefined for another function
 * @throws 001008 for an argument that cannot be read
 */
export function dynamicTableFunction(
  name: QualifiedName,
  args: Arguments,
  account: AccountState,
  scope: FunctionScope,
): Relation | undefined {
  return functionRows(SOURCES, name, args, account, scope);
}

/** Canonical text of an object; members without a value are left out. */
function objectOf(members: Readonly<Record<string, VariantValue | undefined>>): string {
  const object = newObject();
  for (const [key, value] of Object.entries(members)) {
    if (value !== undefined) object[key] = value;
  }
  return encodeVariant(object);
}

/** `2023-06-06 19:27:29.142 Z` */
function timeText(at: number | undefined): string | undefined {
  return at === undefined
    ? undefined
    : new Date(at).toISOString().replace("T", " ").replace("Z", " Z");
}

type Placed = { readonly database: string; readonly schema: string; readonly name: string };

/**
 * Whether a name with as many parts as the caller likes means a table; the other parts are the session's. Names are compared
 * without case.
 */
function isNamed(given: string, placed: Placed, { database, schema }: Session): boolean {
  const parts = given.toUpperCase().split(".").reverse();
  const [name, inSchema = schema, inDatabase = database] = parts;
  const same = (a: string | undefined, b: string) => (a ?? b).toUpperCase() === b.toUpperCase();
  return (
    same(name, placed.name) && same(inSchema, placed.schema) && same(inDatabase, placed.database)
  );
}

function historyRows(
  args: Arguments,
  account: AccountState,
  { session }: FunctionScope,
): InlineRow[] {
  const text = (key: string) => args.get(key) ?? undefined;
  const until = moment(text("DATA_TIMESTAMP_END"), "DATA_TIMESTAMP_END");
  const start = moment(text("DATA_TIMESTAMP_START"), "DATA_TIMESTAMP_START");
  const end = until ?? account.now();
  const from = Math.max(start ?? end - DAY_MS, account.now() - KEPT_MS);
  const name = text("NAME");
  const prefix = text("NAME_PREFIX")?.toUpperCase();
  const errorOnly = isTrue(args, "ERROR_ONLY");
  return account.refreshes.history
    .all()
    .filter(({ dataTimestamp }) => dataTimestamp >= from && dataTimestamp <= end)
    .filter((record) => {
      const placed = { ...record, name: record.table.name };
      return name === undefined || isNamed(name, placed, session);
    })
    .filter(({ qualifiedName: full }) => full.toUpperCase().startsWith(prefix ?? ""))
    .filter((record) => !errorOnly || isFailure(record))
    .slice(0, limit(text("RESULT_LIMIT")))
    .map(historyRow);
}

function historyRow(record: RefreshRecord): InlineRow {
  const { table, dataTimestamp, previous, lagSeconds, dependency, error, state } = record;
  const { lag, warehouse, validFrom } = table.dynamic;
  const dependencyTime = timeText(dependency?.dataTimestamp);
  const target = lag?.kind === "time" ? lag.seconds : lagSeconds;
  return {
    name: table.name,
    schema_name: record.schema,
    database_name: record.database,
    state,
    state_code: state === "SUCCEEDED" ? null : (error?.code ?? null),
    state_message: error?.message ?? null,
    query_id: record.queryId,
    data_timestamp: dataTimestamp,
    refresh_start_time: record.startedAt,
    refresh_end_time: record.endedAt ?? null,
    completion_target: target === undefined ? null : (previous ?? dataTimestamp) + target * 1_000,
    qualified_name: record.qualifiedName,
    last_completed_dependency: objectOf({
      qualified_name: dependency?.name,
      data_timestamp: dependencyTime,
    }),
    statistics: objectOf({
      numAddedPartitions: record.inserted > 0 ? 1 : 0,
      numCopiedRows: 0,
      numDeletedRows: record.deleted,
      numInsertedRows: record.inserted,
      numRemovedPartitions: record.deleted > 0 ? 1 : 0,
    }),
    refresh_action: record.action ?? null,
    refresh_trigger: record.trigger,
    target_lag_sec: target ?? null,
    graph_history_valid_from: validFrom,
    warehouse: record.action === "NO_DATA" ? null : warehouse,
  };
}

function graphRows(
  args: Arguments,
  account: AccountState,
  { snapshot }: FunctionScope,
): InlineRow[] {
  const at = (name: string) => moment(args.get(name) ?? undefined, name);
  const { descriptions } = account.refreshes;
  const asOf = at("AS_OF");
  const from = at("HISTORY_START");
  const until = at("HISTORY_END") ?? account.now();
  const current = descriptions.current(snapshot);
  if (asOf === undefined && from === undefined) return current.map(graphRow);
  const kept = account.now() - KEPT_MS;
  const all = [...descriptions.past(), ...current].filter(({ validTo = kept }) => validTo >= kept);
  const holds = ({ table, validTo = Number.POSITIVE_INFINITY }: Description) => {
    const { validFrom } = table.dynamic;
    if (asOf !== undefined) return validFrom <= asOf && asOf < validTo;
    return validFrom <= until && validTo >= (from ?? 0);
  };
  return all.filter(holds).map(graphRow);
}

function graphRow({ table, database, schema, inputs, validTo }: Description): InlineRow {
  const { dynamic, name } = table;
  return {
    ...identity(table, { database, schema, name }),
    inputs: encodeVariant(
      inputs.map((input) => {
        const full = [input.database, input.schema, input.name].map(quoted).join(".");
        return { kind: input.kind, name: full };
      }),
    ),
    query_text: dynamic.query,
    valid_from: dynamic.validFrom,
    valid_to: validTo ?? null,
    alter_trigger: encodeVariant([dynamic.trigger]),
  };
}

/** What the functions say of a table in common. */
function identity({ dynamic }: DynamicTable, { database, schema, name }: Placed): InlineRow {
  const { lag } = dynamic;
  return {
    name,
    schema_name: schema,
    database_name: database,
    qualified_name: [database, schema, name].map(quoted).join("."),
    target_lag_type: lag === undefined ? null : lag.kind === "time" ? "USER_DEFINED" : "DOWNSTREAM",
    target_lag_sec: lag?.kind === "time" ? lag.seconds : null,
    scheduling_state: schedulingState(dynamic),
  };
}

function schedulingState({ suspended, suspendedAt, resumedAt }: DynamicDefinition): string {
  if (suspended === undefined) {
    return objectOf({ state: "ACTIVE", resumed_on: timeText(resumedAt) });
  }
  return objectOf({
    state: "SUSPENDED",
    reason_code: suspended.reason,
    reason_message: suspensionMessage(suspended.reason),
    suspended_on: timeText(suspendedAt),
  });
}

/** Tables by how their last refresh ended, the worst first. */
const STATE_ORDER = ["FAILED", "UPSTREAM_FAILED", "SUCCEEDED", "CANCELLED"];

function tableRows(
  args: Arguments,
  account: AccountState,
  { session, snapshot }: FunctionScope,
): InlineRow[] {
  const given = args.get("NAME") ?? undefined;
  const connected = isTrue(args, "INCLUDE_CONNECTED");
  const start = "REFRESH_DATA_TIMESTAMP_START";
  const kept = account.now() - KEPT_MS;
  const from = Math.max(moment(args.get(start) ?? undefined, start) ?? kept, kept);
  if (connected && (given === undefined || args.get("RESULT_LIMIT") !== undefined)) {
    throw snowflakeError("invalidParameterValue", { value: "true", name: "INCLUDE_CONNECTED" });
  }
  const graph = new DynamicGraph(snapshot);
  const place = (table: DynamicTable) => ({
    ...snapshot.qualify(table.schemaId),
    name: table.name,
  });
  const found = graph.tables.filter(
    (table) => given === undefined || isNamed(given, place(table), session),
  );
  const listed = connected ? found.flatMap((table) => connectedTo(table, graph)) : found;
  return listed
    .map((table) => ({
      ...identity(table, place(table)),
      ...lastRefresh(table, from, account),
    }))
    .sort((a, b) => order(a) - order(b))
    .slice(0, connected ? undefined : limit(args.get("RESULT_LIMIT") ?? undefined));
}

function order(row: InlineRow): number {
  const index = STATE_ORDER.indexOf(String(row["last_completed_refresh_state"]));
  return index < 0 ? STATE_ORDER.length : index;
}

/** All tables of the pipelines that a table belongs to. */
function connectedTo(table: DynamicTable, graph: DynamicGraph): DynamicTable[] {
  const found = new Map([[table.id, table]]);
  for (const next of found.values()) {
    for (const other of [...graph.above(next.id), ...graph.below(next.id)]) {
      if (!found.has(other.id)) found.set(other.id, other);
    }
  }
  return [...found.values()];
}

function lastRefresh(table: DynamicTable, from: number, account: AccountState): InlineRow {
  const { history } = account.refreshes;
  const records = history.of(table.id).filter(({ dataTimestamp }) => dataTimestamp >= from);
  const ended = records.find(({ state }) => state !== "EXECUTING");
  const running = records.find(({ state }) => state === "EXECUTING");
  return {
    ...lagMeasures(table, records, from, account.now()),
    latest_data_timestamp: account.database.refreshes.get(table.id) ?? null,
    last_completed_refresh_state: ended?.state ?? null,
    last_completed_refresh_state_code: ended?.error?.code ?? null,
    last_completed_refresh_state_message: ended?.error?.message ?? null,
    executing_refresh_query_id: running?.queryId ?? null,
  };
}
