/**
 * Virtual columns: nothing is stored for them, a reader gets the value of their expression over the row.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table
 */

import { must } from "../base/assert.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundFrom, BoundQuery, BoundSelect } from "./bound.ts";
import type { Relation, RelationColumn } from "./catalog.ts";
import { castTo } from "./coerce.ts";
import { queryOver } from "./query.ts";
import type { NamedColumn } from "./scope-names.ts";
import { bindSqlBody, parseSqlBody } from "./user-functions.ts";

export function hasVirtualColumns({ columns }: Relation): boolean {
  return columns.some(isVirtual);
}

/** The relation with the columns alone that are stored. */
export function withoutVirtualColumns<Some extends Relation>(relation: Some): Some {
  if (!hasVirtualColumns(relation)) return relation;
  return { ...relation, columns: relation.columns.filter((column) => !isVirtual(column)) };
}

export function isVirtual({ virtual }: RelationColumn): boolean {
  return virtual !== undefined;
}

/**
 * The value of each column of a relation, given the references to all as if they were stored.
 * An expression sees the columns before it by their own names, and nothing of the reader's statement.
 * @throws what an expression does not bind for
 */
export function columnValues(
  relation: Relation,
  references: readonly BoundExpression[],
  binder: Binder,
): readonly BoundExpression[] {
  if (!hasVirtualColumns(relation)) return references;
  const inner = binder.derive({
    context: { ...binder.context, bind: () => undefined, pipe: undefined },
  });
  // Stored columns may also stand behind the virtual one that reads them.
  const known = new Map<string, NamedColumn>();
  relation.columns.forEach((column, index) => {
    const expression = must(references[index]);
    if (!isVirtual(column)) known.set(column.name, { name: column.name, expression });
  });
  return relation.columns.map((column, index) => {
    if (column.virtual === undefined) return must(references[index]);
    const body = parseSqlBody(column.virtual);
    const value = bindSqlBody(body, [...known.values()], relation.name, inner);
    const expression = castTo(value, column.type, inner, { implicit: true });
    known.set(column.name, { name: column.name, expression });
    return expression;
  });
}

/** The query that stands for a relation with virtual columns: all columns under their physical names, and what is asked beside. */
export function virtualQuery(
  { columns }: Relation,
  values: readonly BoundExpression[],
  from: BoundFrom,
  extra: BoundSelect["items"] = [],
): BoundQuery {
  const body: BoundSelect = {
    kind: "select",
    distinct: false,
    items: [
      ...columns.map(({ physical }, index) => ({ expression: must(values[index]), physical })),
      ...extra,
    ],
    columns,
    from: [from],
    where: undefined,
    grouping: undefined,
    having: undefined,
    qualify: undefined,
  };
  return queryOver(body);
}

/**
 * A protected relation's query with its virtual columns made of what the policies show: an expression over a masked
 * column would tell its value.
 * @param beside what the query gives besides the columns
 */
export function overVisible(
  relation: Relation,
  query: BoundQuery,
  beside: BoundSelect["items"],
  binder: Binder,
): BoundQuery {
  if (!hasVirtualColumns(relation)) return query;
  const alias = binder.freshAlias("t");
  const { columns } = relation;
  const visible = columns.map((column): BoundExpression => {
    const { physical, name, type, nullable } = column;
    return { kind: "column", relation: alias, physical, name, type, nullable };
  });
  const extra = beside.map(({ expression: { type, nullable }, physical }) => ({
    expression: {
      kind: "column",
      relation: alias,
      physical,
      name: physical,
      type,
      nullable,
    } as const,
    physical,
  }));
  const values = columnValues(relation, visible, binder);
  return virtualQuery(relation, values, { kind: "derived", alias, lateral: false, query }, extra);
}
