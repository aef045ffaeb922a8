/** The rows that a clone of a table gets. https://docs.snowflake.com/en/sql-reference/sql/create-clone */

import type { Query, TimeTravel } from "../../translator/ast/queries.ts";
import type { TableSource } from "../../translator/statements/table_body.ts";
import type { TableObject } from "../catalog/objects.ts";
import type { Execution } from "./execution.ts";
import { storageTable } from "./physical-table.ts";
import { planQuery } from "./query-plan.ts";

type Source = Extract<TableSource, { kind: "clone" }>;

/**
 * A SELECT of a table's columns in order, as they are stored: now, or at the point that the clause names.
 */
export async function clonedRows(
  found: TableObject,
  source: Source,
  execution: Execution,
): Promise<string> {
  if (source.timeTravel !== undefined) {
    const past = rowsAt(source, source.timeTravel);
    return (await planQuery(past, storedRows(execution), undefined)).sql;
  }
  const { columns, physical } = storageTable(found);
  return `SELECT ${columns.map((column) => column.physical).join(", ")} FROM ${physical}`;
}

/** Reads past policies: a clone has the rows as they are stored, and the policies that hide them. */
function storedRows(execution: Execution): Execution {
  return { ...execution, context: { ...execution.context, readsStored: true } };
}

/** All rows of a table at a point in time. */
function rowsAt(source: Source, timeTravel: TimeTravel): Query {
  const span = { start: 0, end: 0 };
  const modifiers = { exclude: [], replace: [], rename: [] };
  return {
    kind: "query",
    recursive: false,
    ctes: [],
    body: {
      kind: "select",
      distinct: false,
      items: [{ kind: "star", qualifier: [], modifiers, span }],
      into: [],
      from: [{ kind: "table", name: source.table, timeTravel, span }],
      windows: [],
      span,
    },
    orderBy: [],
    span,
  };
}
