/** File format options as DESCRIBE, SHOW, INFORMATION_SCHEMA and GET_DDL print them. */

import type { FileFormat } from "./file-format.ts";
import { FORMAT_OPTIONS, type FormatValue, type OptionSpec } from "./format-options.ts";

export type DescribedOption = {
  readonly name: string;
  /** As DESCRIBE names the kind: String, Integer, Boolean, List. */
  readonly type: string;
  readonly value: string;
  readonly default: string;
};

const TYPES: Readonly<Record<OptionSpec["kind"], string>> = {
  word: "String",
  text: "String",
  integer: "Integer",
  boolean: "Boolean",
  list: "List",
};

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

/** Backslashes and control characters as escapes. */
function escaped(text: string): string {
  return text.replaceAll(/[\\\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character);
}

function valueText(name: string, value: FormatValue): string {
  if (value === null) return name === "FILE_EXTENSION" ? "" : "NONE";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return escaped(value);
  return `[${value.map(escaped).join(", ")}]`;
}

/** The options that DESCRIBE lists, in its order; TYPE is not among them. */
export function describedOptions(format: FileFormat): DescribedOption[] {
  return FORMAT_OPTIONS[format.type]
    .filter(({ name, listed }) => listed || format.given[name] !== undefined)
    .map((spec) => ({
      name: spec.name,
      type: TYPES[spec.kind],
      value: valueText(spec.name, format.value(spec.name)),
      default: valueText(spec.name, spec.shownDefault ?? spec.default),
    }));
}

/** An option's text; undefined when the type does not have it. */
export function optionText(format: FileFormat, name: string): string | undefined {
  const known = FORMAT_OPTIONS[format.type].some((spec) => spec.name === name);
  return known ? valueText(name, format.value(name)) : undefined;
}

/** The column `format_options` of SHOW FILE FORMATS. */
export function optionsJson(format: FileFormat): string {
  const members: Record<string, FormatValue> = { TYPE: format.type };
  for (const { name, listed } of FORMAT_OPTIONS[format.type]) {
    if (!listed && format.given[name] === undefined) continue;
    const value = format.value(name);
    members[name] = value === null && name !== "FILE_EXTENSION" ? "NONE" : value;
  }
  return JSON.stringify(members);
}

/** The given options as a statement would write them: `FIELD_DELIMITER = '|'`. */
export function givenOptions({ type, given }: FileFormat): string[] {
  return FORMAT_OPTIONS[type].flatMap(({ name, kind }) => {
    const value = given[name];
    return value === undefined ? [] : [`${name} = ${literal(value, kind)}`];
  });
}

function literal(value: FormatValue, kind: OptionSpec["kind"]): string {
  if (value === null) return "NONE";
  if (typeof value === "boolean") return String(value).toUpperCase();
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return kind === "word" ? value : quoted(value);
  return `(${value.map(quoted).join(", ")})`;
}

function quoted(text: string): string {
  return `'${escaped(text).replaceAll("'", "''")}'`;
}
