/** POST /session/v1/login-request, token-request, heartbeat and close. */

import type { FastifyRequest } from "fastify";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Account } from "../execute/account.ts";
import { SERVER_VERSION } from "../execute/session-values.ts";
import { MASTER_TOKEN_SECONDS, SESSION_TOKEN_SECONDS } from "../limits.ts";
import type { ParameterValue } from "../session/parameter-table.ts";
import type { Session } from "../session/session.ts";
import { requestSession, requestToken } from "./authorization.ts";
import { field, recordField, textField } from "./body.ts";
import { clientDriver } from "./client-driver.ts";
import { type Envelope, success } from "./envelope.ts";
import { TOKEN_USER, userOfToken } from "./token-user.ts";

const HEALTH_CHECK_SECONDS = 45;
/** Ways to log in for which the token alone is enough. */
const TOKEN_AUTHENTICATORS: ReadonlySet<string> = new Set(["OAUTH", "PROGRAMMATIC_ACCESS_TOKEN"]);

export async function login(account: Account, request: FastifyRequest): Promise<Envelope> {
  const data = recordField(request.body, "data");
  const user = userOf(data);
  const application = textField(data, "CLIENT_APP_ID") ?? "";
  const version = textField(data, "CLIENT_APP_VERSION") ?? "";
  const session = await account.login({
    user,
    // Some drivers send the region and the cloud behind the account's name.
    account: (textField(data, "ACCOUNT_NAME") ?? "mockhaus").replace(/\..*$/, ""),
    client: {
      application,
      version,
      driver: clientDriver(application, version, request.headers["user-agent"]),
      environment: recordField(data, "CLIENT_ENVIRONMENT"),
    },
    database: textField(request.query, "databaseName"),
    schema: textField(request.query, "schemaName"),
    warehouse: textField(request.query, "warehouse"),
    role: textField(request.query, "roleName"),
    parameters: sessionParameters(recordField(data, "SESSION_PARAMETERS")),
  });
  return success(loginData(session));
}

/**
 * The LOGIN_NAME; without one whom the token speaks for, as the Go driver sends key pairs and others OAuth tokens.
 * @throws 390100 when nothing says who logs in
 */
function userOf(data: Readonly<Record<string, unknown>>): string {
  const token = textField(data, "TOKEN");
  const named = textField(data, "LOGIN_NAME") ?? userOfToken(token);
  if (named !== undefined) return named;
  const authenticator = (textField(data, "AUTHENTICATOR") ?? "").toUpperCase();
  if (token !== undefined && TOKEN_AUTHENTICATORS.has(authenticator)) return TOKEN_USER;
  throw snowflakeError("incorrectLogin");
}

function sessionParameters(values: Readonly<Record<string, unknown>>): Map<string, ParameterValue> {
  const parameters = new Map<string, ParameterValue>();
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      parameters.set(name.toUpperCase(), value);
    }
  }
  return parameters;
}

function loginData(session: Session) {
  return {
    token: session.token,
    masterToken: session.masterToken,
    validityInSeconds: SESSION_TOKEN_SECONDS,
    masterValidityInSeconds: MASTER_TOKEN_SECONDS,
    displayUserName: session.user,
    serverVersion: SERVER_VERSION,
    firstLogin: false,
    remMeToken: null,
    remMeValidityInSeconds: 0,
    healthCheckInterval: HEALTH_CHECK_SECONDS,
    newClientForUpgrade: null,
    sessionId: session.id,
    parameters: session.parameters.wire(),
    sessionInfo: {
      databaseName: session.database ?? null,
      schemaName: session.schema ?? null,
      warehouseName: session.warehouse ?? null,
      roleName: session.role,
    },
    idToken: null,
    idTokenValidityInSeconds: 0,
    responseData: null,
    mfaToken: null,
    mfaTokenValidityInSeconds: 0,
    nextAction: null,
    inFlightCtx: null,
  };
}

/** POST /session/token-request: new tokens for a master token, the session's state stays. */
export async function renewToken(account: Account, request: FastifyRequest): Promise<Envelope> {
  const type = textField(request.body, "requestType") ?? "RENEW";
  if (type !== "RENEW") {
    throw snowflakeError("badRequest", { detail: `token request of type ${type}` });
  }
  const session = account.sessions.renew(requestToken(request) ?? "");
  return success({
    sessionToken: session.token,
    validityInSecondsST: SESSION_TOKEN_SECONDS,
    masterToken: session.masterToken,
    validityInSecondsMT: MASTER_TOKEN_SECONDS,
    sessionId: session.id,
  });
}

/** POST /session/heartbeat. */
export async function heartbeat(account: Account, request: FastifyRequest): Promise<Envelope> {
  requestSession(request, account.sessions);
  return success(null);
}

/** POST /session?delete=true closes the session; GET-like calls of /session are not part of the protocol. */
export async function closeSession(account: Account, request: FastifyRequest): Promise<Envelope> {
  const session = requestSession(request, account.sessions);
  if (field(request.query, "delete") !== undefined) await account.closeSession(session);
  return success(null);
}
