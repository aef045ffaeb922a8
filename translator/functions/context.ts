/**
 * Functions of the session that are no part of the binder's own list (bind/context-functions.ts): their values come
 * from the server by name when the statement is lowered.
 * https://docs.snowflake.com/en/sql-reference/functions-context
 */

import { snowflakeError } from "../base/errors.ts";
import { BOOLEAN, type SnowType, TEXT, timestampType } from "../types/types.ts";
import { type FunctionEntry, family, type LoweringCall, type Signature, sig } from "./define.ts";
import { argument, constantText } from "./rules.ts";

const define = family("context");
const MAYBE_NULL = { nullability: "always" } as const;
const NEVER_NULL = { nullability: "never" } as const;

/** SQL of a session value by its name, or NULL. */
function valueSql(call: LoweringCall, name: string): string {
  const value = call.context.session(name);
  return value === null ? "CAST(NULL AS VARCHAR)" : call.context.quote(value);
}

/** A function without arguments that gives a session value. */
function session(name: string, summary: string, value: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("", TEXT, (call) => valueSql(call, value), MAYBE_NULL)],
    volatile: true,
  });
}

/** A function that always gives the same. */
function fixed(name: string, summary: string, returns: SnowType, sql: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("", returns, sql, MAYBE_NULL)],
    stub: summary,
  });
}

/** Whether a name is in a session's list (a JSON array of names); as written when quoted, else in upper case. */
function isListed(list: string, index = 0) {
  return (call: LoweringCall): string => {
    const name = argument(call, index).sql;
    const names = JSON.parse(call.context.session(list) ?? "[]") as string[];
    const sql = names.map((item) => call.context.quote(item)).join(", ");
    if (sql === "") return `CASE WHEN ${name} IS NULL THEN NULL ELSE FALSE END`;
    return `(upper(${name}) IN (${sql}) OR ${name} IN (${sql}))`;
  };
}

function membership(name: string, summary: string, list: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("name text", BOOLEAN, isListed(list))],
    volatile: true,
  });
}

function neverMember(name: string, summary: string): FunctionEntry {
  return define(name, {
    doc: name.toLowerCase(),
    summary,
    signatures: [sig("name text", BOOLEAN, "CASE WHEN {1} IS NULL THEN NULL ELSE FALSE END")],
    stub: summary,
  });
}

const CURRENT: readonly FunctionEntry[] = [
  session("CURRENT_VERSION", "Version of Snowflake that this account answers as", "VERSION"),
  session("CURRENT_CLIENT", "Name and version of the client", "CLIENT"),
  session("CURRENT_IP_ADDRESS", "Address that the session was opened from", "IP_ADDRESS"),
  session("CURRENT_REGION", "Region of the account", "REGION"),
  session("CURRENT_ORGANIZATION_NAME", "Organization of the account", "ORGANIZATION_NAME"),
  session(
    "CURRENT_ORGANIZATION_USER",
    "Organization user, NULL when there is none",
    "ORGANIZATION_USER",
  ),
  session(
    "CURRENT_AVAILABLE_ROLES",
    "Roles of the user as a JSON array of names",
    "AVAILABLE_ROLES",
  ),
  session(
    "LAST_TRANSACTION",
    "Id of the session's last transaction, NULL before one",
    "LAST_TRANSACTION",
  ),
  define("ALL_USER_NAMES", {
    doc: "all_user_names",
    summary: "Names of all users as an ARRAY",
    signatures: [sig("", { kind: "array" }, (call) => valueSql(call, "USER_NAMES"), MAYBE_NULL)],
    volatile: true,
  }),
  define("GETVARIABLE", {
    doc: "getvariable",
    summary: "A session variable's value as text, NULL when it is not set",
    signatures: [
      sig(
        "name const text",
        TEXT,
        (call) => valueSql(call, `VARIABLE:${constantText(argument(call, 0).bound) ?? ""}`),
        MAYBE_NULL,
      ),
    ],
    volatile: true,
    examples: [["GETVARIABLE('NO_SUCH_VARIABLE')", null]],
  }),
];

