/** ALTER DYNAMIC TABLE. https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table */

import type { ObjectName } from "../../translator/ast/expressions.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { DynamicDefinition } from "../catalog/dynamic-definition.ts";
import { type DynamicTable, isDynamic } from "../catalog/dynamic-table.ts";
import type { CatalogObject } from "../catalog/objects.ts";
import type { Snapshot } from "../catalog/snapshot.ts";
import { DynamicGraph } from "../program/dynamic/graph.ts";
import {
  resumptionChanges,
  suspendedAbove,
  suspensionChanges,
} from "../program/dynamic/suspension.ts";
import { altered, changeOf, type TableChange } from "./alter-table.ts";
import {
  checkAlterable,
  dynamicOptions,
  rule,
  scheduling,
  tableProperties,
} from "./dynamic-options.ts";
import { findDynamic, fullName } from "./dynamic-reads.ts";
import { refreshNamed } from "./dynamic-refresh-statement.ts";
import { checkPlace } from "./dynamic-table.ts";
import type { Execution, StatementOf, StatementResult } from "./execution.ts";
import { findMember, memberName } from "./names.ts";
import { executed } from "./status.ts";

type Statement = StatementOf<"alter_table">;
type Alteration = Statement["alteration"];

/** Alterations that mean the same for any table. */
const COMMON: ReadonlySet<Alteration["kind"]> = new Set([
  "rename",
  "set_tags",
  "unset_tags",
  "add_policy",
  "drop_policy",
  "cluster_by",
]);
const COMMON_CLAUSES =
  /^(DROP CLUSTERING KEY|(SUSPEND|RESUME) RECLUSTER|DROP ALL ROW ACCESS POLICIES|(ADD|DROP) SEARCH OPTIMIZATION)/;
const REFRESHES: ReadonlySet<string> = new Set(["REFRESH", "REFRESH COPY SESSION"]);
/** What ALTER COLUMN may change of a column whose values come from a query. */
const COLUMN_CHANGES: ReadonlySet<string> = new Set([
  "set_comment",
  "unset_comment",
  "set_policy",
  "unset_policy",
  "set_tags",
  "unset_tags",
]);

/**
 * @throws 002003 when there is no such dynamic table, 091901 for a lag that does not fit, 002743 for a refresh in a transaction,
 *   and what a refresh failed with
 */
export async function alterDynamicTable(
  statement: Statement,
  execution: Execution,
): Promise<StatementResult> {
  const { alteration, ifExists, name, others } = statement;
  if (alteration.kind === "clause" && REFRESHES.has(alteration.clause.form)) {
    return refreshNamed([name, ...others], ifExists, execution);
  }
  await execution.ddl(async (snapshot) => {
    const table = findDynamic(name, ifExists, snapshot, execution);
    if (table === undefined) return { changes: [], result: undefined };
    return { ...dynamicChange(table, alteration, snapshot, execution), result: undefined };
  });
  return executed();
}

/** What an alteration does to a dynamic table, under whichever kind word it was written. */
export function dynamicChange(
  table: DynamicTable,
  alteration: Alteration,
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const now = execution.account.now();
  const form = alteration.kind === "clause" ? alteration.clause.form : "";
  if (form === "SUSPEND") {
    const isSuspended = table.dynamic.suspended?.reason === "USER_SUSPENDED";
    const changes = suspensionChanges(table, "USER_SUSPENDED", snapshot, now);
    return { changes: isSuspended ? [] : changes };
  }
  if (form === "RESUME") return resumed(table, snapshot, execution);
  if (COMMON.has(alteration.kind) || COMMON_CLAUSES.test(form)) {
    return changeOf(table, alteration, snapshot, execution);
  }
  switch (alteration.kind) {
    case "swap":
      checkSwap(alteration.name, snapshot, execution);
      return changeOf(table, alteration, snapshot, execution);
    case "set":
      return withOptions(table, alteration.properties, snapshot, execution);
    case "unset":
      return withoutOptions(table, alteration.names, snapshot, execution);
    case "alter_columns":
      for (const { change } of alteration.alterations) checkColumnChange(change.kind);
      return changeOf(table, alteration, snapshot, execution);
    default: {
      const words = form === "" ? alteration.kind.toUpperCase().replaceAll("_", " ") : form;
      throw snowflakeError("unsupportedFeature", { feature: `ALTER DYNAMIC TABLE ${words}` });
    }
  }
}

