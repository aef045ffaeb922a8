/**
 * Databases and schemas.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/database
 */

import type { CreateHead } from "../../../../translator/statements/create_head.ts";
import type { ObjectKind } from "../../../../translator/statements/object_kinds.ts";
import type { Statement } from "../../../../translator/statements/statement.ts";
import { anyText, flag, name, number, type Readings, text, time } from "../columns.ts";
import type { Fields } from "../fields.ts";
import { objectName, storedName } from "../names.ts";
import { optionsOf, type PropertyTable } from "../properties.ts";
import type { ObjectRequest, ShownRow } from "../request.ts";
import { ALL_LIST_PARAMETERS, type Resource, target, targetPlace } from "../resource.ts";
import { createHead, createObject, persistence, timeTravel, undrop } from "../statements.ts";
import { parameterDetail } from "./parameters.ts";

const PARAMETERS: PropertyTable = {
  data_retention_time_in_days: "number",
  max_data_extension_time_in_days: "number",
  default_ddl_collation: "text",
  log_level: "text",
  trace_level: "text",
  suspend_task_after_num_failures: "number",
  user_task_managed_initial_warehouse_size: "text",
  user_task_timeout_ms: "number",
  serverless_task_min_statement_size: "text",
  serverless_task_max_statement_size: "text",
};
const SCHEMA_PARAMETERS: PropertyTable = { ...PARAMETERS, pipe_execution_paused: "boolean" };

const READ_ONLY = [
  "created_on",
  "is_default",
  "is_current",
  "origin",
  "owner",
  "options",
  "retention_time",
  "dropped_on",
  "budget",
  "owner_role_type",
  "database_name",
];

function isTransient(row: ShownRow): boolean {
  return (row["options"] ?? "").includes("TRANSIENT");
}

const COLUMNS: Readings = {
  created_on: time("created_on"),
  name: name("name"),
  kind: (row) => (isTransient(row) ? "TRANSIENT" : "PERMANENT"),
  is_default: flag("is_default"),
  is_current: flag("is_current"),
  owner: name("owner"),
  comment: anyText("comment"),
  options: anyText("options"),
  retention_time: number("retention_time"),
  dropped_on: time("dropped_on"),
  budget: text("budget"),
  owner_role_type: text("owner_role_type"),
};

type Container = { readonly kind: ObjectKind; readonly parameters: PropertyTable };

/** `kind` also comes in the URL, as it did in earlier versions of the API. */
function lifetime(fields: Fields, query: Fields) {
  const earlier = persistence(query);
  const stated = persistence(fields);
  return stated === "transient" ? stated : earlier;
}

function createContainer(
  { kind, parameters }: Container,
  head: CreateHead,
  fields: Fields,
  { query }: ObjectRequest,
  clone?: Parameters<typeof createObject>[2]["clone"],
): Statement {
  const managed = kind === "SCHEMA" && fields.boolean("managed_access") === true;
  return createObject(kind, head, {
    persistence: lifetime(fields, query),
    properties: optionsOf(fields, { comment: "text", ...parameters }),
    clauses: managed ? [{ form: "WITH MANAGED ACCESS", arguments: [] }] : [],
    clone,
  });
}

function cloned(container: Container, request: ObjectRequest): Statement {
  const { body, query } = request;
  const name = objectName(...targetPlace(request), storedName(body.needed("name")));
  const head = createHead(name, query);
  const clone = { name: target(request), timeTravel: timeTravel(body.record("point_of_time")) };
  const statement = createContainer(container, head, body, request, clone);
  body.passOver(READ_ONLY);
  return statement;
}

function resourceOf(collection: string, level: "account" | "database", container: Container) {
  const { kind, parameters } = container;
  return {
    collection,
    level,
    kind,
    listParameters: [...ALL_LIST_PARAMETERS, "history"],
    readOnly: READ_ONLY,
    create: (head, fields, request) => createContainer(container, head, fields, request),
    detail: parameterDetail(kind, parameters),
    hasPut: true,
    hasRestrict: true,
    actions: {
      clone: (request) => cloned(container, request),
      undrop: (request) => undrop(kind, target(request)),
    },
  } satisfies Partial<Resource>;
}

export const DATABASES: Resource = {
  ...resourceOf("databases", "account", { kind: "DATABASE", parameters: PARAMETERS }),
  columns: { ...COLUMNS, origin: anyText("origin") },
};

export const SCHEMAS: Resource = {
  ...resourceOf("schemas", "database", { kind: "SCHEMA", parameters: SCHEMA_PARAMETERS }),
  columns: {
    ...COLUMNS,
    database_name: name("database_name"),
    managed_access: (row) => (row["options"] ?? "").includes("MANAGED ACCESS"),
  },
};
