/** A table function's arguments as its entry's lowering takes them. */

import { must } from "../base/assert.ts";
import type { BoundFrom } from "../bind/bound.ts";
import type { LoweringCall } from "../functions/define.ts";
import { lowerExpression, loweringContext } from "./expressions.ts";
import type { LoweringState } from "./state.ts";

export function tableFunctionCall(
  from: Extract<BoundFrom, { kind: "table_function" }>,
  state: LoweringState,
): LoweringCall {
  const signature = must(from.entry.signatures[0]);
  const named = new Map(
    [...from.arguments].map(([name, bound]) => [
      name,
      { sql: lowerExpression(bound, state), type: bound.type, nullable: bound.nullable, bound },
    ]),
  );
  return {
    arguments: signature.parameters.flatMap((parameter) => named.get(parameter.name) ?? []),
    named: (name) => named.get(name),
    returns: { kind: "null" },
    distinct: false,
    orderBy: [],
    nulls: undefined,
    fromLast: false,
    over: "",
    isWindow: false,
    context: loweringContext(state),
  };
}
