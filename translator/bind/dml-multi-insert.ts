/** INSERT ALL and INSERT FIRST (docs: sql/insert-multi-table). */

import type { Expression } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import type { InsertTarget, MultiInsertStatement } from "../statements/multi_insert.ts";
import { BOOLEAN } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundFrom, BoundQuery } from "./bound.ts";
import {
  assigned,
  type BoundInsert,
  type BoundMultiInsert,
  defaultValue,
  findTable,
  fullRow,
  numberedItems,
  outputColumns,
  plainSelect,
} from "./dml.ts";
import { checkCount, insertColumns } from "./dml-insert.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { constant } from "./fold.ts";
import { queryOver } from "./query.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import { outputReference } from "./query-order.ts";
import { plainScope, type SelectScope } from "./scope-select.ts";

/** The DuckDB table that holds the source's rows while the statement runs. */
export const MULTI_INSERT_SOURCE = "_multi_insert_source";

export function bindMultiInsert(statement: MultiInsertStatement, binder: Binder): BoundMultiInsert {
  const source = binder.bindQuery(statement.query, undefined);
  const bind = (target: InsertTarget, where?: BoundExpression, alias?: string): BoundInsert =>
    bindBranchTarget(target, source, where, alias, statement.overwrite, binder);
  const inserts = statement.targets.map((target) => bind(target));
  const before: Expression[] = [];
  for (const branch of statement.branches) {
    const earlier = statement.first ? [...before] : [];
    before.push(branch.condition);
    for (const target of branch.targets) {
      const alias = binder.freshAlias("t");
      const scope = sourceScope(source, alias, binder);
      const own = bindCondition(branch.condition, scope, binder);
      inserts.push(bind(target, conjunction(noneOf(earlier, scope, binder), own), alias));
    }
  }
  for (const target of statement.otherwise) {
    const alias = binder.freshAlias("t");
    inserts.push(bind(target, noneOf(before, sourceScope(source, alias, binder), binder), alias));
  }
  return { kind: "multi_insert", overwrite: statement.overwrite, source, inserts };
}

function sourceScope(source: BoundQuery, alias: string, binder: Binder): SelectScope {
  const columns = source.columns.map((column) => ({
    name: column.name,
    expression: outputReference(column, alias),
  }));
  return plainScope(binder, EMPTY_ENVIRONMENT, "set", { relations: [], columns });
}

/** True where none of the conditions is true; NULL counts as not true. */
function noneOf(
  conditions: readonly Expression[],
  scope: SelectScope,
  binder: Binder,
): BoundExpression | undefined {
  if (conditions.length === 0) return undefined;
  return {
    kind: "case",
    branches: conditions.map((condition) => ({
      when: bindCondition(condition, scope, binder),
      then: constant(BOOLEAN, false),
    })),
    otherwise: constant(BOOLEAN, true),
    type: BOOLEAN,
    nullable: false,
  };
}

function conjunction(first: BoundExpression | undefined, second: BoundExpression): BoundExpression {
  if (first === undefined) return second;
  return { kind: "and", operands: [first, second], type: BOOLEAN, nullable: second.nullable };
}

function bindBranchTarget(
  target: InsertTarget,
  source: BoundQuery,
  where: BoundExpression | undefined,
  alias: string | undefined,
  overwrite: boolean,
  binder: Binder,
): BoundInsert {
  const internal = alias ?? binder.freshAlias("t");
  const scope = sourceScope(source, internal, binder);
  const table = findTable(target.table, binder, "INSERT");
  const columns = insertColumns(table, target.columns, binder);
  const given = target.values ?? source.columns;
  checkCount(columns, given, binder);
  const values = columns.map((column, index) => {
    const value = target.values?.[index];
    if (value === undefined) {
      return assigned(outputReference(must(source.columns[index]), internal), column, binder);
    }
    return value.kind === "default"
      ? defaultValue(column, binder)
      : assigned(bindExpression(value, scope, binder), column, binder);
  });
  const from: BoundFrom = {
    kind: "table",
    alias: internal,
    table: { database: "", schema: "", name: MULTI_INSERT_SOURCE },
    physical: MULTI_INSERT_SOURCE,
  };
  const items = numberedItems(fullRow(table, columns, values, binder));
  const query = queryOver(plainSelect(items, outputColumns(table.columns), [from], where));
  return { kind: "insert", overwrite, table, query };
}
