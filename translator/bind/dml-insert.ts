/** INSERT … VALUES and INSERT … SELECT (docs: sql/insert). */

import type { Expression, Identifier } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import type { InsertStatement } from "../statements/insert.ts";
import type { SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundQuery } from "./bound.ts";
import type { RelationColumn } from "./catalog.ts";
import {
  assigned,
  type BoundInsert,
  checkOnce,
  defaultValue,
  findTable,
  fullRow,
  numberedItems,
  outputColumns,
  plainSelect,
  type TargetTable,
  targetColumn,
} from "./dml.ts";
import { bindExpression } from "./expressions.ts";
import { queryOver } from "./query.ts";
import { commonType, toType } from "./query-bridge.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import { outputReference } from "./query-order.ts";
import { contains, isAggregate, isWindow } from "./query-walk.ts";
import { plainScope } from "./scope-select.ts";

export function bindInsert(statement: InsertStatement, binder: Binder): BoundInsert {
  const table = findTable(statement.table, binder, "INSERT");
  const columns = insertColumns(table, statement.columns, binder);
  const { overwrite, source } = statement;
  const query =
    source.kind === "values"
      ? bindRows(table, columns, source.rows, binder)
      : insertQuery(table, columns, binder.bindQuery(source.query, undefined), binder);
  return { kind: "insert", overwrite, table, query };
}

/** The listed columns, or all of the table. */
export function insertColumns(
  table: TargetTable,
  listed: readonly Identifier[],
  binder: Binder,
): readonly RelationColumn[] {
  if (listed.length === 0) return table.columns;
  const columns = listed.map((identifier) => targetColumn(table, identifier, binder));
  checkOnce(columns, binder);
  return columns;
}

/** @throws 002020 when there are more or fewer values than columns */
export function checkCount(
  columns: readonly RelationColumn[],
  values: readonly unknown[],
  binder: Binder,
): void {
  if (values.length === columns.length) return;
  const counts = { expected: columns.length, actual: values.length };
  throw binder.error("insertColumnCount", counts);
}

/** A query's rows as rows of the table. */
export function insertQuery(
  table: TargetTable,
  columns: readonly RelationColumn[],
  query: BoundQuery,
  binder: Binder,
): BoundQuery {
  checkCount(columns, query.columns, binder);
  const alias = binder.freshAlias("t");
  const values = columns.map((column, index) =>
    assigned(outputReference(must(query.columns[index]), alias), column, binder),
  );
  const row = fullRow(table, columns, values, binder);
  const from = { kind: "derived", alias, lateral: false, query } as const;
  const body = plainSelect(numberedItems(row), outputColumns(table.columns), [from], undefined);
  return queryOver(body);
}

/** NULLs alone have no type of their own: they become any column's. */
function isNull(type: SnowType): boolean {
  return type.kind === "null";
}

/** VALUES rows. The values of a column have one type over all rows before they become the column's. */
function bindRows(
  table: TargetTable,
  columns: readonly RelationColumn[],
  rows: readonly (readonly Expression[])[],
  binder: Binder,
): BoundQuery {
  const scope = plainScope(binder, EMPTY_ENVIRONMENT, "values");
  const bound = rows.map((row) => {
    checkCount(columns, row, binder);
    return row.map((cell): BoundExpression | undefined =>
      cell.kind === "default"
        ? undefined
        : checked(cell, bindExpression(cell, scope, binder), binder),
    );
  });
  const types = columns.map((_, index) => {
    const given = bound
      .flatMap((row) => row[index]?.type ?? [])
      .filter((type) => type.kind !== "null");
    return given.every(isNull) ? undefined : commonType(given, binder);
  });
  const full = bound.map((row) => {
    const values = columns.map((column, index) => {
      const cell = row[index];
      if (cell === undefined) return defaultValue(column, binder);
      const type = types[index];
      return assigned(type === undefined ? cell : toType(cell, type, binder), column, binder);
    });
    return fullRow(table, columns, values, binder);
  });
  return queryOver({ kind: "values", rows: full, columns: outputColumns(table.columns) });
}

/**
 * A scalar subquery may stand in a cell: the page on asynchronous child jobs of Snowflake Scripting inserts one
 * (`VALUES (:x, (SELECT 'async_' || :v))`).
 * @throws 002014 for what VALUES may not hold: aggregates, window functions, semi-structured values
 */
function checked(cell: Expression, value: BoundExpression, binder: Binder): BoundExpression {
  const semi = ["variant", "object", "array", "map"].includes(value.type.kind);
  const forbidden = contains(value, (inner) => isAggregate(inner) || isWindow(inner));
  if (!semi && !forbidden) return value;
  throw binder.error("invalidValues", { expression: binder.source(cell.span) });
}
