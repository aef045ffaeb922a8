/** What lowering needs besides the bound tree. */

import type { Draws } from "./draws.ts";

export type LoweringState = {
  /** Session parameter by upper-case name; its value is baked into the SQL. */
  readonly parameter: (name: string) => string | number | boolean;
  /** Values of the session by name, for functions/context.ts; left out, there are none. */
  readonly session?: ((name: string) => string | null) | undefined;
  /** The drawn values of the expression that is being lowered; null in one that has none. */
  readonly draws?: Draws | null | undefined;
};
