/**
 * The object API: objects of the account as REST resources. Each request becomes statements in a session of its own.
 * https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/snowflake-rest-api
 */

import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Account } from "../../execute/account.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import { exactName, openApiSession, requestIdentity } from "../api-session.ts";
import { requestOrigin } from "../origin.ts";
import { objectFailure, objectStatus } from "./answers.ts";
import { Fields } from "./fields.ts";
import { storedName } from "./names.ts";
import { type ObjectRequest, Runner } from "./request.ts";
import type { Endpoint, Method } from "./resource.ts";
import { endpointOf, type Match } from "./table.ts";

export const OBJECT_API = "/api/v2/";

const APPLICATION = "OBJECT_API";
const JSON_TYPE = "application/json; charset=utf-8";
const REQUEST_ID = "x-snowflake-request-id";

export function addObjectApiRoutes(app: FastifyInstance, account: Account): void {
  app.route({
    method: ["GET", "POST", "PUT", "DELETE"],
    url: `${OBJECT_API}*`,
    handler: async (request, reply) => {
      try {
        return send(reply, 200, await answer(account, request), randomUUID());
      } catch (error) {
        const known = asSnowflakeError(error);
        account.logFailure(known, "");
        return sendFailure(reply, known);
      }
    },
  });
}

function send(reply: FastifyReply, status: number, body: unknown, id: string): FastifyReply {
  reply.header(REQUEST_ID, id).header("content-type", JSON_TYPE);
  return reply.status(status).send(JSON.stringify(body));
}

/** An error's status and ErrorResponse. */
export function sendFailure(reply: FastifyReply, error: unknown): FastifyReply {
  const known = asSnowflakeError(error);
  const id = randomUUID();
  return send(reply, objectStatus(known), objectFailure(known, id), id);
}

/** @throws 390404 and 390405 for a path or method that is none of the API's, and what the request's work throws */
async function answer(account: Account, request: FastifyRequest): Promise<unknown> {
  const [path = ""] = request.url.split("?");
  const method = request.method as Method;
  const match = endpointOf(method, path.slice(OBJECT_API.length - 1));
  if (match === undefined) throw snowflakeError("pathNotFound", { method, path });
  const { endpoint } = match;
  if (endpoint === undefined) throw snowflakeError("methodNotAllowed", { method, path });
  const identity = requestIdentity(request, account.sessions);
  const place = placeOf(match);
  const session = await openApiSession(account, identity, APPLICATION, startOf(place));
  try {
    const origin = requestOrigin(request);
    const caller = identity.session && new Runner(account, identity.session, origin);
    const runner = new Runner(account, session, origin, caller);
    return await perform(endpoint, place, match, request, runner);
  } finally {
    await account.closeSession(session);
  }
}

/** Stored names of the database and schema in the path. @throws 390400 for what is no identifier */
function placeOf({ parameters: { database, schema } }: Match): readonly string[] {
  return [database, schema].flatMap((part) => (part === undefined ? [] : [storedName(part)]));
}

/** Queries and definitions of objects in a schema see the names of that schema. */
function startOf([database, schema]: readonly string[]) {
  if (database === undefined || schema === undefined) return {};
  return { database: exactName(database), schema: exactName(schema) };
}

async function perform(
  { plan }: Endpoint,
  place: readonly string[],
  { parameters }: Match,
  { query, body }: FastifyRequest,
  runner: Runner,
): Promise<unknown> {
  const { name = "" } = parameters;
  const request: ObjectRequest = {
    place,
    name,
    parameters,
    query: new Fields(query, "parameter"),
    body: new Fields(body ?? {}),
  };
  const work = plan(request);
  request.query.end();
  request.body.end();
  return typeof work === "function" ? work(runner) : runner.status(work);
}
