/** The body of insertFiles: JSON, or one path in a line. https://docs.snowflake.com/en/user-guide/data-load-snowpipe-rest-apis */

import type { FastifyInstance, FastifyRequest } from "fastify";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { InsertedFile } from "../../execute/pipe-service.ts";
import { REQUEST_BODY_BYTES_MAX } from "../../limits.ts";
import { bodyText, field, textField } from "../body.ts";

const PLAIN_TEXT = /^text\/plain\b/i;

/** Bodies stay text until a handler reads them. */
export function installTextParser(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    "*",
    { parseAs: "buffer", bodyLimit: REQUEST_BODY_BYTES_MAX },
    (request, body, done) => {
      bodyText(request, body as Buffer).then(
        (text) => done(null, text),
        (error: Error) => done(error),
      );
    },
  );
}

/** @throws 390400 for a body that is no list of files */
export function insertedFiles({ body, headers }: FastifyRequest): readonly InsertedFile[] {
  const text = typeof body === "string" ? body : "";
  if (PLAIN_TEXT.test(headers["content-type"] ?? "")) {
    const paths = text.split(/\r?\n/).map((line) => line.trim());
    return paths.filter((path) => path !== "").map((path) => ({ path }));
  }
  const files = field(parsed(text), "files");
  if (!Array.isArray(files)) throw malformed();
  return files.map((file: unknown) => {
    const path = textField(file, "path");
    const size = field(file, "size");
    if (path === undefined) throw malformed();
    return { path, size: typeof size === "number" ? size : undefined };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function malformed() {
  return snowflakeError("badRequest", { detail: "the body is no list of files with their paths" });
}
