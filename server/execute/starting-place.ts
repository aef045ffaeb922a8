/** The user, role, warehouse, database and schema that a session starts with. */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { UserObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { ParameterValue } from "../session/parameter-table.ts";

export type PlaceRequest = {
  readonly user: string;
  readonly database?: string | undefined;
  readonly schema?: string | undefined;
  readonly warehouse?: string | undefined;
  readonly role?: string | undefined;
  /** What the login sets; CLIENT_VALIDATE_DEFAULT_PARAMETERS among it. */
  readonly parameters?: ReadonlyMap<string, ParameterValue> | undefined;
};

export type StartingPlace = {
  /** The user's name, which may differ from the LOGIN_NAME that was given. */
  readonly user: string;
  readonly role: string;
  readonly warehouse: string | undefined;
  readonly database: string | undefined;
  readonly schema: string | undefined;
};

const ROLE = "ACCOUNTADMIN";
const WAREHOUSE = "COMPUTE_WH";
const SCHEMA = "PUBLIC";

/**
 * What the login names, else the user's own defaults (docs: create-user), else the account's. A user that nobody
 * created has none. A database, schema or warehouse that does not exist is left out.
 * @throws 390102 for a user that is disabled
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
  const warehouse = folded(request.warehouse) ?? folded(user?.defaultWarehouse) ?? WAREHOUSE;
  return {
    user: user?.name ?? request.user.toUpperCase(),
    role: folded(request.role) ?? folded(user?.defaultRole) ?? ROLE,
    warehouse: exists("warehouse", warehouse, snapshot) ? warehouse : undefined,
    database: isDatabase ? database : undefined,
    schema: isSchema ? schema : undefined,
  };
}

/**
 * Checks the names that a login asks for: the role always, the others when CLIENT_VALIDATE_DEFAULT_PARAMETERS says so.
 * https://docs.snowflake.com/en/developer-guide/python-connector/python-connector-api#connect
 * @throws 390189 for a role that does not exist; 390201 for a database, schema or warehouse
 */
export function checkRequested(request: PlaceRequest, snapshot: Snapshot): void {
  const role = folded(request.role);
  if (role !== undefined && !exists("role", role, snapshot)) {
    throw snowflakeError("loginRoleMissing", { role });
  }
  const validate = request.parameters?.get("CLIENT_VALIDATE_DEFAULT_PARAMETERS");
  if (String(validate).toLowerCase() !== "true") return;
  const place = startingPlace(request, snapshot);
  for (const kind of ["database", "schema", "warehouse"] as const) {
    if (folded(request[kind]) !== undefined && place[kind] === undefined) {
      throw snowflakeError("requestedMissing", { kind });
    }
  }
}

function exists(kind: "role" | "warehouse", name: string, snapshot: Snapshot): boolean {
  return snapshot.find(kind, 0, name) !== undefined;
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
