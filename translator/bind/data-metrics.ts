/** Calls of data metric functions: the function's query over the query that is the argument, as a scalar subquery. */

import type { CallExpression } from "../ast/expressions.ts";
import type { Query } from "../ast/queries.ts";
import type { DataMetric, FunctionEntry } from "../functions/define.ts";
import { Cursor } from "../parse/cursor.ts";
import { parseQuery } from "../parse/query.ts";
import { typeText } from "../types/names.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import type { Scope } from "./scope.ts";

/** @throws 000938, 000939 (count), 001044 for what is no query of one column of a type that the metric takes */
export function bindDataMetric(
  node: CallExpression,
  entry: FunctionEntry,
  metric: DataMetric,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const call = binder.source(node.span);
  const actual = node.arguments.length;
  if (actual !== 1) {
    const name = actual === 0 ? "notEnoughArguments" : "tooManyArguments";
    throw binder.error(name, { call, expected: 1, actual }, node.span);
  }
  const [argument] = node.arguments;
  const inner = argument?.value.kind === "parenthesized" ? argument.value.inner : argument?.value;
  if (inner?.kind !== "subquery") {
    const type = argument && bindExpression(argument.value, scope, binder).type;
    throw refused(entry, type === undefined ? "" : typeText(type), node, binder);
  }
  const types = binder.bindQuery(inner.query, scope).columns.map((column) => column.type);
  const { kinds } = metric;
  const isTaken = types.length === 1 && types.every(({ kind }) => kinds?.includes(kind));
  if (kinds !== undefined && !isTaken) {
    throw refused(entry, `ROW(${types.map(typeText).join(", ")})`, node, binder);
  }
  const query = over(inner.query, metric);
  const value = bindExpression({ kind: "subquery", query, span: node.span }, scope, binder);
  const [signature] = entry.signatures;
  const returns = signature?.returns;
  return returns === undefined || typeof returns === "function" || returns.kind !== "float"
    ? value
    : castTo(value, returns, binder);
}

function over(data: Query, { kinds, query }: DataMetric): Query {
  const columns = kinds === undefined ? "" : "(V)";
  const text = `WITH T${columns} AS (SELECT NULL) ${query}`;
  const parsed = parseQuery(new Cursor(text));
  return { ...parsed, ctes: parsed.ctes.map((cte) => ({ ...cte, query: data })) };
}

/** Snowflake's overloads of a data metric are called `NAME$V1`. */
function refused(entry: FunctionEntry, types: string, node: CallExpression, binder: Binder): Error {
  return binder.error("invalidArgumentTypes", { name: `${entry.name}$V1`, types }, node.span);
}
