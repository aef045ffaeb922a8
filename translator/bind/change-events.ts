/**
 * CONDITIONAL_CHANGE_EVENT(v) as a running count over `v <> LAG(v)`: a NULL on either side is no change.
 * https://docs.snowflake.com/en/sql-reference/functions/conditional_change_event
 */

import { must } from "../base/assert.ts";
import { lookupFunction } from "../functions/registry.ts";
import type { TypeKind } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { bindComparison } from "./operators.ts";
import { rewrite } from "./query-walk.ts";

/** The types whose values `<>` compares as they are. */
const COMPARED: ReadonlySet<TypeKind> = new Set<TypeKind>([
  "number",
  "float",
  "boolean",
  "text",
  "binary",
  "date",
  "time",
  "timestamp",
]);

/** The expression with its change events as windows over windows, which nested-windows.ts takes apart. */
export function spreadChangeEvents(expression: BoundExpression, binder: Binder): BoundExpression {
  return rewrite(expression, (part) => {
    if (part.kind !== "call" || part.entry.name !== "CONDITIONAL_CHANGE_EVENT") return undefined;
    const [value] = part.arguments;
    const { over } = part;
    if (value === undefined || over === undefined || !COMPARED.has(value.type.kind)) {
      return undefined;
    }
    const lag = functionEntry("LAG");
    const count = functionEntry("CONDITIONAL_TRUE_EVENT");
    const before: BoundExpression = {
      ...part,
      entry: lag,
      signature: must(lag.signatures[0]),
      over: { ...over, frame: undefined },
      type: value.type,
      nullable: true,
    };
    const differs = bindComparison("<>", value, before, binder, [NOWHERE, NOWHERE]);
    return { ...part, entry: count, signature: must(count.signatures[0]), arguments: [differs] };
  });
}

const NOWHERE = { start: 0, end: 0 };

function functionEntry(name: string) {
  return must(lookupFunction(name), name);
}
