/**
 * The query of a dynamic table, bound as its refreshes run it: under the owner's role, with names in the table's own schema, and
 * without anything of the session. https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Features } from "../../translator/bind/binder.ts";
import type { OutputColumn } from "../../translator/bind/bound.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import { typeText } from "../../translator/types/names.ts";
import type { DynamicTable } from "../catalog/dynamic-table.ts";
import { rule } from "./dynamic-options.ts";
import { fullName } from "./dynamic-reads.ts";
import type { Execution } from "./execution.ts";
import { planQuery, translateFor } from "./query-plan.ts";

/** What a refresh runs: a SELECT of the table's columns in order, in their types. */
export type RefreshPlan = { readonly table: DynamicTable; readonly sql: string };

/** The statement's execution as the table's refreshes see it. @param refreshing tables that may be read before their first refresh */
function asRefresh(
  table: DynamicTable,
  execution: Execution,
  refreshing: ReadonlySet<number>,
): Execution {
  const { database, schema } = execution.account.catalog.snapshot.qualify(table.schemaId);
  const { parameter } = execution.context;
  return {
    ...execution,
    text: table.dynamic.query,
    refreshing,
    context: {
      ...execution.context,
      database,
      schema,
      role: table.owner,
      variable: () => undefined,
      bind: () => undefined,
      parameter: (name) => (name === "SEARCH_PATH" ? "$current" : parameter(name)),
    },
  };
}

/**
 * The columns that the query of a new table gives.
 * @throws 002728 for a query without a table, 000002 for what no dynamic table can read, and whatever the query throws
 */
export async function definedColumns(
  table: DynamicTable,
  execution: Execution,
): Promise<readonly OutputColumn[]> {
  const query = parseQuery(new Cursor(table.dynamic.query));
  const inside = { ...asRefresh(table, execution, new Set()), describeOnly: true };
  const translated = await translateFor({ kind: "select", query }, inside.text, inside);
  if (translated.kind !== "query") throw new Error("a SELECT translates to a query");
  checkFeatures(translated.features);
  for (const { type } of translated.columns) {
    const isStructured =
      type.kind === "map" || (type.kind === "array" && "element" in type && type.element);
    // Docs: data-types-structured and data-types-datetime, what dynamic tables cannot have.
    if (isStructured || type.kind === "interval") {
      throw unsupported(`a column of type ${typeText(type)}`);
    }
  }
  return translated.columns;
}

function checkFeatures({ streams, staged, usesBinds }: Features): void {
  if (streams.size > 0) throw unsupported("a stream");
  if (staged.length > 0) throw unsupported("staged files");
  if (usesBinds) throw unsupported("binds");
}

function unsupported(what: string) {
  return snowflakeError("unsupportedFeature", { feature: `DYNAMIC TABLE with ${what}` });
}

/**
 * @param refreshing tables whose rows are there by the time the plan runs
 * @throws 002725 without its warehouse, 091901 when the query gives other columns by now, and whatever the query throws
 */
export async function planRefresh(
  table: DynamicTable,
  execution: Execution,
  refreshing: ReadonlySet<number>,
): Promise<RefreshPlan> {
  const { snapshot } = execution.account.catalog;
  if (snapshot.find("warehouse", 0, table.dynamic.warehouse) === undefined) {
    throw snowflakeError("dynamicWarehouseMissing");
  }
  const query = parseQuery(new Cursor(table.dynamic.query));
  const inside = asRefresh(table, execution, refreshing);
  const types = table.columns.map(({ type }) => type);
  const { columns, sql } = await planQuery(query, inside, types);
  if (columns.length !== types.length) {
    const problem = `has ${types.length} columns, but its query gives ${columns.length} by now`;
    throw rule(fullName(table, execution), problem);
  }
  return { table, sql };
}
