/** The host functions through which DuckDB calls users' JavaScript, row by row. */

import { must } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { HostFunction } from "../../translator/base/host.ts";
import type { CatalogObject, FunctionObject } from "../catalog/objects.ts";
import { JAVASCRIPT_CONTEXTS_MAX } from "../limits.ts";
import { Sandbox } from "./javascript-sandbox.ts";
import { scalarSource, tableSource } from "./javascript-source.ts";

/** The scalar function that calls a user's function by its catalog id; and the one for those that may be folded. */
export const CALL_FUNCTION = "_udf_call";
export const IMMUTABLE_CALL_FUNCTION = "_udf_call_immutable";

/**
 * @param find the object of a catalog id: of the account that the database belongs to
 */
export function javaScriptHostFunctions(
  find: (id: number) => CatalogObject | undefined,
): readonly HostFunction[] {
  /** Compiled functions, the one used last at the end. */
  const sandboxes = new Map<FunctionObject, Sandbox>();
  const sandboxOf = (routine: FunctionObject): Sandbox => {
    const known = sandboxes.get(routine);
    const sandbox = known ?? compile(routine);
    sandboxes.delete(routine);
    sandboxes.set(routine, sandbox);
    if (sandboxes.size > JAVASCRIPT_CONTEXTS_MAX) {
      const [oldest] = sandboxes;
      const [key, unused] = must(oldest);
      sandboxes.delete(key);
      unused.dispose();
    }
    return sandbox;
  };
  const evaluate: HostFunction["evaluate"] = (id, ...args) => {
    const routine = find(Number(id));
    if (routine?.kind !== "function") {
      throw snowflakeError("internal", { detail: "the function is gone" });
    }
    return sandboxOf(routine).call(JSON.stringify(args)) ?? null;
  };
  const host = (name: string, volatile: boolean): HostFunction => ({
    name,
    parameters: ["BIGINT"],
    variadic: "VARCHAR",
    returns: "VARCHAR",
    handlesNull: true,
    volatile,
    evaluate,
  });
  return [host(CALL_FUNCTION, true), host(IMMUTABLE_CALL_FUNCTION, false)];
}

function compile(routine: FunctionObject): Sandbox {
  const source = routine.returns.kind === "table" ? tableSource(routine) : scalarSource(routine);
  return new Sandbox(routine.name, routine.body, source);
}
