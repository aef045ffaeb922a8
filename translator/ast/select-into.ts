/**
 * SELECT … INTO, also in parentheses.
 * https://docs.snowflake.com/en/developer-guide/snowflake-scripting/variables#setting-variables-to-the-results-of-a-select-statement
 */

import type { Identifier } from "./expressions.ts";
import type { Query } from "./queries.ts";

/** The variables that the query's INTO names; none for a query without one. */
export function variablesOf({ body }: Query): readonly Identifier[] {
  if (body.kind === "parenthesized_query") return variablesOf(body.query);
  return body.kind === "select" ? body.into : [];
}

/** The query as others run it. */
export function withoutInto(query: Query): Query {
  const { body } = query;
  if (body.kind === "parenthesized_query") {
    return { ...query, body: { ...body, query: withoutInto(body.query) } };
  }
  return body.kind === "select" ? { ...query, body: { ...body, into: [] } } : query;
}
