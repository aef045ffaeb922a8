/** The driver protocol's envelope: HTTP 200 with data, code, message, success. */

import type { SnowflakeError } from "../../translator/base/errors.ts";

export type Envelope = {
  readonly data: unknown;
  readonly code: string | null;
  readonly message: string | null;
  readonly success: boolean;
  readonly headers: null;
};

export function success(data: unknown, code: string | null = null): Envelope {
  return { data, code, message: null, success: true, headers: null };
}

/** An error in the shape drivers read. Query errors carry the query's id. */
export function failure(error: SnowflakeError, queryId?: string | undefined): Envelope {
  return {
    data: {
      internalError: false,
      unredactedFromSecureObject: false,
      errorCode: error.code,
      age: 0,
      sqlState: error.sqlState,
      queryId: queryId ?? null,
      line: error.position?.line ?? -1,
      pos: error.position?.position ?? -1,
      type: "COMPILATION",
    },
    code: error.code,
    message: error.message,
    success: false,
    headers: null,
  };
}
