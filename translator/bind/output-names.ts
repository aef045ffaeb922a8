/** Names of output columns: an unnamed expression is named by its own text (docs: sql/select, "column names"). */

import type { Expression, Identifier } from "../ast/expressions.ts";
import { must } from "../base/assert.ts";

/**
 * The name of a SELECT item.
 * @param text the statement's text, which the expression's span points into
 */
export function outputName(
  expression: Expression,
  alias: Identifier | undefined,
  text: string,
): string {
  if (alias !== undefined) return alias.name;
  if (expression.kind === "column") return must(expression.parts[expression.parts.length - 1]).name;
  if (expression.kind === "positional") return `$${expression.index}`;
  return sourceName(text.slice(expression.span.start, expression.span.end));
}

/** Source text as a name: letters upper-cased (inside literals too), blanks kept, comments dropped. */
export function sourceName(source: string): string {
  return withoutComments(source).toUpperCase();
}

/** A literal, a quoted name, a $$ text, or a comment, whichever begins first. */
const PIECE =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

function withoutComments(source: string): string {
  return source.replace(PIECE, (piece) => (/^(?:--|\/\/|\/\*)/.test(piece) ? "" : piece));
}
