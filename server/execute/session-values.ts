/** What context functions read of a session by name: CURRENT_VERSION, CURRENT_CLIENT, SYS_CONTEXT and their like. */

import type { Session } from "../session/session.ts";

/** The release that the account answers as; JDBC splits it into major and minor. */
export const SERVER_VERSION = "9.12.0";

/** Readers by name; a name that is not here is NULL. */
const VALUES: Readonly<
  Record<string, (session: Session, queryId: string) => string | null | undefined>
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
  SESSION_ROLES: ({ role }) => JSON.stringify([role]),
  QUERY_ID: (_, queryId) => queryId,
};

/** @returns the session value of that name as text, null when there is none */
export function sessionValue(session: Session, queryId: string, name: string): string | null {
  return (Object.hasOwn(VALUES, name) ? VALUES[name]?.(session, queryId) : null) ?? null;
}
