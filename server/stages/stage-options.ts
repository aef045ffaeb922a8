/** The options of CREATE and ALTER STAGE. https://docs.snowflake.com/en/sql-reference/sql/create-stage */

import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property, PropertyValue } from "../../translator/statements/properties.ts";
import type { StageDirectory, StageObject } from "../catalog/objects.ts";
import { valueText } from "./format-values.ts";
import { stageFormat } from "./resolve-format.ts";
import { isStageUrl } from "./staged-files.ts";

/** What the options of a stage say; members that were not given are missing. */
export type StageOptions = Partial<
  Pick<
    StageObject,
    | "url"
    | "format"
    | "copyOptions"
    | "encryption"
    | "hasCredentials"
    | "storageIntegration"
    | "endpoint"
    | "comment"
  >
> & { readonly directory?: Partial<StageDirectory> | undefined };

const COPY_OPTIONS = new Set([
  "ENFORCE_LENGTH",
  "FORCE",
  "INCLUDE_METADATA",
  "LOAD_UNCERTAIN_FILES",
  "MATCH_BY_COLUMN_NAME",
  "ON_ERROR",
  "PURGE",
  "RETURN_FAILED_ONLY",
  "SIZE_LIMIT",
  "TRUNCATECOLUMNS",
]);

type Reader = (value: PropertyValue) => StageOptions;

const READERS: Readonly<Record<string, Reader>> = {
  URL: (value) => ({ url: stageUrl(valueText(value)) }),
  FILE_FORMAT: (value) => ({ format: stageFormat(value) }),
  COPY_OPTIONS: (value) => ({ copyOptions: copyOptions(value) }),
  DIRECTORY: (value) => ({ directory: directoryOptions(value) }),
  ENCRYPTION: (value) => ({ encryption: encryptionType(value) }),
  CREDENTIALS: (value) => ({ hasCredentials: entries(value, "CREDENTIALS").length > 0 }),
  STORAGE_INTEGRATION: (value) => ({ storageIntegration: valueText(value) }),
  ENDPOINT: (value) => ({ endpoint: valueText(value) }),
  COMMENT: (value) => ({ comment: valueText(value) }),
};

/**
 * Reads the options.
 * @throws 001011 for a URL that no stage can have, 001006 and 001008 for wrong options inside of others
 */
export function stageOptions(properties: readonly Property[]): StageOptions {
  let options: StageOptions = {};
  for (const { name, value } of properties) {
    const read = READERS[name];
    if (read === undefined) {
      throw snowflakeError("unsupportedFeature", { feature: `STAGE ${name}` });
    }
    options = { ...options, ...read(value) };
  }
  return options;
}

function stageUrl(url: string): string {
  if (isStageUrl(url)) return url;
  throw snowflakeError("invalidUrlPrefix", { url });
}

/** The entries of `(NAME = value …)`; `()` has none. */
function entries(value: PropertyValue, name: string): readonly Property[] {
  if (value.kind === "map") return value.properties;
  if (value.kind === "list" && value.items.length === 0) return [];
  throw snowflakeError("invalidParameterValue", { value: valueText(value), name });
}

function copyOptions(value: PropertyValue): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (const { name, value: given } of entries(value, "COPY_OPTIONS")) {
    if (!COPY_OPTIONS.has(name)) throw snowflakeError("invalidParameter", { name });
    options[name] = valueText(given);
  }
  return options;
}

function encryptionType(value: PropertyValue): string {
  const type = entries(value, "ENCRYPTION").find(({ name }) => name === "TYPE");
  return type === undefined ? "" : valueText(type.value).toUpperCase();
}

function directoryOptions(value: PropertyValue): Partial<StageDirectory> {
  let options: Partial<StageDirectory> = {};
  for (const { name, value: given } of entries(value, "DIRECTORY")) {
    const on = /^true$/i.test(valueText(given));
    if (name === "ENABLE") options = { ...options, enabled: on };
    else if (name === "AUTO_REFRESH") options = { ...options, autoRefresh: on };
    else if (name !== "REFRESH_ON_CREATE") throw unsupportedDirectory(name);
  }
  return options;
}

function unsupportedDirectory(name: string) {
  return snowflakeError("unsupportedFeature", { feature: `DIRECTORY ${name}` });
}

/** Whether the directory table is filled when the stage is made: for external stages, unless told otherwise. */
export function refreshesOnCreate(properties: readonly Property[]): boolean {
  const directory = properties.find(({ name }) => name === "DIRECTORY");
  if (directory?.value.kind !== "map") return false;
  const given = directory.value.properties.find(({ name }) => name === "REFRESH_ON_CREATE");
  return given === undefined || /^true$/i.test(valueText(given.value));
}
