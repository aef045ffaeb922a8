/** UPDATE and DELETE (docs: sql/update, sql/delete). */

import type { FromItem } from "../ast/queries.ts";
import type { DeleteStatement } from "../statements/delete.ts";
import type { Assignment, UpdateStatement } from "../statements/update.ts";
import { type Binder, printIdentifier } from "./binder.ts";
import type { BoundExpression, BoundFrom } from "./bound.ts";
import type { RelationColumn } from "./catalog.ts";
import {
  assigned,
  type BoundDelete,
  type BoundTarget,
  type BoundUpdate,
  bindTarget,
  checkOnce,
  defaultValue,
  numberedItems,
  outputColumns,
  plainSelect,
  type TargetTable,
  targetColumn,
} from "./dml.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { bindFromItem, checkAliases } from "./from.ts";
import type { Surroundings } from "./query.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import type { Scope } from "./scope.ts";
import { concatNames, type FromNames } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";

export function bindUpdate(statement: UpdateStatement, binder: Binder): BoundUpdate {
  const target = bindTarget(statement.table, statement.alias, binder, "UPDATE");
  const joined = joinOthers(target, statement.from, binder);
  const scope = plainScope(binder, EMPTY_ENVIRONMENT, "set", joined.names);
  const sets = bindAssignments(target.table, statement.assignments, scope, binder);
  const where =
    statement.where && bindCondition(statement.where, scope.withClause("where"), binder);
  const columns = sets.map((set) => set.column);
  const items = [
    { expression: target.id, physical: "_id" },
    ...numberedItems(sets.map((set) => set.value)),
  ];
  const select = plainSelect(items, outputColumns(columns), joined.from, where);
  return { kind: "update", table: target.table, columns, select };
}

export function bindDelete(statement: DeleteStatement, binder: Binder): BoundDelete {
  const target = bindTarget(statement.table, statement.alias, binder, "DELETE");
  const joined = joinOthers(target, statement.using, binder);
  const scope = plainScope(binder, EMPTY_ENVIRONMENT, "where", joined.names);
  const where = statement.where && bindCondition(statement.where, scope, binder);
  const items = [{ expression: target.id, physical: "_id" }];
  const select = plainSelect(items, [], joined.from, where);
  const distinct = statement.using.length > 0;
  return { kind: "delete", table: target.table, select: { ...select, distinct } };
}

/** The target beside the tables of FROM or USING. */
function joinOthers(
  target: BoundTarget,
  others: readonly FromItem[],
  binder: Binder,
): { readonly from: readonly BoundFrom[]; readonly names: FromNames } {
  const around: Surroundings = { binder, environment: EMPTY_ENVIRONMENT, outer: undefined };
  const from: BoundFrom[] = [target.from];
  let { names } = target;
  for (const item of others) {
    const bound = bindFromItem(item, names, around);
    checkAliases(names, bound.names, around);
    names = concatNames(names, bound.names);
    if (bound.from !== undefined) from.push(bound.from);
  }
  return { from, names };
}

export type BoundAssignment = {
  readonly column: RelationColumn;
  readonly value: BoundExpression;
};

/** SET c = e, …: each value as its column stores it. */
export function bindAssignments(
  table: TargetTable,
  assignments: readonly Assignment[],
  scope: Scope,
  binder: Binder,
): readonly BoundAssignment[] {
  const bound = assignments.map((assignment) => {
    const column = targetColumn(table, assignment.column, binder);
    const { qualifier } = assignment;
    const written = [...qualifier, assignment.column];
    if (
      qualifier.length > 0 &&
      scope.resolveColumn(written, assignment.column.span) === undefined
    ) {
      const name = written.map(printIdentifier).join(".");
      throw binder.error("invalidIdentifier", { name }, assignment.column.span);
    }
    const value =
      assignment.value.kind === "default"
        ? defaultValue(column, binder)
        : assigned(bindExpression(assignment.value, scope, binder), column, binder);
    return { column, value };
  });
  checkOnce(
    bound.map((set) => set.column),
    binder,
  );
  return bound;
}
