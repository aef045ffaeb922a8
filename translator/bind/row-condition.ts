/**
 * Conditions over one row of a table: CHECK constraints. They see the table's columns and nothing else.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table-constraint
 */

import type { CallExpression, Expression } from "../ast/expressions.ts";
import { walkExpression } from "../ast/walk.ts";
import { snowflakeError } from "../base/errors.ts";
import { lookupFunction } from "../functions/registry.ts";
import { Cursor } from "../parse/cursor.ts";
import { parseExpression } from "../parse/expressions.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { isContextFunction } from "./context-functions.ts";
import { bindCondition } from "./expressions.ts";
import { EMPTY_ENVIRONMENT } from "./query-environment.ts";
import type { NamedColumn } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";

/** Functions that answer by the session or the account. */
const SURROUNDINGS: ReadonlySet<string> = new Set(["context", "system"]);

/** Expressions whose value is not the row's. */
const FOREIGN: Partial<Record<Expression["kind"], string>> = {
  bind: "bind variables",
  default: "DEFAULT",
  exists: "subqueries",
  in_query: "subqueries",
  positional: "positional references",
  quantified: "subqueries",
  session_variable: "session variables",
  star: "*",
  subquery: "subqueries",
};

/** The expression of a condition's text. */
export function parseCondition(text: string): Expression {
  const cursor = new Cursor(text);
  const expression = parseExpression(cursor);
  cursor.expectEnd();
  return expression;
}

/**
 * The condition over the columns.
 * @param text what the condition's spans point into; the binder's own text
 * @throws 000904 for a name that is no column, and whatever else does not bind
 */
export function bindRowCondition(
  condition: Expression,
  columns: readonly NamedColumn[],
  binder: Binder,
): BoundExpression {
  const scope = plainScope(binder, EMPTY_ENVIRONMENT, "select", { relations: [], columns });
  return bindCondition(condition, scope, binder);
}

/**
 * Refuses what a CHECK constraint may not contain.
 * @throws 000002 for queries, users' functions, aggregates and window functions, and functions whose value depends on
 *   chance or on the session
 */
export function refuseForeignParts(condition: Expression): void {
  const refuse = (what: string) =>
    snowflakeError("unsupportedFeature", { feature: `${what} in a CHECK constraint` });
  walkExpression(condition, {
    expression: (node) => {
      const what = FOREIGN[node.kind] ?? (node.kind === "call" ? foreignCall(node) : undefined);
      if (what !== undefined) throw refuse(what);
      return true;
    },
  });
}

function foreignCall({ name, over }: CallExpression): string | undefined {
  if (name.kind !== "name") return "IDENTIFIER()";
  const [first, second] = name.parts;
  const written = name.parts.map((part) => part.name).join(".");
  if (first === undefined || second !== undefined) return `function ${written}`;
  if (isContextFunction(first.name)) return `function ${written}`;
  const entry = lookupFunction(first.name);
  if (entry === undefined) return `user-defined function ${written}`;
  const isPlain = over === undefined && entry.kind === "scalar" && !entry.volatile;
  const isOfTheRow = entry.server !== true && !SURROUNDINGS.has(entry.category);
  return isPlain && isOfTheRow ? undefined : `function ${written}`;
}

/** The names that an expression reads as columns, with their places in its text. */
export function columnNames(
  condition: Expression,
): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  const words = new Set<Expression>();
  walkExpression(condition, {
    expression: (node) => {
      if (node.kind === "call") for (const word of partWords(node)) words.add(word);
      const [part] = node.kind === "column" && !words.has(node) ? node.parts : [];
      if (part !== undefined) found.push({ name: part.name, ...part.span });
      return true;
    },
  });
  return found;
}

/** The arguments of a call that are words such as DAY. */
function partWords({ name, arguments: given }: CallExpression): readonly Expression[] {
  const word = name.kind === "name" ? name.parts[0]?.name : undefined;
  const entry = word === undefined ? undefined : lookupFunction(word);
  if (entry === undefined) return [];
  return given
    .map(({ value }) => value)
    .filter((_, index) =>
      entry.signatures.some(({ parameters }) => parameters[index]?.pattern === "part"),
    );
}
