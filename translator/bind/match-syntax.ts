/** Syntax that MATCH_RECOGNIZE's DEFINE and MEASURES are explained by: windows over a partition or a match. */

import type {
  Argument,
  CallExpression,
  Expression,
  WindowFrame,
  WindowSpecification,
} from "../ast/expressions.ts";
import type { OrderItem } from "../ast/queries.ts";
import type { Span } from "../base/source.ts";
import { columnNode, numberNode, textNode } from "./query-ast.ts";

/** Columns of a matched row that no identifier can name. */
export const MATCH_COLUMN = {
  partition: "\0partition",
  match: "\0match",
  sequence: "\0sequence",
  classifier: "\0classifier",
  shown: "\0shown",
} as const;

/** The symbols of a pattern: each name with the symbols it stands for (itself, or the members of a SUBSET). */
export type Symbols = ReadonlyMap<string, readonly string[]>;

/** The name of a call of one plain name, upper-case. */
export function plainName(call: CallExpression): string | undefined {
  return call.name.kind === "name" && call.name.parts.length === 1
    ? call.name.parts[0]?.name
    : undefined;
}

/** `symbol.column`: the symbol and the column; undefined for any other expression. */
export function symbolColumn(
  expression: Expression,
  symbols: Symbols,
): { readonly symbol: string; readonly column: Expression } | undefined {
  if (expression.kind !== "column" || expression.parts.length !== 2) return undefined;
  const [symbol, ...rest] = expression.parts;
  if (symbol === undefined || !symbols.has(symbol.name)) return undefined;
  return { symbol: symbol.name, column: { ...expression, parts: rest } };
}

/** Another function over the same arguments, over a window. */
export function overWindow(
  call: CallExpression,
  name: string,
  args: readonly Argument[],
  over: WindowSpecification,
): CallExpression {
  const { span } = call;
  const parts = [{ name, quoted: false, span }];
  return { ...call, name: { kind: "name", parts, span }, arguments: args, over };
}

/** A window's missing parts filled in. */
export function completed(
  written: WindowSpecification | undefined,
  partitionBy: readonly Expression[],
  orderBy: readonly OrderItem[],
): WindowSpecification {
  return {
    ...written,
    partitionBy: written?.partitionBy.length ? written.partitionBy : partitionBy,
    orderBy: written?.orderBy.length ? written.orderBy : someOrder(orderBy),
  };
}

/** MATCH_RECOGNIZE without ORDER BY takes the rows as they come; its functions need an order all the same. */
function someOrder(orderBy: readonly OrderItem[]): readonly OrderItem[] {
  if (orderBy.length > 0) return orderBy;
  return [{ expression: numberNode("1", { start: 0, end: 0 }), descending: false }];
}

/** From the first row of the match to the current one, or to its last. */
export function matchFrame(isFinal: boolean): WindowFrame {
  return {
    unit: "rows",
    start: { kind: "unbounded_preceding" },
    end: { kind: isFinal ? "unbounded_following" : "current_row" },
  };
}

/** `CASE WHEN the row has one of the symbols THEN value END`; without symbols: any symbol at all. */
export function whenMatched(
  value: Expression,
  symbols: readonly string[] | undefined,
  span: Span,
): Expression {
  const operand = columnNode(MATCH_COLUMN.classifier, span);
  const when: Expression =
    symbols === undefined
      ? { kind: "is", operand, negated: true, test: "null", span }
      : {
          kind: "in_list",
          operand,
          items: symbols.map((name) => textNode(name, span)),
          negated: false,
          span,
        };
  return { kind: "case", branches: [{ when, then: value }], span };
}
