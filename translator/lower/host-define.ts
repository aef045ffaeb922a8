/** How the host functions of casts are declared: one that raises, and a quiet twin for TRY_ casts. */

import { SnowflakeError } from "../base/errors.ts";
import type { HostFunction, HostType, HostValue } from "../base/host.ts";

type Evaluate = (...args: readonly HostValue[]) => HostValue;

/** A host function; its name gets the underscore of host functions. */
export function plain(
  name: string,
  parameters: readonly HostType[],
  returns: HostType,
  evaluate: Evaluate,
): HostFunction {
  return { name: `_${name}`, parameters, returns, evaluate };
}

/** A function and its twin that gives NULL for bad data. */
export function withTry(
  name: string,
  parameters: readonly HostType[],
  returns: HostType,
  evaluate: Evaluate,
): readonly HostFunction[] {
  const quiet: Evaluate = (...args) => {
    try {
      return evaluate(...args);
    } catch (error) {
      if (error instanceof SnowflakeError) return null;
      throw error;
    }
  };
  return [
    plain(name, parameters, returns, evaluate),
    plain(`try_${name}`, parameters, returns, quiet),
  ];
}

/** The name of a function, or of its quiet twin. */
export function named(isTry: boolean, name: string): string {
  return isTry ? `_try_${name}` : `_${name}`;
}
