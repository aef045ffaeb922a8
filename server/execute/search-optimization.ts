/**
 * ALTER TABLE … ADD and DROP SEARCH OPTIMIZATION and DESCRIBE SEARCH OPTIMIZATION: what a table should be searched by.
 * It changes no result and no speed here; the account remembers and lists it.
 * https://docs.snowflake.com/en/sql-reference/sql/desc-search-optimization
 */

import type {
  CallExpression,
  Expression,
  PathExpression,
} from "../../translator/ast/expressions.ts";
import { printExpression } from "../../translator/ast/printer.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { SnowType } from "../../translator/types/types.ts";
import { columnTypeText } from "../catalog/information-schema/column-facts.ts";
import type { CatalogColumn, SearchMethod, TableObject } from "../catalog/objects.ts";
import type { Execution, StatementResult } from "./execution.ts";
import { findMember, memberName, notFound, shownQualified } from "./names.ts";
import { type ShowRow, shapedResult } from "./show/rows.ts";
import { DESCRIBE_STATEMENT } from "./statement-types.ts";

const SHAPE = "expression_id n, method, target, target_data_type, active";
const SEMI = ["variant", "object", "array"] as const;
/** The kinds of types that a method can serve. */
const SERVED: Readonly<Record<string, readonly SnowType["kind"][]>> = {
  EQUALITY: ["number", "text", "binary", "boolean", "date", "time", "timestamp", ...SEMI],
  SUBSTRING: ["text", ...SEMI],
  FULL_TEXT: ["text", ...SEMI],
  GEO: ["geography"],
};
/** `*` names the columns that a method serves, without those it serves only when they are named. */
const NOT_BY_STAR: Readonly<Record<string, readonly SnowType["kind"][]>> = {
  SUBSTRING: [...SEMI],
};
const ANALYZERS = ["DEFAULT_ANALYZER", "ENTITY_ANALYZER", "NO_OP_ANALYZER", "UNICODE_ANALYZER"];

type Found = Omit<SearchMethod, "id">;

/**
 * The table's search methods with those of the clause; without expressions EQUALITY of every column that it serves.
 * @throws 001128 for what can not be searched by, 000904 for an unknown column
 */
export function addedSearch(
  table: TableObject,
  expressions: readonly Expression[],
): readonly SearchMethod[] {
  const given =
    expressions.length === 0
      ? served(table, "EQUALITY")
      : expressions.flatMap((expression) => methodsOf(table, expression));
  const methods = [...(table.searchMethods ?? [])];
  for (const method of given) {
    if (methods.some((known) => same(known, method))) continue;
    methods.push({ ...method, id: Math.max(0, ...methods.map(({ id }) => id)) + 1 });
  }
  return methods;
}

/** The methods that are left: expressions are methods, columns or ids; without any nothing is left. */
export function droppedSearch(
  table: TableObject,
  expressions: readonly Expression[],
): readonly SearchMethod[] {
  if (expressions.length === 0) return [];
  return expressions.reduce<readonly SearchMethod[]>((left, expression) => {
    if (expression.kind === "number_literal") {
      return left.filter(({ id }) => id !== Number(expression.text));
    }
    if (expression.kind === "column") {
      const { physical } = columnOf(table, expression);
      return left.filter((method) => method.column !== physical);
    }
    const gone = methodsOf(table, expression);
    return left.filter((method) => !gone.some((other) => same(method, other)));
  }, table.searchMethods ?? []);
}

/** DESCRIBE SEARCH OPTIMIZATION ON a table: its methods; of a column's FULL_TEXT methods only the first is active. */
export function describeSearch(
  target: Parameters<typeof memberName>[0],
  execution: Execution,
): StatementResult {
  const name = memberName(target, execution, "DESCRIBE");
  const found = findMember(execution.account.catalog.snapshot, "relation", name, execution);
  if (found?.kind !== "table") throw notFound("Table", shownQualified(name));
  const known = (found.searchMethods ?? []).flatMap((method) => {
    const column = found.columns.find(({ physical }) => physical === method.column);
    return column === undefined ? [] : [{ method, column }];
  });
  const rows = known.map(({ method, column }, index): ShowRow => {
    const text = method.method.startsWith("FULL_TEXT");
    const earlier = known
      .slice(0, index)
      .some((other) => other.method.method.startsWith("FULL_TEXT") && other.column === column);
    return {
      expression_id: method.id,
      method: method.method,
      target: column.name + method.path,
      target_data_type: method.path === "" ? columnTypeText(column.type) : "VARIANT",
      active: String(!(text && earlier)),
    };
  });
  return shapedResult(SHAPE, rows, DESCRIBE_STATEMENT);
}

function same(a: Found, b: Found): boolean {
  return a.method === b.method && a.column === b.column && a.path === b.path;
}

function served(table: TableObject, method: string, label: string = method): Found[] {
  return table.columns
    .filter(({ type }) => SERVED[method]?.includes(type.kind))
    .filter(({ type }) => !NOT_BY_STAR[method]?.includes(type.kind))
    .map(({ physical }) => ({ method: label, column: physical, path: "" }));
}

function methodsOf(table: TableObject, expression: Expression): Found[] {
  const name = expression.kind === "call" ? methodName(expression) : undefined;
  if (expression.kind !== "call" || name === undefined) throw refused(expression);
  const label = name === "FULL_TEXT" ? `${name} ${analyzerOf(expression)}` : name;
  const targets = expression.arguments.filter((argument) => argument.name === undefined);
  if (targets.length === 0) throw refused(expression);
  return targets.flatMap(({ value }): Found[] => {
    if (value.kind === "star") return served(table, name, label);
    const { column, path } = targetOf(table, value);
    const kind = path === "" ? column.type.kind : "variant";
    if (!SERVED[name]?.includes(kind)) throw refused(value);
    return [{ method: label, column: column.physical, path }];
  });
}

function methodName({ name }: CallExpression): string | undefined {
  const part = name.kind === "name" && name.parts.length === 1 ? name.parts[0]?.name : undefined;
  return part !== undefined && part in SERVED ? part : undefined;
}

function analyzerOf(call: CallExpression): string {
  const given = call.arguments.find(({ name }) => name?.name === "ANALYZER")?.value;
  if (given === undefined) return "DEFAULT_ANALYZER";
  const analyzer = given.kind === "string_literal" ? given.value.toUpperCase() : "";
  if (!ANALYZERS.includes(analyzer)) throw refused(call);
  return analyzer;
}

function targetOf(
  table: TableObject,
  target: Expression,
): { readonly column: CatalogColumn; readonly path: string } {
  if (target.kind !== "path") return { column: columnOf(table, target), path: "" };
  const column = columnOf(table, target.base);
  return { column, path: pathText(target) };
}

/** `:"a"."b"`, as DESCRIBE prints it. */
function pathText(path: PathExpression): string {
  const keys = path.steps.map((step) => {
    if (step.kind === "key") return `"${step.name}"`;
    throw refused(path);
  });
  return `:${keys.join(".")}`;
}

function columnOf(table: TableObject, expression: Expression): CatalogColumn {
  const part =
    expression.kind === "column" && expression.parts.length === 1 ? expression.parts[0] : undefined;
  if (part === undefined) throw refused(expression);
  const column = table.columns.find(({ name }) => name === part.name);
  if (column === undefined) throw snowflakeError("columnNotFound", { name: part.name });
  return column;
}

function refused(expression: Expression): Error {
  return snowflakeError("searchExpression", { expression: printExpression(expression) });
}
