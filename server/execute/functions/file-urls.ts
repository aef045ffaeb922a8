/** GET_STAGE_LOCATION, GET_PRESIGNED_URL and their like. https://docs.snowflake.com/en/sql-reference/functions-file */

import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { textConstant } from "../../../translator/bind/fold.ts";
import { encodedPath, FILE_URL_FUNCTION, type FileUrlSpec } from "../../stages/file-urls.ts";
import { resolveStage, type StageLocation, stageKeyOf } from "../../stages/staged-files.ts";
import type { Execution } from "../execution.ts";
import { stageScope } from "../stage-scope.ts";
import { hostCall } from "./host-call.ts";
import { requiredText, type ServerRequest, textArgument } from "./request.ts";

const PRESIGNED_SECONDS = 3_600;
/** Seven days, as signatures of clouds last at most. */
const PRESIGNED_SECONDS_MAX = 604_800;

/** How this server is called in URLs where no door is open: in process. */
const NO_DOOR = "http://localhost";

/** What URLs of this server begin with. */
export function originOf({ origin }: Pick<Execution, "origin">): string {
  return origin === "" ? NO_DOOR : origin;
}

/** The stage of the first argument. @throws 002003 when there is none */
function stageArgument(request: ServerRequest): StageLocation {
  const reference = requiredText(request, 0);
  return resolveStage(
    reference.startsWith("@") ? reference : `@${reference}`,
    stageScope(request.execution),
  );
}

/** `https://account/api/files/DB/SCHEMA/STAGE`. Only named stages have such URLs. */
function stageFileBase({ object }: StageLocation, execution: Execution): string {
  if (object === undefined) {
    throw snowflakeError("unsupportedFeature", { feature: "file URLs of user and table stages" });
  }
  const { database, schema } = execution.account.catalog.snapshot.qualify(object.schemaId);
  const place = [database, schema, object.name].map(encodeURIComponent).join("/");
  return `${originOf(execution)}/api/files/${place}`;
}

/** Where the files of a stage are: its URL, or for an internal one the beginning of their file URLs. */
function locationUrl(location: StageLocation, execution: Execution): string {
  const { place } = location;
  const url = place.kind === "stored" ? stageFileBase(location, execution) : place.url;
  const below = url.endsWith("/") ? url : `${url}/`;
  return below + encodedPath(location.path);
}

/** The call of the host function on the path of each row. */
function pathCall(request: ServerRequest, spec: FileUrlSpec): BoundExpression {
  return hostCall(request, FILE_URL_FUNCTION, spec, must(request.call.arguments[1]));
}

export function stageUrl(request: ServerRequest): BoundExpression {
  return textConstant(locationUrl(stageArgument(request), request.execution));
}

export function absolutePath(request: ServerRequest): BoundExpression {
  const location = locationUrl(stageArgument(request), request.execution);
  return pathCall(request, { kind: "absolute", location });
}

export function relativePath(request: ServerRequest): BoundExpression {
  const location = locationUrl(stageArgument(request), request.execution);
  return pathCall(request, { kind: "relative", location });
}

export function stageFileUrlOf(request: ServerRequest): BoundExpression {
  const base = stageFileBase(stageArgument(request), request.execution);
  return pathCall(request, { kind: "stage_file", base });
}

export function scopedFileUrl(request: ServerRequest): BoundExpression {
  const { execution } = request;
  const location = stageArgument(request);
  const stage = stageKeyOf(location);
  const base = `${originOf(execution)}/api/files/${execution.queryId}/${stage.split(":")[1]}`;
  return pathCall(request, { kind: "scoped", base, stage });
}

/** @throws 001008 for a time that is not 1 to 604800 seconds */
export function presignedUrl(request: ServerRequest): BoundExpression {
  const stage = stageKeyOf(stageArgument(request));
  const given = textArgument(request, 2) ?? String(PRESIGNED_SECONDS);
  const seconds = Number(given);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > PRESIGNED_SECONDS_MAX) {
    throw snowflakeError("invalidParameterValue", { value: given, name: "expiration_time" });
  }
  const origin = originOf(request.execution);
  return pathCall(request, { kind: "presigned", origin, stage, seconds });
}
