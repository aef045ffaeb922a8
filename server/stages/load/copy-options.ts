/**
 * The options of COPY INTO a table: the statement's own over those of the stage.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 */

import { snowflakeError } from "../../../translator/base/errors.ts";
import type { Property, PropertyValue } from "../../../translator/statements/properties.ts";
import { valueText } from "../format-values.ts";

/** What happens to a file with errors. */
export type OnError =
  | { readonly kind: "abort" }
  | { readonly kind: "continue" }
  /** A file with that many errors, or more than that percentage of its rows, is left out. */
  | { readonly kind: "skip_file"; readonly count: number }
  | { readonly kind: "skip_percent"; readonly percent: number };

export type ValidationMode =
  | { readonly kind: "rows"; readonly count: number }
  | { readonly kind: "errors" }
  | { readonly kind: "all_errors" };

export type CopyOptions = {
  readonly files: readonly string[] | undefined;
  readonly pattern: string | undefined;
  readonly fileFormat: PropertyValue | undefined;
  readonly onError: OnError;
  readonly sizeLimit: number | undefined;
  readonly purge: boolean;
  readonly returnFailedOnly: boolean;
  readonly matchByName: "none" | "case_sensitive" | "case_insensitive";
  /** Target columns, as stored, with the METADATA$ column that each gets. */
  readonly includeMetadata: readonly (readonly [column: string, metadata: string])[];
  /** Texts that are too long for their column are cut. */
  readonly truncate: boolean;
  readonly force: boolean;
  readonly validation: ValidationMode | undefined;
};

const FILES_MAX = 1000;
const METADATA_NAMES: ReadonlySet<string> = new Set([
  "METADATA$FILENAME",
  "METADATA$FILE_ROW_NUMBER",
  "METADATA$FILE_CONTENT_KEY",
  "METADATA$FILE_LAST_MODIFIED",
  "METADATA$START_SCAN_TIME",
]);

/** Options that need a service or an engine that is not here. */
const REFUSED: ReadonlySet<string> = new Set([
  "FILE_PROCESSOR",
  "LOAD_MODE",
  "STORAGE_INTEGRATION",
  "CREDENTIALS",
  "ENCRYPTION",
]);

/**
 * @param stageOptions COPY_OPTIONS of the stage, by upper-case name
 * @throws 000002 for an option that is not supported, 001008 for a value that an option cannot have
 */
export function copyOptions(
  properties: readonly Property[],
  stageOptions: Readonly<Record<string, string>>,
): CopyOptions {
  const own = new Map(properties.map(({ name, value }) => [name, value]));
  for (const name of own.keys()) {
    if (REFUSED.has(name)) throw snowflakeError("unsupportedFeature", { feature: `COPY ${name}` });
  }
  const text = (name: string): string | undefined => {
    const value = own.get(name);
    return value === undefined ? stageOptions[name] : valueText(value);
  };
  const flag = (name: string, otherwise: boolean) => booleanOption(name, text(name), otherwise);
  // Where a table lies together is nothing that a load decides here.
  flag("CLUSTER_AT_INGEST_TIME", false);
  // Load metadata never expires here, so that there is no doubt about any file.
  flag("LOAD_UNCERTAIN_FILES", false);
  return {
    files: filesOption(own.get("FILES")),
    pattern: text("PATTERN"),
    fileFormat: own.get("FILE_FORMAT"),
    onError: onErrorOption(text("ON_ERROR") ?? "ABORT_STATEMENT"),
    sizeLimit: sizeOption(text("SIZE_LIMIT")),
    purge: flag("PURGE", false),
    returnFailedOnly: flag("RETURN_FAILED_ONLY", false),
    matchByName: matchOption(text("MATCH_BY_COLUMN_NAME") ?? "NONE"),
    includeMetadata: metadataOption(own.get("INCLUDE_METADATA")),
    truncate: flag("TRUNCATECOLUMNS", !flag("ENFORCE_LENGTH", true)),
    force: flag("FORCE", false),
    validation: validationOption(text("VALIDATION_MODE")),
  };
}

function invalid(name: string, value: string) {
  return snowflakeError("invalidParameterValue", { value: `'${value}'`, name });
}

function booleanOption(name: string, text: string | undefined, otherwise: boolean): boolean {
  if (text === undefined) return otherwise;
  const word = text.toUpperCase();
  if (word !== "TRUE" && word !== "FALSE") throw invalid(name, text);
  return word === "TRUE";
}

function filesOption(value: PropertyValue | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const files = value.kind === "list" ? value.items.map(valueText) : [valueText(value)];
  if (files.length > FILES_MAX) throw invalid("FILES", `${files.length} files`);
  return files;
}

function sizeOption(text: string | undefined): number | undefined {
  if (text === undefined || text.toUpperCase() === "NULL") return undefined;
  const size = Number(text);
  if (!Number.isInteger(size) || size <= 0) throw invalid("SIZE_LIMIT", text);
  return size;
}

function onErrorOption(text: string): OnError {
  const word = text.toUpperCase();
  if (word === "ABORT_STATEMENT") return { kind: "abort" };
  if (word === "CONTINUE") return { kind: "continue" };
  if (word === "SKIP_FILE") return { kind: "skip_file", count: 1 };
  const [, number, percent] = /^SKIP_FILE_(\d+)(%?)$/.exec(word) ?? [];
  if (number === undefined) throw invalid("ON_ERROR", text);
  if (percent === "%") return { kind: "skip_percent", percent: Number(number) };
  return { kind: "skip_file", count: Math.max(1, Number(number)) };
}

function matchOption(text: string): CopyOptions["matchByName"] {
  const word = text.toUpperCase();
  if (word === "NONE") return "none";
  if (word === "CASE_SENSITIVE") return "case_sensitive";
  if (word === "CASE_INSENSITIVE") return "case_insensitive";
  throw invalid("MATCH_BY_COLUMN_NAME", text);
}

function metadataOption(value: PropertyValue | undefined): CopyOptions["includeMetadata"] {
  if (value === undefined) return [];
  if (value.kind !== "map") throw invalid("INCLUDE_METADATA", valueText(value));
  return value.properties.map(({ name, value: metadata }) => {
    const text = valueText(metadata).toUpperCase();
    if (!METADATA_NAMES.has(text)) throw invalid("INCLUDE_METADATA", text);
    return [name, text] as const;
  });
}

function validationOption(text: string | undefined): ValidationMode | undefined {
  if (text === undefined) return undefined;
  const word = text.toUpperCase();
  if (word === "RETURN_ERRORS") return { kind: "errors" };
  if (word === "RETURN_ALL_ERRORS") return { kind: "all_errors" };
  const rows = /^RETURN_(\d+)_ROWS$/.exec(word)?.[1] ?? (word === "RETURN_ROWS" ? "1" : undefined);
  if (rows === undefined) throw invalid("VALIDATION_MODE", text);
  return { kind: "rows", count: Number(rows) };
}
