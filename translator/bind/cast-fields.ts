/**
 * `CAST(x AS OBJECT(…) RENAME FIELDS)` and `ADD FIELDS`: members by their place under other names, and further members
 * with NULL. https://docs.snowflake.com/en/sql-reference/data-types-structured
 */

import type { Span } from "../base/source.ts";
import type { SnowType } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { callByName } from "./expressions-calls.ts";
import { constant, textConstant } from "./fold.ts";

/**
 * The operand with the members of the target type; unchanged without such an option.
 * @throws 000002 when one of the types is not a structured OBJECT
 */
export function withFields(
  operand: BoundExpression,
  to: SnowType,
  options: readonly string[],
  binder: Binder,
  span: Span,
): BoundExpression {
  if (options.length === 0) return operand;
  const from = operand.type;
  if (from.kind !== "object" || to.kind !== "object" || !from.fields || !to.fields) {
    const feature = `CAST … ${options.join(" ")} of a type that is not a structured OBJECT`;
    throw binder.error("unsupportedFeature", { feature }, span);
  }
  const known = from.fields;
  const isRenamed = options.some((option) => option.startsWith("RENAME"));
  const pairs = to.fields.flatMap(({ name }, index) => {
    const source = isRenamed ? known[index] : known.find((field) => field.name === name);
    const value =
      source === undefined
        ? constant({ kind: "null" }, null, span.start)
        : callByName("GET", [operand, textConstant(source.name)], binder, span);
    return [textConstant(name), value];
  });
  const object = callByName("OBJECT_CONSTRUCT_KEEP_NULL", pairs, binder, span);
  const missing = constant(object.type, null, span.start);
  return callByName("NVL2", [operand, object, missing], binder, span);
}
