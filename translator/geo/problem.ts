/** The errors of geospatial values and functions. */

import { type SnowflakeError, snowflakeError } from "../base/errors.ts";

/** The input is no geospatial value of any format. */
export function badInput(input: string, reason: string): SnowflakeError {
  const shown = input.length > SHOWN ? `${input.slice(0, SHOWN)}...` : input;
  return snowflakeError("geoInput", { value: shown, reason });
}

const SHOWN = 100;

/** A function got a shape that it cannot take. */
export function badShape(name: string, reason: string): SnowflakeError {
  return snowflakeError("geoArgument", { function: name, reason });
}

/** A case that mockhaus does not compute. */
export function notComputed(feature: string): SnowflakeError {
  return snowflakeError("geoUnsupported", { feature });
}
