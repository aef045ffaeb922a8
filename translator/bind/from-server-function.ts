/** TABLE(f(…)) of a function whose rows the server gives. */

import type { FromItem } from "../ast/queries.ts";
import type { FunctionEntry } from "../functions/define.ts";
import { bindExpression } from "./expressions.ts";
import type { BoundItem } from "./from.ts";
import { bindRelation } from "./from-table.ts";
import { LEFT_OUT, resolveCall } from "./overloads.ts";
import type { Surroundings } from "./query.ts";
import type { Scope } from "./scope.ts";

/** @throws 000002 for a function that is known and refused, 000938, 000939 and 001044 for wrong arguments */
export function bindSystemTable(
  item: Extract<FromItem, { kind: "table_function" }>,
  entry: FunctionEntry,
  scope: Scope,
  around: Surroundings,
): BoundItem {
  const { binder } = around;
  const { span } = item.call;
  if (entry.refused !== undefined) {
    throw binder.error("unsupportedFeature", { feature: entry.name }, span);
  }
  const args = item.arguments.map((argument) => ({
    name: argument.name?.name,
    value: bindExpression(argument.value, scope, binder),
    span: argument.value.span,
  }));
  const resolved = resolveCall(entry, args, binder, { span });
  const call = {
    entry,
    arguments: resolved.arguments.map((value) => (value === LEFT_OUT ? undefined : value)),
    sources: item.arguments.map(({ value }) => binder.source(value.span)),
    type: resolved.type,
    span,
  };
  const relation = binder.serverFunctions(entry.name, span).table(call, binder);
  return bindRelation(relation, item.alias, around);
}
