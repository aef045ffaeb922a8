/** HTTP statuses of the SQL API and the object API, where they carry the meaning. */

import type { SnowflakeError } from "../../translator/base/errors.ts";

/** What is no fault of a statement. */
const STATUSES: Readonly<Record<string, number>> = {
  "000605": 422,
  "000630": 408,
  "000709": 404,
  "390101": 401,
  "390102": 401,
  "390104": 401,
  "390111": 401,
  "390112": 401,
  "390144": 401,
  "390195": 429,
  "390400": 400,
};

/** Undefined for the error of a statement. */
export function apiStatus({ code }: SnowflakeError): number | undefined {
  return STATUSES[code];
}
