/**
 * Who asks the SQL API or the object API, and the session that a request of theirs gets. `Authorization: Bearer <token>` has a
 * key-pair JWT, an OAuth or a programmatic access token; `Snowflake Token="…"` the session token of a driver. As at login, no
 * secret is verified.
 * https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
 */

import type { FastifyRequest } from "fastify";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Account, LoginRequest } from "../execute/account.ts";
import type { SessionManager } from "../session/manager.ts";
import type { Session } from "../session/session.ts";
import { requestSession, requestToken } from "./authorization.ts";
import { TOKEN_USER, userOfToken } from "./token-user.ts";

const BEARER = /^Bearer\s+(\S+)$/i;
const TOKEN_TYPES = ["OAUTH", "KEYPAIR_JWT", "PROGRAMMATIC_ACCESS_TOKEN"];

export type Identity = {
  readonly user: string;
  /** The session of a session token. */
  readonly session: Session | undefined;
};

/**
 * @throws 390101 without a token, 390144 for a key-pair token that is no JWT, 390400 for a token type that is not known,
 * 390104 and 390112 for a session token
 */
export function requestIdentity(request: FastifyRequest, sessions: SessionManager): Identity {
  if (requestToken(request) !== undefined) {
    const session = requestSession(request, sessions);
    return { user: session.user, session };
  }
  const token = BEARER.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) throw snowflakeError("authorizationMissing");
  const type = String(
    request.headers["x-snowflake-authorization-token-type"] ?? "OAUTH",
  ).toUpperCase();
  if (!TOKEN_TYPES.includes(type)) {
    throw snowflakeError("badRequest", {
      detail: `X-Snowflake-Authorization-Token-Type is one of ${TOKEN_TYPES.join(", ")}`,
    });
  }
  const user = userOfToken(token);
  if (user === undefined && type === "KEYPAIR_JWT") throw snowflakeError("jwtInvalid");
  return { user: user ?? TOKEN_USER, session: undefined };
}

/**
 * The session in which a request's statements run, to be closed after them. With a session token it has that session's role
 * unless the request names another.
 * @param place names as at login: folded unless they are quoted
 */
export function openApiSession(
  account: Account,
  { user, session }: Identity,
  application: string,
  place: Pick<LoginRequest, "database" | "schema" | "warehouse" | "role"> = {},
): Promise<Session> {
  return account.login({
    user,
    account: "mockhaus",
    client: { application, version: "", environment: {} },
    ...place,
    role: place.role ?? (session && exactName(session.role)),
  });
}

/** A name with its case as it is. */
export function exactName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
