/**
 * Values that are drawn once per row. A function's template may name an argument several times, and the binder may put one
 * operand in several places (BETWEEN, CASE, a function's body in SQL); RANDOM() is one value all the same. While an
 * expression is lowered a mark stands for each drawn value; at the end a mark that occurs once gives way to
 * its SQL, and one that occurs more often to a lambda's parameter.
 */

import { must } from "../base/assert.ts";
import type { BoundExpression } from "../bind/bound.ts";
import { queryOf } from "../bind/query-walk.ts";

type Draw = {
  readonly mark: string;
  readonly sql: string;
  /** What may not stand in a lambda: an aggregate, a window function, a query. */
  readonly isOpaque: boolean;
};

/** The drawn values of one expression, each after those in its own arguments. */
export class Draws {
  private readonly byName = new Map<string, Draw>();

  /** The mark of the value that is drawn under that name; `lower` gives its SQL the first time. */
  draw(name: string, lower: () => string): string {
    return this.add(name, lower, false);
  }

  /** The mark of what has to stay outside of a lambda. */
  keepOutside(lower: () => string): string {
    return this.add(`outside${this.byName.size}`, lower, true);
  }

  private add(name: string, lower: () => string, isOpaque: boolean): string {
    const known = this.byName.get(name);
    if (known !== undefined) return known.mark;
    const sql = lower();
    const mark = `⟦draw:${this.byName.size}⟧`;
    this.byName.set(name, { mark, sql, isOpaque });
    return mark;
  }

  /** The SQL with its marks resolved. */
  resolve(lowered: string): string {
    const draws = [...this.byName.values()].reverse();
    const isRepeated = (draw: Draw): boolean => lowered.split(draw.mark).length > 2;
    // The SQL of a draw may name earlier ones: their places count once it stands in for its mark.
    let sql = lowered;
    let hasLambda = false;
    const outside: Draw[] = [];
    for (const draw of draws) {
      if (draw.isOpaque && (hasLambda || draws.some(isRepeated))) {
        outside.push(draw);
        continue;
      }
      const parts = sql.split(draw.mark);
      if (parts.length > 2) {
        sql = bound(draw, sql);
        hasLambda = true;
      } else sql = parts.join(draw.sql);
    }
    return outside.reduce((inner, draw) => bound(draw, inner), sql);
  }
}

/** The SQL with a parameter where the mark stands. */
function bound({ mark, sql }: Draw, body: string): string {
  const parameter = `draw${must(/\d+/.exec(mark))[0]}_`;
  return `list_transform([${sql}], lambda ${parameter}: ${body.split(mark).join(parameter)})[1]`;
}

/** True for what cannot stand in a lambda of DuckDB. */
export function isOutsideOnly(expression: BoundExpression): boolean {
  if (queryOf(expression) !== undefined) return true;
  if (expression.kind !== "call") return false;
  return expression.over !== undefined || expression.entry.kind !== "scalar";
}
