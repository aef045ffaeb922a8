/**
 * CONNECT BY as a recursive CTE: the joined FROM is one CTE, its tree another, and the SELECT reads the tree
 * (docs: constructs/connect-by). PRIOR, CONNECT_BY_ROOT and SYS_CONNECT_BY_PATH become columns of the tree.
 */

import type { Expression } from "../ast/expressions.ts";
import type { ConnectBy, Select } from "../ast/queries.ts";
import { rewriteSyntax } from "../ast/substitute.ts";
import { must } from "../base/assert.ts";
import { INTEGER, type SnowType, TEXT } from "../types/types.ts";
import type { BoundExpression, BoundFrom, BoundQuery, OutputColumn } from "./bound.ts";
import { selectOf } from "./bound-select.ts";
import { castTo } from "./coerce.ts";
import { bindCondition, bindExpression } from "./expressions.ts";
import { constant } from "./fold.ts";
import { bindFromList } from "./from.ts";
import { outputName } from "./output-names.ts";
import { queryOver, type Surroundings } from "./query.ts";
import { binaryNode, columnNode, numberNode } from "./query-ast.ts";
import { outputReference, type QueryTail } from "./query-order.ts";
import type { FromNames, NamedColumn } from "./scope-names.ts";
import { plainScope, type SelectScope } from "./scope-select.ts";
import type { SelectSource } from "./select.ts";

/** A column of the tree besides those of FROM. */
type Extra = {
  /** The name that stands for it in the rewritten SELECT; no identifier can clash with it. */
  readonly name: string;
  readonly kind: "prior" | "root" | "path";
  readonly expression: Expression;
  readonly separator: Expression | undefined;
};

export type Connected = {
  readonly select: Select;
  readonly tail: QueryTail;
  readonly source: SelectSource;
};

const LEVEL = "LEVEL";

export function bindConnectBy(
  select: Select,
  connect: ConnectBy,
  tail: QueryTail,
  around: Surroundings,
): Connected {
  const extras: Extra[] = [];
  const named = { ...select, connectBy: undefined, items: namedItems(select, around) };
  const rewritten = rewriteSyntax(named, (e) => extraOf(e, extras));
  const rewrittenTail = rewriteSyntax(tail, (e) => extraOf(e, extras));
  const base = bindBase(select, around);
  const tree = bindTree(connect, base, extras, around);
  const alias = around.binder.freshAlias("t");
  const reads: BoundFrom = { kind: "derived", alias, lateral: false, query: tree };
  return {
    select: rewritten,
    tail: rewrittenTail,
    source: { from: [reads], names: namesOver(base, tree.columns, alias) },
  };
}

/** The items that will be rewritten get their names from the text as it was written. */
function namedItems(select: Select, around: Surroundings): Select["items"] {
  return select.items.map((item) => {
    if (item.kind === "star" || item.alias !== undefined) return item;
    const found: Extra[] = [];
    rewriteSyntax(item.expression, (e) => extraOf(e, found));
    if (found.length === 0) return item;
    const name = outputName(item.expression, undefined, around.binder.text);
    return { ...item, alias: { name, quoted: true, span: item.span } };
  });
}

/** Replaces what only CONNECT BY knows by a column of the tree. */
function extraOf(expression: Expression, extras: Extra[]): Expression | undefined {
  const add = (kind: Extra["kind"], inner: Expression, separator?: Expression): Expression => {
    const name = `\0${kind} ${extras.length}`;
    extras.push({ name, kind, expression: inner, separator });
    return columnNode(name, expression.span);
  };
  if (expression.kind === "unary" && expression.operator === "prior") {
    return add("prior", expression.operand);
  }
  if (expression.kind === "unary" && expression.operator === "connect_by_root") {
    return add("root", expression.operand);
  }
  if (expression.kind === "call" && expression.name.kind === "name") {
    const [name] = expression.name.parts;
    const [path, separator] = expression.arguments;
    if (name?.name === "SYS_CONNECT_BY_PATH" && path !== undefined && separator !== undefined) {
      return add("path", path.value, separator.value);
    }
  }
  return undefined;
}

type Base = {
  readonly alias: string;
  readonly query: BoundQuery;
  readonly names: FromNames;
  /** The position in `query.columns` of each column expression of FROM. */
  readonly positions: ReadonlyMap<BoundExpression, number>;
};

/** FROM as a query: all its columns. */
function bindBase(select: Select, around: Surroundings): Base {
  const source = bindFromList(select.from, around);
  const expressions = [
    ...new Set(
      [...source.names.columns, ...source.names.relations.flatMap((r) => r.columns)].map(
        (column) => column.expression,
      ),
    ),
  ];
  const columns = expressions.map((expression, index) => ({
    name: expression.kind === "column" ? expression.name : `C${index + 1}`,
    type: expression.type,
    nullable: expression.nullable,
    physical: `c${index + 1}`,
  }));
  const body = selectOf(expressions, columns, source.from, undefined);
  return {
    alias: around.binder.freshAlias("cte"),
    query: queryOver(body),
    names: source.names,
    positions: new Map(expressions.map((expression, index) => [expression, index])),
  };
}

/** The names of FROM over a table that has the base's columns first and LEVEL and the extras behind them. */
function namesOver(base: Base, columns: readonly OutputColumn[], alias: string): FromNames {
  const place = (column: NamedColumn): NamedColumn => {
    const position = must(base.positions.get(column.expression));
    return { ...column, expression: outputReference(must(columns[position]), alias) };
  };
  const added = columns.slice(base.query.columns.length).map((column) => ({
    name: column.name,
    expression: outputReference(column, alias),
    hidden: true,
  }));
  return {
    relations: base.names.relations.map((relation) => ({
      ...relation,
      columns: relation.columns.map(place),
    })),
    columns: [...base.names.columns.map(place), ...added],
  };
}

