/**
 * INFORMATION_SCHEMA's table functions of tasks: TASK_HISTORY, TASK_DEPENDENTS, CURRENT_TASK_GRAPHS, COMPLETE_TASK_GRAPHS.
 * https://docs.snowflake.com/en/sql-reference/functions/task_history
 */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName, Relation } from "../../translator/bind/catalog.ts";
import { ACCOUNT_USAGE_SHAPES } from "../catalog/account-usage/shapes.ts";
import { parseShape } from "../catalog/information-schema/column-spec.ts";
import { type InlineRow, inlineRelation } from "../catalog/information-schema/inline.ts";
import { type Arguments, limit, moment } from "../catalog/information-schema-functions.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { TaskObject } from "../catalog/task-object.ts";
import { childrenOf, dependentsOf, isRoot, liveTasks } from "../program/tasks/graph.ts";
import { firstError, type GraphRecord, isBad, type TaskRecord } from "../program/tasks/history.ts";
import type { AccountState } from "./execution.ts";
import { notFound, shown } from "./names.ts";
import { type FunctionScope, functionRows, isTrue, type RowSource } from "./own-table-functions.ts";
import { taskRow } from "./show/tasks.ts";
import { writtenName } from "./task-changes.ts";

const DAY_MS = 86_400_000;
/** How far back TASK_HISTORY looks, and how far ahead it and CURRENT_TASK_GRAPHS. */
const HISTORY_DAYS = 7;
const FUTURE_DAYS = 8;
/** How far back COMPLETE_TASK_GRAPHS looks. */
const COMPLETE_MS = 3_600_000;
const GRAPHS_LIMIT = 1_000;

const HISTORY = "TASK_HISTORY";

const SOURCES: Readonly<Record<string, RowSource>> = {
  TASK_HISTORY: {
    parameters: [
      "SCHEDULED_TIME_RANGE_START",
      "SCHEDULED_TIME_RANGE_END",
      "RESULT_LIMIT",
      "TASK_NAME",
      "ERROR_ONLY",
      "ROOT_TASK_ID",
      "DATABASE_NAME",
      "SCHEMA_NAME",
    ],
    rows: historyRows,
  },
  TASK_DEPENDENTS: { parameters: ["TASK_NAME", "RECURSIVE"], rows: dependentRows },
  CURRENT_TASK_GRAPHS: { parameters: ["RESULT_LIMIT", "ROOT_TASK_NAME"], rows: currentRows },
  COMPLETE_TASK_GRAPHS: {
    parameters: ["RESULT_LIMIT", "ROOT_TASK_NAME", "ERROR_ONLY"],
    rows: completeRows,
  },
};

/**
 * The rows of a function of tasks.
 * @returns undefined for another function
 * @throws 001008 for an argument that cannot be read, 002003 for a task that is not there
 */
export function taskFunction(
  name: QualifiedName,
  args: Arguments,
  account: AccountState,
  scope: FunctionScope,
): Relation | undefined {
  return functionRows(SOURCES, name, args, account, scope);
}

/**
 * The view of ACCOUNT_USAGE: the runs that have ended.
 * https://docs.snowflake.com/en/sql-reference/account-usage/task_history
 * @returns undefined for another view
 */
export function taskHistoryView(
  name: QualifiedName,
  account: AccountState,
  snapshot: Snapshot,
): Relation | undefined {
  if (name.name !== HISTORY) return undefined;
  const records = account.tasks.history.graphs().flatMap(({ tasks }) => [...tasks].reverse());
  const rows = byTime(records.filter(({ completedAt }) => completedAt !== undefined)).map(
    (record): InlineRow => {
      const { schemaId } = record.task;
      const schema = snapshot.get(schemaId);
      return {
        ...historyRow(record),
        error_code: record.errorCode ?? null,
        task_schema_id: schemaId,
        task_database_id: schema?.kind === "schema" ? schema.databaseId : null,
      };
    },
  );
  return inlineRelation(name, parseShape(must(ACCOUNT_USAGE_SHAPES[HISTORY])), rows);
}

