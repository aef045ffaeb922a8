/** Expressions by precedence climbing: OR, AND, NOT, comparisons, + - ||, * / %, unary, postfix. */

import type {
  BinaryOperator,
  Expression,
  LikeExpression,
  UnaryOperator,
} from "../ast/expressions.ts";
import type { Cursor } from "./cursor.ts";
import { asParenthesizedQuery, atQuery, parseSubqueryOrExpression } from "./parentheses.ts";
import { parsePostfix } from "./postfix.ts";
import { bodyOnlyQuery, parseQuery } from "./query.ts";

const PRECEDENCE = { or: 1, and: 2, not: 3, comparison: 4, additive: 5, multiplicative: 6 };

type Infix = { readonly operator: BinaryOperator; readonly precedence: number };

const INFIX_PUNCTUATION: ReadonlyMap<string, Infix> = new Map([
  ["=", { operator: "=", precedence: PRECEDENCE.comparison }],
  ["<>", { operator: "<>", precedence: PRECEDENCE.comparison }],
  ["!=", { operator: "<>", precedence: PRECEDENCE.comparison }],
  ["<", { operator: "<", precedence: PRECEDENCE.comparison }],
  ["<=", { operator: "<=", precedence: PRECEDENCE.comparison }],
  [">", { operator: ">", precedence: PRECEDENCE.comparison }],
  [">=", { operator: ">=", precedence: PRECEDENCE.comparison }],
  ["+", { operator: "+", precedence: PRECEDENCE.additive }],
  ["-", { operator: "-", precedence: PRECEDENCE.additive }],
  ["||", { operator: "||", precedence: PRECEDENCE.additive }],
  ["*", { operator: "*", precedence: PRECEDENCE.multiplicative }],
  ["/", { operator: "/", precedence: PRECEDENCE.multiplicative }],
  ["%", { operator: "%", precedence: PRECEDENCE.multiplicative }],
]);

const INFIX_WORDS: ReadonlyMap<string, Infix> = new Map([
  ["OR", { operator: "or", precedence: PRECEDENCE.or }],
  ["AND", { operator: "and", precedence: PRECEDENCE.and }],
]);

/** The words that begin a predicate after its left side. */
const PREDICATE_WORDS = new Set(["IS", "NOT", "BETWEEN", "IN", "LIKE", "ILIKE", "RLIKE", "REGEXP"]);

/**
 * One expression.
 * @throws SnowflakeError for syntax errors and for nesting deeper than MAX_NESTING_DEPTH
 */
export function parseExpression(cursor: Cursor): Expression {
  cursor.enter();
  const expression = climb(cursor, 0);
  cursor.leave();
  return expression;
}

/** An expression that ends before comparisons, IN, BETWEEN, AND …: arithmetic and || only. */
export function parseOperand(cursor: Cursor): Expression {
  cursor.enter();
  const expression = climb(cursor, PRECEDENCE.additive);
  cursor.leave();
  return expression;
}

function infixAt(cursor: Cursor): Infix | undefined {
  const token = cursor.peek();
  if (token.kind === "punctuation") return INFIX_PUNCTUATION.get(token.value);
  return token.kind === "word" ? INFIX_WORDS.get(token.value) : undefined;
}

function climb(cursor: Cursor, minimum: number): Expression {
  const { start } = cursor.peek();
  let left = parsePrefix(cursor);
  let links = 0;
  for (;;) {
    const infix = infixAt(cursor);
    if (infix !== undefined) {
      if (infix.precedence < minimum) return left;
      cursor.next();
      left = parseRight(cursor, left, infix, start);
    } else {
      if (minimum > PRECEDENCE.comparison || !atPredicate(cursor)) return left;
      cursor.checkChain(++links);
      left = parsePredicate(cursor, left, start);
    }
  }
}

function parseRight(cursor: Cursor, left: Expression, infix: Infix, start: number): Expression {
  const { operator, precedence } = infix;
  if (precedence === PRECEDENCE.comparison) {
    const word = cursor.acceptAnyKeyword("ANY", "SOME", "ALL");
    if (word !== undefined) {
      const query = parseParenthesizedQuery(cursor);
      const quantifier = word === "ALL" ? "all" : "any";
      const span = cursor.spanFrom(start);
      return { kind: "quantified", operand: left, operator, quantifier, query, span };
    }
  }
  const right = climb(cursor, precedence + 1);
  return { kind: "binary", operator, left, right, span: cursor.spanFrom(start) };
}

/** `(query)`. */
export function parseParenthesizedQuery(cursor: Cursor) {
  cursor.expectPunctuation("(");
  const query = parseQuery(cursor);
  cursor.expectPunctuation(")");
  return query;
}

