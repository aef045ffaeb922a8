/**
 * The bodies of the SQL API's answers, and the HTTP status of each error.
 * https://docs.snowflake.com/en/developer-guide/sql-api/reference
 */

import type { SnowflakeError } from "../../../translator/base/errors.ts";
import { apiStatus } from "../api-status.ts";

const PATH = "/api/v2/statements";
const EXECUTED = "090001";
const STILL_RUNNING = "333333";
const STARTED = "333334";
const CANCELED = "000604";

/** The status of a statement that fails. */
const STATEMENT_FAILED = 422;

export function httpStatus(error: SnowflakeError): number {
  return apiStatus(error) ?? STATEMENT_FAILED;
}

export type Handle = {
  readonly statementHandle: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly createdOn: number;
};

export function statusUrl({ statementHandle, requestId }: Handle): string {
  return `${PATH}/${statementHandle}?requestId=${requestId}`;
}

function place(handle: Handle) {
  return {
    statementHandle: handle.statementHandle,
    createdOn: handle.createdOn,
    statementStatusUrl: statusUrl(handle),
  };
}

/** QueryStatus of a statement that goes on. */
export function running(handle: Handle, asynchronous: boolean) {
  return {
    code: asynchronous ? STARTED : STILL_RUNNING,
    sqlState: "00000",
    message: asynchronous
      ? "Asynchronous execution in progress. Use provided query id to perform query monitoring and management."
      : "Statement execution in progress. Use the handle to ask for its result.",
    ...place(handle),
  };
}

/** QueryFailureStatus; without a handle when no statement was started. */
export function failed(error: SnowflakeError, handle: Handle | undefined) {
  return {
    code: error.code,
    sqlState: error.sqlState,
    message: error.message,
    ...(handle === undefined ? {} : place(handle)),
  };
}

/** CancelStatus. */
export function canceled(handle: Handle) {
  return {
    code: CANCELED,
    sqlState: "57014",
    message: "SQL execution canceled",
    statementHandle: handle.statementHandle,
    statementStatusUrl: statusUrl(handle),
  };
}

export function succeeded(handle: Handle) {
  return {
    code: EXECUTED,
    sqlState: "00000",
    message: "Statement executed successfully.",
    requestId: handle.requestId,
    ...place(handle),
  };
}

/** Pages of a result, as the Link header names them. */
export function partitionLinks(handle: Handle, partition: number, count: number): string {
  const link = (index: number, rel: string) =>
    `<${statusUrl(handle)}&partition=${index}>; rel="${rel}"`;
  const links = [link(0, "first")];
  if (partition > 0) links.push(link(partition - 1, "prev"));
  if (partition + 1 < count) links.push(link(partition + 1, "next"));
  links.push(link(count - 1, "last"));
  return links.join(",");
}
