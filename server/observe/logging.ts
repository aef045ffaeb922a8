/** Structured logs: JSON lines. Bindings and passwords are never logged; SQL text only at debug. */

import { type Logger, pino } from "pino";
import type { SnowflakeError } from "../../translator/base/errors.ts";
import type { QueryRecord } from "./history.ts";
import type { Metrics } from "./metrics.ts";
import type { Observer } from "./observer.ts";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "silent";

/** Logs go to standard error, so that standard output has only what the user asked for. */
export function createLogger(level: LogLevel): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

const INTERNAL_CODE = "370001";

export function loggingObserver(logger: Logger, metrics: Metrics): Observer {
  return {
    finished: (record) => {
      metrics.statement(record);
      logger.debug({ ...summary(record), text: record.text }, "statement");
    },
    failed: (error: SnowflakeError, queryId: string) => {
      const fields = { queryId, code: error.code, err: error.cause };
      if (error.code === INTERNAL_CODE) logger.error(fields, error.message);
      else logger.debug(fields, error.message);
    },
  };
}

function summary(record: QueryRecord) {
  return {
    queryId: record.queryId,
    sessionId: record.sessionId,
    requestId: record.requestId,
    kind: record.statementKind,
    status: record.status,
    durationMs: (record.endedAt ?? record.startedAt) - record.startedAt,
    rows: record.rowsProduced,
  };
}
