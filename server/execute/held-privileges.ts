/** The privileges that a role has, its own and those of the roles granted to it. */

import { givenGrants, ownerships } from "../catalog/information-schema/grants.ts";
import type { Snapshot } from "../catalog/snapshot.ts";

/** Roles that the system's own roles have without a grant. https://docs.snowflake.com/en/user-guide/security-access-control-overview */
const SYSTEM_HIERARCHY: Readonly<Record<string, readonly string[]>> = {
  ACCOUNTADMIN: ["SYSADMIN", "SECURITYADMIN"],
  SECURITYADMIN: ["USERADMIN"],
};

/** By `KIND NAME` of the object, as in `TABLE DB.SCHEMA.T`. */
export function heldPrivileges(
  role: string,
  snapshot: Snapshot,
): ReadonlyMap<string, ReadonlySet<string>> {
  const grants = [...givenGrants(snapshot), ...ownerships(snapshot)].filter(
    ({ grantedTo }) => grantedTo === "ROLE",
  );
  const roles = new Set([role, "PUBLIC"]);
  for (const each of roles) {
    for (const below of SYSTEM_HIERARCHY[each] ?? []) roles.add(below);
    for (const { grantee, privilege, on } of grants) {
      if (grantee === each && privilege === "USAGE" && on.kind === "ROLE") roles.add(on.name);
    }
  }
  const held = new Map<string, Set<string>>();
  for (const { grantee, privilege, on } of grants) {
    if (!roles.has(grantee)) continue;
    const key = `${on.kind} ${on.label}`;
    held.set(key, (held.get(key) ?? new Set()).add(privilege));
  }
  return held;
}
