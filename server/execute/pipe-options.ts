/** The options of CREATE and ALTER PIPE. https://docs.snowflake.com/en/sql-reference/sql/create-pipe */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property } from "../../translator/statements/properties.ts";
import type { Execution } from "./execution.ts";
import { notFound, shown } from "./names.ts";
import { propertyText } from "./properties.ts";

/** Members that were not given are missing. */
export type PipeOptions = {
  readonly autoIngest?: boolean | undefined;
  readonly paused?: boolean | undefined;
  readonly comment?: string | undefined;
};

const READERS: Readonly<Record<string, (text: string) => PipeOptions>> = {
  AUTO_INGEST: (text) => ({ autoIngest: isTrue(text, "AUTO_INGEST") }),
  PIPE_EXECUTION_PAUSED: (text) => ({ paused: isTrue(text, "PIPE_EXECUTION_PAUSED") }),
  COMMENT: (comment) => ({ comment }),
  INTEGRATION: noIntegration,
  ERROR_INTEGRATION: noIntegration,
};

/** Integrations tie an account to services of a cloud; none can be made here. */
function noIntegration(name: string): never {
  throw notFound("Integration", shown(name));
}

function isTrue(text: string, name: string): boolean {
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  throw snowflakeError("invalidParameterValue", { value: text, name });
}

/** @throws 002003 for integrations, 000002 for options that need a cloud, 001008 for a bad value */
export function pipeOptions(properties: readonly Property[], execution: Execution): PipeOptions {
  let options: PipeOptions = {};
  for (const { name, value } of properties) {
    const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (read === undefined) {
      throw snowflakeError("unsupportedFeature", { feature: `${name} of a PIPE` });
    }
    options = { ...options, ...read(propertyText(value, execution)) };
  }
  return options;
}
