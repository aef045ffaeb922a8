/** The functions of the server by name, and what a statement is bound with: these, and users' functions. */

import { must } from "../../translator/base/assert.ts";
import type { ServerFunctions } from "../../translator/bind/binder.ts";
import type { BoundExpression } from "../../translator/bind/bound.ts";
import type { Relation } from "../../translator/bind/catalog.ts";
import type { TranslateOptions } from "../../translator/translate.ts";
import { userFunctions } from "../program/functions.ts";
import type { Execution } from "./execution.ts";
import { alertConfig } from "./functions/alerts.ts";
import {
  getShowOverride,
  getViewOverride,
  setShowOverride,
  setViewOverride,
  unsetShowOverride,
  unsetViewOverride,
} from "./functions/column-overrides.ts";
import {
  abortSession,
  abortTransaction,
  cancelAllQueries,
  cancelQuery,
} from "./functions/control.ts";
import { dataMetricScan } from "./functions/data-metric-scan.ts";
import { directoryStatus } from "./functions/directory-status.ts";
import {
  absolutePath,
  presignedUrl,
  relativePath,
  scopedFileUrl,
  stageFileUrlOf,
  stageUrl,
} from "./functions/file-urls.ts";
import { boundDdl } from "./functions/get-ddl.ts";
import { explainGrantable } from "./functions/grantable-privileges.ts";
import { lastChange } from "./functions/last-change.ts";
import { addEvent, logAsNamed, logAt, setSpanAttributes } from "./functions/logging.ts";
import { sendEmail, sendNotification } from "./functions/notifications.ts";
import { objectReferences } from "./functions/object-references.ts";
import { pipeForceResume, pipeStatus } from "./functions/pipes.ts";
import { explainJson, explainPlanJson, queryOperatorStats } from "./functions/plan.ts";
import { explainPrivileges } from "./functions/privileges.ts";
import { procedureRows } from "./functions/procedure-rows.ts";
import { queryReference, reference } from "./functions/references.ts";
import type { Answers, ServerRequest } from "./functions/request.ts";
import { resultSetStatus, setSystemContext } from "./functions/session-context.ts";
import { streamHasData, streamTableTimestamp } from "./functions/streams.ts";
import {
  getTag,
  getTagAllowedValues,
  getTagOnCurrentColumn,
  getTagOnCurrentTable,
  tagValueContains,
} from "./functions/tags.ts";
import {
  cancelTask,
  enableDependents,
  graphConfig,
  predecessorValue,
  runtimeInfo,
  setReturnValue,
} from "./functions/tasks.ts";
import { toFile } from "./functions/to-file.ts";
import { wait } from "./functions/wait.ts";

type Scalar = (request: ServerRequest) => BoundExpression;
type Table = (request: ServerRequest) => Relation;

