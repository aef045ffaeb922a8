/** MERGE (docs: sql/merge): one query that says for each joined row which clause acts and what the row becomes. */

import { must } from "../base/assert.ts";
import type { MergeClause, MergeStatement } from "../statements/merge.ts";
import { BOOLEAN, INTEGER } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundFrom } from "./bound.ts";
import type { RelationColumn } from "./catalog.ts";
import {
  assigned,
  type BoundMerge,
  type BoundTarget,
  bindTarget,
  defaultValue,
  fullRow,
  outputColumns,
  plainSelect,
} from "./dml.ts";
import { checkCount, insertColumns } from "./dml-insert.ts";
import { bindAssignments } from "./dml-update.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { constant } from "./fold.ts";
import { bindFromItem, checkAliases } from "./from.ts";
import type { Surroundings } from "./query.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import { columnsNamed, concatNames, type FromNames, NO_NAMES } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";

type Sides = {
  readonly target: BoundTarget;
  readonly source: FromNames;
  readonly both: FromNames;
  readonly binder: Binder;
};

/** What a clause makes of a row; a deleted row becomes nothing. */
type BoundClause = {
  readonly when: BoundExpression;
  readonly action: BoundMerge["actions"][number];
  /** By column of the table. */
  readonly row: readonly BoundExpression[] | undefined;
};

export function bindMerge(statement: MergeStatement, binder: Binder): BoundMerge {
  const around: Surroundings = { binder, environment: EMPTY_ENVIRONMENT, outer: undefined };
  const target = bindTarget(statement.table, statement.alias, binder, "MERGE");
  const source = bindFromItem(statement.source, NO_NAMES, around);
  checkAliases(target.names, source.names, around);
  const both = concatNames(target.names, source.names);
  const sides: Sides = { target, source: source.names, both, binder };
  checkReachable(statement, binder);
  const clauses = statement.clauses.map((clause) => bindClause(clause, sides));
  const scope = plainScope(binder, EMPTY_ENVIRONMENT, "on", both);
  const inserts = statement.clauses.some((clause) => !clause.matched);
  const join: BoundFrom = {
    kind: "join",
    type: inserts ? "left" : "inner",
    left: must(source.from),
    right: target.from,
    on: bindCondition(statement.on, scope, binder),
    lateral: false,
  };
  const { table } = target;
  const items = [
    { expression: clauseNumber(clauses), physical: "_clause" },
    { expression: target.id, physical: "_id" },
    ...table.columns.map((column, index) => ({
      expression: columnValue(column, index, clauses),
      physical: `c${index + 1}`,
    })),
  ];
  return {
    kind: "merge",
    table,
    actions: clauses.map((clause) => clause.action),
    select: plainSelect(items, outputColumns(table.columns), [join], undefined),
  };
}

/** @throws when a clause follows one of its kind that has no condition */
function checkReachable(statement: MergeStatement, binder: Binder): void {
  const closed = new Set<boolean>();
  for (const { matched, condition } of statement.clauses) {
    if (closed.has(matched)) {
      throw binder.error("unreachableMergeClause", { kind: matched ? "MATCHED" : "NOT MATCHED" });
    }
    if (condition === undefined) closed.add(matched);
  }
}

function bindClause(clause: MergeClause, sides: Sides): BoundClause {
  const { target, binder } = sides;
  const names = clause.matched ? sides.both : sides.source;
  const scope = plainScope(binder, EMPTY_ENVIRONMENT, "set", names);
  const matched: BoundExpression = {
    kind: "is_null",
    operand: target.id,
    negated: clause.matched,
    type: BOOLEAN,
    nullable: false,
  };
  const condition =
    clause.condition && bindCondition(clause.condition, scope.withClause("where"), binder);
  const when: BoundExpression =
    condition === undefined
      ? matched
      : { kind: "and", operands: [matched, condition], type: BOOLEAN, nullable: true };
  const row = bindRow(clause, sides);
  const kind = clause.action.kind;
  const action = kind === "delete" ? kind : kind.startsWith("insert") ? "insert" : "update";
  return { when, action, row };
}

function bindRow({ action }: MergeClause, sides: Sides): readonly BoundExpression[] | undefined {
  const { target, binder } = sides;
  const { table } = target;
  switch (action.kind) {
    case "delete":
      return undefined;
    case "update": {
      const scope = plainScope(binder, EMPTY_ENVIRONMENT, "set", sides.both);
      const sets = bindAssignments(table, action.assignments, scope, binder);
      return table.columns.map(
        (column, index) =>
          sets.find((set) => set.column === column)?.value ?? must(target.stored[index]),
      );
    }
    case "update_by_name":
    case "insert_by_name":
      return table.columns.map((column) => sourceValue(column, sides));
    case "insert": {
      const columns = insertColumns(table, action.columns, binder);
      checkCount(columns, action.values, binder);
      const scope = plainScope(binder, EMPTY_ENVIRONMENT, "set", sides.source);
      const values = columns.map((column, index) => {
        const value = must(action.values[index]);
        return value.kind === "default"
          ? defaultValue(column, binder)
          : assigned(bindExpression(value, scope, binder), column, binder);
      });
      return fullRow(table, columns, values, binder);
    }
  }
}

/**
 * ALL BY NAME: the source's column of the same name.
 * @throws invalid identifier when the source has none
 */
function sourceValue(column: RelationColumn, sides: Sides): BoundExpression {
  const [found] = columnsNamed(sides.source.columns, column.name);
  if (found === undefined) {
    throw sides.binder.error("invalidIdentifier", { name: column.name });
  }
  return assigned(found.expression, column, sides.binder);
}

/** The number of the first clause whose condition holds. */
function clauseNumber(clauses: readonly BoundClause[]): BoundExpression {
  return {
    kind: "case",
    branches: clauses.map((clause, index) => ({
      when: clause.when,
      then: constant(INTEGER, String(index)),
    })),
    otherwise: undefined,
    type: INTEGER,
    nullable: true,
  };
}

function columnValue(
  column: RelationColumn,
  index: number,
  clauses: readonly BoundClause[],
): BoundExpression {
  return {
    kind: "case",
    branches: clauses.map((clause) => ({
      when: clause.when,
      then: clause.row?.[index] ?? constant(column.type, null),
    })),
    otherwise: undefined,
    type: column.type,
    nullable: true,
  };
}
