/**
 * Values that are drawn once per row although they are referred to several times: an alias of RANDOM() or of a sequence's
 * NEXTVAL, and NEXTVAL of TABLE(GETNEXTVAL(…)). They become columns of a subquery over the same rows (docs: querying-sequences).
 */

import { must } from "../base/assert.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { columnsOf, selectOf } from "./bound-select.ts";
import { type OrderedSelect, overSubquery } from "./nested-windows.ts";
import { queryOver } from "./query.ts";
import { outputReference } from "./query-order.ts";
import { childrenOf, contains, expressionKey, isVolatile, queryOf } from "./query-walk.ts";
import type { NamedColumn } from "./scope-names.ts";
import type { SelectSource } from "./select.ts";

/** The SELECT with values that are marked as shared and used more than once computed in a subquery. */
export function shareValues(select: OrderedSelect, binder: Binder): OrderedSelect {
  const { body, orderBy } = select;
  if (body.grouping !== undefined) return select;
  const expressions = [
    ...body.items.map((item) => item.expression),
    ...(body.qualify === undefined ? [] : [body.qualify]),
    ...orderBy.map((item) => item.expression),
  ];
  const uses = new Map<string, { readonly expression: BoundExpression; count: number }>();
  const visit = (expression: BoundExpression): void => {
    if (expression.shared !== undefined) {
      const key = expressionKey(expression);
      const known = uses.get(key);
      if (known === undefined) uses.set(key, { expression, count: 1 });
      else known.count++;
    }
    for (const child of childrenOf(expression)) visit(child);
  };
  for (const expression of expressions) visit(expression);
  const repeated = [...uses].filter(([, use]) => use.count > 1 && isVolatile(use.expression));
  if (repeated.length === 0) return select;
  // An alias may be made of another one: the innermost come first.
  const isRepeated = (part: BoundExpression): boolean =>
    part.shared !== undefined && repeated.some(([key]) => key === expressionKey(part));
  const innermost = repeated.filter(
    ([, { expression }]) => !childrenOf(expression).some((child) => contains(child, isRepeated)),
  );
  if (expressions.some((e) => contains(e, (part) => queryOf(part) !== undefined))) return select;
  const inner = new Map(innermost.map(([key, { expression }]) => [key, expression]));
  return shareValues(overSubquery(select, expressions, inner, binder), binder);
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
