/** What context functions read of a session by name: CURRENT_VERSION, CURRENT_CLIENT, SYS_CONTEXT and their like. */

import type { Session } from "../session/session.ts";
import type { AccountState } from "./execution.ts";
import { activeRoles, rolesBelow } from "./held-privileges.ts";

/** The release that the account answers as; JDBC splits it into major and minor. */
export const SERVER_VERSION = "9.12.0";

const REGION = "AWS_US_WEST_2";
const ORGANIZATION = "MOCKHAUS";
const LOOPBACK = "127.0.0.1";

/** Every role may be used: access control is recorded, not enforced. */
function roles({ catalog }: AccountState): string {
  return JSON.stringify(catalog.snapshot.list("role", 0).map((role) => role.name));
}

/** Every role of the account counts as granted, as for AVAILABLE_ROLES; the primary role is none of the secondary ones. */
function secondaryRoles({ secondaryRoles: chosen, role }: Session, account: AccountState): string {
  if (chosen === "NONE") return JSON.stringify({ roles: "", value: "" });
  const all = account.catalog.snapshot.list("role", 0).map(({ name }) => name);
  const active = (chosen === "ALL" ? all : chosen).filter((name) => name !== role);
  const value = chosen === "ALL" ? chosen : chosen.join(",");
  return JSON.stringify({ roles: active.join(","), value });
}

const instant = (at: number): string => new Date(at).toISOString();

/** Readers by name; a name that is not here is NULL. */
const VALUES: Readonly<
  Record<
    string,
    (session: Session, queryId: string, account: AccountState) => string | null | undefined
  >
> = {
  VERSION: () => SERVER_VERSION,
  CLIENT: ({ client }) => `${client.application} ${client.version}`.trim() || null,
  CLIENT_VERSION: ({ client }) => client.version,
  ACCOUNT: ({ account }) => account,
  USER: ({ user }) => user,
  PRINCIPAL_TYPE: () => "USER",
  ROLE: ({ role }) => role,
  DATABASE: ({ database }) => database,
  SCHEMA: ({ schema }) => schema,
  WAREHOUSE: ({ warehouse }) => warehouse,
  SESSION_ID: ({ id }) => String(id),
  REGION: () => REGION,
  ORGANIZATION_NAME: () => ORGANIZATION,
  IP_ADDRESS: () => LOOPBACK,
  LAST_TRANSACTION: ({ transactions }) =>
    transactions.lastEnded === undefined ? null : String(transactions.lastEnded),
  AVAILABLE_ROLES: (_, __, account) => roles(account),
  SESSION_ROLES: (session, _, { catalog }) =>
    JSON.stringify([...activeRoles(session, catalog.snapshot)]),
  INVOKER_ROLES: ({ role }, _, { catalog }) =>
    JSON.stringify([...rolesBelow(role, catalog.snapshot)]),
  SECONDARY_ROLES: (session, _, account) => secondaryRoles(session, account),
  SESSION_DATABASE_ROLES: () => "[]",
  USER_NAMES: (session, _, { catalog }) => {
    const names = catalog.snapshot.list("user", 0).map((user) => user.name);
    return JSON.stringify([...new Set([...names, session.user])].sort());
  },
  TASK_NAME: ({ task }) => task?.name,
  ALERT_SCHEDULED_TIME: ({ alert }) => alert && instant(alert.scheduledAt),
  ALERT_LAST_SUCCESSFUL_SCHEDULED_TIME: ({ alert }) => alert && instant(alert.lastSuccessAt ?? 0),
  ALERT_CONDITION_QUERY_ID: ({ alert }) => alert?.conditionQueryId,
  QUERY_ID: (_, queryId) => queryId,
};

/** How the names of session attributes begin. */
const ATTRIBUTE = "ATTRIBUTE:";

/** How the names of references to objects begin; the value is a JSON array of the parts of a name. */
const REFERENCE = "REFERENCE:";

/** @returns the session value of that name as text, null when there is none */
export function sessionValue(
  session: Session,
  queryId: string,
  name: string,
  account: AccountState,
): string | null {
  if (name.startsWith(ATTRIBUTE))
    return session.attributes.get(name.slice(ATTRIBUTE.length)) ?? null;
  if (name.startsWith(REFERENCE)) {
    const found = session.references.get(name.slice(REFERENCE.length));
    return found?.kind === "object" ? JSON.stringify(found.parts) : null;
  }
  return (Object.hasOwn(VALUES, name) ? VALUES[name]?.(session, queryId, account) : null) ?? null;
}
