/** SHOW DYNAMIC TABLES. https://docs.snowflake.com/en/sql-reference/sql/show-dynamic-tables */

import { type DynamicTable, isDynamic } from "../../catalog/dynamic-table.ts";
import { rowBytes } from "../../catalog/information-schema/column-facts.ts";
import { relations } from "../../catalog/information-schema/objects.ts";
import { lagText } from "../dynamic-options.ts";
import type { Execution, StatementOf, StatementResult } from "../execution.ts";
import { applyClauses } from "./clauses.ts";
import { rowCounts } from "./relations.ts";
import { onOff, ownerRoleType, type ShowRow, shapedResult, shapeOf } from "./rows.ts";
import { onceByName, scopePlaces } from "./scope.ts";

type Head = ShowRow & { readonly table: number };

export async function showDynamicTables(
  statement: StatementOf<"show">,
  execution: Execution,
): Promise<StatementResult> {
  const { snapshot } = execution.account.catalog;
  const tables = new Map<number, DynamicTable>();
  const heads = scopePlaces(statement.scope, execution).flatMap(
    ({ database, schema, schemaName }) => {
      const members = schema === undefined ? [] : relations(snapshot, schema, "");
      return members.filter(isDynamic).map((table): Head => {
        tables.set(table.id, table);
        return {
          table: table.id,
          created_on: table.createdAt,
          name: table.name,
          database_name: database.name,
          schema_name: schemaName,
          kind: "DYNAMIC_TABLE",
        };
      });
    },
  );
  const left = applyClauses(onceByName(heads, statement.scope, execution), statement);
  if (statement.terse) return shapedResult(shapeOf("TERSE"), left);
  const listed = left.flatMap((head) => tables.get(Number(head["table"])) ?? []);
  const counts = await rowCounts(listed, execution);
  const rows = listed.map((table, index) => ({
    ...left[index],
    ...tableRow(table, counts.get(table.id) ?? 0, execution),
  }));
  return shapedResult(shapeOf("DYNAMIC TABLES"), rows);
}

function tableRow(table: DynamicTable, rows: number, { account }: Execution): ShowRow {
  const { dynamic, clusterBy } = table;
  return {
    cluster_by: clusterBy === "" ? "" : `LINEAR(${clusterBy})`,
    rows,
    bytes: rows * rowBytes(table),
    owner: table.owner,
    target_lag: dynamic.lag === undefined ? null : lagText(dynamic.lag),
    scheduler: dynamic.scheduler ?? null,
    refresh_mode: dynamic.mode,
    refresh_mode_reason: dynamic.modeReason ?? null,
    warehouse: dynamic.warehouse,
    comment: table.comment,
    text: dynamic.text,
    automatic_clustering: onOff(clusterBy !== "" && table.reclusterSuspended !== true),
    scheduling_state: dynamic.suspended === undefined ? "ACTIVE" : "SUSPENDED",
    last_suspended_on: dynamic.suspendedAt ?? null,
    is_clone: String(dynamic.isClone === true),
    is_replica: "false",
    is_iceberg: "false",
    data_timestamp: account.database.refreshes.get(table.id) ?? null,
    owner_role_type: ownerRoleType(table.owner),
    immutable_where: null,
    execute_as_user: null,
  };
}
