/** What follows a primary expression: `::type`, `:path`, `[index]`, COLLATE. */

import type { Expression, PathStep } from "../ast/expressions.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parsePrimary } from "./primary.ts";
import { parseBareTypeName } from "./types.ts";

/** A primary expression with everything that binds tighter than a unary minus. */
export function parsePostfix(cursor: Cursor): Expression {
  const { start } = cursor.peek();
  let operand = parsePrimary(cursor);
  let links = 0;
  for (;;) {
    if (cursor.acceptPunctuation("::")) {
      const type = parseBareTypeName(cursor);
      const span = cursor.spanFrom(start);
      operand = { kind: "cast", operand, type, style: "operator", options: [], span };
    } else if (atPath(cursor)) {
      const steps = parsePath(cursor);
      operand = { kind: "path", base: operand, steps, span: cursor.spanFrom(start) };
    } else if (cursor.acceptKeyword("COLLATE")) {
      const collation = cursor.stringLiteral();
      operand = { kind: "collate", operand, collation, span: cursor.spanFrom(start) };
    } else {
      return operand;
    }
    cursor.checkChain(++links);
  }
}

/** `:key` or `[`. Docs: querying-semistructured. */
function atPath(cursor: Cursor): boolean {
  if (cursor.atPunctuation("[")) return true;
  return cursor.atPunctuation(":") && isKey(cursor, 1);
}

function isKey(cursor: Cursor, n: number): boolean {
  const { kind } = cursor.peek(n);
  return kind === "word" || kind === "quoted_identifier";
}

/** All steps; a dot continues a path once it has begun. Keys keep their case, and keywords are keys too. */
function parsePath(cursor: Cursor): PathStep[] {
  const steps: PathStep[] = [];
  for (;;) {
    if (cursor.acceptPunctuation("[")) {
      steps.push({ kind: "index", expression: parseExpression(cursor) });
      cursor.expectPunctuation("]");
    } else if (
      (cursor.atPunctuation(":") && isKey(cursor, 1)) ||
      (cursor.atPunctuation(".") && steps.length > 0)
    ) {
      cursor.next();
      if (!isKey(cursor, 0)) cursor.unexpected();
      const token = cursor.next();
      const quoted = token.kind === "quoted_identifier";
      steps.push({ kind: "key", name: quoted ? token.value : token.text, quoted });
    } else {
      return steps;
    }
  }
}
