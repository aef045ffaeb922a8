/**
 * SYSTEM$LAST_CHANGE_COMMIT_TIME: when the newest version among a table's rows, living and ended, was committed. Of a table that
 * forgets its ended rows, a DELETE leaves no trace.
 * https://docs.snowflake.com/en/sql-reference/functions/system_last_change_commit_time
 */

import type { BoundExpression } from "../../../translator/bind/bound.ts";
import { parseStatement } from "../../../translator/statements/statement.ts";
import { keepsHistory, type TableObject } from "../../catalog/objects.ts";
import { historyOf } from "../../storage/tables.ts";
import type { Execution } from "../execution.ts";
import { translateFor } from "../query-plan.ts";
import { tablesRead } from "../read-tables.ts";
import { firstColumnTexts } from "../read-values.ts";
import { answered, requiredText, type ServerRequest } from "./request.ts";

const NANOS_PER_MILLI = 1_000_000n;

/** @throws 002003 when there is no such table or view */
export function lastChange(request: ServerRequest): BoundExpression {
  const name = requiredText(request, 0);
  return answered(request, async () => {
    const tables = await tablesBehind(name, request.execution);
    let newest = 0n;
    for (const table of tables) {
      const time = await changedAt(table, request.execution);
      if (time > newest) newest = time;
    }
    return String(newest);
  });
}

async function tablesBehind(name: string, execution: Execution): Promise<readonly TableObject[]> {
  const text = `SELECT * FROM IDENTIFIER('${name.replaceAll("\\", "\\\\").replaceAll("'", "''")}')`;
  const described = { ...execution, describeOnly: true };
  const { bound } = await translateFor(parseStatement(text), text, described);
  const { snapshot } = execution.account.catalog;
  return [...tablesRead(bound).values()].flatMap(({ database, schema, name: table }) => {
    const container = snapshot.schema(database, schema);
    if (container === undefined) return [];
    const found = snapshot.find("relation", container.id, table, String(execution.session.id));
    return found?.kind === "table" ? [found] : [];
  });
}

/** Nanoseconds since the epoch. */
async function changedAt(table: TableObject, execution: Execution): Promise<bigint> {
  const versions = [`SELECT _from FROM ${table.physical}`];
  if (keepsHistory(table)) {
    versions.push(`SELECT _to FROM ${historyOf(table.physical)}`);
  }
  const sql = `SELECT max(epoch_ns(committed_at)) FROM mockhaus.commits
    WHERE version IN (${versions.join(" UNION ALL ")})`;
  const [changed] = await firstColumnTexts(sql, execution);
  const created = BigInt(Math.round(table.createdAt)) * NANOS_PER_MILLI;
  return changed === null || changed === undefined ? created : BigInt(changed);
}
