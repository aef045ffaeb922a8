/** Function calls: arguments, lambdas, what follows the parenthesis, and functions with their own grammar. */

import type {
  Argument,
  CallExpression,
  Expression,
  LambdaExpression,
  ObjectName,
} from "../ast/expressions.ts";
import type { OrderItem } from "../ast/queries.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression, parseOperand } from "./expressions.ts";
import { parseSubqueryOrExpression } from "./parentheses.ts";
import { atStar, parseStar } from "./stars.ts";
import { parseTypeName } from "./types.ts";
import { parseOrderItems, parseOver } from "./window.ts";

/** More tokens than this never stand before a lambda's arrow. */
const LAMBDA_LOOKAHEAD = 256;

/** A call from its opening parenthesis on. Docs: functions-window-syntax, listagg, nth_value. */
export function parseCall(cursor: Cursor, name: ObjectName): CallExpression {
  cursor.expectPunctuation("(");
  const distinct = cursor.acceptKeyword("DISTINCT");
  if (!distinct) cursor.acceptKeyword("ALL");
  const args = cursor.atPunctuation(")") ? [] : cursor.commaSeparated(() => parseArgument(cursor));
  const inside = parseNullTreatment(cursor);
  cursor.expectPunctuation(")");
  return parseCallSuffix(cursor, name, args, distinct, inside);
}

function parseCallSuffix(
  cursor: Cursor,
  name: ObjectName,
  args: Argument[],
  distinct: boolean,
  inside: CallExpression["nulls"],
): CallExpression {
  let withinGroup: OrderItem[] = [];
  if (cursor.acceptKeyword("WITHIN", "GROUP")) {
    cursor.expectPunctuation("(");
    cursor.expectKeyword("ORDER", "BY");
    withinGroup = parseOrderItems(cursor);
    cursor.expectPunctuation(")");
  }
  const fromLast = parseFromLast(cursor);
  const nulls = inside ?? parseNullTreatment(cursor);
  const over = parseOver(cursor);
  return {
    kind: "call",
    name,
    bare: false,
    arguments: args,
    distinct,
    withinGroup,
    ...(nulls && { nulls }),
    fromLast,
    ...(over && { over }),
    span: cursor.spanFrom(name.span.start),
  };
}

function parseNullTreatment(cursor: Cursor): CallExpression["nulls"] {
  if (cursor.acceptKeyword("IGNORE", "NULLS")) return "ignore";
  return cursor.acceptKeyword("RESPECT", "NULLS") ? "respect" : undefined;
}

/** NTH_VALUE(…) FROM FIRST | LAST; a FROM clause with such a table has no OVER or NULLS behind it. */
function parseFromLast(cursor: Cursor): boolean {
  const isClause = ["OVER", "IGNORE", "RESPECT"].some((word) => cursor.atKeywordFrom(2, word));
  if (!isClause) return false;
  if (cursor.acceptKeyword("FROM", "FIRST")) return false;
  return cursor.acceptKeyword("FROM", "LAST");
}

/** One argument: `name => value`, a lambda, a star, a query or an expression. */
export function parseArgument(cursor: Cursor): Argument {
  if (cursor.atPunctuation("=>", 1)) {
    const name = cursor.anyIdentifier();
    cursor.expectPunctuation("=>");
    return { name, value: parseArgumentValue(cursor) };
  }
  return { value: parseArgumentValue(cursor) };
}

function parseArgumentValue(cursor: Cursor): Expression {
  if (atStar(cursor)) return parseStar(cursor);
  if (atLambda(cursor)) return parseLambda(cursor);
  return parseSubqueryOrExpression(cursor);
}

/** `x ->`, `x INT ->`, `(x, y) ->`, `(x INT, y ARRAY(INT)) ->`. Docs: filter, transform, reduce. */
function atLambda(cursor: Cursor): boolean {
  let n = 0;
  let depth = 0;
  // `f(` begins a call and `((` an expression: looking further into each of a nest of them would
  // cost the look-ahead again at every level.
  if (cursor.atPunctuation("(") ? !cursor.atIdentifier(1) : cursor.atPunctuation("(", 1)) {
    return false;
  }
  if (!cursor.atPunctuation("(") && !cursor.atIdentifier()) return false;
  for (; n < LAMBDA_LOOKAHEAD; n++) {
    const token = cursor.peek(n);
    if (token.kind === "punctuation") {
      if (token.value === "->") return depth === 0;
      if (token.value === "(") depth++;
      else if (token.value === ")") depth--;
      else if (token.value !== "," || depth === 0) return false;
      if (depth < 0) return false;
    } else if (token.kind !== "word" && token.kind !== "quoted_identifier") {
      if (token.kind !== "number") return false;
    }
  }
  return false;
}

