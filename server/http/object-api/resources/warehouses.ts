/**
 * Warehouses.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/warehouse
 */

import { anyText, flag, name, number, text, time } from "../columns.ts";
import { objectName, storedName } from "../names.ts";
import { optionsOf, type PropertyTable } from "../properties.ts";
import type { ObjectRequest, ShownRow } from "../request.ts";
import { type Resource, target, type Work } from "../resource.ts";
import { alter, createObject, phrase } from "../statements.ts";
import { parameterDetail } from "./parameters.ts";

const PARAMETERS: PropertyTable = {
  max_concurrency_level: "number",
  statement_queued_timeout_in_seconds: "number",
  statement_timeout_in_seconds: "number",
};

const PROPERTIES: PropertyTable = {
  warehouse_type: "text",
  warehouse_size: "text",
  wait_for_completion: "boolean",
  max_cluster_count: "number",
  min_cluster_count: "number",
  scaling_policy: "text",
  auto_suspend: "number",
  auto_resume: "boolean",
  initially_suspended: "boolean",
  resource_monitor: "name",
  comment: "text",
  enable_query_acceleration: "boolean",
  query_acceleration_max_scale_factor: "number",
  ...PARAMETERS,
};

const READ_ONLY = [
  "type",
  "size",
  "state",
  "started_clusters",
  "running",
  "queued",
  "is_default",
  "is_current",
  "available",
  "provisioning",
  "quiescing",
  "other",
  "created_on",
  "resumed_on",
  "updated_on",
  "owner",
  "budget",
  "kind",
  "owner_role_type",
];

/** `2X-Large` is XXLARGE, `4X-Large` is X4LARGE: the words of CREATE WAREHOUSE. */
function sizeWord(row: ShownRow): string {
  const size = (row["size"] ?? "").toUpperCase().replaceAll("-", "");
  const [, times, rest] = /^(\d)X(.*)$/.exec(size) ?? [];
  if (times === undefined || rest === undefined) return size;
  return Number(times) <= 3 ? "X".repeat(Number(times)) + rest : `X${times}${rest}`;
}

/** ALTER WAREHOUSE … phrase. */
function altered(form: string) {
  return (request: ObjectRequest): Work =>
    alter("WAREHOUSE", target(request), phrase(form), request.query.boolean("ifExists"));
}

function renamed(request: ObjectRequest): Work {
  const name = objectName(storedName(request.body.needed("name")));
  const ifExists = request.query.boolean("ifExists");
  return alter("WAREHOUSE", target(request), { kind: "rename", name }, ifExists);
}

/** The warehouse of the session whose token the request has. A request of another has no session that would go on. */
function used(request: ObjectRequest): Work {
  const statement = { kind: "use", target: { kind: "WAREHOUSE", name: target(request) } } as const;
  return async (runner) => (runner.caller ?? runner).status(statement);
}

export const WAREHOUSES: Resource = {
  collection: "warehouses",
  level: "account",
  kind: "WAREHOUSE",
  listParameters: ["like"],
  readOnly: READ_ONLY,
  hasPut: true,
  create: (head, fields) =>
    createObject("WAREHOUSE", head, { properties: optionsOf(fields, PROPERTIES) }),
  detail: parameterDetail("WAREHOUSE", PARAMETERS),
  actions: {
    resume: altered("RESUME"),
    suspend: altered("SUSPEND"),
    abort: altered("ABORT ALL QUERIES"),
    rename: renamed,
    use: used,
  },
  columns: {
    name: name("name"),
    warehouse_type: text("type"),
    warehouse_size: sizeWord,
    max_cluster_count: number("max_cluster_count"),
    min_cluster_count: number("min_cluster_count"),
    scaling_policy: text("scaling_policy"),
    auto_suspend: number("auto_suspend"),
    auto_resume: text("auto_resume"),
    resource_monitor: name("resource_monitor"),
    comment: anyText("comment"),
    enable_query_acceleration: text("enable_query_acceleration"),
    query_acceleration_max_scale_factor: number("query_acceleration_max_scale_factor"),
    type: text("type"),
    size: text("size"),
    state: text("state"),
    started_clusters: number("started_clusters"),
    running: number("running"),
    queued: number("queued"),
    is_default: flag("is_default"),
    is_current: flag("is_current"),
    available: anyText("available"),
    provisioning: anyText("provisioning"),
    quiescing: anyText("quiescing"),
    other: anyText("other"),
    created_on: time("created_on"),
    resumed_on: time("resumed_on"),
    updated_on: time("updated_on"),
    owner: name("owner"),
    budget: text("budget"),
    owner_role_type: text("owner_role_type"),
  },
};
