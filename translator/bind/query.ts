/** Queries: WITH, the body, ORDER BY and LIMIT (docs: sql/select, queries-cte). */

import type { Query, QueryBody } from "../ast/queries.ts";
import type { Binder } from "./binder.ts";
import type { BoundBody, BoundExpression, BoundQuery } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { bindCtes } from "./query-ctes.ts";
import { EMPTY_ENVIRONMENT, type Environment } from "./query-environment.ts";
import { bindOutputOrder, type OrderedBody, type QueryTail } from "./query-order.ts";
import { withinCtes } from "./query-prequery.ts";
import { bindValues } from "./query-values.ts";
import type { Scope } from "./scope.ts";
import { plainScope, SelectScope } from "./scope-select.ts";
import { bindSelect } from "./select.ts";
import { bindSetOperation } from "./set-operations.ts";

/** Where a body stands: the CTEs it sees and the query around it. */
export type Surroundings = {
  readonly environment: Environment;
  readonly outer: Scope | undefined;
  readonly binder: Binder;
};

/**
 * Binds a query.
 * @param outer the scope of the enclosing query, whose columns and CTEs it may use
 */
export function bindQuery(query: Query, outer: Scope | undefined, binder: Binder): BoundQuery {
  const environment = outer instanceof SelectScope ? outer.environment : EMPTY_ENVIRONMENT;
  return bindQueryIn(query, { environment, outer, binder });
}

export function bindQueryIn(query: Query, around: Surroundings): BoundQuery {
  if (query.forUpdate !== undefined) {
    // Rows are locked in hybrid tables only, which are not here.
    throw around.binder.error("unsupportedFeature", { feature: "FOR UPDATE" }, undefined);
  }
  const { ctes, recursive, environment } = bindCtes(query, around);
  const inner: Surroundings = { ...around, environment };
  const bound = withinCtes(
    () => ({ ctes, recursive }),
    () => bindTailed(query.body, query, inner),
  );
  return {
    kind: "query",
    recursive,
    ctes,
    body: bound.body,
    columns: bound.body.columns,
    orderBy: bound.orderBy,
    limit: bindLimit(query.limit ?? topOf(query.body), inner),
    offset: bindLimit(query.offset, inner),
  };
}

/** A body with the ORDER BY around it. */
function bindTailed(body: QueryBody, tail: QueryTail, around: Surroundings): OrderedBody {
  if (body.kind === "select") return bindSelect(body, tail, around);
  return bindOutputOrder(bindBody(body, around), tail, around);
}

/** A body without ORDER BY: a branch of a set operation. */
export function bindBody(body: QueryBody, around: Surroundings): BoundBody {
  switch (body.kind) {
    case "select": {
      const bound = bindSelect(body, { orderBy: [] }, around);
      if (body.top === undefined) return bound.body;
      const limit = bindLimit(body.top, around);
      return { ...queryOver(bound.body), limit };
    }
    case "set_operation":
      return bindSetOperation(body, around);
    case "values":
      return bindValues(body, around);
    case "parenthesized_query":
      return bindQueryIn(body.query, around);
  }
}

/** A body as a query of its own. */
export function queryOver(body: BoundBody): BoundQuery {
  if (body.kind === "query") return body;
  return {
    kind: "query",
    recursive: false,
    ctes: [],
    body,
    columns: body.columns,
    orderBy: [],
    limit: undefined,
    offset: undefined,
  };
}

function topOf(body: QueryBody): Query["limit"] {
  return body.kind === "select" ? body.top : undefined;
}

/** LIMIT and OFFSET; NULL and '' mean none. */
function bindLimit(expression: Query["limit"], around: Surroundings): BoundExpression | undefined {
  if (expression === undefined) return undefined;
  const scope = plainScope(around.binder, around.environment, "from");
  const bound = bindExpression(expression, scope, around.binder);
  if (bound.kind === "constant" && (bound.value === null || bound.value === "")) return undefined;
  return bound;
}
