/**
 * MATCH_RECOGNIZE (docs: constructs/match_recognize): the rows are numbered within their partitions and get the truth values of
 * the symbols; a function finds the matches among them (functions/match-recognize.ts); joined with the rows again, what it
 * found gives the measures as windows over each match.
 */

import type { Expression, Identifier } from "../ast/expressions.ts";
import type { FromItem, RowPattern } from "../ast/queries.ts";
import { must } from "../base/assert.ts";
import { MAX_PATTERN_STEPS } from "../base/limits.ts";
import { compilePattern } from "../functions/match-pattern.ts";
import {
  MATCH_INPUT,
  MATCH_OUTPUT,
  MATCH_POSITION,
  matchEntry,
} from "../functions/match-recognize.ts";
import type { MatchOptions } from "../functions/match-run.ts";
import { BOOLEAN, INTEGER, TEXT } from "../types/types.ts";
import type { BoundExpression, BoundFrom, BoundQuery, OutputColumn } from "./bound.ts";
import { columnsOf, selectOf } from "./bound-select.ts";
import { castTo } from "./coerce.ts";
import { bindExpression } from "./expressions.ts";
import { constant } from "./fold.ts";
import { type BoundItem, bindFromItem, derivedItem } from "./from.ts";
import { maskSyntax } from "./match-define.ts";
import { measureSyntax } from "./match-measures.ts";
import { completed, MATCH_COLUMN, overWindow, type Symbols } from "./match-syntax.ts";
import { flattenWindows } from "./nested-windows.ts";
import { bindComparison } from "./operators.ts";
import { outputName } from "./output-names.ts";
import { queryOver, type Surroundings } from "./query.ts";
import { callNode } from "./query-ast.ts";
import { outputReference } from "./query-order.ts";
import type { FromNames, NamedColumn } from "./scope-names.ts";
import { plainScope } from "./scope-select.ts";
import type { SelectColumn } from "./select.ts";

type MatchItem = Extract<FromItem, { kind: "match_recognize" }>;

export function bindMatchRecognize(
  written: MatchItem,
  before: FromNames,
  around: Surroundings,
): BoundItem {
  const item = orderedItem(written);
  const source = bindFromItem(item.source, before, around);
  const symbols = symbolsOf(item);
  const rows = numberedRows(item, source, symbols, around);
  const cte = around.binder.freshAlias("cte");
  const body = matchedRows(item, rows, cte, symbols, around);
  const query: BoundQuery = { ...body, ctes: [{ alias: cte, query: rows.query }] };
  return derivedItem(query, item.alias, around);
}

/** Without ORDER BY the rows come in any order (as documented), where the windows that number them need one. */
function orderedItem(item: MatchItem): MatchItem {
  if (item.orderBy.length > 0) return item;
  const { span } = item;
  return { ...item, orderBy: [{ expression: { kind: "null_literal", span }, descending: false }] };
}

/** Every symbol of the pattern, the definitions and the subsets. */
function symbolsOf(item: MatchItem): Symbols {
  const names = [...patternSymbols(item.pattern), ...item.define.map(({ symbol }) => symbol.name)];
  const symbols = new Map<string, readonly string[]>(names.map((name) => [name, [name]]));
  for (const subset of item.subsets) {
    symbols.set(
      subset.name.name,
      subset.symbols.map((symbol) => symbol.name),
    );
  }
  return symbols;
}

function patternSymbols(pattern: RowPattern): readonly string[] {
  if (pattern.kind === "symbol") return [pattern.name.name];
  if ("items" in pattern) return pattern.items.flatMap(patternSymbols);
  return "item" in pattern ? patternSymbols(pattern.item) : [];
}

type Rows = {
  /** The source's columns, then partition number, row number, mask and the partition's columns. */
  readonly query: BoundQuery;
  readonly names: FromNames;
  /** The position in `query.columns` of each column expression of the source. */
  readonly positions: ReadonlyMap<BoundExpression, number>;
  readonly partition: number;
  readonly row: number;
  readonly mask: number;
  /** Where the columns of PARTITION BY begin. */
  readonly keys: number;
};

