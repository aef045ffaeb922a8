/** Formats that there is no reader for. */

import { type SnowflakeError, snowflakeError } from "../../../translator/base/errors.ts";

/** AVRO and ORC: the engine reads neither without an extension, and no library here gives their types right. */
export function refuseFormat(type: string): SnowflakeError {
  return snowflakeError("unsupportedFeature", { feature: `files of TYPE = ${type}` });
}
