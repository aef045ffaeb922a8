/**
 * System functions that the server answers: they stop statements and sessions, or tell of the account's state.
 * https://docs.snowflake.com/en/sql-reference/functions-system
 */

import { BOOLEAN, INTEGER, type SnowType, TEXT } from "../types/types.ts";
import { type FunctionEntry, family, sig } from "./define.ts";
import { parsePlan, planLines } from "./explain-text.ts";

const define = family("system");

/** What `lower` of a server function would be, which nobody asks for. */
const UNUSED = "CAST(NULL AS VARCHAR)";

/** A function that the server answers when the statement is bound; its arguments cannot depend on rows. */
function answered(
  name: string,
  parameters: readonly string[],
  returns: SnowType,
  summary: string,
): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase().replace("$", "_"),
    summary,
    signatures: parameters.map((list) => sig(list, returns, UNUSED, { nullability: "always" })),
    server: true,
    volatile: true,
  });
}

/** A function in FROM whose rows the server gives. */
function table(name: string, parameters: string, summary: string): FunctionEntry {
  return define(name, {
    kind: "table",
    doc: name.toLowerCase().replace("$", "_"),
    summary,
    signatures: [sig(parameters, TEXT, UNUSED)],
    server: true,
  });
}

/** GET, SET and UNSET of the columns that a SHOW command, or `*` of a system view, gives. */
function override(of: string, argument: string, what: string): readonly FunctionEntry[] {
  const name = `_DEFAULT_COLUMNS_OVERRIDE_FOR_${of}`;
  return [
    answered(`SYSTEM$GET${name}`, [`${argument} text`], TEXT, `The columns set for ${what}`),
    answered(
      `SYSTEM$SET${name}`,
      [`${argument} text, list_of_columns text`],
      BOOLEAN,
      `Sets the columns of ${what}`,
    ),
    answered(
      `SYSTEM$UNSET${name}`,
      [`${argument} text`],
      BOOLEAN,
      `Brings all columns of ${what} back`,
    ),
  ];
}

/** https://docs.snowflake.com/en/user-guide/tasks-graphs */
const TASK_FUNCTIONS: readonly FunctionEntry[] = [
  answered(
    "SYSTEM$TASK_DEPENDENTS_ENABLE",
    ["task_name text"],
    TEXT,
    "Resumes a task and all that come after it",
  ),
  answered(
    "SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS",
    ["task_name text"],
    TEXT,
    "Stops the runs of a task",
  ),
  answered(
    "SYSTEM$SET_RETURN_VALUE",
    ["value text"],
    TEXT,
    "Sets what the running task gives to those after it",
  ),
  answered(
    "SYSTEM$GET_PREDECESSOR_RETURN_VALUE",
    ["task_name? text"],
    TEXT,
    "What a task before the running one has set with SYSTEM$SET_RETURN_VALUE",
  ),
  answered(
    "SYSTEM$GET_TASK_GRAPH_CONFIG",
    ["configuration_path? text"],
    TEXT,
    "The CONFIG of the running task's graph, or what a path in it leads to",
  ),
  answered(
    "SYSTEM$TASK_RUNTIME_INFO",
    ["arg_name text"],
    TEXT,
    "Names, ids and times of the running task and its graph",
  ),
];

const ALERT_CONFIG = answered(
  "SYSTEM$GET_ALERT_CONFIG",
  ["configuration_path? text"],
  TEXT,
  "The CONFIG of the running alert, or what a path in it leads to",
);

