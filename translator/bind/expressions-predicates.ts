/** BETWEEN, IN, LIKE, ANY, ALL and scalar subqueries. */

import type {
  BetweenExpression,
  Expression,
  InListExpression,
  InQueryExpression,
  LikeExpression,
  QuantifiedExpression,
  SubqueryExpression,
} from "../ast/expressions.ts";
import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { COLLATION_KEY, ILIKE, LIKE } from "../functions/operators.ts";
import { castability } from "../types/coercion.ts";
import { comparisonType } from "../types/common.ts";
import { typeText } from "../types/names.ts";
import { BOOLEAN, TEXT, VARIANT } from "../types/types.ts";
import { elementTexts } from "../variant/scan.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression, BoundQuery } from "./bound.ts";
import { bindExpression, negate } from "./expressions.ts";
import { logical } from "./expressions-binary.ts";
import { callByName } from "./expressions-calls.ts";
import { constant } from "./fold.ts";
import { asText, bindComparison, comparable, isComparison, operatorCall } from "./operators.ts";
import type { Scope } from "./scope.ts";

function maybeNegated(expression: BoundExpression, isNegated: boolean): BoundExpression {
  return isNegated ? negate(expression) : expression;
}

export function bindBetween(
  node: BetweenExpression,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const operand = bindExpression(node.operand, scope, binder);
  const low = bindExpression(node.low, scope, binder);
  const high = bindExpression(node.high, scope, binder);
  const between = logical("and", [
    bindComparison(">=", operand, low, binder, [node.operand.span, node.low.span]),
    bindComparison("<=", operand, high, binder, [node.operand.span, node.high.span]),
  ]);
  return maybeNegated(between, node.negated);
}

function unwrap(expression: Expression): Expression {
  return expression.kind === "parenthesized" ? unwrap(expression.inner) : expression;
}

/** An item of a list: one value, or the elements of `** array` (docs: operators-expansion). */
export function bindSpread(
  item: Expression,
  scope: Scope,
  binder: Binder,
): readonly BoundExpression[] {
  if (item.kind !== "unary" || item.operator !== "spread") {
    return [bindExpression(item, scope, binder)];
  }
  const array = unwrap(item.operand);
  if (array.kind === "array_literal") {
    return array.items.flatMap((element) => bindSpread(element, scope, binder));
  }
  return spread(bindExpression(array, scope, binder), binder, item.span);
}

/** The elements of an array that must be constant. */
function spread(array: BoundExpression, binder: Binder, span: Span): readonly BoundExpression[] {
  const texts =
    array.kind === "constant" && typeof array.value === "string"
      ? elementTexts(array.value)
      : undefined;
  if (texts === undefined) throw binder.error("unsupportedFeature", { feature: "**" }, span);
  return texts.map((text) => constant(VARIANT, text));
}

export function bindInList(node: InListExpression, scope: Scope, binder: Binder): BoundExpression {
  const operand = unwrap(node.operand);
  if (operand.kind === "tuple") return bindTupleInList(node, operand.items, scope, binder);
  const bound = bindExpression(operand, scope, binder);
  const items = node.items.flatMap((item) => bindSpread(item, scope, binder));
  const spans = [node.operand.span, ...node.items.map((item) => item.span)];
  const all = comparable([bound, ...items], binder, spans);
  if (all.some((item) => !isPlain(item))) {
    const tests = items.map((item) => bindComparison("=", bound, item, binder, []));
    return maybeNegated(logical("or", tests), node.negated);
  }
  return {
    kind: "in_list",
    operand: must(all[0]),
    items: all.slice(1),
    negated: node.negated,
    type: BOOLEAN,
    nullable: all.some((item) => item.nullable),
  };
}

/** DuckDB's own equality is Snowflake's for this type. */
function isPlain({ type }: BoundExpression): boolean {
  if (type.kind === "text") return type.collation === undefined;
  return !["variant", "object", "array", "map", "decfloat"].includes(type.kind);
}

function bindTupleInList(
  node: InListExpression,
  parts: readonly Expression[],
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const operands = parts.map((part) => bindExpression(part, scope, binder));
  const rows = node.items.map((item) => {
    const row = unwrap(item);
    if (row.kind !== "tuple" || row.items.length !== operands.length) {
      const actual = row.kind === "tuple" ? row.items.length : 1;
      throw binder.error("subqueryColumns", { actual, expected: operands.length }, item.span);
    }
    return logical(
      "and",
      row.items.map((value, index) => {
        const right = bindExpression(value, scope, binder);
        return bindComparison("=", must(operands[index]), right, binder, [value.span, value.span]);
      }),
    );
  });
  return maybeNegated(logical("or", rows), node.negated);
}

function requireColumns(query: BoundQuery, expected: number, binder: Binder, span: Span): void {
  const actual = query.columns.length;
  if (actual !== expected) throw binder.error("subqueryColumns", { actual, expected }, span);
}