function checkColumnChange(kind: string): void {
  if (COLUMN_CHANGES.has(kind)) return;
  const words = kind.toUpperCase().replaceAll("_", " ");
  throw snowflakeError("unsupportedFeature", {
    feature: `ALTER DYNAMIC TABLE ALTER COLUMN ${words}`,
  });
}

/** @throws 002203 for another kind of table: a dynamic table is swapped with a dynamic table only */
function checkSwap(written: ObjectName, snapshot: Snapshot, execution: Execution): void {
  const name = memberName(written, execution, "ALTER DYNAMIC TABLE");
  const other: CatalogObject | undefined = findMember(snapshot, "relation", name, execution);
  if (other?.kind !== "table" || isDynamic(other)) return;
  throw snowflakeError("wrongTableKind", { actual: "TABLE", expected: "DYNAMIC_TABLE" });
}

/** @throws 091901 while a table above is suspended */
function resumed(table: DynamicTable, snapshot: Snapshot, execution: Execution): TableChange {
  if (table.dynamic.suspended === undefined) return { changes: [] };
  const above = suspendedAbove(table, snapshot);
  if (above !== undefined) {
    const upstream = fullName(above, execution);
    throw rule(fullName(table, execution), `cannot be resumed before ${upstream}, which it reads`);
  }
  return { changes: resumptionChanges(table, snapshot, execution.account.now()) };
}

function withOptions(
  table: DynamicTable,
  properties: readonly Property[],
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  checkAlterable(properties);
  const name = fullName(table, execution);
  const { lag, scheduler, warehouse, initializationWarehouse } = dynamicOptions(
    properties,
    execution,
  );
  const { dynamic } = table;
  const changed: Partial<DynamicDefinition> = {
    ...(warehouse !== undefined && { warehouse, trigger: "ALTER_WAREHOUSE" as const }),
    ...(initializationWarehouse !== undefined && { initializationWarehouse }),
    // A new lag takes a table back to the scheduler; SCHEDULER = DISABLE takes its lag away.
    ...((lag !== undefined || scheduler !== undefined) && {
      ...scheduling(
        {
          lag: scheduler === "DISABLE" ? lag : (lag ?? dynamic.lag),
          scheduler: scheduler ?? (dynamic.scheduler === "DISABLE" ? "ENABLE" : dynamic.scheduler),
        },
        name,
      ),
      trigger: "ALTER_TARGET_LAG" as const,
    }),
  };
  const own = tableProperties(properties);
  const base = { kind: "set", properties: own } as const;
  const { physical, changes } = changeOf(table, base, snapshot, execution);
  if (Object.keys(changed).length === 0) return { physical, changes };
  const validFrom = execution.account.now();
  return {
    physical,
    changes: changes.map((change) => {
      if (change.kind !== "put" || !isDynamic(change.object)) return change;
      const next = { ...change.object, dynamic: { ...dynamic, ...changed, validFrom } };
      checkLags(next, snapshot, execution);
      return { kind: "put", object: next };
    }),
  };
}

/** @throws 091901 for a lag below one above, or above one below */
function checkLags(table: DynamicTable, snapshot: Snapshot, execution: Execution): void {
  const graph = new DynamicGraph(snapshot.with([{ kind: "put", object: table }]));
  for (const each of [table, ...graph.below(table.id)]) {
    checkPlace(each, graph, fullName(each, execution));
  }
}

function withoutOptions(
  table: DynamicTable,
  names: readonly string[],
  snapshot: Snapshot,
  execution: Execution,
): TableChange {
  const needed = names.find((name) => ["TARGET_LAG", "WAREHOUSE", "SCHEDULER"].includes(name));
  if (needed !== undefined) {
    throw snowflakeError("unsupportedFeature", { feature: `ALTER DYNAMIC TABLE UNSET ${needed}` });
  }
  const own = names.filter((name) => name !== "INITIALIZATION_WAREHOUSE");
  if (own.length === names.length) {
    return changeOf(table, { kind: "unset", names }, snapshot, execution);
  }
  const dynamic = { ...table.dynamic, initializationWarehouse: undefined };
  const next = { ...table, dynamic };
  if (own.length === 0) return { changes: [altered(next, {}, execution)] };
  return changeOf(next, { kind: "unset", names: own }, snapshot, execution);
}
