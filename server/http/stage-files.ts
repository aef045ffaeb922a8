/** Uploads and downloads of staged files: PUT, GET and HEAD of /stage/… and /stage-objects/… (wire.md 3.4). */

import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { must } from "../../translator/base/assert.ts";
import type { Account } from "../execute/account.ts";
import { asSnowflakeError } from "../execute/errors.ts";
import { stageKey } from "../stages/staged-files.ts";
import { ticketFile, writableStage } from "../stages/ticket-file.ts";
import type { Ticket } from "../stages/tickets.ts";
import { requestSession } from "./authorization.ts";
import { textField } from "./body.ts";
import { byteRange } from "./byte-range.ts";
import { OBJECTS_LOCATION } from "./stage-urls.ts";

/** What a request may do, and with which file. */
type Asked = { readonly ticket: Ticket; readonly path: string };

type Ask = (account: Account, request: FastifyRequest) => Asked | undefined;

/**
 * /stage/{ticket}/{name}: the ticket says the file; the name is for people. Several uploads to a directory's ticket
 * become files with names of their own.
 */
const askByUrl: Ask = ({ state }, request) => {
  const ticket = state.tickets.verify(textField(request.params, "ticket") ?? "");
  if (ticket === undefined) return undefined;
  return { ticket, path: ticket.isPrefix ? `${ticket.path}data_${randomUUID()}` : ticket.path };
};

/** /stage-objects/files/{name} with a bearer token: the name goes on where the ticket's path ends. */
const askByToken: Ask = ({ state }, request) => {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const ticket = bearer === undefined ? undefined : state.tickets.verify(bearer);
  const name = textField(request.params, "*");
  if (ticket === undefined || !ticket.isPrefix || name === undefined) return undefined;
  return { ticket, path: ticket.path + name };
};

/**
 * /api/files/{query id}/{number}/{ticket}: a scoped URL, whose ticket is enough; /api/files/{database}/{schema}/{stage}/{path}: a
 * file URL, for which a session is needed.
 */
const askByFileUrl: Ask = (account, request) => {
  const rest = textField(request.params, "*") ?? "";
  const [database = "", schema = "", third = "", ...path] = rest.split("/");
  const scoped = path.length === 0 ? account.state.tickets.verify(third) : undefined;
  if (scoped !== undefined) return { ticket: scoped, path: scoped.path };
  requestSession(request, account.sessions);
  const { snapshot } = account.state.catalog;
  const container = snapshot.schema(database, schema);
  const stage = container && snapshot.find("stage", container.id, third);
  if (stage === undefined) return undefined;
  const key = must(stageKey(stage));
  return { ticket: fileUrlTicket(key, path.join("/")), path: path.join("/") };
};

/** What the session itself permits. */
function fileUrlTicket(stage: string, path: string): Ticket {
  const expiresAt = Number.POSITIVE_INFINITY;
  return { action: "read", stage, path, isPrefix: false, overwrite: false, expiresAt };
}

/** A scope of its own, in which bodies stay streams of bytes. */
export function addStageRoutes(app: FastifyInstance, account: Account): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.setErrorHandler((error, request, reply) => failed(account, error, request, reply));
    addPlace(scope, account, "/stage/:ticket/*", askByUrl);
    addPlace(scope, account, `/${OBJECTS_LOCATION}*`, askByToken);
    addPlace(scope, account, "/api/files/*", askByFileUrl);
  });
}

function addPlace(scope: FastifyInstance, account: Account, url: string, ask: Ask): void {
  const route = (
    method: "HEAD" | "GET" | "PUT",
    handler: (asked: Asked, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ) =>
    scope.route({
      method,
      url,
      bodyLimit: Number.MAX_SAFE_INTEGER,
      handler: async (request, reply) => {
        const asked = ask(account, request);
        return asked === undefined ? missing(reply) : handler(asked, request, reply);
      },
    });
  route("HEAD", (asked, request, reply) => head(account, asked, request, reply));
  route("GET", (asked, request, reply) => download(account, asked, request, reply));
  route("PUT", (asked, request, reply) => upload(account, asked, request, reply));
}

/** Drivers take 404 for "not there", and anything above for a reason to try again. */
function missing(reply: FastifyReply): FastifyReply {
  reply.status(404).header("content-type", "text/plain; charset=utf-8");
  return reply.send("there is no such staged file, or its URL is no longer valid");
}

/** Errors of a token that is missing, unknown or expired. */
const SESSION_ERRORS = /^3901\d\d$/;

/** A driver must not take a failed upload for a done one: of this status it tries again. */
function failed(
  account: Account,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = asSnowflakeError(error);
  const clientIsGone = request.raw.destroyed && !request.raw.complete;
  if (!clientIsGone) account.logFailure(known, "");
  if (SESSION_ERRORS.test(known.code)) return reply.status(403).send(known.message);
  reply.status(503).header("content-type", "text/plain; charset=utf-8");
  return reply.send("the file could not be moved");
}

function staged({ state }: Account, { ticket, path }: Asked) {
  return ticketFile(ticket, path, state.catalog.snapshot, state.stages);
}

/** Of an upload URL: 200 only for a file that the upload would not replace, so that drivers skip it. */
async function head(
  account: Account,
  asked: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { ticket } = asked;
  if (ticket.action === "read") return download(account, asked, request, reply);
  const file = ticket.overwrite ? undefined : staged(account, asked);
  if (file === undefined) return missing(reply);
  return reply.header("content-length", file.size).send();
}

async function download(
  account: Account,
  asked: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // The Node driver asks an upload URL by GET whether the file is there, and fails when it is.
  const file = asked.ticket.action === "read" ? staged(account, asked) : undefined;
  if (file === undefined) return missing(reply);
  const { size, localPath, md5 } = file;
  reply.header("content-type", "application/octet-stream").header("accept-ranges", "bytes");
  reply.header("last-modified", new Date(file.modifiedAt).toUTCString());
  if (md5 !== undefined) reply.header("etag", `"${md5}"`);
  const range = byteRange(request.headers.range, size);
  if (range === "unsatisfiable") {
    return reply.status(416).header("content-range", `bytes */${size}`).send();
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range !== undefined) {
    reply.status(206).header("content-range", `bytes ${start}-${end}/${size}`);
  }
  reply.header("content-length", end - start + 1);
  if (request.method === "HEAD" || size === 0) return reply.send("");
  return reply.send(createReadStream(localPath, { start, end }));
}

/** Without overwrite an existing file stays as it is, and the bytes are read and dropped. */
async function upload(
  { state }: Account,
  asked: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { ticket, path } = asked;
  const stage =
    ticket.action === "write" ? writableStage(ticket, state.catalog.snapshot) : undefined;
  if (stage === undefined) return missing(reply);
  const body = (request.body ?? request.raw) as Readable;
  if (!ticket.overwrite && state.stages.get(stage, path) !== undefined) {
    for await (const _ of body);
    return reply.send("");
  }
  await state.stages.write(stage, path, body);
  return reply.send("");
}
