/** The privileges that a role has, its own and those of the roles granted to it. */

import { type Grant, givenGrants, ownerships } from "../catalog/information-schema/grants.ts";
import type { Snapshot } from "../catalog/snapshot.ts";

/** By `KIND NAME` of the object, as in `TABLE DB.SCHEMA.T`. */
export function heldPrivileges(
  role: string,
  snapshot: Snapshot,
): ReadonlyMap<string, ReadonlySet<string>> {
  const grants = [...givenGrants(snapshot), ...ownerships(snapshot)].filter(
    ({ grantedTo }) => grantedTo === "ROLE",
  );
  const roles = inherited([role], grants);
  const held = new Map<string, Set<string>>();
  for (const { grantee, privilege, on } of grants) {
    if (!roles.has(grantee)) continue;
    const key = `${on.kind} ${on.label}`;
    held.set(key, (held.get(key) ?? new Set()).add(privilege));
  }
  return held;
}

/** The roles, PUBLIC, and all that are granted to one of them. */
function inherited(roots: readonly string[], grants: readonly Grant[]): ReadonlySet<string> {
  const roles = new Set([...roots, "PUBLIC"]);
  for (const each of roles) {
    for (const { grantee, privilege, on, grantedTo } of grants) {
      const isRole = grantedTo === "ROLE" && privilege === "USAGE" && on.kind === "ROLE";
      if (grantee === each && isRole) roles.add(on.name);
    }
  }
  return roles;
}

/** A role and the roles below it. */
export function rolesBelow(role: string, snapshot: Snapshot): ReadonlySet<string> {
  return inherited([role], givenGrants(snapshot));
}

type RoleSession = {
  readonly user: string;
  readonly role: string;
  readonly secondaryRoles: "ALL" | "NONE" | readonly string[];
};

/**
 * The roles that are active in a session: the primary one, the secondary ones, and those below them. ALL secondary roles are those
 * that were granted to the user. https://docs.snowflake.com/en/sql-reference/functions/is_role_in_session
 */
export function activeRoles(
  { user, role, secondaryRoles }: RoleSession,
  snapshot: Snapshot,
): ReadonlySet<string> {
  const grants = givenGrants(snapshot);
  const granted = grants
    .filter((grant) => grant.grantedTo === "USER" && grant.grantee === user)
    .filter(({ on }) => on.kind === "ROLE")
    .map(({ on }) => on.name);
  const secondary =
    secondaryRoles === "ALL" ? granted : secondaryRoles === "NONE" ? [] : secondaryRoles;
  return inherited([role, ...secondary], grants);
}
