/**
 * Roles and users.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/role
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/reference/user
 */

import { anyText, flag, name, number, text, time } from "../columns.ts";
import type { Fields } from "../fields.ts";
import { optionsOf, type PropertyTable, property } from "../properties.ts";
import { ALL_LIST_PARAMETERS, type Resource } from "../resource.ts";
import { createObject } from "../statements.ts";
import { ROLE_GRANTS, USER_GRANTS } from "./grants.ts";

export const ROLES: Resource = {
  collection: "roles",
  level: "account",
  kind: "ROLE",
  listParameters: ALL_LIST_PARAMETERS,
  readOnly: [
    "created_on",
    "owner",
    "is_default",
    "is_current",
    "is_inherited",
    "assigned_to_users",
    "granted_to_roles",
    "granted_roles",
  ],
  create: (head, fields) =>
    createObject("ROLE", head, { properties: optionsOf(fields, { comment: "text" }) }),
  more: ROLE_GRANTS,
  columns: {
    name: name("name"),
    comment: anyText("comment"),
    created_on: time("created_on"),
    owner: name("owner"),
    is_default: flag("is_default"),
    is_current: flag("is_current"),
    is_inherited: flag("is_inherited"),
    assigned_to_users: number("assigned_to_users"),
    granted_to_roles: number("granted_to_roles"),
    granted_roles: number("granted_roles"),
  },
};

const USER_PROPERTIES: PropertyTable = {
  password: "text",
  login_name: "text",
  display_name: "text",
  first_name: "text",
  middle_name: "text",
  last_name: "text",
  email: "text",
  must_change_password: "boolean",
  disabled: "boolean",
  days_to_expiry: "number",
  mins_to_unlock: "number",
  default_warehouse: "name",
  default_namespace: "name",
  default_role: "name",
  mins_to_bypass_mfa: "number",
  rsa_public_key: "text",
  rsa_public_key_2: "text",
  comment: "text",
  type: "text",
  network_policy: "name",
};

/** ALL or NONE, which CREATE USER has as a list. */
function secondaryRoles(fields: Fields) {
  const word = fields.word("default_secondary_roles", ["ALL", "NONE", '["ALL"]', "[]", ""]);
  if (word === undefined || word === "") return [];
  const items =
    word === "ALL" || word === '["ALL"]'
      ? [{ kind: "text", value: "ALL", dollarQuoted: false } as const]
      : [];
  return [property("DEFAULT_SECONDARY_ROLES", { kind: "list", items })];
}

export const USERS: Resource = {
  collection: "users",
  level: "account",
  kind: "USER",
  listParameters: ALL_LIST_PARAMETERS,
  readOnly: [
    "created_on",
    "last_successful_login",
    "expires_at",
    "locked_until",
    "has_password",
    "has_rsa_public_key",
    "rsa_public_key_fp",
    "rsa_public_key_2_fp",
    "ext_authn_duo",
    "ext_authn_uid",
    "owner",
    "snowflake_lock",
    "snowflake_support",
    "mins_to_bypass_network_policy",
    "password_last_set",
    "custom_landing_page_url",
    "custom_landing_page_url_flush_next_ui_load",
  ],
  hasPut: true,
  create: (head, fields) =>
    createObject("USER", head, {
      properties: [...optionsOf(fields, USER_PROPERTIES), ...secondaryRoles(fields)],
    }),
  more: USER_GRANTS,
  columns: {
    name: name("name"),
    login_name: text("login_name"),
    display_name: text("display_name"),
    first_name: text("first_name"),
    last_name: text("last_name"),
    email: text("email"),
    must_change_password: flag("must_change_password"),
    disabled: flag("disabled"),
    days_to_expiry: number("days_to_expiry"),
    mins_to_unlock: number("mins_to_unlock"),
    default_warehouse: name("default_warehouse"),
    default_namespace: text("default_namespace"),
    default_role: name("default_role"),
    default_secondary_roles: (row) =>
      (row["default_secondary_roles"] ?? "").includes("ALL") ? "ALL" : "NONE",
    mins_to_bypass_mfa: number("mins_to_bypass_mfa"),
    comment: anyText("comment"),
    type: text("type"),
    created_on: time("created_on"),
    last_successful_login: time("last_success_login"),
    expires_at: time("expires_at_time"),
    locked_until: time("locked_until_time"),
    has_password: flag("has_password"),
    has_rsa_public_key: flag("has_rsa_public_key"),
    ext_authn_duo: flag("ext_authn_duo"),
    ext_authn_uid: text("ext_authn_uid"),
    owner: name("owner"),
    snowflake_lock: flag("snowflake_lock"),
  },
};
