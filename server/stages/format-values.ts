/**
 * Options of file formats as statements write them: checked and brought into the form they are kept in.
 * https://docs.snowflake.com/en/sql-reference/sql/create-file-format
 */

import { unreachable } from "../../translator/base/assert.ts";
import { snowflakeError } from "../../translator/base/errors.ts";
import type { Property, PropertyValue } from "../../translator/statements/properties.ts";
import {
  FILE_TYPES,
  type FileType,
  FORMAT_OPTIONS,
  type FormatValue,
  type FormatValues,
  type OptionSpec,
} from "./format-options.ts";

/**
 * The type that a TYPE option names.
 * @throws 001008 for a word that is none, 000002 for CUSTOM, which needs code in other languages
 */
export function fileType(value: PropertyValue): FileType {
  const text = valueText(value).toUpperCase();
  const found = FILE_TYPES.find((type) => type === text);
  if (found !== undefined) return found;
  if (text === "CUSTOM") {
    throw snowflakeError("unsupportedFeature", { feature: "FILE FORMAT TYPE = CUSTOM" });
  }
  throw snowflakeError("invalidParameterValue", { value: text, name: "TYPE" });
}

/**
 * The options of a type, without TYPE and COMMENT.
 * @throws 001006 for an option that files of the type do not have, 001008 for a value that it cannot have
 */
export function formatValues(type: FileType, properties: readonly Property[]): FormatValues {
  const values: Record<string, FormatValue> = {};
  for (const { name, value } of properties) {
    const spec = FORMAT_OPTIONS[type].find((candidate) => candidate.name === name);
    if (spec === undefined) throw snowflakeError("invalidParameter", { name });
    values[name] = optionValue(spec, value);
  }
  return values;
}

function optionValue(spec: OptionSpec, value: PropertyValue): FormatValue {
  switch (spec.kind) {
    case "boolean":
      return booleanValue(spec, value);
    case "integer":
      return integerValue(spec, value);
    case "list":
      return listValue(value);
    case "word":
      return wordValue(spec, value);
    case "text":
      return textValue(spec, value);
    default:
      return unreachable(spec.kind);
  }
}

function invalid(spec: OptionSpec, value: PropertyValue) {
  const shown = value.kind === "text" ? `'${value.value}'` : valueText(value);
  return snowflakeError("invalidParameterValue", { value: shown, name: spec.name });
}

function booleanValue(spec: OptionSpec, value: PropertyValue): boolean {
  if (value.kind === "boolean") return value.value;
  const word = valueText(value).toUpperCase();
  if (word === "TRUE" || word === "FALSE") return word === "TRUE";
  throw invalid(spec, value);
}

function integerValue(spec: OptionSpec, value: PropertyValue): number {
  const number = Number(valueText(value));
  if (!Number.isInteger(number) || number < 0) throw invalid(spec, value);
  return number;
}

function listValue(value: PropertyValue): readonly string[] {
  if (value.kind === "list" || value.kind === "sequence") return value.items.map(valueText);
  return [valueText(value)];
}

function wordValue(spec: OptionSpec, value: PropertyValue): string {
  const word = valueText(value).toUpperCase();
  const known = word.replaceAll(/[-_]/g, spec.name === "ENCODING" ? "" : "_");
  const found = spec.words?.find((candidate) => candidate === word || candidate === known);
  if (found === undefined) throw invalid(spec, value);
  return found === "UTF-8" ? "UTF8" : found;
}

function textValue(spec: OptionSpec, value: PropertyValue): string | null {
  const written = valueText(value);
  if (/^none$/i.test(written) || value.kind === "null") return null;
  if (spec.name.endsWith("_FORMAT")) return /^auto$/i.test(written) ? "AUTO" : written;
  if (spec.name === "FILE_EXTENSION") return written;
  const text = unescaped(written);
  if (spec.character === true && [...text].length !== 1) throw invalid(spec, value);
  return text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** Delimiters may be written as escapes, octal (\136) or hexadecimal (0x5e, \x5e) values of their bytes. */
function unescaped(text: string): string {
  if (/^(0x[0-9a-f]{2})+$/i.test(text)) {
    return Buffer.from(text.replaceAll(/0x/gi, ""), "hex").toString("utf8");
  }
  const bytes = /\\x([0-9a-f]{2})|\\([0-7]{3})|\\([bfnrt\\'"])/gi;
  if (!bytes.test(text)) return text;
  const escaped = text.replaceAll(bytes, (whole, hex?: string, octal?: string, letter?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return ESCAPES[letter ?? ""] ?? whole;
  });
  // Several bytes may be one character of UTF-8, as in \xc2\xa7.
  const isBytes = [...escaped].every((character) => character.charCodeAt(0) <= 0xff);
  if (!isBytes) return escaped;
  const decoded = Buffer.from(escaped, "latin1").toString("utf8");
  return decoded.includes("\ufffd") ? escaped : decoded;
}

/**
 * The text of a value that is one word, number or text.
 * @throws 000002 for an expression
 */
export function valueText(value: PropertyValue): string {
  switch (value.kind) {
    case "text":
      return value.value;
    case "number":
      return value.text;
    case "boolean":
      return value.value ? "TRUE" : "FALSE";
    case "null":
      return "NULL";
    case "name":
      if (value.name.kind === "name") return value.name.parts.map(({ name }) => name).join(".");
      throw snowflakeError("unsupportedFeature", { feature: "IDENTIFIER as an option's value" });
    case "stage":
      return value.path;
    case "expression":
      throw snowflakeError("unsupportedFeature", { feature: "an expression as an option's value" });
    case "list":
    case "sequence":
      return value.items.map(valueText).join(",");
    case "words":
      return value.texts.join(" ");
    case "map":
      return value.properties.map(({ name }) => name).join(",");
    default:
      return unreachable(value);
  }
}
