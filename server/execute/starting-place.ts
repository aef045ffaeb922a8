/** The user, role, warehouse, database and schema that a session starts with. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { UserObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";

export type PlaceRequest = {
  readonly user: string;
  readonly database?: string | undefined;
  readonly schema?: string | undefined;
  readonly warehouse?: string | undefined;
  readonly role?: string | undefined;
  /** CLIENT_VALIDATE_DEFAULT_PARAMETERS: names that do not exist are refused. */
  readonly validates?: boolean | undefined;
};

export type StartingPlace = {
  /** The user's name, which may differ from the LOGIN_NAME that was given. */
  readonly user: string;
  readonly role: string;
  readonly warehouse: string;
  readonly database: string | undefined;
  readonly schema: string | undefined;
};

const ROLE = "ACCOUNTADMIN";
const WAREHOUSE = "COMPUTE_WH";
const SCHEMA = "PUBLIC";

/**
 * What the login names, else the user's own defaults (docs: create-user), else the account's. A user that nobody
 * created has none. A database or schema that does not exist is left out, and a warehouse need not exist, unless the
 * login asks for their validation; a role must.
 * @throws 390102 for a user that is disabled, 390189 for a role that does not exist, 390201 for another name
 */
export function startingPlace(request: PlaceRequest, snapshot: Snapshot): StartingPlace {
  const user = userOf(request.user, snapshot);
  if (user?.disabled === true) throw snowflakeError("userDisabled");
  const defaults = (user?.defaultNamespace ?? "").split(".");
  const given = folded(request.database);
  const database = given ?? folded(defaults[0]);
  const schema =
    folded(request.schema) ?? (given === undefined ? folded(defaults[1]) : undefined) ?? SCHEMA;
  const isDatabase = database !== undefined && snapshot.database(database) !== undefined;
  const isSchema = isDatabase && snapshot.schema(database, schema) !== undefined;
  const place = {
    user: user?.name ?? request.user.toUpperCase(),
    role: folded(request.role) ?? folded(user?.defaultRole) ?? ROLE,
    warehouse: folded(request.warehouse) ?? folded(user?.defaultWarehouse) ?? WAREHOUSE,
    database: isDatabase ? database : undefined,
    schema: isSchema ? schema : undefined,
  };
  checkNames(request, place, snapshot);
  return place;
}

/** Of the names that the login gave itself. */
function checkNames(request: PlaceRequest, place: StartingPlace, snapshot: Snapshot): void {
  const { role, warehouse, database, schema } = place;
  if (isGiven(request.role) && snapshot.find("role", 0, role) === undefined) {
    throw snowflakeError("roleOfLogin", { name: role });
  }
  if (request.validates !== true) return;
  const isWarehouse = snapshot.find("warehouse", 0, warehouse) !== undefined;
  const missing = [
    ["database", isGiven(request.database) && database === undefined],
    ["schema", isGiven(request.schema) && schema === undefined],
    ["warehouse", isGiven(request.warehouse) && !isWarehouse],
  ] as const;
  const first = missing.find(([, isMissing]) => isMissing);
  if (first !== undefined) throw snowflakeError("placeOfLogin", { kind: first[0] });
}

function isGiven(name: string | undefined): boolean {
  return folded(name) !== undefined;
}

/** Users log in with their LOGIN_NAME, which is their name when none was given. */
function userOf(login: string, snapshot: Snapshot): UserObject | undefined {
  const name = login.toUpperCase();
  for (const object of snapshot.list("user", 0)) {
    if (object.kind === "user" && object.login === name) return object;
  }
  return undefined;
}

function folded(name: string | undefined): string | undefined {
  if (name === undefined || name === "") return undefined;
  const quoted = /^"(.*)"$/.exec(name)?.[1];
  return quoted === undefined ? name.toUpperCase() : quoted.replaceAll('""', '"');
}
