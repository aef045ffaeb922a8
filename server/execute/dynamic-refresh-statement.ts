/**
 * ALTER DYNAMIC TABLE … REFRESH: by hand, and as the scheduler says it.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table
 */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { DynamicTable } from "../catalog/dynamic-table.ts";
import type { RefreshRecord } from "../program/dynamic/refresh-history.ts";
import { findDynamic, fullName } from "./dynamic-reads.ts";
import { checkRefreshed, refreshTables } from "./dynamic-refresh.ts";
import type { Execution, StatementResult } from "./execution.ts";
import { type ShowRow, shapedResult } from "./show/rows.ts";
import { DDL_STATEMENT } from "./statement-types.ts";

const SHAPE = "dt_name, statistics, refreshed_dt_count n, data_timestamp ts";

/**
 * Refreshes tables and what they read, all of one moment.
 * @throws 002743 inside a transaction, 002008 for a table that is named twice, and what a refresh failed with
 */
export async function refreshNamed(
  names: readonly ObjectName[],
  ifExists: boolean,
  execution: Execution,
): Promise<StatementResult> {
  const { account, session, snapshot } = execution;
  if (session.transactions.current !== undefined) throw snowflakeError("dynamicInTransaction");
  const wanted = names.flatMap((name) => findDynamic(name, ifExists, snapshot, execution) ?? []);
  const seen = new Set<number>();
  for (const table of wanted) {
    if (seen.has(table.id)) {
      throw snowflakeError("dynamicDuplicate", { name: fullName(table, execution) });
    }
    seen.add(table.id);
  }
  const scheduled = session.scheduledRefresh;
  const trigger = scheduled === undefined ? "MANUAL" : "SCHEDULED";
  const dataTimestamp = scheduled?.dataTimestamp ?? account.now();
  const records = await refreshTables({ wanted, trigger, dataTimestamp }, execution);
  await account.refreshes.count(records);
  checkRefreshed(records, wanted);
  const rows = wanted.map((table) => resultRow(table, records, execution));
  return shapedResult(SHAPE, rows, DDL_STATEMENT);
}

function resultRow(
  table: DynamicTable,
  records: readonly RefreshRecord[],
  execution: Execution,
): ShowRow {
  const own = records.find((record) => record.table.id === table.id);
  const changed = records.filter(({ action }) => action !== "NO_DATA");
  const { inserted = 0, deleted = 0, action, dataTimestamp = null } = own ?? {};
  const statistics = { insertedRows: inserted, copiedRows: 0, deletedRows: deleted };
  return {
    dt_name: fullName(table, execution),
    statistics: action === "NO_DATA" ? "No new data" : JSON.stringify(statistics),
    refreshed_dt_count: changed.length,
    data_timestamp: dataTimestamp,
  };
}