const MEMBERSHIP: readonly FunctionEntry[] = [
  membership(
    "IS_ROLE_IN_SESSION",
    "Whether a role is active, itself or by inheritance",
    "SESSION_ROLES",
  ),
  membership(
    "IS_GRANTED_TO_INVOKER_ROLE",
    "Whether a role is granted to the current role",
    "INVOKER_ROLES",
  ),
  membership(
    "IS_DATABASE_ROLE_IN_SESSION",
    "Whether a database role is active",
    "SESSION_DATABASE_ROLES",
  ),
  neverMember("IS_APPLICATION_ROLE_IN_SESSION", "There are no application roles here: FALSE"),
  neverMember("IS_INSTANCE_ROLE_IN_SESSION", "There are no instance roles here: FALSE"),
  neverMember("IS_ORGANIZATION_USER", "There are no organization users here: FALSE"),
  neverMember("IS_ORGANIZATION_USER_GROUP", "There are no organization user groups here: FALSE"),
  neverMember(
    "IS_ORGANIZATION_USER_GROUP_IN_SESSION",
    "There are no organization user groups here: FALSE",
  ),
  fixed("INVOKER_SHARE", "There are no shares here: NULL", TEXT, "CAST(NULL AS VARCHAR)"),
];

/** Properties of SYS_CONTEXT namespaces and the session value each one is. */
const PROPERTIES: Readonly<Record<string, string>> = {
  ACCOUNT_NAME: "ACCOUNT",
  ORGANIZATION_NAME: "ORGANIZATION_NAME",
  REGION: "REGION",
  CLIENT_NAME: "CLIENT",
  CLIENT_VERSION: "CLIENT_VERSION",
  CLIENT_IP: "IP_ADDRESS",
  ROLE: "ROLE",
  PRINCIPAL_NAME: "USER",
  PRINCIPAL_TYPE: "PRINCIPAL_TYPE",
  SESSION_ID: "SESSION_ID",
  DATABASE: "DATABASE",
  SCHEMA: "SCHEMA",
  WAREHOUSE: "WAREHOUSE",
  QUERY_ID: "QUERY_ID",
};

/** Answers for what does not exist here. */
const NEVER = { value: "FALSE", reason: "There is nothing of the kind here: FALSE" };

/**
 * Functions that are called as properties of SYS_CONTEXT: the session's list that they look in, or what they always say.
 * https://docs.snowflake.com/en/sql-reference/functions/sys_context
 */
export const SYS_CONTEXT_FUNCTIONS: Readonly<
  Record<
    string,
    { readonly list: string } | { readonly value: string | null; readonly reason: string }
  >
> = {
  IS_ROLE_ACTIVATED: { list: "SESSION_ROLES" },
  IS_DATABASE_ROLE_ACTIVATED: { list: "SESSION_DATABASE_ROLES" },
  IS_AGENT_ACTIVATED: NEVER,
  IS_APPLICATION_ROLE_ACTIVATED: NEVER,
  IS_CONFIGURATION_SET: NEVER,
  IS_GROUP_ACTIVATED: NEVER,
  IS_GROUP_IMPORTED: NEVER,
  IS_USER_IMPORTED: NEVER,
  GET_CONFIGURATION_VALUE: { value: null, reason: "There are no applications here: NULL" },
};

const ATTRIBUTES = "SNOWFLAKE$SESSION_ATTRIBUTES";

function systemContext(call: LoweringCall): string {
  const [namespace, written] = [0, 1].map(
    (index) => constantText(argument(call, index).bound) ?? "",
  );
  if (namespace === ATTRIBUTES) return valueSql(call, `ATTRIBUTE:${written}`);
  // A namespace of one's own begins the name of a session variable.
  if (!/^SNOWFLAKE\$/i.test(namespace ?? "")) {
    return valueSql(call, `VARIABLE:${namespace === "" ? "" : `${namespace}.`}${written}`);
  }
  const property = (written ?? "").toUpperCase();
  const called = Object.hasOwn(SYS_CONTEXT_FUNCTIONS, property)
    ? SYS_CONTEXT_FUNCTIONS[property]
    : undefined;
  if (called !== undefined) return contextFunction(call, called);
  if (property.startsWith("IS_")) return "'FALSE'";
  const name = Object.hasOwn(PROPERTIES, property) ? PROPERTIES[property] : undefined;
  return valueSql(call, name ?? `CONTEXT:${property}`);
}

