/** Aliases of a SELECT list as names: bound when first asked for, so that they may refer forwards and backwards. */

import type { Expression, Identifier } from "../ast/expressions.ts";
import type { Span } from "../base/source.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { contains, expressionKey, isAggregate, isDrawn, isWindow } from "./query-walk.ts";
import type { SelectScope } from "./scope-select.ts";

type Entry = {
  readonly expression: Expression;
  bound: BoundExpression | undefined;
  busy: boolean;
};

export class AliasTable {
  private readonly binder: Binder;
  private readonly byName = new Map<string, Entry[]>();
  private readonly byExpression = new Map<Expression, Entry>();

  constructor(binder: Binder) {
    this.binder = binder;
  }

  /** Adds an item of the SELECT list; `name` is its alias. */
  add(name: string, expression: Expression): void {
    const entry: Entry = { expression, bound: undefined, busy: false };
    const named = this.byName.get(name);
    if (named === undefined) this.byName.set(name, [entry]);
    else named.push(entry);
    this.byExpression.set(expression, entry);
  }

  /**
   * The expression behind an alias.
   * @returns undefined when there is none, or when the alias is being bound itself (`a + 1 AS a`)
   */
  resolve(name: Identifier, scope: SelectScope, span: Span): BoundExpression | undefined {
    const found = (this.byName.get(name.name) ?? []).filter((entry) => !entry.busy);
    const [first, ...others] = found.map((entry) => this.bind(entry, scope));
    if (first === undefined) return undefined;
    if (others.some((other) => expressionKey(other) !== expressionKey(first))) {
      throw this.binder.error("ambiguousColumn", { name: name.name }, undefined);
    }
    this.checkClause(first, scope, name, span);
    return { ...first, offset: span.start };
  }

  private bind(entry: Entry, scope: SelectScope): BoundExpression {
    if (entry.bound !== undefined) return entry.bound;
    entry.busy = true;
    try {
      const bound = bindExpression(entry.expression, scope.withClause("select"), this.binder);
      // In ON only a part of FROM is visible: what is bound there is not the item itself.
      if (scope.clause !== "on") entry.bound = bound;
      return bound;
    } finally {
      entry.busy = false;
    }
  }

  /** The value of an item of the SELECT list: RANDOM() AS r is one for the item and for every reference to r. */
  itemValue(expression: Expression, value: BoundExpression): BoundExpression {
    const entry = this.byExpression.get(expression);
    if (entry === undefined || !isDrawn(value)) return value;
    entry.bound ??= value;
    return entry.bound;
  }

  private checkClause(
    bound: BoundExpression,
    scope: SelectScope,
    name: Identifier,
    span: Span,
  ): void {
    const { clause } = scope;
    if (clause !== "where" && clause !== "group_by" && clause !== "on") return;
    if (contains(bound, isAggregate)) {
      if (clause === "where") {
        throw this.binder.error("aggregateInWhere", { expression: name.name }, undefined);
      }
      throw this.binder.error("notGroupBy", { expression: name.name }, undefined);
    }
    if (contains(bound, isWindow)) {
      throw this.binder.error("windowNotAllowed", { expression: name.name }, span);
    }
  }
}