/** Names are compared without case. */
function isNamed(given: string | null | undefined, name: string): boolean {
  return given === undefined || given === null || given.toUpperCase() === name.toUpperCase();
}

/** Newest scheduled time first. */
function byTime<Row extends { readonly scheduledAt: number }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => b.scheduledAt - a.scheduledAt);
}

/** The next runs of root tasks, as records of what has not begun. */
function scheduledGraphs(account: AccountState, snapshot: Snapshot): GraphRecord[] {
  return liveTasks(snapshot).flatMap((root): GraphRecord[] => {
    const at = isRoot(root) ? account.tasks.nextRun(root.id) : undefined;
    if (at === undefined || at > account.now() + FUTURE_DAYS * DAY_MS) return [];
    return [scheduledGraph(root, at, snapshot)];
  });
}

function scheduledGraph(root: TaskObject, at: number, snapshot: Snapshot): GraphRecord {
  return {
    root,
    ...snapshot.qualify(root.schemaId),
    runId: at,
    scheduledAt: at,
    firstScheduledAt: at,
    groupId: "",
    attempt: 1,
    scheduledFrom: "SCHEDULE",
    config: root.config,
    lastSuccess: undefined,
    tasks: [],
    state: "SCHEDULED",
    nextScheduledAt: undefined,
    startedAt: undefined,
    completedAt: undefined,
  };
}

function scheduledTask(graph: GraphRecord): TaskRecord {
  const { root, database, schema, scheduledAt } = graph;
  return {
    ...{ task: root, database, schema, graph, scheduledAt, state: "SCHEDULED" as const },
    ...{ queryId: undefined, startedAt: undefined, completedAt: undefined },
    ...{ errorCode: undefined, errorMessage: undefined, returnValue: undefined },
  };
}

function historyRows(
  args: Arguments,
  account: AccountState,
  { snapshot }: FunctionScope,
): InlineRow[] {
  const text = (key: string) => args.get(key) ?? undefined;
  const start = "SCHEDULED_TIME_RANGE_START";
  const end = "SCHEDULED_TIME_RANGE_END";
  const from = moment(text(start), start) ?? account.now() - HISTORY_DAYS * DAY_MS;
  const until = moment(text(end), end) ?? Number.POSITIVE_INFINITY;
  const errorOnly = isTrue(args, "ERROR_ONLY", false);
  const records = [
    ...scheduledGraphs(account, snapshot).map(scheduledTask),
    ...account.tasks.history.graphs().flatMap(({ tasks }) => [...tasks].reverse()),
  ];
  return byTime(records)
    .filter(({ scheduledAt }) => scheduledAt >= from && scheduledAt <= until)
    .filter(({ task }) => isNamed(text("TASK_NAME"), task.name))
    .filter(({ database }) => isNamed(text("DATABASE_NAME"), database))
    .filter(({ schema }) => isNamed(text("SCHEMA_NAME"), schema))
    .filter(({ graph }) => isNamed(text("ROOT_TASK_ID"), graph.root.uuid))
    .filter(({ state }) => !errorOnly || isBad(state))
    .slice(0, limit(text("RESULT_LIMIT")))
    .map(historyRow);
}

function historyRow(record: TaskRecord): InlineRow {
  const { task, graph } = record;
  const { root, nextScheduledAt, runId, groupId } = graph;
  return {
    query_id: record.queryId ?? null,
    name: task.name,
    database_name: record.database,
    schema_name: record.schema,
    query_text: task.definition,
    condition_text: task.condition ?? null,
    state: record.state,
    error_code: record.errorCode === undefined ? null : Number(record.errorCode),
    error_message: record.errorMessage ?? null,
    scheduled_time: record.scheduledAt,
    query_start_time: record.queryId === undefined ? null : (record.startedAt ?? null),
    next_scheduled_time: nextScheduledAt ?? null,
    completed_time: record.completedAt ?? null,
    root_task_id: root.uuid,
    graph_version: root.version,
    run_id: runId,
    return_value: record.returnValue ?? null,
    scheduled_from: graph.scheduledFrom,
    attempt_number: graph.attempt,
    config: graph.config ?? null,
    graph_run_group_id: groupId === "" ? null : groupId,
  };
}