/** Texts with a collation as the keys that it compares. */
function byCollation(items: readonly BoundExpression[]): readonly BoundExpression[] {
  const collated = items.find(({ type }) => type.kind === "text" && type.collation !== undefined);
  if (collated === undefined) return items;
  return items.map((item) =>
    item.type.kind === "text"
      ? operatorCall(COLLATION_KEY, "text", [{ ...item, type: collated.type }])
      : item,
  );
}

/** The query wrapped so that its columns have the types of the operands; the operands likewise. */
function alignQuery(
  operands: readonly BoundExpression[],
  query: BoundQuery,
  binder: Binder,
): { readonly operands: readonly BoundExpression[]; readonly query: BoundQuery } {
  const alias = binder.freshAlias("q");
  let isChanged = false;
  const pairs = operands.map((operand, index) => {
    const column = must(query.columns[index]);
    const expression: BoundExpression = {
      kind: "column",
      relation: alias,
      physical: column.physical,
      name: column.name,
      type: column.type,
      nullable: column.nullable,
    };
    const type = comparisonType(operand.type, column.type);
    const [left, right] = byCollation(comparable([operand, expression], binder, []));
    isChanged ||= type === undefined || right !== expression;
    return { left: must(left), right: must(right), column };
  });
  if (!isChanged) return { operands: pairs.map((p) => p.left), query };
  const columns = pairs.map(({ right, column }, index) => ({
    name: column.name,
    type: right.type,
    nullable: right.nullable,
    physical: `c${index + 1}`,
  }));
  const wrapped: BoundQuery = {
    kind: "query",
    recursive: false,
    ctes: [],
    columns,
    orderBy: [],
    limit: undefined,
    offset: undefined,
    body: {
      kind: "select",
      distinct: false,
      items: pairs.map(({ right }, index) => ({ expression: right, physical: `c${index + 1}` })),
      columns,
      from: [{ kind: "derived", alias, lateral: false, query }],
      where: undefined,
      grouping: undefined,
      having: undefined,
      qualify: undefined,
    },
  };
  return { operands: pairs.map((p) => p.left), query: wrapped };
}

export function bindInQuery(
  node: InQueryExpression,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const operand = unwrap(node.operand);
  const written = operand.kind === "tuple" ? operand.items : [operand];
  const operands = written.map((item) => bindExpression(item, scope, binder));
  const query = binder.bindQuery(node.query, scope);
  requireColumns(query, operands.length, binder, node.query.span);
  return {
    kind: "in_query",
    ...alignQuery(operands, query, binder),
    negated: node.negated,
    type: BOOLEAN,
    nullable: true,
  };
}

export function bindQuantified(
  node: QuantifiedExpression,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const { operator } = node;
  if (!isComparison(operator)) {
    throw binder.error("unsupportedFeature", { feature: node.quantifier }, node.span);
  }
  const query = binder.bindQuery(node.query, scope);
  requireColumns(query, 1, binder, node.query.span);
  const aligned = alignQuery([bindExpression(node.operand, scope, binder)], query, binder);
  return {
    kind: "quantified",
    operand: must(aligned.operands[0]),
    operator,
    quantifier: node.quantifier,
    query: aligned.query,
    type: BOOLEAN,
    nullable: true,
  };
}

export function bindScalarQuery(
  node: SubqueryExpression,
  scope: Scope,
  binder: Binder,
): BoundExpression {
  const query = binder.bindQuery(node.query, scope);
  requireColumns(query, 1, binder, node.query.span);
  return { kind: "scalar_query", query, type: must(query.columns[0]).type, nullable: true };
}

/**
 * LIKE, ILIKE, RLIKE, each also with ANY or ALL of several patterns.
 * @throws 001044 for what does not become text by itself
 */
export function bindLike(node: LikeExpression, scope: Scope, binder: Binder): BoundExpression {
  const text = (item: Expression): BoundExpression => {
    const bound = bindExpression(item, scope, binder);
    if (castability(bound.type, TEXT) === "implicit") return asText(bound, binder);
    const types = typeText(bound.type);
    throw binder.error(
      "invalidArgumentTypes",
      { name: node.operator.toUpperCase(), types },
      item.span,
    );
  };
  const subject = text(node.operand);
  const escapeText = node.escape && text(node.escape);
  const tests = node.patterns.map((item) => {
    const pattern = text(item);
    if (node.operator === "rlike") {
      return callByName("RLIKE", [subject, pattern], binder, node.span);
    }
    const operator = node.operator === "like" ? LIKE : ILIKE;
    return escapeText === undefined
      ? operatorCall(operator, "plain", [subject, pattern])
      : operatorCall(operator, "escape", [subject, pattern, escapeText]);
  });
  const joined =
    tests.length === 1 ? must(tests[0]) : logical(node.quantifier === "all" ? "and" : "or", tests);
  return maybeNegated(joined, node.negated);
}
