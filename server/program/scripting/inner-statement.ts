/** Statements inside a block or procedure: run as others are, with a query id, a history record and a stored result. */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { ConstantValue } from "../../../translator/bind/bound.ts";
import type { TypedValue } from "../../../translator/bind/context.ts";
import { foldQuotedIdentifiers } from "../../../translator/statements/fold-quoted.ts";
import type { Statement } from "../../../translator/statements/statement.ts";
import { executeStatement } from "../../execute/dispatch.ts";
import { asSnowflakeError } from "../../execute/errors.ts";
import type { Execution, StatementResult } from "../../execute/execution.ts";
import { unlessOutdated } from "../../execute/outdated.ts";
import { statementWord } from "../../execute/statement-words.ts";
import type { QueryRecord } from "../../observe/history.ts";
import { materialize } from "../../results/materialize.ts";
import { resultScanSql } from "../../results/scan.ts";
import type { StoredResult } from "../../results/stored.ts";
import { newQueryId } from "../../session/ids.ts";

/** What `:name`, `?` and `:1` mean in a statement; undefined leaves it to the surroundings. */
export type Binds = (key: number | string) => TypedValue | undefined;

export type Inner = {
  /** The program's own execution. */
  readonly outer: Execution;
  readonly ownerRights: boolean;
  readonly binds: Binds;
};

/** Statements that an owner's rights procedure may not run: they are about the caller's session. */
const CALLERS_ONLY: ReadonlySet<Statement["kind"]> = new Set(["set", "unset"]);

/** The execution of a statement inside a program; of an expression when the query id is the program's own. */
export function innerExecution(inner: Inner, text: string, queryId: string): Execution {
  const made = inner.outer.inner(text, queryId);
  const context = {
    ...made.context,
    bind: (key: number | string) => inner.binds(key) ?? inner.outer.context.bind(key),
    // An expression is no statement of the session: the newest there is the one before it.
    ...(queryId === inner.outer.queryId
      ? { lastQueryId: (n: number) => inner.outer.session.queryId(n) }
      : {}),
    ...(inner.ownerRights ? { variable: refuseVariable } : {}),
  };
  return { ...made, context, batch: undefined };
}

function refuseVariable(name: string): never {
  throw snowflakeError("ownerVariable", { name });
}

/**
 * Runs a statement inside a program.
 * @param run how the statement runs; the usual way when undefined
 * @throws whatever the statement throws, recorded in the history
 */
export async function runInner(
  statement: Statement,
  text: string,
  inner: Inner,
  run?: ((execution: Execution) => Promise<StatementResult>) | undefined,
): Promise<StoredResult> {
  const { account, session } = inner.outer;
  const queryId = newQueryId();
  const current = () => innerExecution(inner, text, queryId);
  const record = newRecord(current(), statementWord(statement));
  account.history.add(record);
  session.rememberQuery(queryId);
  try {
    if (inner.ownerRights && CALLERS_ONLY.has(statement.kind)) {
      throw snowflakeError("ownerStatement", { type: statementWord(statement) });
    }
    const stored = await unlessOutdated(account.catalog, statement, async () => {
      const execution = current();
      await session.connection.setTimeZone(execution.parameters.text("TIMEZONE"));
      const result = await (run === undefined
        ? executeStatement(asMeant(statement, execution), execution)
        : run(execution));
      const { columns, statementType, stats } = result;
      const rows = await materialize(
        result,
        session.transactions,
        account.results,
        execution.parameters,
      );
      return { queryId, sessionId: session.id, statementType, stats, columns, ...rows };
    });
    account.results.put(stored);
    record.rowsProduced = stored.rowCount;
    record.status = "SUCCESS";
    return stored;
  } catch (error) {
    const known = asSnowflakeError(error);
    record.status = inner.outer.isCanceled() ? "ABORTED" : "FAILED_WITH_ERROR";
    record.errorCode = known.code;
    record.errorMessage = known.message;
    throw known;
  } finally {
    record.endedAt = account.now();
    session.forgetAfter(queryId);
  }
}

/** With QUOTED_IDENTIFIERS_IGNORE_CASE quoted names mean the same as others. */
function asMeant(statement: Statement, { parameters }: Execution): Statement {
  const ignores = parameters.get("QUOTED_IDENTIFIERS_IGNORE_CASE") === true;
  return ignores ? foldQuotedIdentifiers(statement) : statement;
}

function newRecord(execution: Execution, statementKind: string): QueryRecord {
  const { session, queryId, text, startedAt, parameters } = execution;
  return {
    queryId,
    sessionId: session.id,
    requestId: undefined,
    text,
    user: session.user,
    role: session.role,
    warehouse: session.warehouse,
    database: session.database,
    schema: session.schema,
    queryTag: parameters.text("QUERY_TAG"),
    startedAt,
    status: "RUNNING",
    endedAt: undefined,
    statementKind,
    rowsProduced: 0,
    errorCode: "",
    errorMessage: "",
  };
}

/** A stored result as the result of another statement. */
export function resultOf(
  stored: StoredResult,
  names: readonly string[] | undefined,
  statementType: number,
): StatementResult {
  const columns = stored.columns.map((column, index) => ({
    ...column,
    name: names?.[index] ?? column.name,
  }));
  const { inline, exported } = stored;
  if (exported === undefined && inline.kind === "cells") {
    return { columns, rows: inline, statementType };
  }
  const { sql } = resultScanSql(stored);
  return { columns, rows: { kind: "query", sql, volatile: false }, statementType };
}

/** A result of one column with one value. */
export function scalarResult(
  name: string,
  { type, value }: { readonly type: TypedValue["type"]; readonly value: ConstantValue },
  statementType: number,
): StatementResult {
  return {
    columns: [{ name, type, nullable: true }],
    rows: { kind: "cells", rows: [[value]] },
    statementType,
  };
}
