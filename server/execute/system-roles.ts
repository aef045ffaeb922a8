/**
 * The roles that every account has, and which is granted to which.
 * https://docs.snowflake.com/en/user-guide/security-access-control-overview
 */

import { GRANT_OBJECT } from "../catalog/information-schema/grants.ts";
import type { CatalogObject, GrantObject, RoleObject } from "../catalog/objects.ts";
import { grantName } from "./grant-name.ts";

const ROLES = ["ACCOUNTADMIN", "SECURITYADMIN", "USERADMIN", "SYSADMIN", "PUBLIC", "ORGADMIN"];

const GRANTED_TO: readonly (readonly [role: string, grantee: string])[] = [
  ["SYSADMIN", "ACCOUNTADMIN"],
  ["SECURITYADMIN", "ACCOUNTADMIN"],
  ["USERADMIN", "SECURITYADMIN"],
];

/** The roles and their grants. PUBLIC is everybody's without a grant. */
export function systemRoles(nextId: () => number, now: number): CatalogObject[] {
  const common = { createdAt: now, alteredAt: now, owner: "", comment: "" };
  const roles = ROLES.map(
    (name): RoleObject => ({ ...common, kind: "role", id: nextId(), name, options: {} }),
  );
  const grants = GRANTED_TO.flatMap(([name, grantee]): GrantObject[] => {
    const role = roles.find((each) => each.name === name);
    if (role === undefined) return [];
    const grant = {
      privilege: "USAGE",
      on: { kind: "ROLE", name },
      options: { [GRANT_OBJECT]: String(role.id) },
      grantedTo: "ROLE",
      grantee,
    } as const;
    return [
      {
        ...common,
        ...grant,
        kind: "grant",
        id: nextId(),
        name: grantName(grant),
        withGrantOption: true,
        grantedBy: "",
      },
    ];
  });
  return [...roles, ...grants];
}
