/** TO_FILE and TRY_TO_FILE. https://docs.snowflake.com/en/sql-reference/functions/to_file */

import { must } from "../../../translator/base/assert.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { FILE_OF_OBJECT, FILE_OF_TEXT, type FileObjectSpec } from "../../stages/file-objects.ts";
import { originOf } from "./file-urls.ts";
import { hostCall } from "./host-call.ts";
import { requiredText, type ServerRequest } from "./request.ts";

export function toFile(request: ServerRequest): BoundExpression {
  const { call, execution } = request;
  const { session } = execution;
  const first = must(call.arguments[0]);
  const path = call.arguments[1];
  const stage = path === undefined ? undefined : requiredText(request, 0);
  const spec: FileObjectSpec = {
    database: session.database,
    schema: session.schema,
    user: session.user,
    sessionId: String(session.id),
    origin: originOf(execution),
    stage: stage === undefined || stage.startsWith("@") ? stage : `@${stage}`,
    isTry: call.entry.name === "TRY_TO_FILE",
  };
  const host = first.type.kind === "text" ? FILE_OF_TEXT : FILE_OF_OBJECT;
  return hostCall(request, host, spec, path ?? first);
}
