/**
 * SYSTEM$LOG and its like write to the event table, as far as LOG_LEVEL and TRACE_LEVEL ask for it.
 * https://docs.snowflake.com/en/sql-reference/functions/system_log
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { parseJsonText } from "../../../translator/variant/parse-json.ts";
import type { EventRecord } from "../../observe/events.ts";
import { answered, requiredText, type ServerRequest, textArgument } from "./request.ts";

/** From the least to the gravest. */
const LEVELS: readonly string[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

type Said = Pick<EventRecord, "type" | "record" | "attributes" | "value">;

function recorded(request: ServerRequest, said: Said): BoundExpression {
  const { account, session, queryId } = request.execution;
  return answered(request, async () => {
    account.events.add({
      ...said,
      at: account.now(),
      queryId,
      sessionId: session.id,
      user: session.user,
      role: session.role,
      database: session.database,
      schema: session.schema,
      warehouse: session.warehouse,
    });
    return null;
  });
}

/** Nothing is recorded below the session's level. */
function log(request: ServerRequest, level: string, message: string | null): BoundExpression {
  const wanted = LEVELS.indexOf(request.execution.parameters.text("LOG_LEVEL").toUpperCase());
  if (wanted < 0 || LEVELS.indexOf(level) < wanted) return answered(request, async () => null);
  return recorded(request, {
    type: "LOG",
    record: { severity_text: level },
    attributes: undefined,
    value: message ?? undefined,
  });
}

/** @throws 001008 for a word that is no level */
export function logAt(request: ServerRequest): BoundExpression {
  const level = requiredText(request, 0).toUpperCase();
  if (!LEVELS.includes(level)) {
    throw snowflakeError("invalidParameterValue", { value: level, name: "LEVEL" });
  }
  return log(request, level, textArgument(request, 1) ?? null);
}

/** SYSTEM$LOG_INFO and the others, whose names end with their level. */
export function logAsNamed(request: ServerRequest): BoundExpression {
  const level = request.call.entry.name.replace("SYSTEM$LOG_", "");
  return log(request, level, textArgument(request, 0) ?? null);
}

function objectText(json: string | null | undefined): string | undefined {
  return json === null || json === undefined ? undefined : (parseJsonText(json) ?? undefined);
}

function isTraced({ execution }: ServerRequest): boolean {
  return execution.parameters.text("TRACE_LEVEL").toUpperCase() !== "OFF";
}

export function addEvent(request: ServerRequest): BoundExpression {
  const name = requiredText(request, 0);
  const attributes = textArgument(request, 1);
  if (!isTraced(request)) return answered(request, async () => null);
  return recorded(request, {
    type: "SPAN_EVENT",
    record: { name },
    attributes: objectText(attributes),
    value: undefined,
  });
}

export function setSpanAttributes(request: ServerRequest): BoundExpression {
  const attributes = requiredText(request, 0);
  if (!isTraced(request)) return answered(request, async () => null);
  return recorded(request, {
    type: "SPAN",
    record: { name: "snow.auto_instrumented" },
    attributes: objectText(attributes),
    value: undefined,
  });
}
