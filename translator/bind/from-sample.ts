/** SAMPLE and TABLESAMPLE (docs: constructs/sample). */

import type { Sample } from "../ast/queries.ts";
import type { BoundSample } from "./bound.ts";
import { bindExpression } from "./expressions.ts";
import { constantNumber } from "./fold.ts";
import type { Surroundings } from "./query.ts";
import { plainScope } from "./scope-select.ts";

/** @throws invalid value (001008) when the size is no constant number or a percentage is out of 0..100 */
export function bindSample(
  sample: Sample | undefined,
  around: Surroundings,
): BoundSample | undefined {
  if (sample === undefined) return undefined;
  const { binder } = around;
  const scope = plainScope(binder, around.environment, "from");
  const constant = (expression: Sample["size"]): number => {
    const value = constantNumber(bindExpression(expression, scope, binder));
    if (value !== undefined && value >= 0) return value;
    throw binder.error("tableFunctionArgument", { argument: binder.source(expression.span) });
  };
  const size = constant(sample.size);
  if (!sample.rows && size > 100) {
    throw binder.error("tableFunctionArgument", { argument: binder.source(sample.size.span) });
  }
  return {
    method: sample.rows ? "reservoir" : sample.method,
    size,
    rows: sample.rows,
    seed: sample.seed && constant(sample.seed),
  };
}