/** TRUE when any of the names behind the property is in the list. */
function contextFunction(
  call: LoweringCall,
  called: (typeof SYS_CONTEXT_FUNCTIONS)[string],
): string {
  if (!("list" in called)) {
    return called.value === null ? "CAST(NULL AS VARCHAR)" : call.context.quote(called.value);
  }
  const names = call.arguments.slice(2).map((_, index) => isListed(called.list, index + 2)(call));
  return names.length === 0
    ? "'FALSE'"
    : `CASE WHEN ${names.join(" OR ")} THEN 'TRUE' ELSE 'FALSE' END`;
}

const SYSTEM_CONTEXT: Signature = sig(
  "namespace const text, property const text, arguments?... text",
  TEXT,
  systemContext,
  MAYBE_NULL,
);

function alertTime(name: string, summary: string): FunctionEntry {
  const sql = (call: LoweringCall) => `CAST(${valueSql(call, `ALERT_${name}`)} AS TIMESTAMPTZ)`;
  return {
    ...define(name, {
      doc: name.toLowerCase(),
      summary,
      signatures: [sig("", timestampType("ltz"), sql, MAYBE_NULL)],
      volatile: true,
    }),
    schema: "ALERT",
    category: "date and time (alerts)",
  };
}

/** What an alert knows of its run. https://docs.snowflake.com/en/user-guide/alerts */
const ALERTS: readonly FunctionEntry[] = [
  alertTime("SCHEDULED_TIME", "When the running alert was scheduled, NULL outside of one"),
  alertTime(
    "LAST_SUCCESSFUL_SCHEDULED_TIME",
    "When the last successful run of the running alert was scheduled, the epoch before one, NULL outside of an alert",
  ),
  {
    ...session(
      "GET_CONDITION_QUERY_UUID",
      "Query id of the condition of the alert whose action runs, NULL elsewhere",
      "ALERT_CONDITION_QUERY_ID",
    ),
    schema: "ALERT",
  },
];

export const CONTEXT_FUNCTIONS: readonly FunctionEntry[] = [
  ...CURRENT,
  ...MEMBERSHIP,
  ...ALERTS,
  define("SYS_CONTEXT", {
    doc: "sys_context",
    summary:
      "A property of the session, account or environment; applications and groups do not exist here",
    signatures: [SYSTEM_CONTEXT],
    volatile: true,
  }),
  define("SYSTEM$CURRENT_USER_TASK_NAME", {
    doc: "system_current_user_task_name",
    summary: "Name of the task that runs the statement, NULL outside of one",
    signatures: [sig("", TEXT, (call) => valueSql(call, "TASK_NAME"), MAYBE_NULL)],
    volatile: true,
  }),
  define("IS_NULL_VALUE", {
    doc: "is_null_value",
    summary: "Whether a VARIANT holds a JSON null",
    signatures: [sig("value variant", BOOLEAN, "({1} = 'null')")],
    examples: [
      ["IS_NULL_VALUE(PARSE_JSON('null'))", "true"],
      ["IS_NULL_VALUE(PARSE_JSON('1'))", "false"],
    ],
  }),
  define("GENERATE_COLUMN_DESCRIPTION", {
    doc: "generate_column_description",
    summary: "Column definitions of an INFER_SCHEMA result as text",
    signatures: [
      sig("columns array, kind const text", TEXT, "_sys_column_description({1}, {2})", NEVER_NULL),
    ],
    host: [
      {
        name: "_sys_column_description",
        parameters: ["VARCHAR", "VARCHAR"],
        returns: "VARCHAR",
        evaluate: (columns, kind) => describeColumns(String(columns), String(kind)),
      },
    ],
  }),
];

const DESCRIBED = new Set(["table", "external_table", "view"]);

/**
 * The definitions of columns (canonical text of an ARRAY of INFER_SCHEMA rows) for a kind of object.
 * @throws 001008 for another kind
 */
function describeColumns(columns: string, kind: string): string {
  if (!DESCRIBED.has(kind.toLowerCase())) {
    throw snowflakeError("invalidParameterValue", { value: kind, name: "kind" });
  }
  const rows = JSON.parse(columns) as Readonly<Record<string, unknown>>[];
  const lines = rows.map((row) => {
    const name = `"${String(row["COLUMN_NAME"]).replaceAll('"', '""')}"`;
    if (kind.toLowerCase() === "view") return `${name} `;
    const type = `${name} ${String(row["TYPE"])}`;
    return kind.toLowerCase() === "external_table"
      ? `${type} AS (${String(row["EXPRESSION"] ?? "null")})`
      : type;
  });
  return lines.join(",\n");
}
