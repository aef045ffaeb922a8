/** Errors of the object API: their JSON and their HTTP status. */

import type { SnowflakeError } from "../../../translator/base/errors.ts";
import { apiStatus } from "../api-status.ts";

const CONFLICT = 409;
const NOT_FOUND = 404;
const FORBIDDEN = 403;
const METHOD_NOT_ALLOWED = 405;
const BAD_REQUEST = 400;

/** Errors of statements, by code. */
const STATUSES: Readonly<Record<string, number>> = {
  "002002": CONFLICT,
  "002003": NOT_FOUND,
  "002043": NOT_FOUND,
  "003001": FORBIDDEN,
  "390404": NOT_FOUND,
  "390405": METHOD_NOT_ALLOWED,
};

/** Any other statement could not be made of the request. */
export function objectStatus(error: SnowflakeError): number {
  return apiStatus(error) ?? STATUSES[error.code] ?? BAD_REQUEST;
}

/** ErrorResponse; `error_code` is `code` under its earlier name. */
export function objectFailure({ code, message }: SnowflakeError, requestId: string) {
  return { message, code, error_code: code, request_id: requestId };
}
