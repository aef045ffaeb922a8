/**
 * Login by the browser: the driver asks where to send it, the page sends it back to the driver at once, and the token that it
 * brings is as good as any other (wire.md 1.2).
 * https://docs.snowflake.com/en/user-guide/admin-security-fed-auth-use
 */

import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { snowflakeError } from "../../translator/base/errors.ts";
import { recordField, textField } from "./body.ts";
import { type Envelope, success } from "./envelope.ts";
import { requestOrigin } from "./origin.ts";

export const BROWSER_LOGIN_PATH = "/session/browser-login";
const TOKEN_BYTES = 32;
const PORT = /^\d{1,5}$/;

/**
 * POST /session/authenticator-request.
 * @throws 000002 for another authenticator than EXTERNALBROWSER, 390400 for a redirect that is no port
 */
export async function authenticatorRequest(request: FastifyRequest): Promise<Envelope> {
  const data = recordField(request.body, "data");
  const authenticator = (textField(data, "AUTHENTICATOR") ?? "").toUpperCase();
  if (authenticator !== "EXTERNALBROWSER") {
    throw snowflakeError("unsupportedFeature", { feature: `authenticator ${authenticator}` });
  }
  const port = String(data.BROWSER_MODE_REDIRECT_PORT ?? "");
  if (!PORT.test(port)) throw snowflakeError("badRequest", { detail: "no port to come back to" });
  return success({
    tokenUrl: null,
    ssoUrl: `${requestOrigin(request)}${BROWSER_LOGIN_PATH}?port=${port}`,
    proofKey: randomBytes(TOKEN_BYTES).toString("base64"),
  });
}

/** The page: sends the browser to the port of this machine at which the driver waits. */
export async function browserLogin(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const port = textField(request.query, "port") ?? "";
  if (!PORT.test(port)) return reply.status(400).send("no port to come back to");
  const token = randomBytes(TOKEN_BYTES).toString("hex");
  return reply.redirect(`http://localhost:${port}/?token=${token}`);
}