function numberedRows(
  item: MatchItem,
  source: BoundItem,
  symbols: Symbols,
  around: Surroundings,
): Rows {
  const { binder } = around;
  const { names } = source;
  const scope = plainScope(binder, around.environment, "select", names, around.outer);
  const bind = (expression: Expression): BoundExpression =>
    bindExpression(expression, scope, binder);
  const every = [...names.columns, ...names.relations.flatMap((relation) => relation.columns)];
  const base: SelectColumn[] = [...new Set(every.map(({ expression }) => expression))].map(
    (expression, index) => ({
      name: expression.kind === "column" ? expression.name : `C${index + 1}`,
      expression,
    }),
  );
  const number = (name: string, partitionBy: boolean, orderBy: typeof item.orderBy): Expression => {
    const call = callNode(name, [], item.span);
    if (call.kind !== "call") return call;
    const keys = partitionBy ? item.partitionBy : [];
    return overWindow(call, name, [], completed(undefined, keys, orderBy));
  };
  const keyOrder = item.partitionBy.map((expression) => ({ expression, descending: false }));
  const partition =
    keyOrder.length === 0 ? constant(INTEGER, "1") : bind(number("DENSE_RANK", false, keyOrder));
  const items: readonly SelectColumn[] = [
    ...base,
    { name: "PARTITION", expression: castTo(partition, MATCH_POSITION, binder) },
    { name: "ROW", expression: bind(number("ROW_NUMBER", true, item.orderBy)) },
    { name: "MASK", expression: castTo(bind(maskSyntax(item, symbols, binder)), TEXT, binder) },
    ...item.partitionBy.map((expression) => ({
      name: outputName(expression, undefined, binder.text),
      expression: bind(expression),
    })),
  ];
  const from = source.from === undefined ? [] : [source.from];
  const expressions = items.map(({ expression }) => expression);
  const select = selectOf(expressions, columnsOf(items), from, undefined);
  const at = base.length;
  return {
    query: queryOver(flattenWindows({ body: select, orderBy: [] }, binder).body),
    names,
    positions: new Map(base.map(({ expression }, index) => [expression, index])),
    partition: at,
    row: at + 1,
    mask: at + 2,
    keys: at + 3,
  };
}

/** The rows of the matches with their measures, those that are shown. */
function matchedRows(
  item: MatchItem,
  rows: Rows,
  cte: string,
  symbols: Symbols,
  around: Surroundings,
): BoundQuery {
  const { binder } = around;
  const [row, match, shownRow] = ["t", "t", "t"].map((prefix) => binder.freshAlias(prefix));
  const from = joinedRows(item, rows, cte, must(row), must(match), around);
  const found = foundColumns(must(match));
  const names = rowNames(rows, must(row), found);
  const scope = plainScope(binder, around.environment, "select", names, around.outer);
  const measures = item.measures.map((measure): SelectColumn => {
    const value = bindExpression(measureSyntax(measure, item, symbols, binder), scope, binder);
    return { name: measure.alias.name, expression: outsideNull(value, item, found) };
  });
  const output = [...carriedColumns(item, rows, names, must(row)), ...measures];
  if (output.length === 0) throw binder.error("noStarColumns", {}, undefined);
  const inner: readonly SelectColumn[] = [
    ...output,
    { name: MATCH_COLUMN.shown, expression: named(found, MATCH_COLUMN.shown) },
  ];
  const columns = columnsOf(inner);
  const expressions = inner.map(({ expression }) => expression);
  const measured = selectOf(expressions, columns, [from], undefined);
  const query = queryOver(flattenWindows({ body: measured, orderBy: [] }, binder).body);
  const alias = must(shownRow);
  const kept = columns.slice(0, -1);
  const shown = outputReference(must(columns.at(-1)), alias);
  return queryOver(
    selectOf(
      kept.map((column) => outputReference(column, alias)),
      kept,
      [{ kind: "derived", alias, lateral: false, query }],
      shown,
    ),
  );
}

/** Columns besides the measures: those of PARTITION BY with ONE ROW PER MATCH, else all of the source. */
function carriedColumns(
  item: MatchItem,
  rows: Rows,
  names: FromNames,
  row: string,
): readonly SelectColumn[] {
  if (item.rowsPerMatch !== "one") return names.columns.filter((column) => column.hidden !== true);
  return rows.query.columns
    .slice(rows.keys)
    .map((column) => ({ name: column.name, expression: outputReference(column, row) }));
}

/** A row outside of every match has no measures. */
function outsideNull(
  value: BoundExpression,
  item: MatchItem,
  found: readonly NamedColumn[],
): BoundExpression {
  if (item.rowsPerMatch !== "all_with_unmatched") return value;
  const operand = named(found, MATCH_COLUMN.match);
  const type = BOOLEAN;
  const when: BoundExpression = { kind: "is_null", operand, negated: true, type, nullable: false };
  return {
    kind: "case",
    branches: [{ when, then: value }],
    otherwise: undefined,
    type: value.type,
    nullable: true,
  };
}

function named(columns: readonly NamedColumn[], name: string): BoundExpression {
  return must(columns.find((column) => column.name === name)).expression;
}

