/** What an expression can see while it is bound. Implemented by the query binder; used by the expression binder. */

import type { Identifier, Star, WindowSpecification } from "../ast/expressions.ts";
import type { Span } from "../base/source.ts";
import type { BoundExpression } from "./bound.ts";

export type StarColumn = { readonly name: string; readonly expression: BoundExpression };

/** Which clause an expression stands in: decides whether aggregates and windows may appear. */
export type Clause =
  | "select"
  | "where"
  | "on"
  | "group_by"
  | "having"
  | "qualify"
  | "order_by"
  | "values"
  | "from"
  | "default"
  | "set";

export interface Scope {
  readonly clause: Clause;
  /**
   * A column, alias, sequence NEXTVAL or pseudo column by name; looks outwards through enclosing scopes. A path that begins
   * with a column (`t.v`) is resolved as far as names go. Throws ambiguous column errors.
   * @returns undefined when nothing has that name (the caller raises `invalid identifier`)
   */
  resolveColumn(parts: readonly Identifier[], span: Span): BoundExpression | undefined;
  /** `$1`, `t.$1`. Undefined when there is no such position. */
  resolvePositional(
    qualifier: readonly Identifier[],
    index: number,
    span: Span,
  ): BoundExpression | undefined;
  /** The columns of `*` or `t.*` with its modifiers, in order. */
  expandStar(star: Pick<Star, "qualifier" | "modifiers" | "span">): readonly StarColumn[];
  /** A named window of the WINDOW clause. */
  namedWindow(name: Identifier): WindowSpecification | undefined;
  /** A lambda's parameters hide columns. */
  withLambdaParameters(parameters: ReadonlyMap<string, BoundExpression>): Scope;
  /** The name a person knows a column by (`T1.C`), for error messages. */
  displayName(column: BoundExpression): string;
  /** The same names in another clause. */
  withClause(clause: Clause): Scope;
}