function parseLambda(cursor: Cursor): LambdaExpression {
  const { start } = cursor.peek();
  const parameter = () => {
    const name = cursor.identifier();
    const untyped = [",", ")", "->"].some((end) => cursor.atPunctuation(end));
    return untyped ? { name } : { name, type: parseTypeName(cursor) };
  };
  const parameters = cursor.atPunctuation("(") ? cursor.parenthesized(parameter) : [parameter()];
  cursor.expectPunctuation("->");
  const body = parseExpression(cursor);
  return { kind: "lambda", parameters, body, span: cursor.spanFrom(start) };
}

/** CAST, EXTRACT and their like at a word with a parenthesis behind it; undefined for plain functions. */
export function parseSpecialCall(cursor: Cursor, word: string): Expression | undefined {
  switch (word) {
    case "CAST":
    case "TRY_CAST":
      return parseCast(cursor, word === "CAST" ? "cast" : "try_cast");
    case "EXTRACT":
      return parseExtract(cursor);
    case "POSITION":
      return parsePosition(cursor);
    case "IDENTIFIER":
      return parseIdentifierFunction(cursor);
    case "REFERENCE":
      return parseReferenceCall(cursor);
    default:
      return undefined;
  }
}

function parseCast(cursor: Cursor, style: "cast" | "try_cast"): Expression {
  const { start } = cursor.next();
  cursor.expectPunctuation("(");
  const operand = parseSubqueryOrExpression(cursor);
  cursor.expectKeyword("AS");
  const type = parseTypeName(cursor);
  const options: string[] = [];
  while (cursor.atKeyword("RENAME", "FIELDS") || cursor.atKeyword("ADD", "FIELDS")) {
    options.push(`${cursor.next().value} ${cursor.next().value}`);
  }
  cursor.expectPunctuation(")");
  return { kind: "cast", operand, type, style, options, span: cursor.spanFrom(start) };
}

function finishCall(cursor: Cursor, start: number, args: Argument[]): Expression {
  const token = cursor.text.slice(start).match(/^\w+/)?.[0] ?? "";
  const span = { start, end: start + token.length };
  const part = { name: token.toUpperCase(), quoted: false, span };
  cursor.expectPunctuation(")");
  return parseCallSuffix(cursor, { kind: "name", parts: [part], span }, args, false, undefined);
}

/** EXTRACT(part FROM x) has the arguments [part as a column, x]; the comma form is plain. */
function parseExtract(cursor: Cursor): Expression | undefined {
  if (!cursor.atKeywordFrom(3, "FROM")) return undefined;
  const { start } = cursor.next();
  cursor.expectPunctuation("(");
  const part = parseOperand(cursor);
  cursor.expectKeyword("FROM");
  const value = parseSubqueryOrExpression(cursor);
  return finishCall(cursor, start, [{ value: part }, { value }]);
}

/** POSITION(a IN b) has the arguments [a, b]; the comma form is plain. */
function parsePosition(cursor: Cursor): Expression {
  const { start } = cursor.next();
  cursor.expectPunctuation("(");
  const args: Argument[] = [{ value: parseOperand(cursor) }];
  if (cursor.acceptKeyword("IN")) {
    args.push({ value: parseExpression(cursor) });
  } else {
    while (cursor.acceptPunctuation(",")) args.push({ value: parseExpression(cursor) });
  }
  return finishCall(cursor, start, args);
}

/** IDENTIFIER('t.c') as a column, or IDENTIFIER('f')(…) as a call. */
function parseIdentifierFunction(cursor: Cursor): Expression {
  const { start } = cursor.next();
  cursor.expectPunctuation("(");
  const argument = cursor.identifierArgument();
  cursor.expectPunctuation(")");
  const span = cursor.spanFrom(start);
  const node = { kind: "identifier_function", argument, span } as const;
  return cursor.atPunctuation("(") ? parseCall(cursor, node) : node;
}

/** `REFERENCE('f')(…)`; without arguments behind it, REFERENCE is a plain call. */
function parseReferenceCall(cursor: Cursor): Expression | undefined {
  if (!cursor.atReference() || !cursor.atPunctuation("(", 4)) return undefined;
  return parseCall(cursor, cursor.reference());
}
