/** Policies named in text, without their kind. */

import { SnowflakeError, snowflakeError } from "../../translator/base/errors.ts";
import type { PolicyObject } from "./governance-objects.ts";
import { type NamingScope, namedObject } from "./named-object.ts";

/** @throws 002003 when there is no masking or row access policy of that name */
export function policyNamed(name: string, scope: NamingScope): PolicyObject {
  for (const domain of ["MASKING POLICY", "ROW ACCESS POLICY"]) {
    const object = objectOrNone(domain, name, scope);
    if (object?.kind === "masking_policy" || object?.kind === "row_access_policy") return object;
  }
  throw snowflakeError("containerNotFound", { kind: "Policy", name: name.toUpperCase() });
}

function objectOrNone(domain: string, name: string, scope: NamingScope) {
  try {
    return namedObject(domain, name, scope).object;
  } catch (error) {
    if (error instanceof SnowflakeError) return undefined;
    throw error;
  }
}