function prefixAt(cursor: Cursor): UnaryOperator | undefined {
  const token = cursor.peek();
  if (token.kind === "punctuation") {
    if (token.value === "-" || token.value === "+") return token.value;
    return token.value === "**" ? "spread" : undefined;
  }
  if (token.kind !== "word") return undefined;
  if (token.value === "NOT") return "not";
  if (token.value !== "PRIOR" && token.value !== "CONNECT_BY_ROOT") return undefined;
  const next = cursor.peek(1);
  const operand = next.kind === "word" || next.kind === "quoted_identifier";
  if (!operand || !(cursor.atIdentifier(1) || next.value === "CASE")) return undefined;
  return token.value === "PRIOR" ? "prior" : "connect_by_root";
}

function parsePrefix(cursor: Cursor): Expression {
  const operator = prefixAt(cursor);
  if (operator === undefined) return parsePostfix(cursor);
  const { start } = cursor.next();
  cursor.enter();
  const operand = operator === "not" ? climb(cursor, PRECEDENCE.not) : parsePrefix(cursor);
  cursor.leave();
  return { kind: "unary", operator, operand, span: cursor.spanFrom(start) };
}

function atPredicate(cursor: Cursor): boolean {
  const token = cursor.peek();
  if (token.kind !== "word" || !PREDICATE_WORDS.has(token.value)) return false;
  if (token.value !== "NOT") return true;
  const next = cursor.peek(1);
  return next.kind === "word" && next.value !== "NOT" && PREDICATE_WORDS.has(next.value);
}

function parsePredicate(cursor: Cursor, operand: Expression, start: number): Expression {
  if (cursor.acceptKeyword("IS")) return parseIs(cursor, operand, start);
  const negated = cursor.acceptKeyword("NOT");
  const word = cursor.expectAnyKeyword("BETWEEN", "IN", "LIKE", "ILIKE", "RLIKE", "REGEXP");
  if (word === "BETWEEN") {
    const low = parseOperand(cursor);
    cursor.expectKeyword("AND");
    const high = parseOperand(cursor);
    return { kind: "between", operand, low, high, negated, span: cursor.spanFrom(start) };
  }
  if (word === "IN") return parseIn(cursor, operand, negated, start);
  const operator = word === "LIKE" ? "like" : word === "ILIKE" ? "ilike" : "rlike";
  return parseLike(cursor, operand, operator, negated, start);
}

function parseIs(cursor: Cursor, operand: Expression, start: number): Expression {
  const negated = cursor.acceptKeyword("NOT");
  if (cursor.acceptKeyword("DISTINCT", "FROM")) {
    const right = parseOperand(cursor);
    const span = cursor.spanFrom(start);
    return { kind: "distinct_from", left: operand, right, negated, span };
  }
  const word = cursor.expectAnyKeyword("NULL", "TRUE", "FALSE");
  const test = word === "NULL" ? "null" : word === "TRUE" ? "true" : "false";
  return { kind: "is", operand, negated, test, span: cursor.spanFrom(start) };
}

function parseIn(cursor: Cursor, operand: Expression, negated: boolean, start: number): Expression {
  cursor.expectPunctuation("(");
  if (atQuery(cursor)) {
    const query = parseQuery(cursor);
    cursor.expectPunctuation(")");
    return { kind: "in_query", operand, query, negated, span: cursor.spanFrom(start) };
  }
  const items = cursor.commaSeparated(() => parseSubqueryOrExpression(cursor));
  cursor.expectPunctuation(")");
  const span = cursor.spanFrom(start);
  const [first] = items;
  const body = first && items.length === 1 ? asParenthesizedQuery(first) : undefined;
  if (body !== undefined) {
    const query = bodyOnlyQuery(body);
    return { kind: "in_query", operand, query, negated, span };
  }
  return { kind: "in_list", operand, items, negated, span };
}

function parseLike(
  cursor: Cursor,
  operand: Expression,
  operator: LikeExpression["operator"],
  negated: boolean,
  start: number,
): Expression {
  const word = cursor.acceptAnyKeyword("ANY", "SOME", "ALL");
  const quantifier = word === undefined ? undefined : word === "ALL" ? "all" : "any";
  const patterns =
    quantifier === undefined
      ? [parseOperand(cursor)]
      : cursor.parenthesized(() => parseSubqueryOrExpression(cursor));
  const escapeWith = cursor.acceptKeyword("ESCAPE") ? parseOperand(cursor) : undefined;
  return {
    kind: "like",
    operand,
    operator,
    negated,
    ...(quantifier && { quantifier }),
    patterns,
    ...(escapeWith && { escape: escapeWith }),
    span: cursor.spanFrom(start),
  };
}
