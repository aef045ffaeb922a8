/** COPY's rows as an INSERT: the binder fills in defaults and casts, and gives the SELECT of all columns. */

import type { Identifier, ObjectName } from "../../translator/ast/expressions.ts";
import type { Query } from "../../translator/ast/queries.ts";
import type { Relation, SchemaScan, StagedScan } from "../../translator/bind/catalog.ts";
import { Cursor } from "../../translator/parse/cursor.ts";
import { parseQuery } from "../../translator/parse/query.ts";
import type { SnowType } from "../../translator/types/types.ts";
import type { Execution } from "./execution.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { translateFor } from "./query-plan.ts";

const NOWHERE = { start: 0, end: 0 };

/** Columns by stored name. */
export function identifierColumns(names: readonly string[]): Identifier[] {
  return names.map((name) => ({ name, quoted: true, span: NOWHERE }));
}

export type LoweredLoad = {
  /** A DuckDB SELECT of all columns of the table, in order. */
  readonly select: string;
  readonly staged: readonly (StagedScan | SchemaScan)[];
};

/**
 * @param text what the query's spans point into
 * @throws what the binder has against it: 002020 for another number of columns
 */
export async function lowerLoad(
  table: ObjectName,
  columns: readonly Identifier[],
  query: Query,
  text: string,
  execution: Execution,
): Promise<LoweredLoad> {
  const source = { kind: "query", query } as const;
  const insert = { kind: "insert", overwrite: false, table, columns, source } as const;
  // The files are read one by one: nothing is to be read before.
  const unread: Execution = { ...execution, describeOnly: true };
  const translated = await translateFor(insert, text, unread);
  const lowered = translated.kind === "dml" ? translated.lowered : undefined;
  if (lowered?.kind !== "insert") throw new Error("an INSERT translates to an insert");
  const select = fillPlaceholders(lowered.select, execution);
  return { select, staged: translated.features.staged };
}

/** An INSERT of the columns C1, C2, … of a relation. */
export function shellInsert(table: ObjectName, columns: readonly Identifier[], count: number) {
  const items = Array.from({ length: count }, (_, index) => `C${index + 1}`);
  const text = `SELECT ${items.join(", ")} FROM TABLE($1)`;
  return {
    lower: async (execution: Execution, relation: Relation): Promise<string> => {
      const context = { ...execution.context, pipe: () => relation };
      const query = parseQuery(new Cursor(text));
      const { select } = await lowerLoad(table, columns, query, text, { ...execution, context });
      return select;
    },
  };
}

/** TRUNCATECOLUMNS over a query: its texts cut to the lengths of their columns. */
export function truncatingQuery(query: Query, types: readonly SnowType[]): Query {
  const items = types.map((type, index) =>
    type.kind === "text" ? `LEFT(C${index + 1}, ${type.length})` : `C${index + 1}`,
  );
  const names = types.map((_, index) => `C${index + 1}`).join(", ");
  const shell = parseQuery(
    new Cursor(`SELECT ${items.join(", ")} FROM (SELECT 1) AS q (${names})`),
  );
  const { body } = shell;
  const [item] = body.kind === "select" ? body.from : [];
  if (body.kind !== "select" || item?.kind !== "derived") throw new Error("a SELECT from a query");
  return { ...shell, body: { ...body, from: [{ ...item, query }] } };
}
