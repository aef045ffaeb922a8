/**
 * Request bodies: gzip by Content-Encoding on every endpoint, JSON whatever the content type says, an
 * empty body as no body. Problems are Snowflake errors (390400), never HTTP errors.
 */

import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { snowflakeError } from "../../translator/base/errors.ts";
import { REQUEST_BODY_BYTES_MAX } from "../limits.ts";

const unzip = promisify(gunzip);
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;|$)/;

/** A body as the routes see it: any JSON value, or undefined when there was none. */
export type Body = unknown;

/** The text of a body, unpacked. @throws 390400 for what is no gzip or no UTF-8 */
export async function bodyText(request: FastifyRequest, raw: Buffer): Promise<string> {
  if (raw.length === 0) return "";
  const encoding = String(request.headers["content-encoding"] ?? "").toLowerCase();
  let bytes = raw;
  if (encoding === "gzip" || (raw[0] === 0x1f && raw[1] === 0x8b)) {
    try {
      bytes = await unzip(raw, { maxOutputLength: REQUEST_BODY_BYTES_MAX });
    } catch {
      throw snowflakeError("badRequest", { detail: "the request body is not valid gzip" });
    }
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw snowflakeError("badRequest", { detail: "the request body is not valid UTF-8" });
  }
}

async function decode(request: FastifyRequest, raw: Buffer): Promise<Body> {
  const text = await bodyText(request, raw);
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw snowflakeError("badRequest", { detail: "the request body is not valid JSON" });
  }
}

/** Replaces Fastify's parsers, which refuse an empty JSON body and unknown content types. */
export function installBodyParser(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // Fastify looks at no parser when the type is not written as one, so such a type is left out.
  app.addHook("onRequest", async ({ headers }) => {
    const type = headers["content-type"];
    if (type !== undefined && !MEDIA_TYPE.test(type)) headers["content-type"] = "application/json";
  });
  app.addContentTypeParser(
    "*",
    { parseAs: "buffer", bodyLimit: REQUEST_BODY_BYTES_MAX },
    (request, body, done) => {
      decode(request, body as Buffer).then(
        (value) => done(null, value),
        (error: Error) => done(error),
      );
    },
  );
}

/** A record's field when the value is an object; drivers' bodies are free-form. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

export function textField(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  if (typeof found === "number") return String(found);
  return typeof found === "string" && found !== "" ? found : undefined;
}

export function recordField(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const found = field(value, name);
  return typeof found === "object" && found !== null && !Array.isArray(found)
    ? (found as Readonly<Record<string, unknown>>)
    : {};
}
