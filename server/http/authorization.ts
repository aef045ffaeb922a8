/** Which session a request belongs to. */

import type { FastifyRequest } from "fastify";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { SessionManager } from "../session/manager.ts";
import type { Session } from "../session/session.ts";

const TOKEN = /^Snowflake Token="([^"]*)"$/i;

/** The token of `Authorization: Snowflake Token="…"`; undefined when there is none. */
export function requestToken(request: FastifyRequest): string | undefined {
  const token = TOKEN.exec(request.headers.authorization ?? "")?.[1];
  return token === undefined || token === "" || token === "None" ? undefined : token;
}

/** The session of the request's token. Errors: 390101 without a token, 390104, 390111, 390112. */
export function requestSession(request: FastifyRequest, sessions: SessionManager): Session {
  const token = requestToken(request);
  if (token === undefined) throw snowflakeError("authorizationMissing");
  return sessions.authenticate(token);
}
