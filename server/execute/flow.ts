/**
 * The flow operator: `a ->> b ->> c` runs statements one after the other; `FROM $1` in one reads the result of the statement
 * before it, `$2` of the one before that. The last result is the result of all.
 * https://docs.snowflake.com/en/sql-reference/operators-flow
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Relation } from "../../translator/bind/catalog.ts";
import { materialize } from "../results/materialize.ts";
import type { StoredResult } from "../results/stored.ts";
import { newQueryId } from "../session/ids.ts";
import { executeStatement } from "./dispatch.ts";
import type { Execution, Handler, StatementResult } from "./execution.ts";
import { storedRelation } from "./result-scan.ts";

/** @throws whatever the first failing statement throws; the statements before it keep their effects */
export const flow: Handler<"flow"> = async ({ statements }, execution) => {
  const results: StoredResult[] = [];
  for (const [index, statement] of statements.entries()) {
    if (execution.isCanceled()) throw snowflakeError("canceled");
    const isLast = index === statements.length - 1;
    const queryId = isLast ? execution.queryId : newQueryId();
    const inner = partExecution(execution, queryId, results);
    const result = await executeStatement(statement, inner);
    if (isLast) return result;
    results.push(await stored(result, inner));
  }
  throw new Error("a flow has statements");
};

function partExecution(
  execution: Execution,
  queryId: string,
  results: readonly StoredResult[],
): Execution {
  const earlier = [...results];
  const pipe = (back: number): Relation | undefined => {
    const found = earlier[earlier.length - back];
    return found && storedRelation(found);
  };
  const current = execution.refreshed();
  // A part shares the text of the whole with the others: its translation must not be kept for that text.
  current.lookups.count++;
  return { ...current, queryId, context: { ...current.context, pipe }, batch: undefined };
}

/** The result of a statement in the middle: kept as RESULT_SCAN would find it; a description has no rows. */
async function stored(
  result: StatementResult,
  { account, session, parameters, queryId, describeOnly }: Execution,
): Promise<StoredResult> {
  const { columns, statementType, stats } = result;
  const head = { queryId, sessionId: session.id, statementType, stats, columns };
  if (describeOnly) {
    return { ...head, rowCount: 0, inline: { kind: "cells", rows: [] }, exported: undefined };
  }
  const rows = await materialize(result, session.transactions, account.results, parameters);
  const kept = { ...head, ...rows };
  account.results.put(kept);
  return kept;
}
