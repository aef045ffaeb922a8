/**
 * Values that a statement's columns depend on (PIVOT … IN (ANY)): the binder cannot read data, so it asks its caller to run a
 * query first and to bind again.
 */

import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundQuery, BoundSelect } from "./bound.ts";

/** Thrown when the context has no answer yet; the caller runs `query` and binds again with the answer. */
export class PrequeryNeeded extends Error {
  override readonly name = "PrequeryNeeded";
  /** Under which `BindContext.prequery` is asked for the answer. */
  readonly key: string;
  /** Its first column is the answer. */
  readonly query: BoundQuery;

  constructor(key: string, query: BoundQuery) {
    super("a query must run before this statement can be bound");
    this.key = key;
    this.query = query;
  }
}

/** Runs `bind`; a query that it asks for can read the CTEs around it. */
export function withinCtes<T>(
  around: () => Pick<BoundQuery, "ctes" | "recursive">,
  bind: () => T,
): T {
  try {
    return bind();
  } catch (error) {
    if (!(error instanceof PrequeryNeeded)) throw error;
    const { ctes, recursive } = around();
    const { key, query } = error;
    throw new PrequeryNeeded(key, {
      ...query,
      ctes: [...ctes, ...query.ctes],
      recursive: recursive || query.recursive,
    });
  }
}

/**
 * The value of an expression without columns that is not constant at compile time, as text: a timestamp as microseconds.
 * @param key names the expression among those of the statement
 */
export function prequeryValue(
  expression: BoundExpression,
  key: string,
  binder: Binder,
): string | null {
  const { type, nullable } = expression;
  const columns = [{ name: key, type, nullable, physical: "c1" }];
  const body: BoundSelect = {
    kind: "select",
    distinct: false,
    items: [{ expression, physical: "c1" }],
    columns,
    from: [],
    where: undefined,
    grouping: undefined,
    having: undefined,
    qualify: undefined,
  };
  const query: BoundQuery = {
    kind: "query",
    recursive: false,
    ctes: [],
    body,
    columns,
    orderBy: [],
    limit: undefined,
    offset: undefined,
  };
  return prequeryTexts(query, key, binder)[0] ?? null;
}

/**
 * The values of the query's first column as text.
 * @throws PrequeryNeeded when the context does not know them yet
 */
export function prequeryTexts(
  query: BoundQuery,
  key: string,
  binder: Binder,
): readonly (string | null)[] {
  const known = binder.context.prequery?.(key);
  if (known === undefined) throw new PrequeryNeeded(key, query);
  return known;
}
