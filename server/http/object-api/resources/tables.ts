/**
 * Tables.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/table
 */

import type { TableAlteration } from "../../../../translator/statements/alter_table.ts";
import type { CreateHead } from "../../../../translator/statements/create_head.ts";
import type { Statement } from "../../../../translator/statements/statement.ts";
import type { TableSource } from "../../../../translator/statements/table_body.ts";
import { anyText, flag, name, number, type Readings, text, time } from "../columns.ts";
import type { Fields } from "../fields.ts";
import { expression, expressionTexts, objectName, query, storedName } from "../names.ts";
import { optionsOf, type PropertyTable } from "../properties.ts";
import type { ObjectRequest, ShownRow } from "../request.ts";
import { ALL_LIST_PARAMETERS, type Plan, type Resource, target, targetPlace } from "../resource.ts";
import { createHead, persistence, timeTravel, undrop } from "../statements.ts";
import { columnsOf, constraintsOf, tableDetail } from "./table-columns.ts";

const PROPERTIES: PropertyTable = {
  enable_schema_evolution: "boolean",
  change_tracking: "boolean",
  data_retention_time_in_days: "number",
  max_data_extension_time_in_days: "number",
  default_ddl_collation: "text",
};

const READ_ONLY = [
  "created_on",
  "database_name",
  "schema_name",
  "rows",
  "bytes",
  "owner",
  "dropped_on",
  "automatic_clustering",
  "search_optimization",
  "search_optimization_progress",
  "search_optimization_bytes",
  "owner_role_type",
  "budget",
  "table_type",
];

/** All that any way of creating a table takes from the body. */
function createTable(
  head: CreateHead,
  fields: Fields,
  request: ObjectRequest,
  source?: TableSource,
): Statement {
  const statement: Statement = {
    kind: "create_table",
    persistence: persistence(fields),
    ...head,
    columns: columnsOf(fields.records("columns") ?? []),
    constraints: constraintsOf(fields.records("constraints") ?? [], request.place),
    indexes: [],
    source,
    clusterBy: (fields.texts("cluster_by") ?? []).map(expression),
    partitionBy: [],
    copyGrants: request.query.boolean("copyGrants") === true,
    policies: [],
    tags: [],
    contacts: [],
    comment: fields.text("comment"),
    properties: optionsOf(fields, PROPERTIES),
    clauses: [],
  };
  fields.passOver(READ_ONLY);
  return statement;
}

/** A new table from another source; its name is in the body. */
function created(source: (request: ObjectRequest) => TableSource): Plan {
  return (request) => {
    const { body, query: parameters } = request;
    const made = source(request);
    const place = targetPlace(request);
    const given = body.text("name") ?? parameters.text("newTableName") ?? body.needed("name");
    const head = createHead(objectName(...place, storedName(given)), parameters);
    return createTable(head, body, { ...request, place }, made);
  };
}

/** The earlier form: the new table is the path's, the query a parameter. */
function createdHere(source: (request: ObjectRequest) => TableSource): Plan {
  return (request) => {
    request.body.text("name");
    const head = createHead(target(request), request.query);
    return createTable(head, request.body, request, source(request));
  };
}

const selected = (request: ObjectRequest): TableSource => ({
  kind: "query",
  query: query(request.query.needed("query")),
});
const templated = (request: ObjectRequest): TableSource => ({
  kind: "template",
  query: query(request.query.needed("query")),
});
const alike = (request: ObjectRequest): TableSource => ({ kind: "like", table: target(request) });
const cloned = (request: ObjectRequest): TableSource => ({
  kind: "clone",
  table: target(request),
  timeTravel: timeTravel(request.body.record("point_of_time")),
});

function alter(change: (request: ObjectRequest) => TableAlteration): Plan {
  return (request) => ({
    kind: "alter_table",
    object: "TABLE",
    ifExists: request.query.boolean("ifExists") === true,
    name: target(request),
    others: [],
    alteration: change(request),
  });
}

function swap(parameter: string): Plan {
  return alter((request) => {
    const other = storedName(request.query.needed(parameter));
    return { kind: "swap", name: objectName(...targetPlace(request), other) };
  });
}

function recluster(word: "RESUME" | "SUSPEND"): Plan {
  const clause = { form: `${word} RECLUSTER`, arguments: [] };
  return alter(() => ({ kind: "clause", clause }));
}

/** What SHOW has as LINEAR(a, b). */
function clusterBy(row: ShownRow): readonly string[] | null {
  const inner = /^LINEAR\((.*)\)$/s.exec(row["cluster_by"] ?? "")?.[1];
  return inner === undefined ? null : expressionTexts(inner);
}

const TABLE_TYPES: readonly (readonly [column: string, type: string])[] = [
  ["is_dynamic", "DYNAMIC"],
  ["is_external", "EXTERNAL"],
  ["is_event", "EVENT"],
  ["is_hybrid", "HYBRID"],
  ["is_iceberg", "ICEBERG"],
];

const COLUMNS: Readings = {
  name: name("name"),
  kind: (row) => (row["kind"] === "TABLE" ? "PERMANENT" : row["kind"]),
  table_type: (row) => TABLE_TYPES.find(([column]) => row[column] === "Y")?.[1] ?? "NORMAL",
  cluster_by: clusterBy,
  enable_schema_evolution: flag("enable_schema_evolution"),
  change_tracking: flag("change_tracking"),
  data_retention_time_in_days: number("retention_time"),
  comment: anyText("comment"),
  created_on: time("created_on"),
  dropped_on: time("dropped_on"),
  database_name: name("database_name"),
  schema_name: name("schema_name"),
  rows: number("rows"),
  bytes: number("bytes"),
  owner: name("owner"),
  owner_role_type: text("owner_role_type"),
  automatic_clustering: flag("automatic_clustering"),
  search_optimization: flag("search_optimization"),
  budget: text("budget"),
};

export const TABLES: Resource = {
  collection: "tables",
  level: "schema",
  kind: "TABLE",
  listParameters: [...ALL_LIST_PARAMETERS, "history", "deep"],
  readOnly: READ_ONLY,
  hasPut: true,
  create: createTable,
  detail: tableDetail,
  columns: COLUMNS,
  actions: {
    clone: created(cloned),
    "create-like": created(alike),
    create_like: created(alike),
    as_select: createdHere(selected),
    using_template: createdHere(templated),
    undrop: (request) => undrop("TABLE", target(request)),
    "swap-with": swap("targetName"),
    swapwith: swap("targetTableName"),
    "resume-recluster": recluster("RESUME"),
    resume_recluster: recluster("RESUME"),
    "suspend-recluster": recluster("SUSPEND"),
    suspend_recluster: recluster("SUSPEND"),
  },
  more: [
    { method: "POST", path: ":as-select", plan: created(selected) },
    { method: "POST", path: ":using-template", plan: created(templated) },
  ],
};
