/** Why documentation examples do not give what their page prints; the conformance page groups them by it. */

import { DOCUMENTED_REASONS_A } from "./documented-a.ts";
import { DOCUMENTED_REASONS_B } from "./documented-b.ts";
import { DOCUMENTED_REASONS_C } from "./documented-c.ts";
import { DOCUMENTED_REASONS_D } from "./documented-d.ts";

/**
 * - set-up elsewhere: tables, variables or session settings that another page makes, or none
 * - cloud service: Cortex, container services, data metrics, shares and the like
 * - abridged output: the page cuts, wraps or renames what a client gets
 * - later work: not done here yet
 * - not deterministic: times, ids, names of the page's account, hash and random values
 * - not SQL: a fragment, or text that Snowflake refuses as well
 * - older behaviour: what Snowflake did before; recorded cases say otherwise
 */
export type Reason =
  | "set-up elsewhere"
  | "cloud service"
  | "abridged output"
  | "later work"
  | "not deterministic"
  | "not SQL"
  | "older behaviour";

/** By the runner's label, `documentation/<file>#<index of the step>`. */
export const DOCUMENTED_REASONS: ReadonlyMap<string, Reason> = new Map([
  ...DOCUMENTED_REASONS_A,
  ...DOCUMENTED_REASONS_B,
  ...DOCUMENTED_REASONS_C,
  ...DOCUMENTED_REASONS_D,
]);
