/** SHOW PARAMETERS. https://docs.snowflake.com/en/sql-reference/sql/show-parameters */

import { snowflakeError } from "../../../translator/base/errors.ts";
import { inheritedParameters } from "../../catalog/inherited-parameters.ts";
import { objectParameter } from "../../catalog/object-parameters.ts";
import type { CatalogObject } from "../../catalog/objects.ts";
import { parameterDescription } from "../../session/parameter-descriptions.ts";
import {
  PARAMETERS,
  type ParameterEntry,
  type ParameterValue,
} from "../../session/parameter-table.ts";
import { isOfUsers, SessionParameters } from "../../session/parameters.ts";
import { locateObject } from "../drop.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { lastPart, notFound, shown } from "../names.ts";
import { applyClauses } from "./clauses.ts";
import { type ShowRow, shapedResult, shapeOf } from "./rows.ts";

type Statement = StatementOf<"show">;

const CONTAINER = [
  "BASE_LOCATION_PREFIX",
  "CATALOG",
  "CATALOG_SYNC",
  "DATA_RETENTION_TIME_IN_DAYS",
  "DEFAULT_DDL_COLLATION",
  "DEFAULT_NOTEBOOK_COMPUTE_POOL_CPU",
  "DEFAULT_NOTEBOOK_COMPUTE_POOL_GPU",
  "DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE",
  "ENABLE_DATA_COMPACTION",
  "EXTERNAL_VOLUME",
  "LOG_LEVEL",
  "MAX_DATA_EXTENSION_TIME_IN_DAYS",
  "METRIC_LEVEL",
  "QUOTED_IDENTIFIERS_IGNORE_CASE",
  "REPLACE_INVALID_CHARACTERS",
  "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
  "SERVERLESS_TASK_MIN_STATEMENT_SIZE",
  "STORAGE_SERIALIZATION_POLICY",
  "SUSPEND_ALERT_AFTER_NUM_FAILURES",
  "SUSPEND_TASK_AFTER_NUM_FAILURES",
  "TASK_AUTO_RETRY_ATTEMPTS",
  "TRACE_LEVEL",
  "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE",
  "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS",
  "USER_TASK_TIMEOUT_MS",
];

/** The parameters that objects of a kind have. */
const OF_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  ALERT: ["SUSPEND_ALERT_AFTER_NUM_FAILURES"],
  DATABASE: [...CONTAINER, "EVENT_TABLE"],
  SCHEMA: [...CONTAINER, "PIPE_EXECUTION_PAUSED"],
  TABLE: [
    "DATA_METRIC_SCHEDULE",
    "DATA_RETENTION_TIME_IN_DAYS",
    "DEFAULT_DDL_COLLATION",
    "MAX_DATA_EXTENSION_TIME_IN_DAYS",
    "QUOTED_IDENTIFIERS_IGNORE_CASE",
  ],
  TASK: [
    ...[...PARAMETERS.values()].filter(({ kind }) => kind === "session").map(({ name }) => name),
    ...CONTAINER.filter((name) => /^(USER|SERVERLESS|SUSPEND)?_?TASK_/.test(name)),
  ],
  PIPE: ["PIPE_EXECUTION_PAUSED"],
  WAREHOUSE: [
    "MAX_CONCURRENCY_LEVEL",
    "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS",
    "STATEMENT_TIMEOUT_IN_SECONDS",
  ],
};

function row(entry: ParameterEntry, value: ParameterValue | string, level: string): ShowRow {
  return {
    key: entry.name,
    value: String(value),
    default: String(entry.fallback),
    level,
    description: parameterDescription(entry.name),
    type: typeof entry.fallback === "string" ? "STRING" : (typeof entry.fallback).toUpperCase(),
  };
}

function entries(wanted: (entry: ParameterEntry) => boolean): ParameterEntry[] {
  return [...PARAMETERS.values()]
    .filter((entry) => entry.kind !== "wire" && wanted(entry))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function sessionRows({ session }: Execution): ShowRow[] {
  const { parameters } = session;
  return entries(({ kind }) => kind === "session").map((entry) =>
    row(entry, parameters.get(entry.name), parameters.level(entry.name)),
  );
}

/** What is set for the account holds for every session's default. */
function accountRows({ session }: Execution): ShowRow[] {
  return entries(() => true).map((entry) => {
    const value = session.parameters.accountValue(entry.name);
    return row(entry, value, session.parameters.accountLevel(entry.name));
  });
}

/** The parameters of a user: the one that is named, else the session's own. */
function userRows(statement: Statement, execution: Execution): ShowRow[] {
  const { account, session } = execution;
  const { snapshot } = account.catalog;
  const named = statement.scope?.name;
  const user = named === undefined ? session.user : lastPart(named, execution);
  if (named !== undefined && snapshot.find("user", 0, user) === undefined) {
    throw notFound("User", shown(user));
  }
  const parameters = new SessionParameters();
  parameters.inherit(inheritedParameters(snapshot, user));
  return entries(isOfUsers).map((entry) =>
    row(entry, parameters.default(entry.name), parameters.inheritedLevel(entry.name)),
  );
}

function objectRows(kind: string, object: CatalogObject, { account }: Execution): ShowRow[] {
  const names = new Set(OF_OBJECTS[kind]);
  return entries(({ name }) => names.has(name)).map((entry) => {
    const { value, level } = objectParameter(object, entry.name, account.catalog.snapshot);
    return row(entry, value, level);
  });
}

/** The object that `IN DATABASE d` or `IN WAREHOUSE` names; the session's own without a name. */
function scopeObject(kind: string, statement: Statement, execution: Execution): CatalogObject {
  const { account, session } = execution;
  const { snapshot } = account.catalog;
  const name = statement.scope?.name;
  const found = () => {
    if (name !== undefined) return locateObject(snapshot, kind, name, execution, "SHOW PARAMETERS");
    const { database, schema, warehouse } = session;
    if (kind === "WAREHOUSE") return warehouse && snapshot.find("warehouse", 0, warehouse);
    if (database === undefined) return undefined;
    if (kind === "DATABASE") return snapshot.database(database);
    return kind === "SCHEMA" && schema !== undefined
      ? snapshot.schema(database, schema)
      : undefined;
  };
  const object = found();
  if (typeof object === "object") return object;
  throw snowflakeError("objectMissing", {});
}

function scopeRows(statement: Statement, execution: Execution): ShowRow[] {
  const { scope } = statement;
  if (scope === undefined) return sessionRows(execution);
  const name = scope.name;
  // SESSION is no object kind: the grammar takes the word for a name.
  if (scope.kind === "bare" && name?.kind === "name" && name.parts[0]?.name === "SESSION") {
    return sessionRows(execution);
  }
  if (scope.kind === "ACCOUNT") return accountRows(execution);
  if (scope.kind === "USER") return userRows(statement, execution);
  if (OF_OBJECTS[scope.kind] === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `SHOW PARAMETERS IN ${scope.kind}` });
  }
  return objectRows(scope.kind, scopeObject(scope.kind, statement, execution), execution);
}

export async function showParameters(statement: Statement, execution: Execution) {
  const rows = applyClauses(scopeRows(statement, execution), statement, "key");
  return shapedResult(shapeOf("PARAMETERS"), rows);
}
