/** Primary expressions: literals, names, calls, parentheses, CASE, EXISTS. */

import type { Expression, Identifier } from "../ast/expressions.ts";
import {
  BARE_FUNCTIONS,
  RESERVED_FUNCTIONS,
  RESERVED_IN_EXPRESSION,
  RESERVED_WORDS,
} from "../lex/keywords.ts";
import type { Token } from "../lex/tokens.ts";
import { parseCall, parseSpecialCall } from "./calls.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression, parseParenthesizedQuery } from "./expressions.ts";
import {
  atPeriodLiteral,
  parseArray,
  parseObject,
  parsePeriodLiteral,
  parseTypedLiteral,
} from "./literals.ts";
import { parseParentheses } from "./parentheses.ts";

/** An expression without operators around it. @throws SnowflakeError (syntax) when none begins here */
export function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.peek();
  switch (token.kind) {
    case "word":
      return parseWord(cursor, token);
    case "quoted_identifier":
      return parseNames(cursor);
    case "punctuation":
      return parseBracketed(cursor, token);
    case "eof":
    case "file_path":
      return cursor.unexpected();
    default:
      cursor.next();
      return literal(cursor, token, token.kind);
  }
}

function literal(
  cursor: Cursor,
  token: Token,
  kind: Exclude<Token["kind"], "word" | "quoted_identifier" | "punctuation" | "eof" | "file_path">,
): Expression {
  const { value } = token;
  const span = { start: token.start, end: token.end };
  switch (kind) {
    case "number":
      return { kind: "number_literal", text: value, span };
    case "string":
      return { kind: "string_literal", value, dollarQuoted: false, span };
    case "dollar_string":
      return { kind: "string_literal", value, dollarQuoted: true, span };
    case "stage_path":
      // A stage as a function's argument, such as GET_PRESIGNED_URL(@s, 'f'), is text to the function.
      return { kind: "string_literal", value, dollarQuoted: false, span };
    case "binary":
      if (!/^(?:[0-9a-fA-F]{2})*$/.test(value)) return cursor.unexpected(token);
      return { kind: "binary_literal", hex: value.toUpperCase(), span };
    case "variable":
      return { kind: "session_variable", name: value, span };
    case "positional":
      return { kind: "positional", qualifier: [], index: Number(value), span };
    case "bind":
      return { kind: "bind", index: Number(value), span };
  }
}

function parseBracketed(cursor: Cursor, token: Token): Expression {
  if (token.value === "(") return parseParentheses(cursor);
  if (token.value === "[") return parseArray(cursor);
  if (token.value === "{") return parseObject(cursor);
  if (token.value === ":") return cursor.bindAfterColon(cursor.next());
  return cursor.unexpected();
}

function parseWord(cursor: Cursor, token: Token): Expression {
  const opens = cursor.atPunctuation("(", 1);
  if (opens && atPeriodLiteral(cursor)) return parsePeriodLiteral(cursor);
  const special = opens ? parseSpecialCall(cursor, token.value) : undefined;
  if (special !== undefined) return special;
  if (!opens && !cursor.atPunctuation(".", 1)) {
    const constant = parseConstantWord(cursor, token);
    if (constant !== undefined) return constant;
  }
  if (token.value === "CASE") return parseCase(cursor);
  if (RESERVED_IN_EXPRESSION.has(token.value)) cursor.unexpected();
  if (RESERVED_WORDS.has(token.value)) {
    if (token.value === "EXISTS" && opens) return parseExists(cursor);
    if (!opens || !RESERVED_FUNCTIONS.has(token.value)) cursor.unexpected();
  }
  return parseNames(cursor);
}

/** Words that mean something by themselves: NULL, TRUE, FALSE, DEFAULT, CURRENT_DATE, DATE '…'. */
function parseConstantWord(cursor: Cursor, token: Token): Expression | undefined {
  const span = { start: token.start, end: token.end };
  switch (token.value) {
    case "NULL":
      cursor.next();
      return { kind: "null_literal", span };
    case "TRUE":
    case "FALSE":
      cursor.next();
      return { kind: "boolean_literal", value: token.value === "TRUE", span };
    case "DEFAULT":
      cursor.next();
      return { kind: "default", span };
    default:
      if (BARE_FUNCTIONS.has(token.value)) return parseBareFunction(cursor);
      return cursor.atString(1) ? parseTypedLiteral(cursor) : undefined;
  }
}

function parseBareFunction(cursor: Cursor): Expression {
  const identifier = cursor.anyIdentifier();
  const { span } = identifier;
  return {
    kind: "call",
    name: { kind: "name", parts: [identifier], span },
    bare: true,
    arguments: [],
    distinct: false,
    withinGroup: [],
    fromLast: false,
    span,
  };
}

/** `a`, `t.a`, `t.$1`, `s.f(…)`, `db..t.c`: a column, a positional column or a call. */
function parseNames(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  const parts: Identifier[] = [cursor.anyIdentifier()];
  while (cursor.atPunctuation(".")) {
    cursor.next();
    const positional = cursor.accept("positional");
    if (positional !== undefined) {
      const index = Number(positional.value);
      return { kind: "positional", qualifier: parts, index, span: cursor.spanFrom(start) };
    }
    if (cursor.atPunctuation(".")) {
      const offset = cursor.peek().start;
      parts.push({ name: "", quoted: false, span: { start: offset, end: offset } });
    } else {
      parts.push(cursor.anyIdentifier());
    }
  }
  const span = cursor.spanFrom(start);
  if (atOuterJoinMark(cursor)) {
    for (let i = 0; i < 3; i++) cursor.next();
    const operand = { kind: "column", parts, span } as const;
    return { kind: "unary", operator: "outer_join", operand, span: cursor.spanFrom(start) };
  }
  if (cursor.atPunctuation("(")) return parseCall(cursor, { kind: "name", parts, span });
  if (cursor.acceptPunctuation("!")) {
    const method = cursor.anyIdentifier();
    return parseCall(cursor, { kind: "name", parts, method, span: cursor.spanFrom(start) });
  }
  return { kind: "column", parts, span };
}

/** `(+)`. Docs: where, "Joins in the WHERE clause". */
function atOuterJoinMark(cursor: Cursor): boolean {
  return ["(", "+", ")"].every((mark, n) => cursor.atPunctuation(mark, n));
}

function parseCase(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  cursor.expectKeyword("CASE");
  const operand = cursor.atKeyword("WHEN") ? undefined : parseExpression(cursor);
  const branches: { when: Expression; then: Expression }[] = [];
  while (cursor.acceptKeyword("WHEN")) {
    const when = parseExpression(cursor);
    cursor.expectKeyword("THEN");
    branches.push({ when, then: parseExpression(cursor) });
  }
  if (branches.length === 0) cursor.unexpected();
  const otherwise = cursor.acceptKeyword("ELSE") ? parseExpression(cursor) : undefined;
  cursor.expectKeyword("END");
  return {
    kind: "case",
    ...(operand && { operand }),
    branches,
    ...(otherwise && { otherwise }),
    span: cursor.spanFrom(start),
  };
}

function parseExists(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  cursor.expectKeyword("EXISTS");
  const query = parseParenthesizedQuery(cursor);
  return { kind: "exists", query, span: cursor.spanFrom(start) };
}
