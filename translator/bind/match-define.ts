/**
 * DEFINE of MATCH_RECOGNIZE: conditions on a row and its neighbours in the partition (docs: match_recognize). They become one
 * text for each row with a "1" for every condition that is true. What depends on the rows matched so far is not available in
 * DEFINE, in Snowflake either.
 */

import type { CallExpression, Expression } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { rewriteSyntax } from "../ast/substitute.ts";
import { lookupFunction } from "../functions/registry.ts";
import type { Binder } from "./binder.ts";
import { completed, overWindow, plainName, type Symbols, symbolColumn } from "./match-syntax.ts";
import { binaryNode, callNode, textNode } from "./query-ast.ts";

type MatchItem = Extract<FromItem, { kind: "match_recognize" }>;

/** Functions of the match that DEFINE cannot ask. */
const UNAVAILABLE = new Set([
  "PREV",
  "FIRST",
  "CLASSIFIER",
  "MATCH_NUMBER",
  "MATCH_SEQUENCE_NUMBER",
]);

/** The text of all conditions' truth values for a row, in the order of DEFINE. */
export function maskSyntax(item: MatchItem, symbols: Symbols, binder: Binder): Expression {
  const { span } = item;
  const digits = item.define.map(({ symbol, condition }) => {
    const rewritten = conditionSyntax(condition, symbol.name, item, symbols, binder);
    return callNode("IFF", [rewritten, textNode("1", span), textNode("0", span)], span);
  });
  const [first, ...rest] = digits;
  if (first === undefined) return textNode("", span);
  return rest.reduce<Expression>((mask, digit) => binaryNode("||", mask, digit, span), first);
}

function conditionSyntax(
  condition: Expression,
  own: string,
  item: MatchItem,
  symbols: Symbols,
  binder: Binder,
): Expression {
  const refuse = (expression: Expression): Error =>
    binder.error(
      "unsupportedFeature",
      { feature: `${binder.source(expression.span)} in DEFINE` },
      undefined,
    );
  const replace = (expression: Expression): Expression | undefined => {
    const qualified = symbolColumn(expression, symbols);
    if (qualified !== undefined) {
      if (qualified.symbol !== own) throw refuse(expression);
      return qualified.column;
    }
    if (expression.kind !== "call") return undefined;
    const name = plainName(expression);
    if (name === undefined) return undefined;
    if (UNAVAILABLE.has(name)) throw refuse(expression);
    if (name === "LAST") return lastRow(expression);
    return windowed(expression, name);
  };
  /** The last row of the match so far is the row that the condition is about. */
  const lastRow = (call: CallExpression): Expression => {
    const [argument, ...rest] = call.arguments;
    if (argument === undefined || rest.length > 0) throw refuse(call);
    return rewriteSyntax(argument.value, replace);
  };
  const windowed = (call: CallExpression, name: string): Expression | undefined => {
    const entry = lookupFunction(name === "NEXT" ? "LEAD" : name);
    const kind = entry?.kind;
    if (kind === "aggregate" && call.over === undefined) throw refuse(call);
    if (kind !== "aggregate" && kind !== "window") return undefined;
    const over = completed(call.over, item.partitionBy, item.orderBy);
    const args = rewriteSyntax(call.arguments, replace);
    return overWindow(call, name === "NEXT" ? "LEAD" : name, args, over);
  };
  return rewriteSyntax(condition, replace);
}
