/**
 * CREATE DYNAMIC TABLE … CLONE: a suspended dynamic table with the rows of another.
 * https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { QualifiedName } from "../../translator/bind/catalog.ts";
import { type DynamicTable, isDynamic } from "../catalog/dynamic-table.ts";
import type { TableObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { suspendedFields } from "../program/dynamic/suspension.ts";
import { refreshedSql } from "../storage/refreshes.ts";
import { physicalTableName } from "../storage/tables.ts";
import type { StatementWriter } from "../storage/writer.ts";
import type { DynamicPlan } from "./dynamic-creation.ts";
import { dynamicOptions, scheduling } from "./dynamic-options.ts";
import type { Execution, StatementOf } from "./execution.ts";
import { findMember, memberName, notFound, shownQualified } from "./names.ts";
import { fillTable } from "./physical-table.ts";
import { clonedRows } from "./table-clone.ts";

type Statement = StatementOf<"create_special_table">;

/** @throws 002003 when there is no such dynamic table, 000002 for what a clone cannot change */
export async function planClone(
  statement: Statement,
  name: QualifiedName,
  schemaId: number,
  snapshot: Snapshot,
  execution: Execution,
): Promise<DynamicPlan> {
  const { source, properties } = statement;
  if (source?.kind !== "clone") throw new Error("CLONE expected");
  const wanted = memberName(source.table, execution, "CREATE DYNAMIC TABLE");
  const found = findMember(snapshot, "relation", wanted, execution);
  if (!isDynamic(found)) throw notFound("Dynamic table", shownQualified(wanted));
  const options = dynamicOptions(properties, execution);
  for (const key of ["askedMode", "initialize", "scheduler"] as const) {
    if (options[key] === undefined) continue;
    throw snowflakeError("unsupportedFeature", { feature: "CLONE with other refresh options" });
  }
  const lag =
    options.lag === undefined ? {} : scheduling({ lag: options.lag }, shownQualified(name));
  const { account, session } = execution;
  const now = account.now();
  const id = account.catalog.nextId();
  const copy: DynamicTable = {
    ...clonedDynamic(found, now),
    id,
    name: name.name,
    schemaId,
    createdAt: now,
    alteredAt: now,
    owner: session.role,
    persistence: statement.persistence,
    physical: physicalTableName(id, name.name),
  };
  const { warehouse = copy.dynamic.warehouse } = options;
  const table = { ...copy, dynamic: { ...copy.dynamic, ...lag, warehouse } };
  const rows = await clonedRows(found, source, execution);
  return {
    table,
    fills: [],
    copy: (writer) => copyRefreshed(writer, found, table, rows, execution),
  };
}

/** The parts of a dynamic table that a clone of it has. It is suspended, and its clustering is (docs: create-clone). */
export function clonedDynamic<Table extends TableObject>(source: Table, now: number): Table {
  const { dynamic } = source;
  if (dynamic === undefined) return source;
  const suspended = suspendedFields("CLONED_AUTO_SUSPENDED", now);
  return {
    ...source,
    reclusterSuspended: true,
    dynamic: {
      ...dynamic,
      ...suspended,
      trigger: "CREATE_DYNAMIC_TABLE",
      resumedAt: undefined,
      isClone: true,
    },
  };
}

/** The rows of a clone, which are as fresh as those of its source. @param rows a SELECT of the columns in order */
async function copyRefreshed(
  writer: StatementWriter,
  source: TableObject,
  copy: TableObject,
  rows: string,
  execution: Execution,
): Promise<void> {
  await fillTable(writer, copy, rows);
  await copyFreshness(writer, source, copy, execution);
}

/** A clone is as fresh as its source; one of a table that was never refreshed was not either. */
export async function copyFreshness(
  writer: StatementWriter,
  source: Pick<TableObject, "id">,
  copy: Pick<TableObject, "id">,
  { account }: Execution,
): Promise<void> {
  const { refreshes } = account.database;
  const dataTimestamp = refreshes.get(source.id);
  if (dataTimestamp === undefined) return;
  await writer.apply(refreshedSql(copy.id, dataTimestamp));
  // Nobody can name the clone before the catalog shows it.
  refreshes.put(copy.id, dataTimestamp);
}
