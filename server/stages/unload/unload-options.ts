/**
 * The options of COPY INTO a location.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-location
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Property, PropertyValue } from "../../../translator/statements/properties.ts";
import { valueText } from "../format-values.ts";

export type UnloadOptions = {
  readonly fileFormat: PropertyValue | undefined;
  readonly overwrite: boolean;
  readonly single: boolean;
  /** Bytes. */
  readonly maxFileSize: number;
  readonly includeQueryId: boolean;
  readonly detailedOutput: boolean;
  readonly header: boolean;
  /** VALIDATION_MODE = RETURN_ROWS: the rows are the result, and no file is written. */
  readonly returnRows: boolean;
};

const MAX_FILE_SIZE_DEFAULT = 16_777_216;
const MAX_FILE_SIZE_MAX = 5_368_709_120;
const REFUSED: ReadonlySet<string> = new Set(["STORAGE_INTEGRATION", "CREDENTIALS", "ENCRYPTION"]);

/**
 * @param partitioned the statement has PARTITION BY
 * @throws 001008 for a value that an option cannot have, 001425 for options that exclude each other
 */
export function unloadOptions(
  properties: readonly Property[],
  partitioned: boolean,
): UnloadOptions {
  const own = new Map(properties.map(({ name, value }) => [name, value]));
  for (const name of own.keys()) {
    if (REFUSED.has(name)) throw snowflakeError("unsupportedFeature", { feature: `COPY ${name}` });
  }
  const flag = (name: string): boolean | undefined => {
    const value = own.get(name);
    if (value === undefined) return undefined;
    const word = valueText(value).toUpperCase();
    if (word !== "TRUE" && word !== "FALSE") throw invalid(name, word);
    return word === "TRUE";
  };
  const options: UnloadOptions = {
    fileFormat: own.get("FILE_FORMAT"),
    overwrite: flag("OVERWRITE") ?? false,
    single: flag("SINGLE") ?? false,
    maxFileSize: sizeOption(own.get("MAX_FILE_SIZE")),
    includeQueryId: flag("INCLUDE_QUERY_ID") ?? partitioned,
    detailedOutput: flag("DETAILED_OUTPUT") ?? false,
    header: flag("HEADER") ?? false,
    returnRows: returnsRows(own.get("VALIDATION_MODE")),
  };
  checkTogether(options, partitioned);
  return options;
}

function invalid(name: string, value: string) {
  return snowflakeError("invalidParameterValue", { value: `'${value}'`, name });
}

function sizeOption(value: PropertyValue | undefined): number {
  if (value === undefined) return MAX_FILE_SIZE_DEFAULT;
  const size = Number(valueText(value));
  if (!Number.isInteger(size) || size <= 0 || size > MAX_FILE_SIZE_MAX) {
    throw invalid("MAX_FILE_SIZE", valueText(value));
  }
  return size;
}

function returnsRows(value: PropertyValue | undefined): boolean {
  if (value === undefined) return false;
  const word = valueText(value).toUpperCase();
  if (word !== "RETURN_ROWS") throw invalid("VALIDATION_MODE", word);
  return true;
}

function checkTogether(
  { overwrite, single, includeQueryId }: UnloadOptions,
  partitioned: boolean,
): void {
  const conflict = (first: string, second: string) =>
    snowflakeError("conflictingOptions", { first, second });
  if (partitioned && single) throw conflict("PARTITION BY", "SINGLE = TRUE");
  if (partitioned && overwrite) throw conflict("PARTITION BY", "OVERWRITE = TRUE");
  if (partitioned && !includeQueryId) throw conflict("PARTITION BY", "INCLUDE_QUERY_ID = FALSE");
  if (partitioned || !includeQueryId) return;
  if (single) throw conflict("INCLUDE_QUERY_ID = TRUE", "SINGLE = TRUE");
  if (overwrite) throw conflict("INCLUDE_QUERY_ID = TRUE", "OVERWRITE = TRUE");
}
