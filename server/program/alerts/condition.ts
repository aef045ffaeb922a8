/** Conditions of alerts: what may stand in EXISTS ( ). https://docs.snowflake.com/en/user-guide/alerts */

import type { ObjectName } from "../../../translator/ast/expressions.ts";
import type { FromItem, Query, QueryBody, Select } from "../../../translator/ast/queries.ts";
import { parseStatement } from "../../../translator/statements/statement.ts";

/** Statements that a condition may be. */
const KINDS: ReadonlySet<string> = new Set(["select", "show", "show_grants", "call"]);

/** Whether the text is a SELECT, a SHOW or a CALL. @throws its syntax errors */
export function isCondition(text: string): boolean {
  return KINDS.has(parseStatement(text).kind);
}

/**
 * The table or view whose new rows a condition is about: the only one in its FROM.
 * @returns undefined for a condition that an alert on new data cannot have: with a common table expression, a join, another source
 */
export function newDataSource(text: string): ObjectName | undefined {
  const statement = parseStatement(text);
  if (statement.kind !== "select" || statement.query.ctes.length > 0) return undefined;
  const [only, other] = selectOf(statement.query)?.from ?? [];
  const table = only === undefined || other !== undefined ? undefined : unwrapped(only);
  if (table?.kind !== "table") return undefined;
  const { name, timeTravel, changes } = table;
  return timeTravel === undefined && changes === undefined ? name : undefined;
}

function selectOf({ body }: Query): Select | undefined {
  const inner: QueryBody = body;
  if (inner.kind === "parenthesized_query") {
    return inner.query.ctes.length > 0 ? undefined : selectOf(inner.query);
  }
  return inner.kind === "select" ? inner : undefined;
}

function unwrapped(item: FromItem): FromItem {
  return item.kind === "parenthesized" ? unwrapped(item.item) : item;
}
