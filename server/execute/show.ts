/** SHOW: finds who lists a subject. https://docs.snowflake.com/en/sql-reference/sql/show */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import { overriddenColumns, showOverrideName } from "../catalog/column-overrides.ts";
import type { Execution, Handler, StatementOf, StatementResult } from "./execution.ts";
import { showRoles, showUsers, showWarehouses } from "./show/account.ts";
import { showAlerts } from "./show/alerts.ts";
import { showColumns } from "./show/columns.ts";
import { showDatabases, showSchemas, showSequences } from "./show/containers.ts";
import { EMPTY_SHAPES } from "./show/empty-shapes.ts";
import { showFileFormats } from "./show/file-formats.ts";
import { showFunctions } from "./show/functions.ts";
import { showGrantsRows } from "./show/grants.ts";
import { showHybridTables, showIndexes } from "./show/hybrid.ts";
import { showIntegrations } from "./show/integrations.ts";
import {
  showExportedKeys,
  showImportedKeys,
  showPrimaryKeys,
  showUniqueKeys,
} from "./show/keys.ts";
import { showParameters } from "./show/parameters.ts";
import { showPipes } from "./show/pipes.ts";
import { showMaskingPolicies, showRowAccessPolicies, showTags } from "./show/policies.ts";
import { showProcedures } from "./show/procedures.ts";
import { refuseUnknownClauses } from "./show/refused-clauses.ts";
import { showMaterializedViews, showObjects, showTables, showViews } from "./show/relations.ts";
import { shapedResult } from "./show/rows.ts";
import { scopePlaces } from "./show/scope.ts";
import { showLocks, showTransactions, showVariables } from "./show/session.ts";
import { showStages } from "./show/stages.ts";
import { showStreams } from "./show/streams.ts";
import { showTasks } from "./show/tasks.ts";
import { showUserFunctions } from "./show/user-functions.ts";

type Lister = (statement: StatementOf<"show">, execution: Execution) => Promise<StatementResult>;

const LISTERS: Readonly<Record<string, Lister>> = {
  ALERTS: showAlerts,
  "BUILTIN FUNCTIONS": showFunctions,
  COLUMNS: showColumns,
  DATABASES: showDatabases,
  "EXPORTED KEYS": showExportedKeys,
  "FILE FORMATS": showFileFormats,
  FUNCTIONS: showFunctions,
  "HYBRID TABLES": showHybridTables,
  "IMPORTED KEYS": showImportedKeys,
  INDEXES: showIndexes,
  INTEGRATIONS: showIntegrations,
  LOCKS: showLocks,
  "MASKING POLICIES": showMaskingPolicies,
  "MATERIALIZED VIEWS": showMaterializedViews,
  "NOTIFICATION INTEGRATIONS": showIntegrations,
  OBJECTS: showObjects,
  PARAMETERS: showParameters,
  PIPES: showPipes,
  "PRIMARY KEYS": showPrimaryKeys,
  PROCEDURES: showProcedures,
  ROLES: showRoles,
  "ROW ACCESS POLICIES": showRowAccessPolicies,
  SCHEMAS: showSchemas,
  SEQUENCES: showSequences,
  STAGES: showStages,
  STREAMS: showStreams,
  TABLES: showTables,
  TAGS: showTags,
  TASKS: showTasks,
  TRANSACTIONS: showTransactions,
  "UNIQUE KEYS": showUniqueKeys,
  "USER FUNCTIONS": showUserFunctions,
  "USER PROCEDURES": showProcedures,
  USERS: showUsers,
  VARIABLES: showVariables,
  VIEWS: showViews,
  WAREHOUSES: showWarehouses,
};

/** SHOW fails above so many rows unless LIMIT asks for fewer. */
const ROWS_MAX = 10_000;

/**
 * Lists objects. Kinds that cannot be made here have their columns and no rows.
 * @throws 000002 for a subject without known columns, 002043 for a scope that does not exist, 090201 for too many rows
 */
export const show: Handler<"show"> = async (statement, execution) => {
  const { subject, limit } = statement;
  const lister = LISTERS[subject];
  if (lister === undefined) {
    return overridden(showNothing(statement, execution), subject, execution);
  }
  refuseUnknownClauses(statement);
  const result = overridden(await lister(statement, execution), subject, execution);
  if (limit === undefined && result.rows.kind === "cells" && result.rows.rows.length > ROWS_MAX) {
    throw snowflakeError("showTooManyRows", { subject, limit: ROWS_MAX });
  }
  return result;
};

/** Only the columns that an override of the account leaves, in its order. */
function overridden(
  result: StatementResult,
  subject: string,
  { account }: Execution,
): StatementResult {
  const names = overriddenColumns(account.catalog.snapshot, showOverrideName(subject));
  if (names === undefined || result.rows.kind !== "cells") return result;
  const kept = names
    .map((name) => result.columns.findIndex((column) => column.name.toUpperCase() === name))
    .filter((index) => index >= 0);
  const rows = result.rows.rows.map((row) => kept.map((index) => row[index] ?? null));
  const columns = kept.map((index) => must(result.columns[index]));
  return { ...result, columns, rows: { kind: "cells", rows } };
}

const SCHEMA_SCOPES = new Set<string | undefined>(["DATABASE", "SCHEMA"]);

function showNothing(statement: StatementOf<"show">, execution: Execution): StatementResult {
  const shape = EMPTY_SHAPES[statement.subject];
  if (shape === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `SHOW ${statement.subject}` });
  }
  // A schema or database that is not there is an error as well when there is nothing to list.
  if (SCHEMA_SCOPES.has(statement.scope?.kind)) scopePlaces(statement.scope, execution);
  return shapedResult(shape, []);
}

export const showGrants: Handler<"show_grants"> = showGrantsRows;