/** The tasks after one: all of them, or with RECURSIVE => FALSE only the next. */
function dependentRows(
  args: Arguments,
  _: AccountState,
  { session, snapshot }: FunctionScope,
): InlineRow[] {
  const given = args.get("TASK_NAME") ?? undefined;
  if (given === undefined) {
    throw snowflakeError("invalidParameterValue", { value: "null", name: "TASK_NAME" });
  }
  const written = writtenName(given);
  const parts = written.kind === "name" ? written.parts.map(({ name }) => name) : [];
  const [name = "", schemaName = session.schema, database = session.database] = parts.reverse();
  const schema = snapshot.schema(database ?? "", schemaName ?? "");
  const task = schema && snapshot.find("task", schema.id, name);
  if (task?.kind !== "task") throw notFound("Task", [...parts].reverse().map(shown).join("."));
  const found = isTrue(args, "RECURSIVE", true)
    ? dependentsOf(snapshot, task)
    : childrenOf(snapshot, task);
  return found.map((dependent) => inlineOf(taskRow(dependent, snapshot)));
}

function inlineOf(row: ReturnType<typeof taskRow>): InlineRow {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === "bigint" ? Number(value) : value,
    ]),
  );
}

function currentRows(
  args: Arguments,
  account: AccountState,
  { snapshot }: FunctionScope,
): InlineRow[] {
  const graphs = [
    ...scheduledGraphs(account, snapshot),
    ...account.tasks.history.graphs().filter(({ state }) => state === "EXECUTING"),
  ];
  return graphRows(args, byTime(graphs));
}

function completeRows(args: Arguments, account: AccountState): InlineRow[] {
  const from = account.now() - COMPLETE_MS;
  const errorOnly = isTrue(args, "ERROR_ONLY", false);
  const graphs = account.tasks.history
    .graphs()
    .filter(({ state }) => state === "SUCCEEDED" || isBad(state))
    .filter(({ completedAt = 0 }) => completedAt >= from)
    .filter(({ state }) => !errorOnly || isBad(state))
    .sort((a, b) => (b.completedAt ?? 0) - (a.completedAt ?? 0));
  return graphRows(args, graphs);
}

function graphRows(args: Arguments, graphs: readonly GraphRecord[]): InlineRow[] {
  return graphs
    .filter(({ root }) => isNamed(args.get("ROOT_TASK_NAME"), root.name))
    .slice(0, limit(args.get("RESULT_LIMIT") ?? undefined, GRAPHS_LIMIT))
    .map(graphRow);
}

function graphRow(graph: GraphRecord): InlineRow {
  const { root } = graph;
  const error = firstError(graph);
  return {
    root_task_name: root.name,
    database_name: graph.database,
    schema_name: graph.schema,
    state: graph.state,
    first_error_task_name: error?.task.name ?? null,
    first_error_code: error?.errorCode === undefined ? null : Number(error.errorCode),
    first_error_message: error?.errorMessage ?? null,
    scheduled_time: graph.scheduledAt,
    query_start_time: graph.startedAt ?? null,
    next_scheduled_time: graph.nextScheduledAt ?? null,
    completed_time: graph.completedAt ?? null,
    root_task_id: root.uuid,
    graph_version: root.version,
    run_id: graph.runId,
    attempt_number: graph.attempt,
    config: graph.config ?? null,
    graph_run_group_id: graph.groupId === "" ? null : graph.groupId,
  };
}
