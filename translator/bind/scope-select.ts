/** The scope of a SELECT: columns of its FROM, then its own aliases, then the enclosing query. */

import type { Identifier, Star, WindowSpecification } from "../ast/expressions.ts";
import type { Span } from "../base/source.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import type { Environment } from "./query-environment.ts";
import type { Clause, Scope, StarColumn } from "./scope.ts";
import type { AliasTable } from "./scope-aliases.ts";
import {
  columnsNamed,
  displayName,
  type FromNames,
  type NamedColumn,
  NO_NAMES,
  relationsNamed,
} from "./scope-names.ts";
import { resolveSequence } from "./scope-sequences.ts";
import { expandStar } from "./star.ts";

export type ScopeParts = {
  readonly binder: Binder;
  readonly environment: Environment;
  readonly names: FromNames;
  readonly outer: Scope | undefined;
  readonly clause: Clause;
  readonly aliases: AliasTable | undefined;
  readonly windows: ReadonlyMap<string, WindowSpecification>;
  readonly lambda: ReadonlyMap<string, BoundExpression>;
};

export class SelectScope implements Scope {
  readonly parts: ScopeParts;

  constructor(parts: ScopeParts) {
    this.parts = parts;
  }

  get clause(): Clause {
    return this.parts.clause;
  }

  get environment(): Environment {
    return this.parts.environment;
  }

  resolveColumn(parts: readonly Identifier[], span: Span): BoundExpression | undefined {
    const last = parts[parts.length - 1];
    if (last === undefined) return undefined;
    const found =
      parts.length === 1
        ? this.resolvePlain(last, span)
        : this.resolveQualified(parts.slice(0, -1), last, span);
    return (
      found ??
      this.parts.outer?.resolveColumn(parts, span) ??
      resolveSequence(parts, this.parts.binder)
    );
  }

  /** A column before an alias of the same name, except in ORDER BY (reference: semantics 1.3). */
  private resolvePlain(name: Identifier, span: Span): BoundExpression | undefined {
    const parameter = this.parts.lambda.get(name.name);
    if (parameter !== undefined) return parameter;
    const column = (): BoundExpression | undefined =>
      this.single(columnsNamed(this.parts.names.columns, name.name), name, span);
    const alias = (): BoundExpression | undefined => this.parts.aliases?.resolve(name, this, span);
    return this.clause === "order_by" ? (alias() ?? column()) : (column() ?? alias());
  }

  private resolveQualified(
    qualifier: readonly Identifier[],
    name: Identifier,
    span: Span,
  ): BoundExpression | undefined {
    const columns = relationsNamed(this.parts.names, qualifier).flatMap((relation) =>
      columnsNamed(relation.columns, name.name),
    );
    return this.single(columns, name, span);
  }

  private single(
    columns: readonly NamedColumn[],
    name: Identifier,
    span: Span,
  ): BoundExpression | undefined {
    const [first, second] = columns;
    if (first === undefined) return undefined;
    if (second !== undefined) {
      throw this.parts.binder.error("ambiguousColumn", { name: name.name }, undefined);
    }
    return { ...first.expression, offset: span.start };
  }

  resolvePositional(
    qualifier: readonly Identifier[],
    index: number,
    span: Span,
  ): BoundExpression | undefined {
    const { names, outer } = this.parts;
    const isPlain = qualifier.length === 0;
    const relations = isPlain ? names.relations : relationsNamed(names, qualifier);
    const numbered = relations[0]?.numbered;
    if (numbered !== undefined && index > 0) {
      return { ...numbered(index).expression, offset: span.start };
    }
    const columns = isPlain ? names.columns : relations.flatMap((relation) => relation.columns);
    const column = columns.filter((c) => c.hidden !== true)[index - 1];
    if (column !== undefined) return { ...column.expression, offset: span.start };
    return columns.length > 0 ? undefined : outer?.resolvePositional(qualifier, index, span);
  }

  expandStar(star: Pick<Star, "qualifier" | "modifiers" | "span">): readonly StarColumn[] {
    return expandStar(star, this.parts.names, this, this.parts.binder);
  }

  namedWindow(name: Identifier): WindowSpecification | undefined {
    return this.parts.windows.get(name.name);
  }

  displayName(column: BoundExpression): string {
    return displayName(this.parts.names, column);
  }

  withLambdaParameters(parameters: ReadonlyMap<string, BoundExpression>): SelectScope {
    const lambda = new Map([...this.parts.lambda, ...parameters]);
    return new SelectScope({ ...this.parts, lambda });
  }

  withClause(clause: Clause): SelectScope {
    return clause === this.clause ? this : new SelectScope({ ...this.parts, clause });
  }
}

/** A scope over the given names alone: FROM parts, VALUES, LIMIT, output columns. */
export function plainScope(
  binder: Binder,
  environment: Environment,
  clause: Clause,
  names: FromNames = NO_NAMES,
  outer: Scope | undefined = undefined,
): SelectScope {
  return new SelectScope({
    binder,
    environment,
    names,
    outer,
    clause,
    aliases: undefined,
    windows: new Map(),
    lambda: new Map(),
  });
}
