/** Why documentation examples do not give what their page prints; the conformance page groups them by it. */

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
