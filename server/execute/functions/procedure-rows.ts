/**
 * TABLE(procedure(…)): the procedure is called once before the statement is bound, and its rows are read from its stored result.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-selecting-from
 */

import { must } from "../../../translator/base/assert.ts";
import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Binder, ProcedureRows, TableCall } from "../../../translator/bind/binder.ts";
import type { Relation } from "../../../translator/bind/catalog.ts";
import { duckType } from "../../../translator/types/physical.ts";
import { proceduresNamed } from "../../program/procedures/overloads.ts";
import { materialize } from "../../results/materialize.ts";
import type { StoredResult } from "../../results/stored.ts";
import { newQueryId } from "../../session/ids.ts";
import type { Execution } from "../execution.ts";
import { nameParts } from "../names.ts";
import { storedRelation } from "../result-scan.ts";
import type { Answers } from "./request.ts";

/**
 * @returns undefined when there is no procedure of that name
 * @throws 092231 for one without declared columns, 000002 in a view or a function, and what the procedure throws
 */
export function procedureRows(
  call: TableCall,
  binder: Binder,
  execution: Execution,
  answers: Answers,
): ProcedureRows | undefined {
  const parts = nameParts(call.name, execution);
  const found = proceduresNamed(parts, execution);
  if (found.length === 0) return undefined;
  execution.lookups.count++;
  if (binder.text !== execution.text) {
    throw snowflakeError("unsupportedFeature", { feature: "procedure call in a view or function" });
  }
  const columns = found.flatMap(({ routine: { returns } }) =>
    returns.kind === "table" && returns.columns.length > 0 ? [returns.columns] : [],
  )[0];
  if (columns === undefined) {
    throw snowflakeError("notTableProcedure", { name: must(parts.at(-1)) });
  }
  const { start, end } = call.call.span;
  const stored = answers.get(`procedure:${start}:${end}`, () => called(call, execution));
  return { relation: stored ? storedRelation(stored) : withoutRows(columns), columns };
}

async function called(
  { name, arguments: args, call: { span } }: TableCall,
  execution: Execution,
): Promise<StoredResult> {
  const { account, session, parameters } = execution;
  // A procedure runs statements of any kind, whose handlers bind functions: imported at once, each would wait for the other.
  const { performCall } = await import("../../program/procedures/call.ts");
  const statement = { kind: "call", name, arguments: args, span } as const;
  const { result } = await performCall(statement, execution);
  const { columns, statementType, stats } = result;
  const rows = await materialize(result, session.transactions, account.results, parameters);
  const queryId = newQueryId();
  const stored = { queryId, sessionId: session.id, statementType, stats, columns, ...rows };
  account.results.put(stored);
  return stored;
}

/** For a statement that is only described. */
function withoutRows(columns: ProcedureRows["columns"]): Relation {
  const list = columns.map(({ type }, index) => `CAST(NULL AS ${duckType(type)}) AS c${index}`);
  return {
    kind: "inline",
    name: { database: "", schema: "", name: "PROCEDURE" },
    sql: `SELECT ${list.join(", ")} WHERE FALSE`,
    columns: columns.map((column, index) => ({
      ...column,
      nullable: true,
      physical: `c${index}`,
    })),
  };
}
