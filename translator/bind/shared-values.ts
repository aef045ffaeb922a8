/**
 * Values that are drawn once per row although several places of a SELECT refer to them: an alias of RANDOM() or of a
 * sequence's NEXTVAL, NEXTVAL of TABLE(GETNEXTVAL(…)), and what aggregates, window functions and GROUP BY take from each row.
 * They become columns of a subquery over the same rows (docs: querying-sequences). Inside one place lower/draws.ts sees to it.
 */

import { must } from "../base/assert.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundGrouping } from "./bound.ts";
import { columnsOf, selectOf } from "./bound-select.ts";
import { type OrderedSelect, overSubquery } from "./nested-windows.ts";
import { queryOver } from "./query.ts";
import { outputReference } from "./query-order.ts";
import {
  childrenOf,
  contains,
  expressionKey,
  isAggregate,
  isDrawn,
  isWindow,
  queryOf,
  rewrite,
} from "./query-walk.ts";
import type { NamedColumn } from "./scope-names.ts";
import type { SelectSource } from "./select.ts";

/** The SELECT with values that are drawn for several places computed in a subquery. */
export function shareValues(select: OrderedSelect, binder: Binder): OrderedSelect {
  if (!placesOf(select).some(isDrawn)) return select;
  return shared(withGroupedValues(select), binder);
}

function groupedBy(grouping: BoundGrouping | undefined): readonly BoundExpression[] {
  if (grouping === undefined) return [];
  return grouping.kind === "sets" ? grouping.sets.flat() : grouping.expressions;
}

function placesOf({ body, orderBy }: OrderedSelect): readonly BoundExpression[] {
  return [
    ...body.items.map((item) => item.expression),
    ...groupedBy(body.grouping),
    ...(body.where === undefined ? [] : [body.where]),
    ...(body.having === undefined ? [] : [body.having]),
    ...(body.qualify === undefined ? [] : [body.qualify]),
    ...orderBy.map((item) => item.expression),
  ];
}

/** The SELECT in which what is written like an expression of GROUP BY is the very same. */
function withGroupedValues(select: OrderedSelect): OrderedSelect {
  const { body, orderBy } = select;
  const grouped = new Map(
    groupedBy(body.grouping)
      .filter(isDrawn)
      .map((expression) => [expressionKey(expression), expression] as const),
  );
  if (grouped.size === 0) return select;
  const unite = (expression: BoundExpression): BoundExpression =>
    rewrite(expression, (part) => grouped.get(expressionKey(part)));
  return {
    body: {
      ...body,
      items: body.items.map((item) => ({ ...item, expression: unite(item.expression) })),
      having: body.having && unite(body.having),
      qualify: body.qualify && unite(body.qualify),
    },
    orderBy: orderBy.map((item) => ({ ...item, expression: unite(item.expression) })),
  };
}

type Use = { readonly expression: BoundExpression; readonly places: Set<number>; isTaken: boolean };

/** What is drawn anywhere in the SELECT, by name. */
function usesOf(select: OrderedSelect): ReadonlyMap<string, Use> {
  const { grouping } = select.body;
  const takes = grouping === undefined ? isWindow : isAggregate;
  const uses = new Map<string, Use>();
  const visit = (expression: BoundExpression, place: number, isTaken: boolean): void => {
    if (expression.drawn !== undefined) {
      const use = uses.get(expression.drawn) ?? { expression, places: new Set(), isTaken: false };
      use.places.add(place);
      use.isTaken ||= isTaken;
      uses.set(expression.drawn, use);
    }
    const isInside = isTaken || takes(expression);
    for (const child of childrenOf(expression)) visit(child, place, isInside);
  };
  const first = select.body.items.length;
  const groups = groupedBy(grouping).length;
  for (const [place, expression] of placesOf(select).entries()) {
    visit(expression, place, place >= first && place < first + groups);
  }
  return uses;
}

function shared(select: OrderedSelect, binder: Binder): OrderedSelect {
  const isGrouped = select.body.grouping !== undefined;
  const wanted = new Map(
    [...usesOf(select)].filter(
      ([, { places, isTaken }]) => isTaken || (!isGrouped && places.size > 1),
    ),
  );
  // What is drawn may take another drawn value: the innermost come first.
  const isWanted = (part: BoundExpression): boolean =>
    part.drawn !== undefined && wanted.has(part.drawn);
  const innermost = [...wanted].filter(
    ([, { expression }]) => !childrenOf(expression).some((child) => contains(child, isWanted)),
  );
  const places = placesOf(select);
  const hasQuery = (place: BoundExpression): boolean =>
    contains(place, (part) => queryOf(part) !== undefined);
  if (innermost.length === 0 || places.some(hasQuery)) return select;
  const inner = new Map(innermost.map(([name, { expression }]) => [name, expression]));
  const { where } = select.body;
  const isFilteredAfter =
    where !== undefined && contains(where, ({ drawn }) => drawn !== undefined && inner.has(drawn));
  const read = isFilteredAfter ? places : places.filter((place) => place !== where);
  return shared(overSubquery(select, read, inner, binder, isFilteredAfter), binder);
}

/**
 * The items of FROM up to a TABLE(GETNEXTVAL(…)) as one subquery: the value is drawn for each of their rows, before later
 * items multiply them. https://docs.snowflake.com/en/user-guide/querying-sequences
 */
export function drawnSource({ from, names }: SelectSource, binder: Binder): SelectSource {
  const alias = binder.freshAlias("t");
  const all = [...names.columns, ...names.relations.flatMap((relation) => relation.columns)];
  const columns = new Map(all.map((column) => [expressionKey(column.expression), column]));
  const items = [...columns.values()];
  const outputs = columnsOf(items);
  const places = new Map([...columns.keys()].map((key, index) => [key, index]));
  const moved = (column: NamedColumn): NamedColumn => {
    const output = must(outputs[must(places.get(expressionKey(column.expression)))]);
    return { ...column, expression: outputReference({ ...output, name: column.name }, alias) };
  };
  const expressions = items.map((item) => item.expression);
  const query = queryOver(selectOf(expressions, outputs, from, undefined));
  return {
    from: [{ kind: "derived", alias, lateral: false, query }],
    names: {
      relations: names.relations.map((relation) => ({
        ...relation,
        internal: relation.internal === undefined ? undefined : alias,
        columns: relation.columns.map(moved),
      })),
      columns: names.columns.map(moved),
    },
  };
}
