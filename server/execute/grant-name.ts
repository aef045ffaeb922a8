/** What makes two grants the same is their name in the catalog. */

import { GRANT_FUTURE, GRANT_OBJECT } from "../catalog/information-schema/grants.ts";
import type { GrantObject } from "../catalog/objects.ts";

export function grantName({
  privilege,
  on,
  options,
  grantedTo,
  grantee,
}: Pick<GrantObject, "privilege" | "on" | "options" | "grantedTo" | "grantee">): string {
  const object = options[GRANT_OBJECT] ?? options[GRANT_FUTURE] ?? "";
  const space = options[GRANT_FUTURE] === undefined ? "now" : "future";
  return JSON.stringify([privilege, on.kind, space, object, grantedTo, grantee]);
}
