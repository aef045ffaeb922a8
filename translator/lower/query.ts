/** Bound queries to DuckDB SELECTs. Columns are called c1, c2, … by position. */

import { must } from "../base/assert.ts";
import type {
  BoundBody,
  BoundExpression,
  BoundGrouping,
  BoundOrderItem,
  BoundQuery,
  BoundSelect,
  BoundSetOperation,
  BoundValues,
} from "../bind/bound.ts";
import { contains, expressionKey, isDrawn, isWindow, queryOf } from "../bind/query-walk.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerFrom } from "./from.ts";
import { mergeExpansions } from "./from-unnest.ts";
import { clause, indent, parenthesize } from "./layout.ts";
import { sortKey } from "./order.ts";
import type { LoweringState } from "./state.ts";

/** A query as a DuckDB SELECT statement, not in parentheses. */
export function lowerQuery(written: BoundQuery, state: LoweringState): string {
  const { body, orderBy } = written;
  const query: BoundQuery =
    body.kind === "select" ? { ...written, ...mergeExpansions({ body, orderBy }, state) } : written;
  const parts = [
    ...lowerCtes(query, state),
    query.orderBy.length === 0 && query.limit === undefined && query.offset === undefined
      ? lowerBody(query.body, state)
      : lowerTailedBody(query.body, state),
    ...lowerTail(query, state),
  ];
  return parts.join("\n");
}

function lowerCtes(query: BoundQuery, state: LoweringState): readonly string[] {
  if (query.ctes.length === 0) return [];
  const ctes = query.ctes.map((cte) => {
    const columns = cte.query.columns.map((column) => column.physical).join(", ");
    return `${cte.alias}(${columns}) AS (\n${indent(lowerQuery(cte.query, state))}\n)`;
  });
  return [`WITH ${query.recursive ? "RECURSIVE " : ""}${ctes.join(",\n")}`];
}

/** A body that ORDER BY or LIMIT follows: a query with either of its own needs parentheses. */
function lowerTailedBody(body: BoundBody, state: LoweringState): string {
  if (body.kind !== "query") return lowerBody(body, state);
  const columns = body.columns.map((column) => column.physical).join(", ");
  return `SELECT ${columns}\nFROM ${parenthesize(lowerQuery(body, state))} AS q`;
}

function lowerTail(query: BoundQuery, state: LoweringState): readonly string[] {
  const lines: string[] = [];
  if (query.orderBy.length > 0) {
    lines.push(clause("ORDER BY", lowerQueryOrder(query, state)));
  }
  if (query.limit !== undefined) lines.push(`LIMIT ${lowerCount(query.limit, state)}`);
  if (query.offset !== undefined) lines.push(`OFFSET ${lowerCount(query.offset, state)}`);
  return lines;
}

function lowerCount(expression: BoundExpression, state: LoweringState): string {
  if (expression.kind === "constant" && /^\d+$/.test(String(expression.value))) {
    return String(expression.value);
  }
  return `CAST(${lowerExpression(expression, state)} AS BIGINT)`;
}

/** ORDER BY: by the output column's name where the expression is one, which DuckDB then computes once. */
function lowerQueryOrder(query: BoundQuery, state: LoweringState): readonly string[] {
  const { body } = query;
  const outputs = new Map<string, string>();
  if (body.kind === "select" && query.orderBy.length > 0) {
    for (const item of body.items) outputs.set(expressionKey(item.expression), item.physical);
  }
  return query.orderBy.map((item) => {
    const { expression } = item;
    const output =
      expression.kind === "column" && expression.relation === ""
        ? expression.physical
        : outputs.get(expressionKey(expression));
    const plain = sortKey("", expression.type) === "";
    const sql =
      output !== undefined && plain
        ? output
        : sortKey(lowerExpression(expression, state), expression.type);
    return sql + direction(item);
  });
}

function direction(item: BoundOrderItem): string {
  return `${item.descending ? " DESC" : ""} NULLS ${item.nullsFirst ? "FIRST" : "LAST"}`;
}

function lowerBody(body: BoundBody, state: LoweringState): string {
  switch (body.kind) {
    case "select":
      return lowerSelect(mergeExpansions({ body, orderBy: [] }, state).body, state);
    case "set_operation":
      return lowerSetOperation(body, state);
    case "values":
      return lowerValues(body, state);
    case "query":
      return lowerQuery(body, state);
  }
}

