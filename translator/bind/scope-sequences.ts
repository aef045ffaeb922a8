/** `seq.NEXTVAL` as a name (docs: querying-sequences). */

import type { Identifier } from "../ast/expressions.ts";
import { INTEGER } from "../types/types.ts";
import type { Binder } from "./binder.ts";
import type { BoundExpression } from "./bound.ts";
import { candidateNames } from "./from-names.ts";

/** The sequence's next value when the path ends in NEXTVAL and names a sequence. */
export function resolveSequence(
  parts: readonly Identifier[],
  binder: Binder,
): BoundExpression | undefined {
  const last = parts[parts.length - 1];
  if (parts.length < 2 || last?.name !== "NEXTVAL") return undefined;
  for (const name of candidateNames(parts.slice(0, -1), binder.context)) {
    const sequence = binder.context.catalog.sequence(name);
    if (sequence !== undefined) {
      binder.features.isVolatile = true;
      return {
        kind: "nextval",
        physical: sequence.physical,
        drawn: binder.freshAlias("draw"),
        type: INTEGER,
        nullable: false,
      };
    }
  }
  return undefined;
}