function bindTree(
  connect: ConnectBy,
  base: Base,
  extras: readonly Extra[],
  around: Surroundings,
): BoundQuery {
  const { binder } = around;
  const tree = binder.freshAlias("cte");
  const [first, child, parent] = ["t", "t", "t"].map((prefix) => binder.freshAlias(prefix));
  const scopeOf = (alias = "", more: readonly NamedColumn[] = []): SelectScope => {
    const names = namesOver(base, base.query.columns, alias);
    const all = { relations: names.relations, columns: [...names.columns, ...more] };
    return plainScope(binder, around.environment, "where", all, around.outer);
  };
  const types = extras.map((extra) =>
    extra.kind === "path" ? TEXT : bindExpression(extra.expression, scopeOf(first), binder).type,
  );
  const columns = treeColumns(base, extras, types);
  const parentColumn = (name: string): BoundExpression =>
    outputReference(must(columns.find((column) => column.name === name)), parent);
  const anchor = extras.map((extra, index) =>
    castTo(anchorValue(extra, scopeOf(first), around), must(types[index]), binder),
  );
  const one = constant(INTEGER, "1");
  const { condition, level } = bindLink(connect, scopeOf, { child, parent }, parentColumn, around);
  const next = extras.map((extra, index) =>
    castTo(
      nextValue(extra, scopeOf, { child, parent }, parentColumn, around),
      must(types[index]),
      binder,
    ),
  );
  const from = (alias: string | undefined, cte: string): BoundFrom => ({
    kind: "cte",
    alias: must(alias),
    cte,
  });
  const baseColumns = (alias: string | undefined): BoundExpression[] =>
    base.query.columns.map((column) => outputReference(column, alias));
  const start = connect.startWith && bindCondition(connect.startWith, scopeOf(first), binder);
  const join: BoundFrom = {
    kind: "join",
    type: "inner",
    left: from(parent, tree),
    right: from(child, base.alias),
    on: condition,
    lateral: false,
  };
  const left = selectOf(
    [...baseColumns(first), one, ...anchor],
    columns,
    [from(first, base.alias)],
    start,
  );
  const right = selectOf([...baseColumns(child), level, ...next], columns, [join], undefined);
  const recursive = queryOver({
    kind: "set_operation",
    operator: "union",
    all: true,
    left,
    right,
    columns,
  });
  const result = binder.freshAlias("t");
  const items = columns.map((column) => outputReference(column, result));
  return {
    ...queryOver(selectOf(items, columns, [from(result, tree)], undefined)),
    recursive: true,
    ctes: [
      { alias: base.alias, query: base.query },
      { alias: tree, query: recursive },
    ],
  };
}

type Sides = { readonly child: string | undefined; readonly parent: string | undefined };
type ScopeOf = (alias?: string, more?: readonly NamedColumn[]) => SelectScope;

/** The condition between a row and its parent, and the row's LEVEL. */
function bindLink(
  connect: ConnectBy,
  scopeOf: ScopeOf,
  sides: Sides,
  parentColumn: (name: string) => BoundExpression,
  around: Surroundings,
): { readonly condition: BoundExpression; readonly level: BoundExpression } {
  const { binder } = around;
  const priors: Extra[] = [];
  const condition = rewriteSyntax(connect.condition, (e) => extraOf(e, priors));
  const { span } = connect.condition;
  const above: NamedColumn = { name: LEVEL, expression: parentColumn(LEVEL) };
  const sum = binaryNode("+", columnNode(LEVEL, span), numberNode("1", span), span);
  const level = castTo(
    bindExpression(sum, scopeOf(sides.parent, [above]), binder),
    INTEGER,
    binder,
  );
  const columns = priors.map((prior) => ({
    name: prior.name,
    expression: bindExpression(prior.expression, scopeOf(sides.parent, [above]), binder),
  }));
  const scope = scopeOf(sides.child, [...columns, { name: LEVEL, expression: level }]);
  return { condition: bindCondition(condition, scope, binder), level };
}

function anchorValue(extra: Extra, scope: SelectScope, around: Surroundings): BoundExpression {
  const { binder } = around;
  if (extra.kind === "prior") return constant({ kind: "null" }, null);
  if (extra.kind === "root") return bindExpression(extra.expression, scope, binder);
  const separator = must(extra.separator);
  const path = binaryNode("||", separator, extra.expression, extra.expression.span);
  return bindExpression(path, scope, binder);
}

function nextValue(
  extra: Extra,
  scopeOf: ScopeOf,
  sides: Sides,
  parentColumn: (name: string) => BoundExpression,
  around: Surroundings,
): BoundExpression {
  const { binder } = around;
  if (extra.kind === "prior") {
    return bindExpression(extra.expression, scopeOf(sides.parent), binder);
  }
  if (extra.kind === "root") return parentColumn(extra.name);
  const { span } = extra.expression;
  const above = { name: extra.name, expression: parentColumn(extra.name) };
  const step = binaryNode("||", must(extra.separator), extra.expression, span);
  const path = binaryNode("||", columnNode(extra.name, span), step, span);
  return bindExpression(path, scopeOf(sides.child, [above]), binder);
}

function treeColumns(
  base: Base,
  extras: readonly Extra[],
  types: readonly SnowType[],
): readonly OutputColumn[] {
  const count = base.query.columns.length;
  return [
    ...base.query.columns,
    { name: LEVEL, type: INTEGER, nullable: false, physical: `c${count + 1}` },
    ...extras.map((extra, index) => ({
      name: extra.name,
      type: must(types[index]),
      nullable: true,
      physical: `c${count + 2 + index}`,
    })),
  ];
}
