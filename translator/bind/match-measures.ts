/**
 * MEASURES of MATCH_RECOGNIZE as windows over the rows of each match (docs: match_recognize). A measure is FINAL (over the
 * whole match; the default with ONE ROW PER MATCH) or RUNNING (up to the row; the default with ALL ROWS PER MATCH).
 */

import type { Argument, CallExpression, Expression } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { rewriteSyntax } from "../ast/substitute.ts";
import { must } from "../base/assert.ts";
import type { Span } from "../base/source.ts";
import { lookupFunction } from "../functions/registry.ts";
import type { Binder } from "./binder.ts";
import {
  completed,
  MATCH_COLUMN,
  matchFrame,
  overWindow,
  plainName,
  type Symbols,
  symbolColumn,
  whenMatched,
} from "./match-syntax.ts";
import { callNode, columnNode, numberNode } from "./query-ast.ts";

type MatchItem = Extract<FromItem, { kind: "match_recognize" }>;
type Measure = MatchItem["measures"][number];

const MATCH_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["CLASSIFIER", MATCH_COLUMN.classifier],
  ["MATCH_NUMBER", MATCH_COLUMN.match],
  ["MATCH_SEQUENCE_NUMBER", MATCH_COLUMN.sequence],
]);
const NEIGHBOURS: ReadonlyMap<string, "LAG" | "LEAD"> = new Map([
  ["PREV", "LAG"],
  ["LAG", "LAG"],
  ["NEXT", "LEAD"],
  ["LEAD", "LEAD"],
]);

/** A measure as an expression over the matched rows with the columns of MATCH_COLUMN. */
export function measureSyntax(
  { expression, semantics }: Measure,
  item: MatchItem,
  symbols: Symbols,
  binder: Binder,
): Expression {
  const isOneRow = item.rowsPerMatch === "one";
  const isFinal = isOneRow || semantics === "final";
  const rewriter = new MeasureRewriter(symbols, isFinal, isFinal && !isOneRow, binder);
  return rewriter.rewrite(expression);
}

class MeasureRewriter {
  private readonly symbols: Symbols;
  private readonly isFinal: boolean;
  /** The measure is about the match's last row, but stands in each of its rows. */
  private readonly isAboutLastRow: boolean;
  private readonly binder: Binder;

  constructor(symbols: Symbols, isFinal: boolean, isAboutLastRow: boolean, binder: Binder) {
    this.symbols = symbols;
    this.isFinal = isFinal;
    this.isAboutLastRow = isAboutLastRow;
    this.binder = binder;
  }

  rewrite(expression: Expression): Expression {
    return rewriteSyntax(expression, (inner) => this.replace(inner));
  }

  private replace(expression: Expression): Expression | undefined {
    if (expression.kind === "column") {
      const isQualified = symbolColumn(expression, this.symbols) !== undefined;
      if (!isQualified && !this.isAboutLastRow) return undefined;
      return this.edge("LAST", expression, expression.span);
    }
    if (expression.kind !== "call") return undefined;
    const name = plainName(expression);
    if (name === undefined) return undefined;
    const { span } = expression;
    const column = MATCH_FUNCTIONS.get(name);
    if (column !== undefined) {
      const value = columnNode(column, span);
      return this.isAboutLastRow ? this.edge("LAST", value, span) : value;
    }
    if (name === "FIRST" || name === "LAST") {
      const [argument, ...rest] = expression.arguments;
      if (argument === undefined || rest.length > 0) throw this.refuse(expression);
      return this.edge(name, argument.value, span);
    }
    if (NEIGHBOURS.has(name)) return this.neighbour(expression, name);
    const kind = lookupFunction(name)?.kind;
    if (kind === "aggregate") return this.aggregate(expression, name);
    return kind === "window" ? this.window(expression, name) : undefined;
  }

