/**
 * Which file format a statement means: its own FILE_FORMAT, or else the stage's, or else CSV with Snowflake's defaults.
 * Options of two places are not added up: the nearer place has them all.
 * https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 */

import { snowflakeError } from "../../translator/base/errors.ts";
import { splitName } from "../../translator/bind/binder.ts";
import type { Property, PropertyValue } from "../../translator/statements/properties.ts";
import type { StageFormat, StageObject } from "../catalog/objects.ts";
import { FileFormat, storedFormat } from "./file-format.ts";
import type { FileType } from "./format-options.ts";
import { fileType, formatValues } from "./format-values.ts";
import { namedFormat, qualifiedName, type StageScope, shown } from "./staged-files.ts";

/**
 * What the value of FILE_FORMAT says: `(TYPE = CSV …)`, `(FORMAT_NAME = 'f')`, `'f'` or `f`.
 * @throws 001006, 001008 for options that are wrong
 */
export function stageFormat(value: PropertyValue): StageFormat | undefined {
  if (value.kind === "text" || value.kind === "name") {
    return { kind: "named", name: formatName(value) };
  }
  if (value.kind === "list" && value.items.length === 0) return undefined;
  if (value.kind !== "map") {
    throw snowflakeError("invalidParameterValue", { value: "", name: "FILE_FORMAT" });
  }
  const { properties } = value;
  const named = properties.find(({ name }) => name === "FORMAT_NAME");
  if (named === undefined) {
    const type = typeOf(properties);
    return { kind: "inline", type, values: formatValues(type, withoutType(properties)) };
  }
  const [second] = properties.filter((property) => property !== named);
  if (second !== undefined) {
    throw snowflakeError("conflictingOptions", { first: "FORMAT_NAME", second: second.name });
  }
  return { kind: "named", name: formatName(named.value) };
}

function formatName(value: PropertyValue): string {
  if (value.kind !== "name" || value.name.kind !== "name") {
    return value.kind === "text" ? value.value : "";
  }
  return value.name.parts.map(({ name }) => shown(name)).join(".");
}

/** TYPE among the options; CSV when it is missing. */
export function typeOf(properties: readonly Property[]): FileType {
  const given = properties.find(({ name }) => name === "TYPE");
  return given === undefined ? "CSV" : fileType(given.value);
}

export function withoutType(properties: readonly Property[]): Property[] {
  return properties.filter(({ name }) => name !== "TYPE" && name !== "COMMENT");
}

/**
 * The format that reads or writes files of a stage.
 * @param own the statement's own FILE_FORMAT; undefined when it has none
 * @param stage whose format counts then
 * @throws 002003 for the name of a format that is not there
 */
export function resolveFormat(
  own: PropertyValue | undefined,
  stage: StageObject | undefined,
  scope: StageScope,
): FileFormat {
  const format = own === undefined ? stage?.format : (stageFormat(own) ?? stage?.format);
  if (format === undefined) return new FileFormat("CSV");
  if (format.kind === "inline") return storedFormat(format);
  return namedFormat(nameParts(format.name), scope);
}

/**
 * A stage's format with the whole name of a named one, so that it is found from everywhere.
 * @throws 002003 when there is no such format
 */
export function qualifiedFormat(
  format: StageFormat | undefined,
  scope: StageScope,
): StageFormat | undefined {
  if (format?.kind !== "named") return format;
  const parts = nameParts(format.name);
  namedFormat(parts, scope);
  return { kind: "named", name: qualifiedName(parts, scope).map(shown).join(".") };
}

/** The parts of a format's name in text, as stored: of FILE_FORMAT => 'db.schema.f' too. */
export function nameParts(text: string): readonly string[] {
  return splitName(text, { start: 0, end: text.length }).map(({ name }) => name);
}
