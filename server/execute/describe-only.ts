/** describeOnly requests: the shape of a result without running anything (wire.md 2.8). */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Statement, StatementKind } from "../../translator/statements/statement.ts";
import type { StatementResult } from "./execution.ts";
import { isOneRow } from "./insert-batch.ts";
import {
  ALTER_SESSION_STATEMENT,
  DDL_STATEMENT,
  SESSION_STATEMENT,
  TRANSACTION_STATEMENT,
  USE_STATEMENT,
} from "./statement-types.ts";
import { executed } from "./status.ts";

/** Kinds that are described by translating or reading: nothing changes when their handler runs. */
const READING: ReadonlySet<StatementKind> = new Set<StatementKind>([
  "select",
  "insert",
  "multi_insert",
  "update",
  "delete",
  "merge",
  "show",
  "show_grants",
  "describe",
  "explain",
]);

/** Kinds whose result is known only after they ran. */
const UNDESCRIBABLE: ReadonlySet<StatementKind> = new Set<StatementKind>([
  "call",
  "block",
  "execute_immediate",
  "execute_immediate_from",
  "flow",
]);

const STATUS_TYPES: Readonly<Partial<Record<StatementKind, number>>> = {
  use: USE_STATEMENT,
  alter_session: ALTER_SESSION_STATEMENT,
  set: SESSION_STATEMENT,
  unset: SESSION_STATEMENT,
  begin: TRANSACTION_STATEMENT,
  commit: TRANSACTION_STATEMENT,
  rollback: TRANSACTION_STATEMENT,
};

/**
 * The described result of a statement that must not run; undefined when its handler may run for the description.
 * @throws 000007 for a statement that cannot be described
 */
export function describedWithoutRunning(statement: Statement): StatementResult | undefined {
  if (READING.has(statement.kind)) return undefined;
  if (UNDESCRIBABLE.has(statement.kind)) throw snowflakeError("cannotPrepare");
  return executed(STATUS_TYPES[statement.kind] ?? DDL_STATEMENT);
}

/** Whether a batch of rows can be bound: INSERT … VALUES with one row that has binds. */
export function takesBatch(statement: Statement, binds: number): boolean {
  return statement.kind === "insert" && binds > 0 && isOneRow(statement);
}
