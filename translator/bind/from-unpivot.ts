/** UNPIVOT: a row for each of the named columns (docs: constructs/unpivot). */

import type { Expression } from "../ast/expressions.ts";
import type { FromItem } from "../ast/queries.ts";
import { type BoundItem, bindFromItem, derivedItem, lateralScope } from "./from.ts";
import { queryOver, type Surroundings } from "./query.ts";
import { columnNode, itemNode, selectNode, textNode } from "./query-ast.ts";
import { bindValues } from "./query-values.ts";
import { columnsNamed, concatNames, type FromNames } from "./scope-names.ts";
import { bindSelectFrom } from "./select.ts";

type UnpivotItem = Extract<FromItem, { kind: "unpivot" }>;

export function bindUnpivot(item: UnpivotItem, before: FromNames, around: Surroundings): BoundItem {
  const { span, binder } = { ...item, ...around };
  const source = bindFromItem(item.source, before, around);
  const listed = new Set(item.columns.map((entry) => entry.column.name));
  for (const { column } of item.columns) {
    if (columnsNamed(source.names.columns, column.name).length > 0) continue;
    throw binder.error("invalidIdentifier", { name: column.name }, column.span);
  }
  const rows = item.columns.map(({ column, alias }): readonly Expression[] => [
    textNode(alias?.text ?? column.name, span),
    columnNode(column.name, span),
  ]);
  const outer = lateralScope(source.names, around);
  const values = bindValues({ kind: "values", rows, span }, { ...around, outer });
  const [name, value] = [item.nameColumn, item.valueColumn];
  const pairs = derivedItem(queryOver(values), { name, columns: [name, value] }, around, true);
  const others = source.names.columns.filter((column) => !listed.has(column.name));
  const names = concatNames({ relations: source.names.relations, columns: others }, pairs.names);
  const items = names.columns.map((column) =>
    itemNode(columnNode(column.name, span), column.name, span),
  );
  const operand = columnNode(value.name, span);
  const where: Expression | undefined = item.includeNulls
    ? undefined
    : { kind: "is", operand, negated: true, test: "null", span };
  const from = [source.from, pairs.from].flatMap((entry) => entry ?? []);
  const select = { ...selectNode(items, span), where };
  const { body } = bindSelectFrom(select, { orderBy: [] }, { from, names }, around);
  return derivedItem(queryOver(body), item.alias, around);
}