/** Stored procedures of the system: the page is not among those of the functions. */
const SENDERS: readonly FunctionEntry[] = [
  answered(
    "SYSTEM$SEND_EMAIL",
    [
      "integration_name text, email_addresses text, email_subject text, email_content text, mime_type? text",
    ],
    BOOLEAN,
    "Records an email in NOTIFICATION_HISTORY; none leaves the machine",
  ),
  answered(
    "SYSTEM$SEND_SNOWFLAKE_NOTIFICATION",
    [
      "message text, integration_configuration text",
      "message array, integration_configuration text",
      "message text, integration_configuration array",
      "message array, integration_configuration array",
    ],
    TEXT,
    "Records a message in NOTIFICATION_HISTORY, and posts it to a webhook of this machine; nothing leaves the machine",
  ),
].map((entry) => ({ ...entry, doc: `../stored-procedures/${entry.doc}` }));
/** https://docs.snowflake.com/en/user-guide/data-load-snowpipe-manage */
const PIPE_FUNCTIONS: readonly FunctionEntry[] = [
  answered(
    "SYSTEM$PIPE_STATUS",
    ["pipe_name text"],
    TEXT,
    "Whether a pipe runs and what it has yet to load, as JSON",
  ),
  answered(
    "SYSTEM$PIPE_FORCE_RESUME",
    ["pipe_name text, overrides? text"],
    TEXT,
    "Lets a paused pipe go on, also after it has changed hands",
  ),
  answered(
    "SYSTEM$GET_DIRECTORY_TABLE_STATUS",
    ["stage_name? text"],
    TEXT,
    "Whether directory tables have all files of their stages, as a JSON array",
  ),
];

