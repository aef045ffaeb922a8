/**
 * SEARCH and SEARCH_IP over several columns: `SEARCH((a, b, t.*), 'text')`, `SEARCH((*), 'text')`, `SEARCH(* ILIKE 'a%', …)`.
 * A row is found when one of its columns is; columns that are neither text nor semi-structured are left out.
 * https://docs.snowflake.com/en/sql-reference/functions/search
 * https://docs.snowflake.com/en/sql-reference/functions/search_ip
 */

import type { CallExpression, Expression } from "../ast/expressions.ts";
import type { SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import type { Scope } from "./scope.ts";

const SEARCHES = new Set(["SEARCH", "SEARCH_IP"]);
const SEARCHED = new Set<SnowType["kind"]>(["text", "variant", "object", "array", "null"]);

/**
 * The columns that the call searches, when it names several: each of them is searched by itself.
 * @returns undefined for any other call
 * @throws 001173 when none of them can be searched
 */
export function searchedColumns(
  name: string,
  node: CallExpression,
  scope: Scope,
  binder: Binder,
): readonly BoundExpression[] | undefined {
  const first = node.arguments[0]?.value;
  if (!SEARCHES.has(name) || first === undefined) return undefined;
  const inner = first.kind === "parenthesized" ? first.inner : first;
  const items = inner.kind === "tuple" ? inner.items : [inner];
  const columns = items.flatMap((item) => columnsOf(item, scope, binder));
  const searched = columns.filter(({ type }) => SEARCHED.has(type.kind));
  if (searched.length === 0) throw binder.error("notSearchable", {}, node.span);
  return inner.kind === "tuple" || inner.kind === "star" ? searched : undefined;
}

function columnsOf(item: Expression, scope: Scope, binder: Binder): readonly BoundExpression[] {
  if (item.kind !== "star") return [bindExpression(item, scope, binder)];
  return scope.expandStar(item).map((column) => column.expression);
}
