/**
 * Values that are drawn once per row although they are referred to several times: an alias of RANDOM() or of a sequence's
 * NEXTVAL, and NEXTVAL of TABLE(GETNEXTVAL(…)). They become columns of a subquery over the same rows (docs: querying-sequences).
 */

import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { type OrderedSelect, overSubquery } from "./nested-windows.ts";
import { childrenOf, contains, expressionKey, isVolatile, queryOf } from "./query-walk.ts";

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