export const CONTROL_FUNCTIONS: readonly FunctionEntry[] = [
  ...override("SHOW_COMMAND", "object_type", "a SHOW command"),
  ...override("SYSTEM_OBJECT", "view", "`*` of a view of INFORMATION_SCHEMA"),
  answered(
    "SYSTEM$WAIT",
    ["amount integer", "amount integer, unit text"],
    TEXT,
    "Waits for a time before the statement runs",
  ),
  answered(
    "GET_DDL",
    ["type text, name text, qualified? boolean"],
    TEXT,
    "The statement that would create an object",
  ),
  answered(
    "SYSTEM$GET_TAG",
    ["tag_name text, object_name text, object_domain text"],
    TEXT,
    "A tag's value on an object or column, also an inherited one",
  ),
  answered(
    "SYSTEM$GET_TAG_ALLOWED_VALUES",
    ["tag_name text"],
    TEXT,
    "The values that a tag may have, as a JSON array",
  ),
  answered(
    "SYSTEM$GET_TAG_ON_CURRENT_COLUMN",
    ["tag_name text"],
    TEXT,
    "In a policy's body: a tag's value on the column that is masked",
  ),
  answered(
    "SYSTEM$GET_TAG_ON_CURRENT_TABLE",
    ["tag_name text"],
    TEXT,
    "In a policy's body: a tag's value on the table that is protected",
  ),
  answered(
    "SYSTEM$TAG_VALUE_CONTAINS",
    ["tag_name text, object_name text, object_domain text, value text"],
    BOOLEAN,
    "Whether a tag has that value on an object or column",
  ),
  answered("SYSTEM$CANCEL_QUERY", ["query_id text"], TEXT, "Stops a statement that runs"),
  answered(
    "SYSTEM$CANCEL_ALL_QUERIES",
    ["session_id integer"],
    TEXT,
    "Stops all statements of a session",
  ),
  answered("SYSTEM$ABORT_SESSION", ["session_id integer"], TEXT, "Closes a session"),
  answered(
    "SYSTEM$ABORT_TRANSACTION",
    ["transaction_id integer"],
    TEXT,
    "Rolls back an open transaction of any session",
  ),
  answered(
    "SYSTEM$LAST_CHANGE_COMMIT_TIME",
    ["object_name text"],
    INTEGER,
    "A number that grows with every change of a table, or of a table that a view reads",
  ),
  answered(
    "SYSTEM$STREAM_HAS_DATA",
    ["stream_name text"],
    BOOLEAN,
    "Whether a stream has changes that nobody has consumed",
  ),
  answered(
    "SYSTEM$STREAM_GET_TABLE_TIMESTAMP",
    ["stream_name text"],
    TEXT,
    "When the version of the table at a stream's offset was committed, in nanoseconds",
  ),
  answered(
    "SYSTEM$EXPLAIN_PLAN_JSON",
    ["statement_or_query_id text"],
    TEXT,
    "The plan of a query or DML statement as JSON",
  ),
  answered(
    "EXPLAIN_PRIVILEGES",
    ["statement text, missing_only? boolean, for_role? text"],
    TEXT,
    "The privileges that a statement needs, or those of them that a role has not, as JSON",
  ),
  answered(
    "EXPLAIN_GRANTABLE_PRIVILEGES",
    ["grantee? text, object_type? text, grant_type? text"],
    TEXT,
    "The privileges that can be granted on each kind of object, as JSON",
  ),
  answered(
    "SET_SYS_CONTEXT",
    ["namespace text, key text, value text"],
    TEXT,
    "Sets an attribute of the session, or a variable, for SYS_CONTEXT to read; gives the value before",
  ),
  answered(
    "SYSTEM$GET_RESULTSET_STATUS",
    ["resultset any"],
    TEXT,
    "Whether the statement of a RESULTSET still runs; in Snowflake Scripting only",
  ),
  answered(
    "SYSTEM$REFERENCE",
    ["object_type text, object_identifier text, scope? text, privileges?... text"],
    TEXT,
    "A text that stands for an object in IDENTIFIER and TABLE",
  ),
  answered(
    "SYSTEM$QUERY_REFERENCE",
    ["statement text, use_session_scope? boolean"],
    TEXT,
    "A text that stands for a query in TABLE",
  ),
  ...["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].map((level) =>
    answered(
      `SYSTEM$LOG_${level}`,
      ["message any"],
      TEXT,
      `Writes a message of the level ${level} to the event table, as LOG_LEVEL allows`,
    ),
  ),
  answered(
    "SYSTEM$LOG",
    ["level text, message any"],
    TEXT,
    "Writes a message to the event table, as LOG_LEVEL allows",
  ),
  answered(
    "SYSTEM$ADD_EVENT",
    ["name text, attributes? object"],
    TEXT,
    "Writes an event to the event table unless TRACE_LEVEL is OFF",
  ),
  answered(
    "SYSTEM$SET_SPAN_ATTRIBUTES",
    ["attributes object"],
    TEXT,
    "Writes attributes of the span to the event table unless TRACE_LEVEL is OFF",
  ),
  ...TASK_FUNCTIONS,
  ALERT_CONFIG,
  ...SENDERS,
  ...PIPE_FUNCTIONS,
  table(
    "SYSTEM$DATA_METRIC_SCAN",
    "REF_ENTITY_NAME text, METRIC_NAME text, ARGUMENT_NAME text",
    "The rows of a table that NULL_COUNT, BLANK_COUNT or DUPLICATE_COUNT counts in a column",
  ),
  table(
    "GET_OBJECT_REFERENCES",
    "database_name text, schema_name text, object_name text",
    "The tables and views that a view names",
  ),
  table(
    "TO_QUERY",
    "SQL text, arguments?... any",
    "The rows of a query that is given as text, with values for its bind variables",
  ),
  table("EXPLAIN_JSON", "plan text", "A plan as JSON in the rows of EXPLAIN USING TABULAR"),
  table(
    "GET_QUERY_OPERATOR_STATS",
    "query_id text",
    "The operators of a statement that ran; rows and times are measured in another run of it",
  ),
  define("SYSTEM$EXPLAIN_JSON_TO_TEXT", {
    doc: "system_explain_json_to_text",
    summary: "A plan as JSON in the lines of EXPLAIN USING TEXT",
    signatures: [sig("plan text", TEXT, "_sys_plan_text({1})")],
    host: [
      {
        name: "_sys_plan_text",
        parameters: ["VARCHAR"],
        returns: "VARCHAR",
        evaluate: (plan) => planLines(parsePlan(String(plan))).join("\n"),
      },
    ],
  }),
];
