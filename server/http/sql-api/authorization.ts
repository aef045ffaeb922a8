/**
 * Who asks: `Authorization: Bearer <token>` with a key-pair JWT, an OAuth or a programmatic access token, or the session token
 * of a driver. As at login, no secret is verified.
 * https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
 */

import type { FastifyRequest } from "fastify";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { SessionManager } from "../../session/manager.ts";
import { requestSession, requestToken } from "../authorization.ts";
import { userOfToken } from "../token-user.ts";

/** The user of a token that names none. */
const TOKEN_USER = "MOCKHAUS";
const BEARER = /^Bearer\s+(\S+)$/i;
const TOKEN_TYPES = ["OAUTH", "KEYPAIR_JWT", "PROGRAMMATIC_ACCESS_TOKEN"];

/**
 * @returns the user's name
 * @throws 390101 without a token, 390144 for a key-pair token that is no JWT, 390400 for a token type that is not known,
 * 390104 and 390112 for a session token
 */
export function requestUser(request: FastifyRequest, sessions: SessionManager): string {
  if (requestToken(request) !== undefined) return requestSession(request, sessions).user;
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
  return user ?? TOKEN_USER;
}
