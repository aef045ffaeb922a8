/** GET /monitoring/queries/{queryId} and GET /monitoring/queries: statements and how they stand. */

import type { FastifyRequest } from "fastify";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Account, StatementRun } from "../execute/account.ts";
import { asSnowflakeError } from "../execute/errors.ts";
import type { QueryRecord, QueryStatus } from "../observe/history.ts";
import { requestSession } from "./authorization.ts";
import { textField } from "./body.ts";
import { type Envelope, success } from "./envelope.ts";

const LIST_DEFAULT = 100;

type Status = {
  readonly status: string;
  readonly errorCode: string;
  readonly errorMessage: string;
};

/** Of a statement that the history does not know: one that waits for its turn, or the parent of several. */
async function statusOf({ stop, done }: StatementRun): Promise<Status> {
  const fine = { errorCode: "", errorMessage: "" };
  if (stop.state !== "ended") return { ...fine, status: stop.state.toUpperCase() };
  if (stop.reason !== undefined) {
    const { code, message } = stop.reason;
    return { status: "ABORTED", errorCode: code, errorMessage: message };
  }
  return done.then(
    () => ({ ...fine, status: "SUCCESS" }),
    (error: unknown) => {
      const { code, message } = asSnowflakeError(error);
      return { status: "FAILED_WITH_ERROR", errorCode: code, errorMessage: message };
    },
  );
}

/** Milliseconds from the beginning to the end, 0 while it runs. */
function duration(record: QueryRecord | undefined): number {
  return Math.max(0, (record?.endedAt ?? 0) - (record?.startedAt ?? 0));
}

function queryObject(
  id: string,
  { status, errorCode, errorMessage }: Status,
  record: QueryRecord | undefined,
  sessionId: number | undefined,
) {
  return {
    id,
    status,
    state: status,
    sqlText: record?.text ?? "",
    startTime: record?.startedAt ?? 0,
    endTime: record?.endedAt ?? 0,
    errorCode,
    errorMessage: errorMessage === "" ? null : errorMessage,
    sessionId,
    totalDuration: duration(record),
    warehouseExternalSize: null,
    warehouseId: 0,
    warehouseName: record?.warehouse ?? "",
    warehouseServerType: null,
    stats: { scanBytes: 0, producedRows: record?.rowsProduced ?? 0 },
  };
}

/** The state of one statement; an empty list when it is unknown. */
export async function queryStatus(account: Account, request: FastifyRequest): Promise<Envelope> {
  requestSession(request, account.sessions);
  const queryId = textField(request.params, "queryId") ?? "";
  const record = account.history.get(queryId);
  const run = account.run(queryId);
  const status = record ?? (run === undefined ? undefined : await statusOf(run));
  if (status === undefined) return success({ queries: [] });
  const sessionId = record?.sessionId ?? run?.sessionId;
  return success({ queries: [queryObject(queryId, status, record, sessionId)] });
}

/** What `subset` asks for. A statement that waits is not in the history yet. */
const SUBSETS: Readonly<Record<string, readonly QueryStatus[]>> = {
  RUNNING: ["RUNNING"],
  SUCCEEDED: ["SUCCESS"],
  FAILED: ["FAILED_WITH_ERROR"],
  ABORTED: ["ABORTED"],
  BLOCKED: [],
  QUEUED: [],
};

/**
 * Statements, newest first, as `snow sql` asks for them with `!queries`.
 * @throws 390400 for a parameter whose value cannot be one
 */
export async function queryList(account: Account, request: FastifyRequest): Promise<Envelope> {
  requestSession(request, account.sessions);
  const isWanted = filter(request.query);
  const rows = [...account.history.all()].reverse().filter(isWanted);
  const queries = rows
    .slice(0, count(request.query, "max") ?? LIST_DEFAULT)
    .map((record) => queryObject(record.queryId, record, record, record.sessionId));
  return success({ queries });
}

function filter(query: unknown): (record: QueryRecord) => boolean {
  const user = textField(query, "user")?.toUpperCase();
  const warehouse = textField(query, "wh")?.toUpperCase();
  const start = count(query, "start") ?? 0;
  const end = count(query, "end") ?? Number.POSITIVE_INFINITY;
  const minimum = count(query, "min_duration") ?? 0;
  const sessionId = count(query, "session_id");
  const statuses = subset(textField(query, "subset"));
  const type = textField(query, "stmt_type")?.toUpperCase() ?? "ANY";
  return (record) =>
    (user === undefined || record.user.toUpperCase() === user) &&
    (warehouse === undefined || record.warehouse?.toUpperCase() === warehouse) &&
    record.startedAt >= start &&
    record.startedAt <= end &&
    duration(record) >= minimum &&
    (sessionId === undefined || record.sessionId === sessionId) &&
    (statuses === undefined || statuses.includes(record.status)) &&
    isOfType(record, type);
}

function subset(word: string | undefined): readonly QueryStatus[] | undefined {
  if (word === undefined) return undefined;
  const statuses = SUBSETS[word.toUpperCase()];
  if (statuses === undefined) throw invalid("subset", word);
  return statuses;
}

/** CREATE stands for CREATE_TABLE and its like. */
function isOfType({ statementKind }: QueryRecord, type: string): boolean {
  return type === "ANY" || statementKind === type || statementKind.startsWith(`${type}_`);
}

function count(query: unknown, name: string): number | undefined {
  const text = textField(query, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw invalid(name, text);
  return value;
}

function invalid(name: string, value: string) {
  return snowflakeError("badRequest", { detail: `${name} cannot be ${JSON.stringify(value)}` });
}