const OPERATORS = { union: "UNION", intersect: "INTERSECT", except: "EXCEPT" } as const;

/** A chain of one operator is written out flat, branch after branch. */
function lowerSetOperation(operation: BoundSetOperation, state: LoweringState): string {
  const { operator, all } = operation;
  const branches: BoundBody[] = [];
  let first: BoundBody = operation;
  while (first.kind === "set_operation" && first.operator === operator && first.all === all) {
    branches.push(first.right);
    first = first.left;
  }
  const bodies = [...branches, first].reverse();
  if (operator === "union" && all && bodies.every(isRow)) return lowerRows(bodies, state);
  const texts = bodies.map((body) => {
    const sql = lowerBody(body, state);
    return body.kind === "select" ? sql : parenthesize(sql);
  });
  return texts.join(`\n${OPERATORS[operator]}${all ? " ALL" : ""}\n`);
}

/** SELECT of values without FROM and clauses: one row that depends on nothing. */
function isRow(body: BoundBody): body is BoundSelect {
  if (body.kind !== "select" || body.from.length > 0 || body.distinct) return false;
  const clauses = [body.where, body.grouping, body.having, body.qualify];
  return (
    clauses.every((found) => found === undefined) &&
    body.items.every(
      ({ expression }) =>
        !isDrawn(expression) &&
        !contains(expression, (part) => isWindow(part) || queryOf(part) !== undefined),
    )
  );
}

/**
 * `SELECT 1, 'a' UNION ALL SELECT 2, 'b' …` as VALUES. DuckDB runs the branches of a UNION ALL side by side, so that what an
 * aggregate without an order collects (ARRAY_AGG, LISTAGG) would come now in this order, now in that.
 */
function lowerRows(rows: readonly BoundSelect[], state: LoweringState): string {
  const lines = rows.map(
    ({ items }) => `(${items.map((item) => lowerExpression(item.expression, state)).join(", ")})`,
  );
  const columns = must(rows[0]).items.map((item) => item.physical);
  const names = columns.join(", ");
  return `SELECT ${names}\nFROM (${clause("VALUES", lines)}) AS v(${names})`;
}

function lowerValues(values: BoundValues, state: LoweringState): string {
  const rows = values.rows.map(
    (row) => `(${row.map((cell) => lowerExpression(cell, state)).join(", ")})`,
  );
  const columns = values.columns.map((column) => column.physical).join(", ");
  return `SELECT ${columns}\nFROM (${clause("VALUES", rows)}) AS v(${columns})`;
}

function lowerSelect(select: BoundSelect, state: LoweringState): string {
  const items = select.items.map(
    (item) => `${lowerExpression(item.expression, state)} AS ${item.physical}`,
  );
  const lines = [clause(select.distinct ? "SELECT DISTINCT" : "SELECT", items)];
  if (select.from.length > 0) {
    lines.push(`FROM ${select.from.map((item) => lowerFrom(item, state)).join(",\n  ")}`);
  }
  const condition = (keyword: string, expression: BoundExpression | undefined): void => {
    if (expression === undefined) return;
    // Conditions that stand apart would draw apart.
    const isSplit = expression.kind === "and" && !isDrawn(expression);
    const conjuncts = isSplit ? expression.operands : [expression];
    const texts = conjuncts.map((conjunct) => lowerExpression(conjunct, state));
    lines.push(`${keyword} ${texts.join("\n  AND ")}`);
  };
  condition("WHERE", select.where);
  if (select.grouping !== undefined) lines.push(...lowerGrouping(select.grouping, state));
  condition("HAVING", select.having);
  condition("QUALIFY", select.qualify);
  return lines.join("\n");
}

function lowerGrouping(grouping: BoundGrouping, state: LoweringState): readonly string[] {
  if (grouping.kind === "sets") {
    const sets = grouping.sets.map(
      (set) => `(${set.map((expression) => lowerExpression(expression, state)).join(", ")})`,
    );
    return [`GROUP BY ${clause("GROUPING SETS", [`(${sets.join(", ")})`])}`];
  }
  if (grouping.expressions.length === 0) return [];
  return [
    clause(
      "GROUP BY",
      grouping.expressions.map((expression) => lowerExpression(expression, state)),
    ),
  ];
}