/** What the matching function gives, under names that no identifier can have. */
function foundColumns(alias: string): readonly NamedColumn[] {
  const column = (
    name: string,
    physical: string,
    type: OutputColumn["type"],
    nullable: boolean,
  ): NamedColumn => ({
    name,
    expression: outputReference({ name, physical, type, nullable }, alias),
    hidden: true,
  });
  const { partition, match, sequence, classifier, shown } = MATCH_COLUMN;
  return [
    column(partition, MATCH_OUTPUT.partition, MATCH_POSITION, false),
    column("\0row", MATCH_OUTPUT.row, MATCH_POSITION, false),
    column(match, MATCH_OUTPUT.match, MATCH_POSITION, true),
    column(sequence, MATCH_OUTPUT.sequence, MATCH_POSITION, true),
    column(classifier, MATCH_OUTPUT.classifier, TEXT, true),
    column(shown, MATCH_OUTPUT.shown, BOOLEAN, false),
  ];
}

/** The source's names over the numbered rows, with the hidden columns of the match. */
function rowNames(rows: Rows, row: string, found: readonly NamedColumn[]): FromNames {
  const place = (column: NamedColumn): NamedColumn => {
    const position = must(rows.positions.get(column.expression));
    return { ...column, expression: outputReference(must(rows.query.columns[position]), row) };
  };
  return {
    relations: rows.names.relations.map((relation) => ({
      ...relation,
      columns: relation.columns.map(place),
    })),
    columns: [...rows.names.columns.map(place), ...found],
  };
}

/** The found rows joined with the numbered ones. */
function joinedRows(
  item: MatchItem,
  rows: Rows,
  cte: string,
  row: string,
  match: string,
  around: Surroundings,
): BoundFrom {
  const { binder } = around;
  const { columns } = rows.query;
  const [partition, number, mask] = [rows.partition, rows.row, rows.mask].map((at) =>
    must(columns[at]),
  );
  const input = binder.freshAlias("t");
  const inputColumns = [must(partition), must(number), must(mask)].map((column, index) => ({
    ...column,
    physical: must(Object.values(MATCH_INPUT)[index]),
  }));
  const query = queryOver(
    selectOf(
      [must(partition), must(number), must(mask)].map((column) => outputReference(column, input)),
      inputColumns,
      [{ kind: "cte", alias: input, cte }],
      undefined,
    ),
  );
  const rowsArgument: BoundExpression = { kind: "scalar_query", query, type: TEXT, nullable: true };
  const { options, symbols } = matchOptions(item, around);
  const equal = (physical: string, column: OutputColumn): BoundExpression =>
    bindComparison(
      "=",
      outputReference({ ...column, physical }, match),
      outputReference(column, row),
      binder,
      [item.span, item.span],
    );
  return {
    kind: "join",
    type: "inner",
    left: {
      kind: "table_function",
      alias: match,
      entry: matchEntry(options, symbols),
      arguments: new Map([["rows", rowsArgument]]),
      lateral: false,
    },
    right: { kind: "cte", alias: row, cte },
    on: {
      kind: "and",
      operands: [
        equal(MATCH_OUTPUT.partition, must(partition)),
        equal(MATCH_OUTPUT.row, must(number)),
      ],
      type: BOOLEAN,
      nullable: false,
    },
    lateral: false,
  };
}

/** The pattern as a program, and the symbols in the order of their numbers. */
function matchOptions(
  item: MatchItem,
  around: Surroundings,
): { readonly options: MatchOptions; readonly symbols: readonly string[] } {
  const { binder } = around;
  const symbols = [...new Set(patternSymbols(item.pattern))];
  const program = compilePattern(item.pattern, (name) => symbols.indexOf(name));
  if (program === undefined) {
    const feature = `PATTERN of more than ${MAX_PATTERN_STEPS} steps`;
    throw binder.error("unsupportedFeature", { feature }, undefined);
  }
  const defined = item.define.map(({ symbol }) => symbol.name);
  const bits = symbols.map((name) => defined.indexOf(name));
  const numbers = (symbol: Identifier): readonly number[] => {
    const members = symbolsOf(item).get(symbol.name);
    if (members !== undefined) return members.map((name) => symbols.indexOf(name));
    throw binder.error("invalidIdentifier", { name: symbol.name }, symbol.span);
  };
  const { afterMatch, rowsPerMatch: rows } = item;
  const skip: MatchOptions["skip"] =
    "symbol" in afterMatch
      ? {
          kind: afterMatch.kind,
          name: afterMatch.symbol.name,
          symbols: numbers(afterMatch.symbol),
        }
      : afterMatch;
  return { options: { program, bits, rows, skip }, symbols };
}
