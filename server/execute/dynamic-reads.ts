/** Dynamic tables by name, and reads of them: they have rows from their first refresh on. */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Features } from "../../translator/bind/binder.ts";
import { type DynamicTable, isDynamic } from "../catalog/dynamic-table.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import type { Execution } from "./execution.ts";
import { findMember, memberName, notFound, shownQualified } from "./names.ts";

/** The full name of a table as messages print it. */
export function fullName(table: DynamicTable, { account }: Execution): string {
  const place = account.catalog.snapshot.qualify(table.schemaId);
  return shownQualified({ ...place, name: table.name });
}

/** @throws 002741 when a statement reads a dynamic table that was never refreshed */
export function checkInitialized(
  { dynamicTables }: Pick<Features, "dynamicTables">,
  execution: Execution,
): void {
  if (execution.describeOnly) return;
  const { catalog, database } = execution.account;
  for (const id of dynamicTables) {
    if (database.refreshes.get(id) !== undefined || execution.refreshing?.has(id) === true)
      continue;
    const table = catalog.snapshot.get(id);
    if (!isDynamic(table)) continue;
    throw snowflakeError("dynamicNotInitialized", { name: fullName(table, execution) });
  }
}

/**
 * A dynamic table by name; undefined when there is none and IF EXISTS is written.
 * @throws 002003 when there is none, 002203 for another kind of table
 */
export function findDynamic(
  written: ObjectName,
  ifExists: boolean,
  snapshot: Snapshot,
  execution: Execution,
): DynamicTable | undefined {
  const name = memberName(written, execution, "ALTER DYNAMIC TABLE");
  const found = findMember(snapshot, "relation", name, execution);
  if (isDynamic(found)) return found;
  if (found === undefined && ifExists) return undefined;
  if (found?.kind === "table") {
    throw snowflakeError("wrongTableKind", { actual: "TABLE", expected: "DYNAMIC_TABLE" });
  }
  throw notFound("Dynamic table", shownQualified(name));
}
