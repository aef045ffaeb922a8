/** Rows of the views of privileges and roles. Access is not enforced: every role sees all of them. */

import { type Asked, orNull, type Rows, yesNo } from "./define.ts";
import { type Grant, givenGrants, ownerships } from "./grants.ts";
import type { InlineRow } from "./inline.ts";

const RELATIONS = new Set(["TABLE", "VIEW", "MATERIALIZED_VIEW"]);

/** What has USAGE and is a schema's. */
const USED = new Set(["SEQUENCE", "FILE_FORMAT", "STAGE"]);

function grants({ snapshot }: Asked): Grant[] {
  const given = givenGrants(snapshot).filter(({ on }) => on.kind !== "ROLE");
  return [...ownerships(snapshot), ...given];
}

function common(grant: Grant): InlineRow {
  return {
    grantor: orNull(grant.grantedBy),
    grantee: grant.grantee,
    granted_to: grant.grantedTo,
    privilege_type: grant.privilege,
    is_grantable: yesNo(grant.withGrantOption),
    created: grant.createdAt,
  };
}

function objectRow(grant: Grant): InlineRow {
  return {
    ...common(grant),
    object_catalog: grant.on.database ?? null,
    object_schema: grant.on.schema ?? null,
    object_name: grant.on.name,
    object_type: grant.on.kind,
  };
}

const objectPrivileges: Rows = (asked) => grants(asked).map(objectRow);

const tablePrivileges: Rows = (asked) =>
  grants(asked)
    .filter(({ on }) => RELATIONS.has(on.kind) && on.database === asked.database.name)
    .map((grant) => ({
      ...common(grant),
      table_catalog: grant.on.database ?? null,
      table_schema: grant.on.schema ?? null,
      table_name: grant.on.name,
      with_hierarchy: "NO",
    }));

const usagePrivileges: Rows = (asked) =>
  grants(asked)
    .filter(({ on }) => USED.has(on.kind) && on.database === asked.database.name)
    .map(objectRow);

const enabledRoles: Rows = ({ snapshot }) =>
  snapshot.list("role", 0).map((role) => ({
    role_name: role.name,
    role_owner: orNull(role.owner),
  }));

const applicableRoles: Rows = ({ snapshot }) =>
  givenGrants(snapshot)
    .filter(({ on }) => on.kind === "ROLE")
    .map((grant) => ({
      grantee: grant.grantee,
      role_name: grant.on.name,
      role_owner: orNull(snapshot.find("role", 0, grant.on.name)?.owner ?? ""),
      is_grantable: yesNo(grant.withGrantOption),
    }));

export const PRIVILEGE_VIEWS: Readonly<Record<string, Rows>> = {
  OBJECT_PRIVILEGES: objectPrivileges,
  TABLE_PRIVILEGES: tablePrivileges,
  USAGE_PRIVILEGES: usagePrivileges,
  ENABLED_ROLES: enabledRoles,
  APPLICABLE_ROLES: applicableRoles,
};