export const SERVER_SCALARS: Readonly<Record<string, Scalar>> = {
  GET_DDL: boundDdl,
  SYSTEM$WAIT: wait,
  SYSTEM$CANCEL_QUERY: cancelQuery,
  SYSTEM$CANCEL_ALL_QUERIES: cancelAllQueries,
  SYSTEM$ABORT_SESSION: abortSession,
  SYSTEM$ABORT_TRANSACTION: abortTransaction,
  SYSTEM$LAST_CHANGE_COMMIT_TIME: lastChange,
  SYSTEM$STREAM_GET_TABLE_TIMESTAMP: streamTableTimestamp,
  SYSTEM$STREAM_HAS_DATA: streamHasData,
  SYSTEM$EXPLAIN_PLAN_JSON: explainPlanJson,
  EXPLAIN_PRIVILEGES: explainPrivileges,
  EXPLAIN_GRANTABLE_PRIVILEGES: explainGrantable,
  SET_SYS_CONTEXT: setSystemContext,
  SYSTEM$REFERENCE: reference,
  SYSTEM$GET_DEFAULT_COLUMNS_OVERRIDE_FOR_SHOW_COMMAND: getShowOverride,
  SYSTEM$SET_DEFAULT_COLUMNS_OVERRIDE_FOR_SHOW_COMMAND: setShowOverride,
  SYSTEM$UNSET_DEFAULT_COLUMNS_OVERRIDE_FOR_SHOW_COMMAND: unsetShowOverride,
  SYSTEM$GET_DEFAULT_COLUMNS_OVERRIDE_FOR_SYSTEM_OBJECT: getViewOverride,
  SYSTEM$SET_DEFAULT_COLUMNS_OVERRIDE_FOR_SYSTEM_OBJECT: setViewOverride,
  SYSTEM$UNSET_DEFAULT_COLUMNS_OVERRIDE_FOR_SYSTEM_OBJECT: unsetViewOverride,
  SYSTEM$LOG: logAt,
  SYSTEM$LOG_TRACE: logAsNamed,
  SYSTEM$LOG_DEBUG: logAsNamed,
  SYSTEM$LOG_INFO: logAsNamed,
  SYSTEM$LOG_WARN: logAsNamed,
  SYSTEM$LOG_ERROR: logAsNamed,
  SYSTEM$LOG_FATAL: logAsNamed,
  SYSTEM$ADD_EVENT: addEvent,
  SYSTEM$SET_SPAN_ATTRIBUTES: setSpanAttributes,
  SYSTEM$QUERY_REFERENCE: queryReference,
  SYSTEM$GET_RESULTSET_STATUS: resultSetStatus,
  GET_STAGE_LOCATION: stageUrl,
  GET_ABSOLUTE_PATH: absolutePath,
  GET_RELATIVE_PATH: relativePath,
  BUILD_STAGE_FILE_URL: stageFileUrlOf,
  BUILD_SCOPED_FILE_URL: scopedFileUrl,
  GET_PRESIGNED_URL: presignedUrl,
  SYSTEM$GET_TAG: getTag,
  SYSTEM$TAG_VALUE_CONTAINS: tagValueContains,
  SYSTEM$GET_TAG_ALLOWED_VALUES: getTagAllowedValues,
  SYSTEM$GET_TAG_ON_CURRENT_COLUMN: getTagOnCurrentColumn,
  SYSTEM$GET_TAG_ON_CURRENT_TABLE: getTagOnCurrentTable,
  SYSTEM$TASK_DEPENDENTS_ENABLE: enableDependents,
  SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS: cancelTask,
  SYSTEM$SET_RETURN_VALUE: setReturnValue,
  SYSTEM$GET_PREDECESSOR_RETURN_VALUE: predecessorValue,
  SYSTEM$GET_TASK_GRAPH_CONFIG: graphConfig,
  SYSTEM$TASK_RUNTIME_INFO: runtimeInfo,
  SYSTEM$GET_ALERT_CONFIG: alertConfig,
  SYSTEM$SEND_EMAIL: sendEmail,
  SYSTEM$SEND_SNOWFLAKE_NOTIFICATION: sendNotification,
  SYSTEM$PIPE_STATUS: pipeStatus,
  SYSTEM$PIPE_FORCE_RESUME: pipeForceResume,
  SYSTEM$GET_DIRECTORY_TABLE_STATUS: directoryStatus,
  TO_FILE: toFile,
  TRY_TO_FILE: toFile,
};

export const SERVER_TABLES: Readonly<Record<string, Table>> = {
  SYSTEM$DATA_METRIC_SCAN: dataMetricScan,
  EXPLAIN_JSON: explainJson,
  GET_OBJECT_REFERENCES: objectReferences,
  GET_QUERY_OPERATOR_STATS: queryOperatorStats,
};

/** What the server adds to the binding of a statement. Nothing that it says can be kept for another run. */
export function bindOptions(execution: Execution, answers: Answers): TranslateOptions {
  const { account, session } = execution;
  const server: ServerFunctions = {
    scalar: (call, binder) => {
      execution.lookups.count++;
      const scalar = must(SERVER_SCALARS[call.entry.name], call.entry.name);
      return scalar({ call, binder, execution, answers });
    },
    table: (call, binder) => {
      execution.lookups.count++;
      const table = must(SERVER_TABLES[call.entry.name], call.entry.name);
      return table({ call, binder, execution, answers });
    },
    procedure: (call, binder) => procedureRows(call, binder, execution, answers),
  };
  const users = userFunctions(() => account.catalog.snapshot, String(session.id));
  return { userFunction: users, server };
}
