/** SHOW VARIABLES, TRANSACTIONS and LOCKS: what sessions hold. https://docs.snowflake.com/en/sql-reference/sql/show-variables */

import type { TypedValue } from "../../../translator/bind/context.ts";
import {
  dateToText,
  timestampLtzToText,
  timestampNtzToText,
  timestampTzToText,
  timeToText,
} from "../../../translator/format/convert.ts";
import { timestampType } from "../../../translator/types/types.ts";
import type { Execution, StatementOf } from "../execution.ts";
import { applyClauses } from "./clauses.ts";
import { type ShowRow, shapedResult, shapeOf } from "./rows.ts";

const MICROS_PER_MILLI = 1_000n;

type Statement = StatementOf<"show">;

/** A variable's value as text, by the session's output formats. */
function valueText({ type, value }: TypedValue, { parameters }: Execution): string | null {
  if (value === null) return null;
  if (type.kind === "date") return dateToText(Number(value), parameters.text("DATE_OUTPUT_FORMAT"));
  if (type.kind === "time") {
    return timeToText(BigInt(String(value)), parameters.text("TIME_OUTPUT_FORMAT"));
  }
  if (type.kind !== "timestamp") return String(value);
  const own = parameters.text(`TIMESTAMP_${type.flavor.toUpperCase()}_OUTPUT_FORMAT`);
  const model = own === "" ? parameters.text("TIMESTAMP_OUTPUT_FORMAT") : own;
  if (typeof value === "object") {
    return timestampTzToText(value.micros, value.offsetMinutes, model);
  }
  const micros = BigInt(String(value));
  return type.flavor === "ntz"
    ? timestampNtzToText(micros, model)
    : timestampLtzToText(micros, parameters.text("TIMEZONE"), model);
}

/** A time in milliseconds since the epoch as TIMESTAMP_LTZ prints in the session. */
export function timestampText(at: number, execution: Execution): string {
  const value = BigInt(Math.round(at)) * MICROS_PER_MILLI;
  return valueText({ type: timestampType("ltz"), value }, execution) ?? "";
}

/** The driver protocol's word for a type, which SHOW VARIABLES prints. */
function typeWord(type: TypedValue["type"]): string {
  if (type.kind === "number") return "fixed";
  if (type.kind === "float") return "real";
  return type.kind === "timestamp" ? `timestamp_${type.flavor}` : type.kind;
}

export async function showVariables(statement: Statement, execution: Execution) {
  const { session } = execution;
  const rows = [...session.variables]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, variable]): ShowRow => ({
        session_id: session.id,
        // A session does not remember when a variable was set.
        created_on: null,
        updated_on: null,
        name,
        value: valueText(variable, execution),
        type: typeWord(variable.type),
        comment: "",
      }),
    );
  return shapedResult(shapeOf("VARIABLES"), applyClauses(rows, statement));
}

/** Open transactions, of this session or of the account. */
export async function showTransactions(statement: Statement, { account, session }: Execution) {
  const everyone = statement.scope?.kind === "ACCOUNT";
  const rows = [...account.sessions.all()].flatMap((owner): ShowRow[] => {
    const open = owner.transactions.current;
    if (open === undefined || (!everyone && owner.id !== session.id)) return [];
    return [
      {
        id: open.id,
        user: owner.user,
        session: owner.id,
        name: open.name ?? "",
        started_on: open.startedAt,
        state: "running",
        scope: 0,
      },
    ];
  });
  return shapedResult(shapeOf("TRANSACTIONS"), rows);
}

/** Table locks that are held or waited for, of this session or of the account. */
export async function showLocks(statement: Statement, { account, session }: Execution) {
  const everyone = statement.scope?.kind === "ACCOUNT";
  const owners = new Map(
    [...account.sessions.all()].map((owner) => [owner.transactions.current?.id, owner]),
  );
  const rows = account.database.locks.list().flatMap((lock): ShowRow[] => {
    const owner = owners.get(lock.transaction);
    if (!everyone && owner?.id !== session.id) return [];
    return [
      {
        resource: lock.tableName,
        type: "PARTITIONS",
        transaction: lock.transaction,
        transaction_started_on: owner?.transactions.current?.startedAt ?? lock.acquiredAt,
        status: lock.waiting ? "WAITING" : "HOLDING",
        acquired_on: lock.waiting ? null : lock.acquiredAt,
        query_id: lock.queryId,
        session: owner?.id ?? null,
      },
    ];
  });
  return shapedResult(shapeOf("LOCKS"), rows);
}
