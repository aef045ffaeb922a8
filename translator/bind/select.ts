/** SELECT: items, WHERE, grouping, HAVING, QUALIFY, and the ORDER BY that belongs to it (docs: sql/select). */

import type { Expression, WindowSpecification } from "../ast/expressions.ts";
import type { Select } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import type { Binder } from "./binder.ts";
import type {
  BoundExpression,
  BoundFrom,
  BoundGrouping,
  BoundOrderItem,
  BoundSelect,
  OutputColumn,
} from "./bound.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { bindFromList } from "./from.ts";
import { bindConnectBy } from "./from-connect-by.ts";
import { withoutOuterMarks } from "./from-outer-mark.ts";
import { bindGrouping, checkGrouped } from "./group.ts";
import { groupByValue } from "./group-values.ts";
import { flattenWindows } from "./nested-windows.ts";
import { outputName } from "./output-names.ts";
import type { Surroundings } from "./query.ts";
import type { OrderedBody, QueryTail } from "./query-order.ts";
import { contains, expressionKey, isAggregate, isWindow } from "./query-walk.ts";
import { AliasTable } from "./scope-aliases.ts";
import type { FromNames } from "./scope-names.ts";
import { SelectScope } from "./scope-select.ts";
import { bindSelectOrder, orderDistinct } from "./select-order.ts";
import { shareValues } from "./shared-values.ts";

/** One column of the SELECT list after stars are expanded. */
export type SelectColumn = { readonly name: string; readonly expression: BoundExpression };

/** FROM as the rest of a SELECT sees it. */
export type SelectSource = {
  readonly from: readonly BoundFrom[];
  readonly names: FromNames;
};

/** Binds a SELECT and the ORDER BY around it. */
export function bindSelect(written: Select, tail: QueryTail, around: Surroundings): OrderedBody {
  const select = withoutOuterMarks(written);
  if (select.connectBy !== undefined) {
    const connected = bindConnectBy(select, select.connectBy, tail, around);
    return bindSelectFrom(connected.select, connected.tail, connected.source, around);
  }
  return bindSelectFrom(select, tail, bindFromList(select.from, around), around);
}

/** Binds a SELECT over an already bound FROM. */
export function bindSelectFrom(
  select: Select,
  tail: QueryTail,
  source: SelectSource,
  around: Surroundings,
): OrderedBody {
  const { binder } = around;
  const scope = selectScope(select, source.names, around);
  const items = bindItems(select, scope, around);
  const condition = (
    expression: Select["where"],
    clause: "where" | "having" | "qualify",
  ): BoundExpression | undefined =>
    expression && bindCondition(expression, scope.withClause(clause), binder);
  const where = condition(select.where, "where");
  const having = condition(select.having, "having");
  const qualify = condition(select.qualify, "qualify");
  const written = bindSelectOrder(tail, items, scope, binder);
  const grouping = groupingOf(select, items, scope, [having, qualify], written, around);
  // One group is one row: there is nothing to order, and ORDER BY may name any column (docs: array_agg).
  const order = grouping !== undefined && select.groupBy === undefined ? [] : written;
  if (grouping !== undefined) {
    checkGrouped({ grouping, items, having, qualify, order, source, binder });
  }
  const columns = outputColumns(items, grouping);
  const body: BoundSelect = {
    kind: "select",
    distinct: select.distinct,
    items: items.map((item, index) => ({
      expression: item.expression,
      physical: must(columns[index]).physical,
    })),
    columns,
    from: source.from,
    where,
    grouping,
    having,
    qualify,
  };
  checkQualify(body, binder);
  const grouped = groupByValue(shareValues({ body, orderBy: order }, binder), binder);
  const flat = flattenWindows(grouped, binder);
  return select.distinct ? orderDistinct(flat.body, flat.orderBy, binder) : flat;
}

/** @throws 001100 for QUALIFY without a window function there or in the SELECT list */
function checkQualify({ qualify, items }: BoundSelect, binder: Binder): void {
  if (qualify === undefined) return;
  const expressions = [qualify, ...items.map((item) => item.expression)];
  if (expressions.some((expression) => contains(expression, isWindow))) return;
  throw binder.error("qualifyWithoutWindow", {}, undefined);
}

function selectScope(select: Select, names: FromNames, around: Surroundings): SelectScope {
  const { binder, environment, outer } = around;
  const aliases = new AliasTable(binder);
  for (const item of select.items) {
    if (item.kind === "expression" && item.alias !== undefined) {
      aliases.add(item.alias.name, item.expression);
    }
  }
  const windows = new Map<string, WindowSpecification>(
    select.windows.map((window) => [window.name.name, window.window]),
  );
  const lambda = new Map();
  return new SelectScope({
    binder,
    environment,
    names,
    outer,
    clause: "select",
    aliases,
    windows,
    lambda,
  });
}

/** The SELECT list with its stars expanded. */
function bindItems(
  select: Select,
  scope: SelectScope,
  around: Surroundings,
): readonly SelectColumn[] {
  return select.items.flatMap((item, index): readonly SelectColumn[] => {
    if (item.kind === "star") return scope.expandStar(item);
    const value = bindExpression(item.expression, scope, around.binder);
    const expression = scope.parts.aliases?.itemValue(item.expression, value) ?? value;
    const identifier = item.expression.kind === "identifier_function" && item.alias === undefined;
    const name =
      identifier && expression.kind === "column"
        ? expression.name
        : outputName(
            select.distinct && index === 0 ? inParentheses(item.expression) : item.expression,
            item.alias,
            around.binder.text,
          );
    return [{ name, expression }];
  });
}

/** DISTINCT(a) is read as a call: its column is A. Docs: search. */
function inParentheses(expression: Expression): Expression {
  return expression.kind === "parenthesized" ? expression.inner : expression;
}

/** The grouping: written, or one group of all rows when there is an aggregate. */
function groupingOf(
  select: Select,
  items: readonly SelectColumn[],
  scope: SelectScope,
  conditions: readonly (BoundExpression | undefined)[],
  order: readonly BoundOrderItem[],
  around: Surroundings,
): BoundGrouping | undefined {
  if (select.groupBy !== undefined) {
    return bindGrouping(select.groupBy, items, scope, around.binder);
  }
  const aggregated =
    select.having !== undefined ||
    [
      ...items.map((item) => item.expression),
      ...conditions.flatMap((condition) => condition ?? []),
      ...order.map((item) => item.expression),
    ].some((expression) => contains(expression, isAggregate));
  return aggregated ? { kind: "expressions", expressions: [] } : undefined;
}

function outputColumns(
  items: readonly SelectColumn[],
  grouping: BoundGrouping | undefined,
): readonly OutputColumn[] {
  // A grouping set that leaves an expression out gives NULL for it.
  const optional =
    grouping?.kind === "sets"
      ? new Set(grouping.sets.flatMap((set) => set.map(expressionKey)))
      : new Set<string>();
  return items.map(({ name, expression }, index) => ({
    name,
    type: expression.type,
    nullable: expression.nullable || (optional.size > 0 && optional.has(expressionKey(expression))),
    physical: `c${index + 1}`,
  }));
}
