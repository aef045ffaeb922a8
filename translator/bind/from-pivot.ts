/** PIVOT: one aggregate per value, over the rows that have it (docs: constructs/pivot). */

import type { Expression } from "../ast/expressions.ts";
import type { FromItem, SelectItem } from "../ast/queries.ts";
import { type BoundItem, bindFromItem, derivedItem } from "./from.ts";
import { queryOver, type Surroundings } from "./query.ts";
import {
  callNode,
  columnNode,
  itemNode,
  mentionedColumns,
  numberNode,
  selectNode,
  textNode,
} from "./query-ast.ts";
import { prequeryTexts } from "./query-prequery.ts";
import type { FromNames } from "./scope-names.ts";
import { bindSelectFrom, type SelectSource } from "./select.ts";

type PivotItem = Extract<FromItem, { kind: "pivot" }>;
type PivotValue = { readonly value: Expression; readonly name: string; readonly quoted: boolean };

export function bindPivot(item: PivotItem, before: FromNames, around: Surroundings): BoundItem {
  const bound = bindFromItem(item.source, before, around);
  const source: SelectSource = {
    from: bound.from === undefined ? [] : [bound.from],
    names: bound.names,
  };
  const values = pivotValues(item, source, around);
  const used = new Set([
    ...mentionedColumns(item.column),
    ...item.aggregates.flatMap((aggregate) => [...mentionedColumns(aggregate.call)]),
  ]);
  const { span } = item;
  const groups = bound.names.columns.filter((column) => !used.has(column.name));
  const items: SelectItem[] = [
    ...groups.map((column) => itemNode(columnNode(column.name, span), column.name, span)),
    ...values.flatMap((value) =>
      item.aggregates.map((aggregate) =>
        itemNode(
          aggregateOf(aggregate.call, value.value, item),
          columnName(value, aggregate.alias?.name),
          span,
        ),
      ),
    ),
  ];
  const elements = groups.map((column) => ({
    kind: "expression" as const,
    expression: columnNode(column.name, span),
  }));
  const select = {
    ...selectNode(items, span),
    groupBy: elements.length === 0 ? undefined : { kind: "elements" as const, elements },
  };
  const { body } = bindSelectFrom(select, { orderBy: [] }, source, around);
  return derivedItem(queryOver(body), item.alias, around);
}

/** The aggregate over the rows whose pivot column has the value. */
function aggregateOf(call: Expression, value: Expression, item: PivotItem): Expression {
  const { span, column, defaultOnNull } = item;
  const only = (argument: Expression): Expression => ({
    kind: "case",
    branches: [
      {
        when: { kind: "distinct_from", left: column, right: value, negated: true, span },
        then: argument.kind === "star" ? numberNode("1", span) : argument,
      },
    ],
    span,
  });
  if (call.kind !== "call") return call;
  const aggregate: Expression = {
    ...call,
    arguments: call.arguments.map((argument) => ({ ...argument, value: only(argument.value) })),
  };
  return defaultOnNull === undefined
    ? aggregate
    : callNode("COALESCE", [aggregate, defaultOnNull], span);
}

/** `'2023_Q1'`, and with an alias of the aggregate `'2023_Q1_TOTAL'`: the suffix is inside the quotes. */
function columnName(value: PivotValue, alias: string | undefined): string {
  const name = alias === undefined ? value.name : `${value.name}_${alias}`;
  return value.quoted ? `'${name}'` : name;
}

function pivotValues(
  item: PivotItem,
  source: SelectSource,
  around: Surroundings,
): readonly PivotValue[] {
  const { values, span } = item;
  if (values.kind === "list") return values.items.map((value) => listValue(value, around));
  const { binder } = around;
  const query =
    values.kind === "query"
      ? binder.bindQuery(values.query, undefined)
      : distinctValues(item, values.orderBy, source, around);
  const type = query.columns[0]?.type;
  const number = type?.kind === "number" || type?.kind === "float";
  const found = prequeryTexts(query, `pivot ${span.start} ${span.end}`, binder);
  const texts = query.orderBy.length > 0 ? found : inOrder(found, number);
  return texts.map((text): PivotValue => {
    if (text === null)
      return { value: { kind: "null_literal", span }, name: "NULL", quoted: false };
    return {
      value: number ? numberNode(text, span) : textNode(text, span),
      name: text,
      quoted: !number,
    };
  });
}

/** Values that come in any order, in theirs: the columns of a statement must be the same each time. */
function inOrder(texts: readonly (string | null)[], number: boolean): readonly (string | null)[] {
  return texts.toSorted((a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (number) return Number(a) - Number(b);
    return a < b ? -1 : a > b ? 1 : 0;
  });
}

function listValue(
  item: { readonly value: Expression; readonly alias?: { readonly name: string } | undefined },
  around: Surroundings,
): PivotValue {
  const { value, alias } = item;
  if (alias !== undefined) return { value, name: alias.name, quoted: false };
  if (value.kind === "string_literal") return { value, name: value.value, quoted: true };
  return { value, name: around.binder.source(value.span), quoted: false };
}

/** SELECT DISTINCT of the pivot column: what ANY stands for. */
function distinctValues(
  item: PivotItem,
  orderBy: Extract<PivotItem["values"], { kind: "any" }>["orderBy"],
  source: SelectSource,
  around: Surroundings,
): ReturnType<typeof queryOver> {
  const { column, span } = item;
  const order = orderBy.length > 0 ? orderBy : [{ expression: column, descending: false }];
  const select = { ...selectNode([itemNode(column, "V", span)], span), distinct: true };
  const bound = bindSelectFrom(select, { orderBy: order }, source, around);
  return { ...queryOver(bound.body), orderBy: bound.orderBy };
}
