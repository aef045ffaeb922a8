/** SHOW WAREHOUSES, ROLES and USERS. https://docs.snowflake.com/en/sql-reference/sql/show-warehouses */

import { givenGrants } from "../../catalog/information-schema/grants.ts";
import type { RoleObject, UserObject, WarehouseObject } from "../../catalog/objects.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { applyClauses } from "./clauses.ts";
import { ownerRoleType, type ShowRow, shapedResult, shapeOf, yn } from "./rows.ts";

type Statement = StatementOf<"show">;

function warehouseRow(warehouse: WarehouseObject, { session }: Execution): ShowRow {
  const { options } = warehouse;
  const started = warehouse.state === "STARTED";
  return {
    name: warehouse.name,
    state: warehouse.state,
    type: options["WAREHOUSE_TYPE"]?.toUpperCase() ?? "STANDARD",
    size: warehouse.size,
    min_cluster_count: Number(options["MIN_CLUSTER_COUNT"] ?? 1),
    max_cluster_count: Number(options["MAX_CLUSTER_COUNT"] ?? 1),
    started_clusters: started ? 1 : 0,
    running: 0,
    queued: 0,
    is_default: "N",
    is_current: yn(session.warehouse === warehouse.name),
    auto_suspend: warehouse.autoSuspend === 0 ? null : warehouse.autoSuspend,
    auto_resume: String(warehouse.autoResume),
    available: started ? "100" : "",
    provisioning: started ? "0" : "",
    quiescing: started ? "0" : "",
    other: started ? "0" : "",
    created_on: warehouse.createdAt,
    resumed_on: warehouse.alteredAt,
    updated_on: warehouse.alteredAt,
    owner: warehouse.owner,
    comment: warehouse.comment,
    enable_query_acceleration: String(options["ENABLE_QUERY_ACCELERATION"] === "true"),
    query_acceleration_max_scale_factor: Number(
      options["QUERY_ACCELERATION_MAX_SCALE_FACTOR"] ?? DEFAULT_SCALE_FACTOR,
    ),
    // The word, not a NULL: Snowflake writes it so.
    resource_monitor: options["RESOURCE_MONITOR"] ?? "null",
    actives: 0,
    pendings: 0,
    failed: 0,
    suspended: started ? 0 : 1,
    uuid: String(warehouse.id),
    scaling_policy: options["SCALING_POLICY"]?.toUpperCase() ?? "STANDARD",
    budget: null,
    owner_role_type: ownerRoleType(warehouse.owner),
    resource_constraint: options["RESOURCE_CONSTRAINT"] ?? null,
    generation: options["GENERATION"] ?? null,
  };
}

const DEFAULT_SCALE_FACTOR = 8;

export async function showWarehouses(statement: Statement, execution: Execution) {
  const rows = execution.account.catalog.snapshot
    .list("warehouse", 0)
    .filter((object) => object.kind === "warehouse")
    .map((warehouse) => warehouseRow(warehouse, execution));
  return shapedResult(shapeOf("WAREHOUSES"), applyClauses(rows, statement));
}

function roleRow(role: RoleObject, { session, account }: Execution): ShowRow {
  const grants = givenGrants(account.catalog.snapshot).filter(({ on }) => on.kind === "ROLE");
  const ofRole = grants.filter(({ on }) => on.id === role.id);
  return {
    created_on: role.createdAt,
    name: role.name,
    is_default: "N",
    is_current: yn(session.role === role.name),
    is_inherited: yn(isInherited(session.role, role.name, grants)),
    assigned_to_users: ofRole.filter(({ grantedTo }) => grantedTo === "USER").length,
    granted_to_roles: ofRole.filter(({ grantedTo }) => grantedTo === "ROLE").length,
    granted_roles: grants.filter(
      ({ grantedTo, grantee }) => grantedTo === "ROLE" && grantee === role.name,
    ).length,
    owner: role.owner,
    comment: role.comment,
  };
}

/** The current role has the role's rights through grants, directly or over others. */
function isInherited(
  current: string,
  role: string,
  grants: ReturnType<typeof givenGrants>,
): boolean {
  const reached = new Set([current]);
  for (const name of reached) {
    for (const { grantedTo, grantee, on } of grants) {
      if (grantedTo === "ROLE" && grantee === name) reached.add(on.name);
    }
  }
  return role !== current && reached.has(role);
}

export async function showRoles(statement: Statement, execution: Execution) {
  const rows = execution.account.catalog.snapshot
    .list("role", 0)
    .filter((object) => object.kind === "role")
    .map((role) => roleRow(role, execution));
  return shapedResult(shapeOf("ROLES"), applyClauses(rows, statement));
}

/** A user that was created, or that is only known from having logged in. */
function userRow(name: string, user: UserObject | undefined): ShowRow {
  const option = (key: string) => user?.options[key] ?? "";
  return {
    name,
    created_on: user?.createdAt ?? null,
    login_name: user?.login ?? name,
    display_name: option("DISPLAY_NAME") === "" ? name : option("DISPLAY_NAME"),
    first_name: option("FIRST_NAME"),
    last_name: option("LAST_NAME"),
    email: option("EMAIL"),
    org_identity: "",
    mins_to_unlock: "",
    days_to_expiry: "",
    comment: user?.comment ?? "",
    disabled: String(user?.disabled ?? false),
    must_change_password: String(option("MUST_CHANGE_PASSWORD") === "true"),
    snowflake_lock: "false",
    default_warehouse: user?.defaultWarehouse ?? "",
    default_namespace: user?.defaultNamespace ?? "",
    default_role: user?.defaultRole ?? "",
    default_secondary_roles: '["ALL"]',
    ext_authn_duo: "false",
    ext_authn_uid: "",
    mins_to_bypass_mfa: "",
    owner: user?.owner ?? "",
    last_success_login: null,
    expires_at_time: null,
    locked_until_time: null,
    has_password: String(user?.hasPassword === true),
    has_rsa_public_key: String(option("RSA_PUBLIC_KEY") !== ""),
    type: option("TYPE").toUpperCase(),
    has_mfa: "false",
    has_pat: "false",
    has_workload_identity: "false",
    has_federated_workload_authentication: "false",
    is_from_organization_user: "false",
  };
}

export async function showUsers(statement: Statement, execution: Execution) {
  const { catalog, sessions } = execution.account;
  const users = new Map<string, UserObject | undefined>();
  for (const { user } of sessions.all()) users.set(user, undefined);
  users.set(execution.session.user, undefined);
  for (const object of catalog.snapshot.list("user", 0)) {
    if (object.kind === "user") users.set(object.name, object);
  }
  const rows = [...users]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, user]) => userRow(name, user));
  const shape = shapeOf(statement.terse ? "TERSE USERS" : "USERS");
  return shapedResult(shape, applyClauses(rows, statement));
}