  /** The value in the first or last of the rows that have the argument's symbol. */
  private edge(which: "FIRST" | "LAST", argument: Expression, span: Span): Expression {
    const { value, members } = this.ofRow(argument);
    const by = whenMatched(columnNode(MATCH_COLUMN.sequence, span), members, span);
    const name = which === "FIRST" ? "MIN_BY" : "MAX_BY";
    const call = callNode(name, [value, by], span) as CallExpression;
    return overWindow(call, name, call.arguments, this.frame(span));
  }

  /** PREV and NEXT: from the row itself, or from the last row of a symbol. */
  private neighbour(call: CallExpression, name: string): Expression {
    const [argument, ...rest] = call.arguments;
    if (argument === undefined) throw this.refuse(call);
    const { value, members } = this.ofRow(argument.value);
    const args: readonly Argument[] = [{ value }, ...rest];
    const over = completed(call.over, this.partition(call.span), this.order(call.span));
    const shifted = overWindow(call, must(NEIGHBOURS.get(name)), args, over);
    if (members === undefined && !this.isAboutLastRow) return shifted;
    const by = whenMatched(columnNode(MATCH_COLUMN.sequence, call.span), members, call.span);
    const last = callNode("MAX_BY", [shifted, by], call.span) as CallExpression;
    return overWindow(last, "MAX_BY", last.arguments, this.frame(call.span));
  }

  private aggregate(call: CallExpression, name: string): Expression {
    const { span } = call;
    const args = call.arguments.map((argument, index): Argument => {
      const { value } = argument;
      if (value.kind === "star") {
        const [symbol] = value.qualifier;
        const members = symbol && this.symbols.get(symbol.name);
        return { value: whenMatched(numberNode("1", span), members, span) };
      }
      // The first argument decides which rows count; others (a delimiter, a percentage) are constants.
      if (index > 0 && name !== "MIN_BY" && name !== "MAX_BY") return argument;
      const row = this.ofRow(value);
      return { ...argument, value: whenMatched(row.value, row.members, span) };
    });
    const over =
      call.over === undefined
        ? this.frame(span)
        : completed(call.over, this.partition(span), this.order(span));
    const withinGroup = call.withinGroup.map((item) => ({
      ...item,
      expression: this.ofRow(item.expression).value,
    }));
    return { ...overWindow(call, name, args, over), withinGroup };
  }

  private window(call: CallExpression, name: string): Expression {
    const args = call.arguments.map((argument) => ({
      ...argument,
      value: this.ofRow(argument.value).value,
    }));
    const over = completed(call.over, this.partition(call.span), this.order(call.span));
    return overWindow(call, name, args, over);
  }

  /** An argument as an expression of one row, and the symbols that the row must have. */
  private ofRow(argument: Expression): {
    readonly value: Expression;
    readonly members: readonly string[] | undefined;
  } {
    const found = new Set<string>();
    const value = rewriteSyntax(argument, (inner): Expression | undefined => {
      const qualified = symbolColumn(inner, this.symbols);
      if (qualified !== undefined) {
        found.add(qualified.symbol);
        return qualified.column;
      }
      if (inner.kind !== "call") return undefined;
      const name = plainName(inner) ?? "";
      const column = MATCH_FUNCTIONS.get(name);
      if (column !== undefined) return columnNode(column, inner.span);
      return NEIGHBOURS.has(name) ? this.neighbour(inner, name) : undefined;
    });
    const [symbol, ...others] = found;
    if (others.length > 0) throw this.refuse(argument);
    return { value, members: symbol === undefined ? undefined : this.symbols.get(symbol) };
  }

  private frame(span: Span) {
    return {
      partitionBy: this.partition(span),
      orderBy: this.order(span),
      frame: matchFrame(this.isFinal),
    };
  }

  private partition(span: Span): readonly Expression[] {
    return [columnNode(MATCH_COLUMN.partition, span), columnNode(MATCH_COLUMN.match, span)];
  }

  private order(span: Span) {
    return [{ expression: columnNode(MATCH_COLUMN.sequence, span), descending: false }];
  }

  private refuse(expression: Expression): Error {
    const feature = `${this.binder.source(expression.span)} in MEASURES`;
    return this.binder.error("unsupportedFeature", { feature }, undefined);
  }
}
