/** What lowering needs besides the bound tree. */

export type LoweringState = {
  /** Session parameter by upper-case name; its value is baked into the SQL. */
  readonly parameter: (name: string) => string | number | boolean;
  /** Values of the session by name, for functions/context.ts; left out, there are none. */
  readonly session?: ((name: string) => string | null) | undefined;
};
