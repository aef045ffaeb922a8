/** Why documentation examples do not give what their page prints; the conformance page groups them by it. */

import type { Outcome } from "./cases.ts";
import { DOCUMENTED_REASONS_A } from "./documented-a.ts";
import { DOCUMENTED_REASONS_B } from "./documented-b.ts";
import { DOCUMENTED_REASONS_C } from "./documented-c.ts";
import { DOCUMENTED_REASONS_D } from "./documented-d.ts";
import type { Reason } from "./documented-steps.ts";

/** By the runner's label, `documentation/<file>#<index of the step>`. */
export const DOCUMENTED_REASONS: ReadonlyMap<string, Reason> = new Map([
  ...DOCUMENTED_REASONS_A,
  ...DOCUMENTED_REASONS_B,
  ...DOCUMENTED_REASONS_C,
  ...DOCUMENTED_REASONS_D,
]);

/**
 * Where the reasons and a run part.
 * @param examples one outcome for each different example of a whole run
 * @returns labels that have a reason and pass, and labels that fail without one
 */
export function reasonGaps(examples: readonly Outcome[]): {
  readonly stale: readonly string[];
  readonly missing: readonly string[];
} {
  const failed = new Map(
    examples.filter(({ passed }) => !passed).map((outcome) => [outcome.label, outcome]),
  );
  return {
    stale: [...DOCUMENTED_REASONS.keys()].filter((label) => !failed.has(label)),
    missing: [...failed.values()]
      .filter(({ label, rowsEqual }) => !rowsEqual && !DOCUMENTED_REASONS.has(label))
      .map(({ label }) => label),
  };
}
